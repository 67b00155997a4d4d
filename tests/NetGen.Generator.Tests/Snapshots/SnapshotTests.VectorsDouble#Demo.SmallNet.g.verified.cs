//HintName: Demo.SmallNet.g.cs
    file static class Kernels
    {
        internal static readonly ParameterLayout Layout = new ParameterLayout(
            16,
            new LayerLayout(inputs: 1, units: 1, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4, initialBound: 1.7320508075688772,
                traceOffset: -1));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Forward(
            ParameterBuffer<double> parameters,
            ReadOnlySpan<double> input,
            Span<double> output) => Lines128.Forward(parameters, input, output);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Forward(
            ParameterBuffer<double> parameters,
            ReadOnlySpan<double> input,
            Span<double> output,
            Span<double> trace) => Lines128.Forward(parameters, input, output, trace);

        // g += dL/dθ for a given dL/da1
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Backward(
            ParameterBuffer<double> parameters,
            ReadOnlySpan<double> input,
            ReadOnlySpan<double> trace,
            ReadOnlySpan<double> outputGradient,
            ParameterBuffer<double> gradient,
            Span<double> inputGradient) => Lines128.Backward(parameters, input, trace, outputGradient, gradient, inputGradient);

        // The outputs of m samples
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void ForwardBatch(
            ParameterBuffer<double> parameters,
            ReadOnlySpan<double> inputs,
            Span<double> outputs,
            int m) => ForwardBatch<Vectors128>(parameters, inputs, outputs, m);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void ForwardBatch<K>(
            ParameterBuffer<double> parameters,
            ReadOnlySpan<double> inputs,
            Span<double> outputs,
            int m) where K : struct, IVectors
        {
            // Samples for which there is memory: what has a constant size is cleared several times as fast
            int rows = m <= 8 ? 8 : m <= 16 ? 16 : 32;
            ref double p = ref parameters.Origin;
            Span<double> scratch = rows == 8 ? stackalloc double[48] : rows == 16 ? stackalloc double[80] : stackalloc double[144];
            ref double z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref double x = ref Unsafe.Add<double>(ref MemoryMarshal.GetReference(inputs), first);

                // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                K.AffineBatch1(ref p, ref x, ref z1, samples);

                for (int s = 0; s < samples; s++)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add<double>(ref z1, s * 4), 1).CopyTo(outputs.Slice(first + s, 1));
                }
            }
        }

        // What the passes ask of the kernels of each vector width
        internal interface IVectors
        {
            static abstract void Affine1(ref double p, ref double x, ref double z);
            static abstract void AffineBatch1(ref double p, ref double x, ref double z, int samples);
            static abstract void InputGradient1(ref double p, ref double delta, ref double dx);
        }

        // One sample with vectors of 128 bits: the values of a layer stay in registers
        internal static class Lines128
        {
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            internal static void Forward(ParameterBuffer<double> parameters, ReadOnlySpan<double> input, Span<double> output)
            {
                ref double p = ref parameters.Origin;
                ref double x = ref MemoryMarshal.GetReference(input);

                // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                var z1_0 = Vector128.LoadUnsafe<double>(ref p, 4);
                var z1_1 = Vector128.LoadUnsafe<double>(ref p, 6);
                z1_0 += Vector128.Create(x) * Vector128.LoadUnsafe<double>(ref p);
                z1_1 += Vector128.Create(x) * Vector128.LoadUnsafe<double>(ref p, 2);
                z1_0 = KeepFirst(z1_0, 1);
                z1_1 = KeepFirst(z1_1, 0);

                ref double output0 = ref MemoryMarshal.GetReference(output);
                output0 = Vector128.GetElement(z1_0, 0);
            }

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            internal static void Forward(ParameterBuffer<double> parameters, ReadOnlySpan<double> input, Span<double> output, Span<double> trace)
            {
                ref double p = ref parameters.Origin;
                ref double x = ref MemoryMarshal.GetReference(input);
                ref double t = ref MemoryMarshal.GetReference(trace);

                // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                var z1_0 = Vector128.LoadUnsafe<double>(ref p, 4);
                var z1_1 = Vector128.LoadUnsafe<double>(ref p, 6);
                z1_0 += Vector128.Create(x) * Vector128.LoadUnsafe<double>(ref p);
                z1_1 += Vector128.Create(x) * Vector128.LoadUnsafe<double>(ref p, 2);
                z1_0 = KeepFirst(z1_0, 1);
                z1_1 = KeepFirst(z1_1, 0);

                ref double output0 = ref MemoryMarshal.GetReference(output);
                output0 = Vector128.GetElement(z1_0, 0);
            }

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            internal static void Backward(
                ParameterBuffer<double> parameters,
                ReadOnlySpan<double> input,
                ReadOnlySpan<double> trace,
                ReadOnlySpan<double> outputGradient,
                ParameterBuffer<double> gradient,
                Span<double> inputGradient)
            {
                ref double p = ref parameters.Origin;
                ref double x = ref MemoryMarshal.GetReference(input);
                ref double t = ref MemoryMarshal.GetReference(trace);
                ref double g = ref gradient.Origin;

                // dL/da1
                ref double outputGradient0 = ref MemoryMarshal.GetReference(outputGradient);
                var da1_0 = Vector128.Create(outputGradient0, 0.0);
                var da1_1 = Vector128.Create(0.0, 0.0);

                // Layer 1: delta1 = dL/da1

                // dL/dx = W1ᵀ·delta1, where it is asked for
                if (!inputGradient.IsEmpty)
                {
                    var dot1_0_0 = Vector128.LoadUnsafe<double>(ref p) * da1_0;
                    var dot1_0_1 = Vector128.LoadUnsafe<double>(ref p, 2) * da1_1;
                    var dx_0 = WithoutMinusZero(Sums(dot1_0_0 + dot1_0_1, Vector128.Create(0.0)));
                    var dx_1 = Vector128.Create(0.0);
                    ref double inputGradient0 = ref MemoryMarshal.GetReference(inputGradient);
                    inputGradient0 = Vector128.GetElement(dx_0, 0);
                }

                // dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                Vector128.StoreUnsafe<double>(KeepFirst(Vector128.LoadUnsafe<double>(ref g) + (da1_0 * Vector128.Create(x)), 1), ref g);
                Vector128.StoreUnsafe<double>(KeepFirst(Vector128.LoadUnsafe<double>(ref g, 2) + (da1_1 * Vector128.Create(x)), 0), ref g, 2);
                Vector128.StoreUnsafe<double>(KeepFirst(Vector128.LoadUnsafe<double>(ref g, 4) + da1_0, 1), ref g, 4);
                Vector128.StoreUnsafe<double>(KeepFirst(Vector128.LoadUnsafe<double>(ref g, 6) + da1_1, 0), ref g, 6);
            }
        }

        // The kernels with vectors of 128 bits
        internal readonly struct Vectors128 : IVectors
        {
            // z1 = W1·x + b1. The weight from input i to unit j is W1[4·i + j].
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Affine1(ref double p, ref double x, ref double z)
            {
                {
                    ref double w = ref p;
                    var z0 = Vector128.LoadUnsafe<double>(ref p, 4);
                    var x0 = LoadAll128(ref x, 0);
                    z0 += x0 * Vector128.LoadUnsafe<double>(ref w);

                    Vector128.StoreUnsafe<double>(KeepFirst(z0, 1), ref z);
                }

                {
                    ref double w = ref Unsafe.Add<double>(ref p, 2);
                    var z0 = Vector128.LoadUnsafe<double>(ref p, 6);
                    var x0 = LoadAll128(ref x, 0);
                    z0 += x0 * Vector128.LoadUnsafe<double>(ref w);

                    Vector128.StoreUnsafe<double>(KeepFirst(z0, 0), ref z, 2);
                }
            }

            // z1 = W1·x + b1 of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void AffineBatch1(ref double p, ref double x, ref double z, int samples)
            {
                int whole = samples & -4;

                {
                    for (int s = 0; s < whole; s += 4)
                    {
                        ref double w = ref p;
                        ref double xs = ref Unsafe.Add<double>(ref x, s);
                        ref double zs = ref Unsafe.Add<double>(ref z, s * 4);
                        var z0_0 = Vector128.LoadUnsafe<double>(ref p, 4);
                        var z1_0 = Vector128.LoadUnsafe<double>(ref p, 4);
                        var z2_0 = Vector128.LoadUnsafe<double>(ref p, 4);
                        var z3_0 = Vector128.LoadUnsafe<double>(ref p, 4);
                        var w0 = Vector128.LoadUnsafe<double>(ref w);
                        var x0 = LoadAll128(ref xs, 0);
                        z0_0 += x0 * w0;
                        var x1 = LoadAll128(ref xs, 1);
                        z1_0 += x1 * w0;
                        var x2 = LoadAll128(ref xs, 2);
                        z2_0 += x2 * w0;
                        var x3 = LoadAll128(ref xs, 3);
                        z3_0 += x3 * w0;

                        Vector128.StoreUnsafe<double>(KeepFirst(z0_0, 1), ref zs);
                        Vector128.StoreUnsafe<double>(KeepFirst(z1_0, 1), ref zs, 4);
                        Vector128.StoreUnsafe<double>(KeepFirst(z2_0, 1), ref zs, 8);
                        Vector128.StoreUnsafe<double>(KeepFirst(z3_0, 1), ref zs, 12);
                    }
                }

                {
                    for (int s = 0; s < whole; s += 4)
                    {
                        ref double w = ref Unsafe.Add<double>(ref p, 2);
                        ref double xs = ref Unsafe.Add<double>(ref x, s);
                        ref double zs = ref Unsafe.Add<double>(ref z, (s * 4) + 2);
                        var z0_0 = Vector128.LoadUnsafe<double>(ref p, 6);
                        var z1_0 = Vector128.LoadUnsafe<double>(ref p, 6);
                        var z2_0 = Vector128.LoadUnsafe<double>(ref p, 6);
                        var z3_0 = Vector128.LoadUnsafe<double>(ref p, 6);
                        var w0 = Vector128.LoadUnsafe<double>(ref w);
                        var x0 = LoadAll128(ref xs, 0);
                        z0_0 += x0 * w0;
                        var x1 = LoadAll128(ref xs, 1);
                        z1_0 += x1 * w0;
                        var x2 = LoadAll128(ref xs, 2);
                        z2_0 += x2 * w0;
                        var x3 = LoadAll128(ref xs, 3);
                        z3_0 += x3 * w0;

                        Vector128.StoreUnsafe<double>(KeepFirst(z0_0, 0), ref zs);
                        Vector128.StoreUnsafe<double>(KeepFirst(z1_0, 0), ref zs, 4);
                        Vector128.StoreUnsafe<double>(KeepFirst(z2_0, 0), ref zs, 8);
                        Vector128.StoreUnsafe<double>(KeepFirst(z3_0, 0), ref zs, 12);
                    }
                }

                for (int s = whole; s < samples; s++)
                {
                    ref double xs = ref Unsafe.Add<double>(ref x, s);
                    ref double zs = ref Unsafe.Add<double>(ref z, s * 4);
                    Affine1(ref p, ref xs, ref zs);
                }
            }

            // dL/dx = W1ᵀ·delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void InputGradient1(ref double p, ref double delta, ref double dx)
            {
                ref double w = ref p;
                var dot0_0 = Vector128.Create(0.0);
                var dot0_1 = Vector128.Create(0.0);
                var d0 = Vector128.LoadUnsafe<double>(ref delta);
                dot0_0 += Vector128.LoadUnsafe<double>(ref w) * d0;
                var d1 = Vector128.LoadUnsafe<double>(ref delta, 2);
                dot0_1 += Vector128.LoadUnsafe<double>(ref w, 2) * d1;
                Vector128.StoreUnsafe<double>(Sums(dot0_0 + dot0_1, Vector128.Create(0.0)), ref dx);
            }
        }
    }
}
