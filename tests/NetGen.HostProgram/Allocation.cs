using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace NetGen.HostProgram
{
    /// <summary>Counts the bytes that calls allocate.</summary>
    internal static class Allocation
    {
        /// <summary>So many that an allocation in each of them fills several of the blocks in which some runtimes count.</summary>
        private const int Calls = 1000;

        private const int Rounds = 3;
        private const int Samples = 5;

        /// <summary>Prints the bytes that one call allocates in the worst of all members and networks, and which that is where it is not 0.</summary>
        /// <returns>Whether nothing is allocated, as far as the runtime counts.</returns>
        public static bool Print(IEnumerable<ITrainable<double>> inDouble, IEnumerable<ITrainable<float>> inSingle)
        {
            if (!IsCounted())
            {
                Console.WriteLine("bytes: not counted");
                return true;
            }

            (double bytes, string where) = inDouble.Select(Most).Concat(inSingle.Select(Most)).Max();
            if (bytes != 0)
            {
                Console.WriteLine($"! {where} allocates {bytes} bytes per call");
            }

            Console.WriteLine($"bytes: {bytes}");
            return bytes == 0;
        }

        private static (double Bytes, string Where) Most<T>(ITrainable<T> network)
            where T : unmanaged
        {
            int inputs = network.Parameters.Layout.Layers[0].Inputs;
            int outputs = network.Parameters.Layout.Layers[^1].Units;
            var x = new T[Samples * inputs];
            var y = new T[Samples * outputs];
            var a = new T[Samples * outputs];
            var trace = new T[network.TraceLength];
            ParameterBuffer<T> gradient = network.CreateGradient();
            network.Initialize(1);
            return new (string Name, Action Call)[]
            {
                ("Forward", () => network.Forward(x.AsSpan(0, inputs), a.AsSpan(0, outputs))),
                ("Forward with a trace", () => network.Forward(x.AsSpan(0, inputs), a.AsSpan(0, outputs), trace)),
                ("Backward from a trace", () => network.Backward(x.AsSpan(0, inputs), trace, y.AsSpan(0, outputs), gradient)),
                ("Backward", () => network.Backward(x.AsSpan(0, inputs), y.AsSpan(0, outputs), gradient)),
                ("ForwardBatch", () => network.ForwardBatch(x, a)),
                ("BackwardBatch", () => network.BackwardBatch(x, y, gradient)),
                ("SgdStep", () => network.SgdStep(x.AsSpan(0, inputs), y.AsSpan(0, outputs), default)),
                ("AddScaled", () => network.Parameters.AddScaled(gradient, default)),
            }.Select(member => (Count(member.Call), $"{network.GetType().Name}.{member.Name}")).Max();
        }

        /// <summary>
        /// Bytes per call in the best of some rounds. What a call allocates is in each of them, what a runtime allocates for itself is not: on
        /// WebAssembly up to 128 bytes appear at the first call of a member and once more in the next thousand, never again, presumably of the interpreter.
        /// </summary>
        private static double Count(Action call)
        {
            Repeat(call);
            long least = long.MaxValue;
            for (int round = 0; round < Rounds; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Repeat(call);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return (double)least / Calls;
        }

        private static void Repeat(Action call)
        {
            for (int i = 0; i < Calls; i++)
            {
                call();
            }
        }

        /// <summary>Whether small objects are seen.</summary>
        private static bool IsCounted() => Count(() => Keep(new byte[16])) >= 16;

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Keep(object value) => GC.KeepAlive(value);
    }
}
