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
    Vector<T> Update(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third);
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
    // A rule is a struct, so each gets a loop of its own with the rule inlined.
    [MethodImpl(HotCode.AggressiveOptimization)]
    public static void Run<TRule>(
        TRule rule, Clip clip, ParameterBuffer<T> parameters, ParameterBuffer<T> gradient, OptimizerState<T>[] states, Range range)
        where TRule : struct, IUpdateRule<T>
    {
        (int start, int count) = range.GetOffsetAndLength(parameters.Length);
        var parameter = new Elements<T>(parameters.AsSpan().Slice(start, count));
        var slope = new Elements<T>(gradient.AsSpan().Slice(start, count));
        Elements<T> first = rule.StateCount > 0 ? new(states[0].Buffer.AsSpan().Slice(start, count)) : parameter;
        Elements<T> second = rule.StateCount > 1 ? new(states[1].Buffer.AsSpan().Slice(start, count)) : parameter;
        Elements<T> third = rule.StateCount > 2 ? new(states[2].Buffer.AsSpan().Slice(start, count)) : parameter;
        var scale = new Vector<T>(Number<T>.From(clip.Scale));
        var limit = new Vector<T>(Number<T>.From(clip.Limit));
        Vector<T> minusLimit = -limit;
        bool clamps = clip.Limit < double.PositiveInfinity;
        Vector<T> a = default;
        Vector<T> b = default;
        Vector<T> c = default;
        int i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> g = slope[i] * scale;
            if (clamps)
            {
                g = Clamp(g, minusLimit, limit);
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

            parameter[i] = rule.Update(parameter[i], g, ref a, ref b, ref c);
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

#if NET
        if (i < count)
        {
            int rest = count - i;
            Vector<T> g = slope.Load(i, rest) * scale;
            g = clamps ? Clamp(g, minusLimit, limit) : g;
            a = rule.StateCount > 0 ? first.Load(i, rest) : default;
            b = rule.StateCount > 1 ? second.Load(i, rest) : default;
            c = rule.StateCount > 2 ? third.Load(i, rest) : default;
            parameter.Store(rule.Update(parameter.Load(i, rest), g, ref a, ref b, ref c), i, rest);
            if (rule.StateCount > 0)
            {
                first.Store(a, i, rest);
            }

            if (rule.StateCount > 1)
            {
                second.Store(b, i, rest);
            }

            if (rule.StateCount > 2)
            {
                third.Store(c, i, rest);
            }
        }
#endif
    }

    // With the value as the second operand, NaN stays NaN on .NET 8 too, where x86 returns that operand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Clamp(Vector<T> value, Vector<T> minimum, Vector<T> maximum) => Vector.Min(maximum, Vector.Max(minimum, value));
}
