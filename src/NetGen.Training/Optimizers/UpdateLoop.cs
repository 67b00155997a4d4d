using System;
#if NET
using System.Numerics;
#endif
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>
/// How an optimizer moves parameters, for as many elements as a vector holds. Every operation works on each element by itself and rounds by
/// itself, so the result does not depend on the width of the vector.
/// </summary>
internal interface IUpdateRule<T>
    where T : unmanaged
{
    /// <summary>How many of the three state arguments the rule uses; a constant.</summary>
    int StateCount { get; }

    /// <summary>The new parameters; the state is replaced.</summary>
    /// <typeparam name="TCare">Whether numbers may be so small that they have to become 0.</typeparam>
    Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
        where TCare : struct, ICare;
}

/// <summary>What happens to each element of a gradient before a rule sees it: <c>g ← min(max(scale · g, −limit), limit)</c>.</summary>
internal readonly record struct Clip(double Scale, double Limit)
{
    public static Clip None => new(1, double.PositiveInfinity);
}

/// <summary>Runs a rule over a range of elements.</summary>
internal static class UpdateLoop<T>
    where T : unmanaged
{
    public static void Run<TRule>(
        TRule rule, Update update, ParameterBuffer<T> parameters, ParameterBuffer<T> gradient, OptimizerState<T>[] states, Range range)
        where TRule : struct, IUpdateRule<T>
    {
        (int start, int count) = range.GetOffsetAndLength(parameters.Length);
        var places = new Places(parameters.AsSpan().Slice(start, count), gradient.AsSpan().Slice(start, count))
        {
            First = rule.StateCount > 0 ? new(states[0].Buffer.AsSpan().Slice(start, count)) : default,
            Second = rule.StateCount > 1 ? new(states[1].Buffer.AsSpan().Slice(start, count)) : default,
            Third = rule.StateCount > 2 ? new(states[2].Buffer.AsSpan().Slice(start, count)) : default,
        };
        Clip clip = update.Clip;
        var limits = new Limits(new Vector<T>(Number<T>.From(clip.Scale)), new Vector<T>(Number<T>.From(clip.Limit)), clip.Limit < double.PositiveInfinity);
        int whole = count - count % Vector<T>.Count;
        if (update.IsCareful)
        {
            RunWhole<TRule, WithCare>(in rule, in limits, in places, whole);
        }
        else
        {
            RunWhole<TRule, WithoutCare>(in rule, in limits, in places, whole);
        }
#if NET
        if (whole < count && update.IsCareful)
        {
            RunRest<TRule, WithCare>(in rule, in limits, in places, whole, count - whole);
        }
        else if (whole < count)
        {
            RunRest<TRule, WithoutCare>(in rule, in limits, in places, whole, count - whole);
        }
#endif
    }

    // A rule is a struct, so each gets a loop of its own with the rule inlined. Its constants stay in registers because nothing is called here.
    [MethodImpl(HotCode.ByItself)]
    private static void RunWhole<TRule, TCare>(in TRule constants, in Limits limits, in Places places, int count)
        where TRule : struct, IUpdateRule<T>
        where TCare : struct, ICare
    {
        TRule rule = constants;
        Limits clip = limits;
        Elements<T> parameter = places.Parameter;
        Elements<T> gradient = places.Gradient;
        Elements<T> first = places.First;
        Elements<T> second = places.Second;
        Elements<T> third = places.Third;
        Vector<T> scale = clip.Scale;
        Threshold<T> tiny = Threshold<T>.Tiny;
        Vector<T> a = default;
        Vector<T> b = default;
        Vector<T> c = default;
        for (int i = 0; i < count; i += Vector<T>.Count)
        {
            Vector<T> g = tiny.ToZero<TCare>(gradient[i]) * scale;
            if (clip.Clamps)
            {
                g = clip.Clamp(g);
            }

            if (rule.StateCount > 0)
            {
                a = first[i];
            }

            if (rule.StateCount > 1)
            {
                b = second[i];
            }

            if (rule.StateCount > 2)
            {
                c = third[i];
            }

            parameter[i] = rule.Update<TCare>(parameter[i], g, ref a, ref b, ref c);
            if (rule.StateCount > 0)
            {
                first[i] = a;
            }

            if (rule.StateCount > 1)
            {
                second[i] = b;
            }

            if (rule.StateCount > 2)
            {
                third[i] = c;
            }
        }
    }

#if NET
    /// <summary>The last elements, fewer than a vector holds.</summary>
    [MethodImpl(HotCode.ByItself)]
    private static void RunRest<TRule, TCare>(in TRule rule, in Limits limits, in Places places, int i, int rest)
        where TRule : struct, IUpdateRule<T>
        where TCare : struct, ICare
    {
        Vector<T> g = Threshold<T>.Tiny.ToZero<TCare>(places.Gradient.Load(i, rest)) * limits.Scale;
        g = limits.Clamps ? limits.Clamp(g) : g;
        Vector<T> a = rule.StateCount > 0 ? places.First.Load(i, rest) : default;
        Vector<T> b = rule.StateCount > 1 ? places.Second.Load(i, rest) : default;
        Vector<T> c = rule.StateCount > 2 ? places.Third.Load(i, rest) : default;
        places.Parameter.Store(rule.Update<TCare>(places.Parameter.Load(i, rest), g, ref a, ref b, ref c), i, rest);
        if (rule.StateCount > 0)
        {
            places.First.Store(a, i, rest);
        }

        if (rule.StateCount > 1)
        {
            places.Second.Store(b, i, rest);
        }

        if (rule.StateCount > 2)
        {
            places.Third.Store(c, i, rest);
        }
    }
#endif

    /// <summary>What a rule reads and writes.</summary>
    private readonly ref struct Places
    {
        public Places(Span<T> parameter, Span<T> gradient)
        {
            Parameter = new(parameter);
            Gradient = new(gradient);
        }

        public Elements<T> Parameter { get; }

        public Elements<T> Gradient { get; }

        public Elements<T> First { get; init; }

        public Elements<T> Second { get; init; }

        public Elements<T> Third { get; init; }
    }

    /// <summary>A <see cref="Clip"/> in every element.</summary>
    private readonly struct Limits(Vector<T> scale, Vector<T> limit, bool clamps)
    {
        private readonly Vector<T> _limit = limit;
        private readonly Vector<T> _minusLimit = -limit;

        public Vector<T> Scale { get; } = scale;

        public bool Clamps { get; } = clamps;

        // With the value as the second operand, NaN stays NaN on .NET 8 too, where x86 returns that operand.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Clamp(Vector<T> value) => Vector.Min(_limit, Vector.Max(_minusLimit, value));
    }
}
