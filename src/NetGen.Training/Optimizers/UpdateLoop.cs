using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    // A rule is a struct, so each gets a loop of its own with the rule inlined. Generic code over structs may be called too seldom to be
    // optimised later, hence at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRule>(
        TRule rule, Clip clip, ParameterBuffer<T> parameters, ParameterBuffer<T> gradient, OptimizerState<T>[] states, Range range)
        where TRule : struct, IUpdateRule<T>
    {
        (int start, int count) = range.GetOffsetAndLength(parameters.Length);
        ref T parameter = ref parameters.AsSpan()[start];
        ref T slope = ref gradient.AsSpan()[start];
        ref T first = ref rule.StateCount > 0 ? ref states[0].Buffer.AsSpan()[start] : ref parameter;
        ref T second = ref rule.StateCount > 1 ? ref states[1].Buffer.AsSpan()[start] : ref parameter;
        ref T third = ref rule.StateCount > 2 ? ref states[2].Buffer.AsSpan()[start] : ref parameter;
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
            Vector<T> g = At(ref slope, i) * scale;
            if (clamps)
            {
                g = Clamp(g, minusLimit, limit);
            }

            if (rule.StateCount > 0)
            {
                a = At(ref first, i);
            }

            if (rule.StateCount > 1)
            {
                b = At(ref second, i);
            }

            if (rule.StateCount > 2)
            {
                c = At(ref third, i);
            }

            At(ref parameter, i) = rule.Update(At(ref parameter, i), g, ref a, ref b, ref c);
            if (rule.StateCount > 0)
            {
                At(ref first, i) = a;
            }

            if (rule.StateCount > 1)
            {
                At(ref second, i) = b;
            }

            if (rule.StateCount > 2)
            {
                At(ref third, i) = c;
            }
        }

        if (i < count)
        {
            int rest = count - i;
            Vector<T> g = Load(ref slope, i, rest) * scale;
            g = clamps ? Clamp(g, minusLimit, limit) : g;
            a = rule.StateCount > 0 ? Load(ref first, i, rest) : default;
            b = rule.StateCount > 1 ? Load(ref second, i, rest) : default;
            c = rule.StateCount > 2 ? Load(ref third, i, rest) : default;
            Store(rule.Update(Load(ref parameter, i, rest), g, ref a, ref b, ref c), ref parameter, i, rest);
            if (rule.StateCount > 0)
            {
                Store(a, ref first, i, rest);
            }

            if (rule.StateCount > 1)
            {
                Store(b, ref second, i, rest);
            }

            if (rule.StateCount > 2)
            {
                Store(c, ref third, i, rest);
            }
        }
    }

    // With the value as the second operand, NaN stays NaN on .NET 8 too, where x86 returns that operand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Clamp(Vector<T> value, Vector<T> minimum, Vector<T> maximum) => Vector.Min(maximum, Vector.Max(minimum, value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Vector<T> At(ref T origin, int index) => ref Unsafe.As<T, Vector<T>>(ref Unsafe.Add(ref origin, index));

    /// <summary>The last elements, fewer than a vector holds, and zeros.</summary>
    private static Vector<T> Load(ref T origin, int index, int count)
    {
        Vector<T> vector = default;
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref origin, index), count).CopyTo(Elements(ref vector));
        return vector;
    }

    private static void Store(Vector<T> vector, ref T origin, int index, int count) =>
        Elements(ref vector)[..count].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref origin, index), count));

    private static Span<T> Elements(ref Vector<T> vector) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<T>, T>(ref vector), Vector<T>.Count);
}
