using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.Benchmarks.Measuring;

/// <summary>One call of a contestant, written as a struct so that the loops around it are compiled for it alone.</summary>
internal unsafe interface ICall
{
    /// <summary>Calls with a sample or a batch, and its outputs or targets.</summary>
    void Invoke(float* input, float* other);
}

/// <summary>The samples that a loop of calls goes through: call k takes the sample k modulo a power of two.</summary>
/// <param name="Input">The first sample.</param>
/// <param name="InputStride">From one to the next.</param>
/// <param name="Other">The first target, or where outputs go.</param>
/// <param name="OtherStride">From one to the next; 0 if all calls use the same place.</param>
/// <param name="Mask">Number of samples − 1.</param>
internal readonly unsafe record struct Rotation(nint Input, int InputStride, nint Other, int OtherStride, int Mask);

/// <summary>A call that can be made once, to look at its results, and many times, to take its time.</summary>
internal abstract unsafe class TimedCall
{
    public static TimedCall Of<TCall>(TCall call)
        where TCall : struct, ICall => new Timed<TCall>(call);

    public abstract void Invoke(float* input, float* other);

    /// <summary>Stopwatch ticks of independent calls.</summary>
    public abstract long Time(in Rotation rotation, long repetitions);

    /// <summary>Stopwatch ticks of calls of which each needs the first output of the one before.</summary>
    public abstract long TimeChained(in Rotation rotation, long repetitions);

    private sealed class Timed<TCall>(TCall call) : TimedCall
        where TCall : struct, ICall
    {
        private readonly TCall _call = call;

        public override void Invoke(float* input, float* other) => _call.Invoke(input, other);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override long Time(in Rotation rotation, long repetitions)
        {
            TCall call = _call;
            Rotation r = rotation;
            long start = Stopwatch.GetTimestamp();
            for (long k = 0; k < repetitions; k++)
            {
                long sample = k & r.Mask;
                call.Invoke((float*)r.Input + sample * r.InputStride, (float*)r.Other + sample * r.OtherStride);
            }

            return Stopwatch.GetTimestamp() - start;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override long TimeChained(in Rotation rotation, long repetitions)
        {
            TCall call = _call;
            Rotation r = rotation;

            // Zero, which the compiler cannot know: the address of the next sample then waits for the output.
            int zero = r.Mask >> 30;
            long dependency = 0;
            long start = Stopwatch.GetTimestamp();
            for (long k = 0; k < repetitions; k++)
            {
                long sample = (k + dependency) & r.Mask;
                call.Invoke((float*)r.Input + sample * r.InputStride, (float*)r.Other);
                dependency = *(int*)r.Other & zero;
            }

            return Stopwatch.GetTimestamp() - start;
        }
    }
}
