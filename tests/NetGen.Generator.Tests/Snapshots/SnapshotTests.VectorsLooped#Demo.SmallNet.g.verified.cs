//HintName: Demo.SmallNet.g.cs
    file static class Kernels
    {
        internal static readonly ParameterLayout Layout = new ParameterLayout(
            192,
            new LayerLayout(inputs: 3, units: 48, weightOffset: 0, inputStride: 48, unitStride: 1, biasOffset: 144, initialBound: 0.34299717028501769,
                traceOffset: -1));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Forward(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> input,
            Span<float> output) => Forward<Vectors128>(parameters, input, output);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Forward(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> input,
            Span<float> output,
            Span<float> trace) => Forward<Vectors128>(parameters, input, output, trace);

        // g += dL/dθ for a given dL/da1
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Backward(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> trace,
            ReadOnlySpan<float> outputGradient,
            ParameterBuffer<float> gradient,
            Span<float> inputGradient) => Backward<Vectors128>(parameters, input, trace, outputGradient, gradient, inputGradient);

        // The outputs of m samples
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void ForwardBatch(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> inputs,
            Span<float> outputs,
            int m) => ForwardBatch<Vectors128>(parameters, inputs, outputs, m);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Forward<K>(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output) where K : struct, IVectors
        {
            ref float p = ref parameters.Origin;
            ref float x = ref MemoryMarshal.GetReference(input);
            Span<float> scratch = stackalloc float[64];
            ref float t = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z1 = ref t;
            Propagate<K>(ref p, ref x, ref t, ref z1);
            MemoryMarshal.CreateSpan(ref z1, 48).CopyTo(output);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Forward<K>(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> input,
            Span<float> output,
            Span<float> trace) where K : struct, IVectors
        {
            ref float p = ref parameters.Origin;
            ref float x = ref MemoryMarshal.GetReference(input);
            Span<float> scratch = stackalloc float[64];
            ref float z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float t = ref MemoryMarshal.GetReference(trace);
            Propagate<K>(ref p, ref x, ref t, ref z1);
            MemoryMarshal.CreateSpan(ref z1, 48).CopyTo(output);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Backward<K>(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> trace,
            ReadOnlySpan<float> outputGradient,
            ParameterBuffer<float> gradient,
            Span<float> inputGradient) where K : struct, IVectors
        {
            ref float p = ref parameters.Origin;
            ref float x = ref MemoryMarshal.GetReference(input);
            ref float t = ref MemoryMarshal.GetReference(trace);
            Span<float> scratch = stackalloc float[64];
            ref float delta1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            outputGradient.CopyTo(MemoryMarshal.CreateSpan(ref delta1, 48));

            BackwardLayers<K>(ref p, ref x, ref t, ref delta1, ref gradient.Origin, 1f, inputGradient);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void ForwardBatch<K>(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> inputs,
            Span<float> outputs,
            int m) where K : struct, IVectors
        {
            // Samples for which there is memory: what has a constant size is cleared several times as fast
            int rows = m <= 8 ? 8 : m <= 16 ? 16 : 32;
            ref float p = ref parameters.Origin;
            Span<float> scratch = rows == 8 ? stackalloc float[400] : rows == 16 ? stackalloc float[784] : stackalloc float[1552];
            ref float z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first * 3);

                // Layer 1, Dense(48, identity): z1 = W1·x + b1, a1 = z1
                K.AffineBatch1(ref p, ref x, ref z1, samples);

                for (int s = 0; s < samples; s++)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref z1, s * 48), 48).CopyTo(outputs.Slice((first + s) * 48, 48));
                }
            }
        }

        // All layers up to z1, the last one without its activation; the trace receives what Backward needs.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Propagate<K>(ref float p, ref float x, ref float t, ref float z1) where K : struct, IVectors
        {
            // Layer 1, Dense(48, identity): z1 = W1·x + b1
            K.Affine1(ref p, ref x, ref z1);
        }

        // g += scale · dL/dθ for a given delta1. Each layer's input gradient comes before its parameters change, so that g
        // may be the parameters themselves.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void BackwardLayers<K>(
            ref float p,
            ref float x,
            ref float t,
            ref float delta1,
            ref float g,
            float scale,
            Span<float> inputGradient) where K : struct, IVectors
        {
            // dL/dx = W1ᵀ·delta1 where it is asked for, dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
            if (!inputGradient.IsEmpty)
            {
                Span<float> dx = stackalloc float[4];
                K.InputGradient1(ref p, ref delta1, ref MemoryMarshal.GetReference(dx));
                dx.Slice(0, 3).CopyTo(inputGradient);
            }

            K.ParameterGradient1(ref x, ref delta1, ref g, scale);
        }

        // What the passes ask of the kernels of each vector width
        internal interface IVectors
        {
            static abstract void Affine1(ref float p, ref float x, ref float z);
            static abstract void AffineBatch1(ref float p, ref float x, ref float z, int samples);
            static abstract void InputGradient1(ref float p, ref float delta, ref float dx);
            static abstract void ParameterGradient1(ref float x, ref float delta, ref float g, float scale);
        }

        // The kernels with vectors of 128 bits
        internal readonly struct Vectors128 : IVectors
        {
            // z1 = W1·x + b1. The weight from input i to unit j is W1[48·i + j].
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Affine1(ref float p, ref float x, ref float z)
            {
                {
                    ref float w = ref p;
                    var z0 = Vector128.LoadUnsafe<float>(ref p, 144);
                    var z1 = Vector128.LoadUnsafe<float>(ref p, 148);
                    var z2 = Vector128.LoadUnsafe<float>(ref p, 152);
                    var z3 = Vector128.LoadUnsafe<float>(ref p, 156);
                    var z4 = Vector128.LoadUnsafe<float>(ref p, 160);
                    var z5 = Vector128.LoadUnsafe<float>(ref p, 164);
                    var z6 = Vector128.LoadUnsafe<float>(ref p, 168);
                    var z7 = Vector128.LoadUnsafe<float>(ref p, 172);
                    for (int i = 0; i < 3; i++)
                    {
                        var xi = LoadAll128(ref x, i);
                        z0 += xi * Vector128.LoadUnsafe<float>(ref w);
                        z1 += xi * Vector128.LoadUnsafe<float>(ref w, 4);
                        z2 += xi * Vector128.LoadUnsafe<float>(ref w, 8);
                        z3 += xi * Vector128.LoadUnsafe<float>(ref w, 12);
                        z4 += xi * Vector128.LoadUnsafe<float>(ref w, 16);
                        z5 += xi * Vector128.LoadUnsafe<float>(ref w, 20);
                        z6 += xi * Vector128.LoadUnsafe<float>(ref w, 24);
                        z7 += xi * Vector128.LoadUnsafe<float>(ref w, 28);
                        w = ref Unsafe.Add<float>(ref w, 48);
                    }

                    Vector128.StoreUnsafe<float>(z0, ref z);
                    Vector128.StoreUnsafe<float>(z1, ref z, 4);
                    Vector128.StoreUnsafe<float>(z2, ref z, 8);
                    Vector128.StoreUnsafe<float>(z3, ref z, 12);
                    Vector128.StoreUnsafe<float>(z4, ref z, 16);
                    Vector128.StoreUnsafe<float>(z5, ref z, 20);
                    Vector128.StoreUnsafe<float>(z6, ref z, 24);
                    Vector128.StoreUnsafe<float>(z7, ref z, 28);
                }

                {
                    ref float w = ref Unsafe.Add<float>(ref p, 32);
                    var z0 = Vector128.LoadUnsafe<float>(ref p, 176);
                    var z1 = Vector128.LoadUnsafe<float>(ref p, 180);
                    var z2 = Vector128.LoadUnsafe<float>(ref p, 184);
                    var z3 = Vector128.LoadUnsafe<float>(ref p, 188);
                    for (int i = 0; i < 3; i++)
                    {
                        var xi = LoadAll128(ref x, i);
                        z0 += xi * Vector128.LoadUnsafe<float>(ref w);
                        z1 += xi * Vector128.LoadUnsafe<float>(ref w, 4);
                        z2 += xi * Vector128.LoadUnsafe<float>(ref w, 8);
                        z3 += xi * Vector128.LoadUnsafe<float>(ref w, 12);
                        w = ref Unsafe.Add<float>(ref w, 48);
                    }

                    Vector128.StoreUnsafe<float>(z0, ref z, 32);
                    Vector128.StoreUnsafe<float>(z1, ref z, 36);
                    Vector128.StoreUnsafe<float>(z2, ref z, 40);
                    Vector128.StoreUnsafe<float>(z3, ref z, 44);
                }
            }

            // z1 = W1·x + b1 of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void AffineBatch1(ref float p, ref float x, ref float z, int samples)
            {
                int whole = samples & -4;
                for (int j = 0; j < 48; j += 8)
                {
                    for (int s = 0; s < whole; s += 4)
                    {
                        ref float w = ref Unsafe.Add<float>(ref p, j);
                        ref float xs = ref Unsafe.Add<float>(ref x, s * 3);
                        ref float zs = ref Unsafe.Add<float>(ref z, (s * 48) + j);
                        var z0_0 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref p, j + 144));
                        var z0_1 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref p, j + 148));
                        var z1_0 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref p, j + 144));
                        var z1_1 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref p, j + 148));
                        var z2_0 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref p, j + 144));
                        var z2_1 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref p, j + 148));
                        var z3_0 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref p, j + 144));
                        var z3_1 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref p, j + 148));
                        for (int i = 0; i < 3; i++)
                        {
                            var w0 = Vector128.LoadUnsafe<float>(ref w);
                            var w1 = Vector128.LoadUnsafe<float>(ref w, 4);
                            var x0 = LoadAll128(ref xs, 0);
                            z0_0 += x0 * w0;
                            z0_1 += x0 * w1;
                            var x1 = LoadAll128(ref xs, 3);
                            z1_0 += x1 * w0;
                            z1_1 += x1 * w1;
                            var x2 = LoadAll128(ref xs, 6);
                            z2_0 += x2 * w0;
                            z2_1 += x2 * w1;
                            var x3 = LoadAll128(ref xs, 9);
                            z3_0 += x3 * w0;
                            z3_1 += x3 * w1;
                            w = ref Unsafe.Add<float>(ref w, 48);
                            xs = ref Unsafe.Add<float>(ref xs, 1);
                        }

                        Vector128.StoreUnsafe<float>(z0_0, ref zs);
                        Vector128.StoreUnsafe<float>(z0_1, ref zs, 4);
                        Vector128.StoreUnsafe<float>(z1_0, ref zs, 48);
                        Vector128.StoreUnsafe<float>(z1_1, ref zs, 52);
                        Vector128.StoreUnsafe<float>(z2_0, ref zs, 96);
                        Vector128.StoreUnsafe<float>(z2_1, ref zs, 100);
                        Vector128.StoreUnsafe<float>(z3_0, ref zs, 144);
                        Vector128.StoreUnsafe<float>(z3_1, ref zs, 148);
                    }
                }

                for (int s = whole; s < samples; s++)
                {
                    ref float xs = ref Unsafe.Add<float>(ref x, s * 3);
                    ref float zs = ref Unsafe.Add<float>(ref z, s * 48);
                    Affine1(ref p, ref xs, ref zs);
                }
            }

            // dL/dx = W1ᵀ·delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void InputGradient1(ref float p, ref float delta, ref float dx)
            {
                ref float w = ref p;
                var dot0_0 = Vector128.Create(0f);
                var dot0_1 = Vector128.Create(0f);
                var dot0_2 = Vector128.Create(0f);
                var dot0_3 = Vector128.Create(0f);
                var dot1_0 = Vector128.Create(0f);
                var dot1_1 = Vector128.Create(0f);
                var dot1_2 = Vector128.Create(0f);
                var dot1_3 = Vector128.Create(0f);
                var dot2_0 = Vector128.Create(0f);
                var dot2_1 = Vector128.Create(0f);
                var dot2_2 = Vector128.Create(0f);
                var dot2_3 = Vector128.Create(0f);
                for (int j = 0; j < 48; j += 16)
                {
                    var d0 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j));
                    dot0_0 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j)) * d0;
                    dot1_0 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 48)) * d0;
                    dot2_0 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 96)) * d0;
                    var d1 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j + 4));
                    dot0_1 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 4)) * d1;
                    dot1_1 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 52)) * d1;
                    dot2_1 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 100)) * d1;
                    var d2 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j + 8));
                    dot0_2 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 8)) * d2;
                    dot1_2 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 56)) * d2;
                    dot2_2 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 104)) * d2;
                    var d3 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j + 12));
                    dot0_3 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 12)) * d3;
                    dot1_3 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 60)) * d3;
                    dot2_3 += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j + 108)) * d3;
                }

                Vector128.StoreUnsafe<float>(Sums(dot0_0 + dot0_2 + (dot0_1 + dot0_3), dot1_0 + dot1_2 + (dot1_1 + dot1_3), dot2_0 + dot2_2 + (dot2_1 + dot2_3),
                    Vector128.Create(0f)), ref dx);
            }

            // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
            {
                {
                    ref float gw = ref g;
                    var s0 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta);
                    var s1 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 4);
                    var s2 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 8);
                    var s3 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 12);
                    var s4 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 16);
                    var s5 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 20);
                    var s6 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 24);
                    var s7 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 28);
                    for (int i = 0; i < 3; i++)
                    {
                        var x0 = LoadAll128(ref x, i);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw) + (s0 * x0), ref gw);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 4) + (s1 * x0), ref gw, 4);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 8) + (s2 * x0), ref gw, 8);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 12) + (s3 * x0), ref gw, 12);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 16) + (s4 * x0), ref gw, 16);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 20) + (s5 * x0), ref gw, 20);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 24) + (s6 * x0), ref gw, 24);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 28) + (s7 * x0), ref gw, 28);
                        gw = ref Unsafe.Add<float>(ref gw, 48);
                    }
                }

                {
                    ref float gw = ref Unsafe.Add<float>(ref g, 32);
                    var s0 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 32);
                    var s1 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 36);
                    var s2 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 40);
                    var s3 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta, 44);
                    for (int i = 0; i < 3; i++)
                    {
                        var x0 = LoadAll128(ref x, i);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw) + (s0 * x0), ref gw);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 4) + (s1 * x0), ref gw, 4);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 8) + (s2 * x0), ref gw, 8);
                        Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref gw, 12) + (s3 * x0), ref gw, 12);
                        gw = ref Unsafe.Add<float>(ref gw, 48);
                    }
                }

                ref float gb = ref Unsafe.Add<float>(ref g, 144);
                for (int j = 0; j < 48; j += 4)
                {
                    Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref gb, j))
                        + Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j)) * Vector128.Create(scale), ref Unsafe.Add<float>(ref gb, j));
                }
            }
        }
    }
}
