//HintName: Demo.SmallNet.g.cs
    file static class Kernels
    {
        internal static readonly ParameterLayout Layout = new ParameterLayout(
            32,
            new LayerLayout(inputs: 1, units: 2, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4, initialBound: 2.4494897427831779,
                traceOffset: 0),
            new LayerLayout(inputs: 2, units: 1, weightOffset: 16, inputStride: 4, unitStride: 1, biasOffset: 24, initialBound: 1.4142135623730951,
                traceOffset: -1));

        // g += scale · dL/dθ; returns L. With a gradient buffer for g and scale 1 or 1/m this accumulates a gradient; with the
        // parameters themselves and scale −η it is a step of gradient descent: what reads a layer's weights comes before the
        // lines that change them.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static float Backpropagate(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            ParameterBuffer<float> gradient,
            float scale,
            Span<float> inputGradient) => Backpropagate<Vectors128>(parameters, input, target, gradient, scale, inputGradient);

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

        // g += dL/dθ for a given dL/da2
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

        // g += scale · Σ dL/dθ over m samples, with targets; returns Σ L, in double precision whatever the network's
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static double BackpropagateBatch(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> inputs,
            ReadOnlySpan<float> targets,
            ParameterBuffer<float> gradient,
            int m,
            float scale,
            Span<float> inputGradients) => BackpropagateBatch<Vectors128>(parameters, inputs, targets, gradient, m, scale, inputGradients);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static float Backpropagate<K>(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> target,
            ParameterBuffer<float> gradient,
            float scale,
            Span<float> inputGradient) where K : struct, IVectors
        {
            ref float p = ref parameters.Origin;
            ref float x = ref MemoryMarshal.GetReference(input);
            Span<float> scratch = stackalloc float[28];
            ref float t = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z2 = ref Unsafe.Add<float>(ref t, 4);
            ref float delta2 = ref Unsafe.Add<float>(ref t, 8);
            Propagate<K>(ref p, ref x, ref t, ref z2);
            float loss = K.Loss(ref z2, ref MemoryMarshal.GetReference(target), ref delta2);
            BackwardLayers<K>(ref p, ref x, ref t, ref delta2, ref gradient.Origin, scale, inputGradient);
            return loss;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Forward<K>(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output) where K : struct, IVectors
        {
            ref float p = ref parameters.Origin;
            ref float x = ref MemoryMarshal.GetReference(input);
            Span<float> scratch = stackalloc float[24];
            ref float t = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z2 = ref Unsafe.Add<float>(ref t, 4);
            Propagate<K>(ref p, ref x, ref t, ref z2);
            MemoryMarshal.CreateSpan(ref z2, 1).CopyTo(output);
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
            Span<float> scratch = stackalloc float[20];
            ref float z2 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float t = ref MemoryMarshal.GetReference(trace);
            Propagate<K>(ref p, ref x, ref t, ref z2);
            MemoryMarshal.CreateSpan(ref z2, 1).CopyTo(output);
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
            Span<float> scratch = stackalloc float[20];
            ref float delta2 = ref Align(ref MemoryMarshal.GetReference(scratch));
            outputGradient.CopyTo(MemoryMarshal.CreateSpan(ref delta2, 1));

            BackwardLayers<K>(ref p, ref x, ref t, ref delta2, ref gradient.Origin, 1f, inputGradient);
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
            Span<float> scratch = rows == 8 ? stackalloc float[80] : rows == 16 ? stackalloc float[144] : stackalloc float[272];
            ref float z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z2 = ref Unsafe.Add<float>(ref z1, rows * 4);
            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first);

                // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                K.ForwardBatch1(ref p, ref x, ref z1, samples);

                // Layer 2, Dense(1, identity): z2 = W2·a1 + b2, a2 = z2
                K.AffineBatch2(ref p, ref z1, ref z2, samples);

                for (int s = 0; s < samples; s++)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref z2, s * 4), 1).CopyTo(outputs.Slice(first + s, 1));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static double BackpropagateBatch<K>(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> inputs,
            ReadOnlySpan<float> targets,
            ParameterBuffer<float> gradient,
            int m,
            float scale,
            Span<float> inputGradients) where K : struct, IVectors
        {
            ref float g = ref gradient.Origin;

            // Samples for which there is memory: what has a constant size is cleared several times as fast
            int rows = m <= 8 ? 8 : m <= 16 ? 16 : 32;
            ref float p = ref parameters.Origin;
            Span<float> scratch = rows == 8 ? stackalloc float[144] : rows == 16 ? stackalloc float[272] : stackalloc float[528];
            ref float a1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float delta1 = ref Unsafe.Add<float>(ref a1, rows * 4);
            ref float z2 = ref Unsafe.Add<float>(ref a1, rows * 8);
            ref float delta2 = ref Unsafe.Add<float>(ref a1, rows * 12);
            double loss = 0;
            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first);

                // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                K.ForwardBatch1(ref p, ref x, ref a1, samples);

                // Layer 2, Dense(1, identity): z2 = W2·a1 + b2
                K.AffineBatch2(ref p, ref a1, ref z2, samples);

                // The output, the loss and delta2 of every sample
                ref float y = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(targets), first);
                for (int s = 0; s < samples; s++)
                {
                    loss += K.Loss(ref Unsafe.Add<float>(ref z2, s * 4), ref Unsafe.Add<float>(ref y, s), ref Unsafe.Add<float>(ref delta2, s * 4));
                }

                // dL/da1 = W2ᵀ·delta2, dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2, delta1 = dL/da1 ⊙ [a1 > 0]
                K.InputGradientBatch2(ref p, ref delta2, ref delta1, samples);
                K.ParameterGradientBatch2(ref a1, ref delta2, ref g, samples, scale);
                K.Delta1(ref a1, ref delta1, samples);

                // dL/dx = W1ᵀ·delta1 where it is asked for, dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                if (!inputGradients.IsEmpty)
                {
                    WriteInputGradients<K>(ref p, ref delta1, inputGradients.Slice(first, samples), samples);
                }

                K.ParameterGradientBatch1(ref x, ref delta1, ref g, samples, scale);
            }

            return loss;
        }

        // All layers up to z2, the last one without its activation; the trace receives what Backward needs.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Propagate<K>(ref float p, ref float x, ref float t, ref float z2) where K : struct, IVectors
        {
            // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
            ref float a1 = ref t;
            K.Affine1(ref p, ref x, ref a1);
            K.Activation1(ref a1, ref a1, 1);

            // Layer 2, Dense(1, identity): z2 = W2·a1 + b2
            K.Affine2(ref p, ref a1, ref z2);
        }

        // g += scale · dL/dθ for a given delta2. Each layer's input gradient comes before its parameters change, so that g
        // may be the parameters themselves.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void BackwardLayers<K>(
            ref float p,
            ref float x,
            ref float t,
            ref float delta2,
            ref float g,
            float scale,
            Span<float> inputGradient) where K : struct, IVectors
        {
            Span<float> scratch = stackalloc float[20];
            ref float delta1 = ref Align(ref MemoryMarshal.GetReference(scratch));

            // dL/da1 = W2ᵀ·delta2, dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2, delta1 = dL/da1 ⊙ [a1 > 0]
            ref float a1 = ref t;
            K.Backward2(ref p, ref a1, ref delta2, ref delta1, ref g, scale);
            K.Delta1(ref a1, ref delta1, 1);

            // dL/dx = W1ᵀ·delta1 where it is asked for, dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
            if (!inputGradient.IsEmpty)
            {
                Span<float> dx = stackalloc float[4];
                K.InputGradient1(ref p, ref delta1, ref MemoryMarshal.GetReference(dx));
                dx.Slice(0, 1).CopyTo(inputGradient);
            }

            K.ParameterGradient1(ref x, ref delta1, ref g, scale);
        }

        // dL/dx = W1ᵀ·delta1 of every sample
        private static void WriteInputGradients<K>(ref float p, ref float delta, Span<float> inputGradients, int samples) where K : struct, IVectors
        {
            Span<float> dx = stackalloc float[4];
            for (int s = 0; s < samples; s++)
            {
                K.InputGradient1(ref p, ref Unsafe.Add<float>(ref delta, s * 4), ref MemoryMarshal.GetReference(dx));
                dx.Slice(0, 1).CopyTo(inputGradients.Slice(s, 1));
            }
        }

        // What the passes ask of the kernels of each vector width
        internal interface IVectors
        {
            static abstract void Affine1(ref float p, ref float x, ref float z);
            static abstract void ForwardBatch1(ref float p, ref float x, ref float z, int samples);
            static abstract void Activation1(ref float z, ref float a, int samples);
            static abstract void Affine2(ref float p, ref float x, ref float z);
            static abstract void AffineBatch2(ref float p, ref float x, ref float z, int samples);
            static abstract float Loss(ref float z, ref float y, ref float delta);
            static abstract void Backward2(ref float p, ref float x, ref float delta, ref float dx, ref float g, float scale);
            static abstract void InputGradientBatch2(ref float p, ref float delta, ref float dx, int samples);
            static abstract void ParameterGradientBatch2(ref float x, ref float delta, ref float g, int samples, float scale);
            static abstract void Delta1(ref float a, ref float delta, int samples);
            static abstract void InputGradient1(ref float p, ref float delta, ref float dx);
            static abstract void ParameterGradient1(ref float x, ref float delta, ref float g, float scale);
            static abstract void ParameterGradientBatch1(ref float x, ref float delta, ref float g, int samples, float scale);
        }

        // The kernels with vectors of 128 bits
        internal readonly struct Vectors128 : IVectors
        {
            // z1 = W1·x + b1. The weight from input i to unit j is W1[4·i + j].
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Affine1(ref float p, ref float x, ref float z)
            {
                ref float w = ref p;
                var z0 = Vector128.LoadUnsafe<float>(ref p, 4);
                var x0 = LoadAll128(ref x, 0);
                z0 += x0 * Vector128.LoadUnsafe<float>(ref w);

                Vector128.StoreUnsafe<float>(KeepFirst(z0, 2), ref z);
            }

            // z1 = W1·x + b1, a1 = max(z1, 0) of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void ForwardBatch1(ref float p, ref float x, ref float z, int samples)
            {
                int whole = samples & -8;
                for (int s = 0; s < whole; s += 8)
                {
                    ref float w = ref p;
                    ref float xs = ref Unsafe.Add<float>(ref x, s);
                    ref float zs = ref Unsafe.Add<float>(ref z, s * 4);
                    var z0_0 = Vector128.LoadUnsafe<float>(ref p, 4);
                    var z1_0 = Vector128.LoadUnsafe<float>(ref p, 4);
                    var z2_0 = Vector128.LoadUnsafe<float>(ref p, 4);
                    var z3_0 = Vector128.LoadUnsafe<float>(ref p, 4);
                    var z4_0 = Vector128.LoadUnsafe<float>(ref p, 4);
                    var z5_0 = Vector128.LoadUnsafe<float>(ref p, 4);
                    var z6_0 = Vector128.LoadUnsafe<float>(ref p, 4);
                    var z7_0 = Vector128.LoadUnsafe<float>(ref p, 4);
                    var w0 = Vector128.LoadUnsafe<float>(ref w);
                    var x0 = LoadAll128(ref xs, 0);
                    z0_0 += x0 * w0;
                    var x1 = LoadAll128(ref xs, 1);
                    z1_0 += x1 * w0;
                    var x2 = LoadAll128(ref xs, 2);
                    z2_0 += x2 * w0;
                    var x3 = LoadAll128(ref xs, 3);
                    z3_0 += x3 * w0;
                    var x4 = LoadAll128(ref xs, 4);
                    z4_0 += x4 * w0;
                    var x5 = LoadAll128(ref xs, 5);
                    z5_0 += x5 * w0;
                    var x6 = LoadAll128(ref xs, 6);
                    z6_0 += x6 * w0;
                    var x7 = LoadAll128(ref xs, 7);
                    z7_0 += x7 * w0;

                    Vector128.StoreUnsafe<float>(KeepFirst(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(z0_0, Vector128.Create(0f)),
                        Vector128.Create(0f), z0_0), 2), ref zs);
                    Vector128.StoreUnsafe<float>(KeepFirst(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(z1_0, Vector128.Create(0f)),
                        Vector128.Create(0f), z1_0), 2), ref zs, 4);
                    Vector128.StoreUnsafe<float>(KeepFirst(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(z2_0, Vector128.Create(0f)),
                        Vector128.Create(0f), z2_0), 2), ref zs, 8);
                    Vector128.StoreUnsafe<float>(KeepFirst(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(z3_0, Vector128.Create(0f)),
                        Vector128.Create(0f), z3_0), 2), ref zs, 12);
                    Vector128.StoreUnsafe<float>(KeepFirst(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(z4_0, Vector128.Create(0f)),
                        Vector128.Create(0f), z4_0), 2), ref zs, 16);
                    Vector128.StoreUnsafe<float>(KeepFirst(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(z5_0, Vector128.Create(0f)),
                        Vector128.Create(0f), z5_0), 2), ref zs, 20);
                    Vector128.StoreUnsafe<float>(KeepFirst(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(z6_0, Vector128.Create(0f)),
                        Vector128.Create(0f), z6_0), 2), ref zs, 24);
                    Vector128.StoreUnsafe<float>(KeepFirst(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(z7_0, Vector128.Create(0f)),
                        Vector128.Create(0f), z7_0), 2), ref zs, 28);
                }

                for (int s = whole; s < samples; s++)
                {
                    ref float xs = ref Unsafe.Add<float>(ref x, s);
                    ref float zs = ref Unsafe.Add<float>(ref z, s * 4);
                    Affine1(ref p, ref xs, ref zs);
                    Activation1(ref zs, ref zs, 1);
                }
            }

            // a1 = max(z1, 0)
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Activation1(ref float z, ref float a, int samples)
            {
                for (int j = 0; j < samples * 4; j += 4)
                {
                    var zj = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref z, j));
                    Vector128.StoreUnsafe<float>(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(zj, Vector128.Create(0f)), Vector128.Create(0f), zj),
                        ref Unsafe.Add<float>(ref a, j));
                }
            }

            // z2 = W2·a1 + b2. The weight from input i to unit j is W2[4·i + j].
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Affine2(ref float p, ref float x, ref float z)
            {
                ref float w = ref Unsafe.Add<float>(ref p, 16);
                var z0 = Vector128.LoadUnsafe<float>(ref p, 24);
                var x0 = LoadAll128(ref x, 0);
                z0 += x0 * Vector128.LoadUnsafe<float>(ref w);
                var x1 = LoadAll128(ref x, 1);
                z0 += x1 * Vector128.LoadUnsafe<float>(ref w, 4);

                Vector128.StoreUnsafe<float>(KeepFirst(z0, 1), ref z);
            }

            // z2 = W2·a1 + b2 of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void AffineBatch2(ref float p, ref float x, ref float z, int samples)
            {
                for (int s = 0; s < samples; s += 8)
                {
                    ref float w = ref Unsafe.Add<float>(ref p, 16);
                    ref float xs = ref Unsafe.Add<float>(ref x, s * 4);
                    ref float zs = ref Unsafe.Add<float>(ref z, s * 4);
                    var z0_0 = Vector128.LoadUnsafe<float>(ref p, 24);
                    var z1_0 = Vector128.LoadUnsafe<float>(ref p, 24);
                    var z2_0 = Vector128.LoadUnsafe<float>(ref p, 24);
                    var z3_0 = Vector128.LoadUnsafe<float>(ref p, 24);
                    var z4_0 = Vector128.LoadUnsafe<float>(ref p, 24);
                    var z5_0 = Vector128.LoadUnsafe<float>(ref p, 24);
                    var z6_0 = Vector128.LoadUnsafe<float>(ref p, 24);
                    var z7_0 = Vector128.LoadUnsafe<float>(ref p, 24);
                    for (int i = 0; i < 2; i++)
                    {
                        var w0 = Vector128.LoadUnsafe<float>(ref w);
                        var x0 = LoadAll128(ref xs, 0);
                        z0_0 += x0 * w0;
                        var x1 = LoadAll128(ref xs, 4);
                        z1_0 += x1 * w0;
                        var x2 = LoadAll128(ref xs, 8);
                        z2_0 += x2 * w0;
                        var x3 = LoadAll128(ref xs, 12);
                        z3_0 += x3 * w0;
                        var x4 = LoadAll128(ref xs, 16);
                        z4_0 += x4 * w0;
                        var x5 = LoadAll128(ref xs, 20);
                        z5_0 += x5 * w0;
                        var x6 = LoadAll128(ref xs, 24);
                        z6_0 += x6 * w0;
                        var x7 = LoadAll128(ref xs, 28);
                        z7_0 += x7 * w0;
                        w = ref Unsafe.Add<float>(ref w, 4);
                        xs = ref Unsafe.Add<float>(ref xs, 1);
                    }

                    Vector128.StoreUnsafe<float>(KeepFirst(z0_0, 1), ref zs);
                    Vector128.StoreUnsafe<float>(KeepFirst(z1_0, 1), ref zs, 4);
                    Vector128.StoreUnsafe<float>(KeepFirst(z2_0, 1), ref zs, 8);
                    Vector128.StoreUnsafe<float>(KeepFirst(z3_0, 1), ref zs, 12);
                    Vector128.StoreUnsafe<float>(KeepFirst(z4_0, 1), ref zs, 16);
                    Vector128.StoreUnsafe<float>(KeepFirst(z5_0, 1), ref zs, 20);
                    Vector128.StoreUnsafe<float>(KeepFirst(z6_0, 1), ref zs, 24);
                    Vector128.StoreUnsafe<float>(KeepFirst(z7_0, 1), ref zs, 28);
                }
            }

            // a2 = z2
            // L = ½ Σ (a2 − y)²
            // delta2 = dL/dz2 = a2 − y
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static float Loss(ref float z, ref float y, ref float delta)
            {
                float squares2 = 0f;
                {
                    float error = z - y;
                    squares2 += error * error;
                    delta = error;
                }

                float loss = 0.5f * squares2;
                return loss;
            }

            // dL/da1 = W2ᵀ·delta2, and g += scale · dL/dθ: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Backward2(ref float p, ref float x, ref float delta, ref float dx, ref float g, float scale)
            {
                ref float w = ref Unsafe.Add<float>(ref p, 16);
                ref float gw = ref Unsafe.Add<float>(ref g, 16);
                var x0 = LoadAll128(ref x, 0);
                var dot0 = Vector128.Create(0f);
                var x1 = LoadAll128(ref x, 1);
                var dot1 = Vector128.Create(0f);
                var d = Vector128.LoadUnsafe<float>(ref delta);
                var s = Vector128.Create(scale) * d;
                dot0 += Vector128.LoadUnsafe<float>(ref w) * d;
                Vector128.StoreUnsafe<float>(KeepFirst(Vector128.LoadUnsafe<float>(ref gw) + (s * x0), 1), ref gw);
                dot1 += Vector128.LoadUnsafe<float>(ref w, 4) * d;
                Vector128.StoreUnsafe<float>(KeepFirst(Vector128.LoadUnsafe<float>(ref gw, 4) + (s * x1), 1), ref gw, 4);
                Vector128.StoreUnsafe<float>(SumPair(dot0, dot1), ref dx);

                ref float gb = ref Unsafe.Add<float>(ref g, 24);
                Vector128.StoreUnsafe<float>(KeepFirst(Vector128.LoadUnsafe<float>(ref gb) + Vector128.LoadUnsafe<float>(ref delta) * Vector128.Create(scale),
                    1), ref gb);
            }

            // dL/da1 = W2ᵀ·delta2 of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void InputGradientBatch2(ref float p, ref float delta, ref float dx, int samples)
            {
                for (int s = 0; s < samples; s += 2)
                {
                    ref float w = ref Unsafe.Add<float>(ref p, 16);
                    ref float ds = ref Unsafe.Add<float>(ref delta, s * 4);
                    ref float dxs = ref Unsafe.Add<float>(ref dx, s * 4);
                    var s0_dot0 = Vector128.Create(0f);
                    var s0_dot1 = Vector128.Create(0f);
                    var s1_dot0 = Vector128.Create(0f);
                    var s1_dot1 = Vector128.Create(0f);
                    var s0_d = Vector128.LoadUnsafe<float>(ref ds);
                    var s1_d = Vector128.LoadUnsafe<float>(ref ds, 4);
                    var w0 = Vector128.LoadUnsafe<float>(ref w);
                    s0_dot0 += w0 * s0_d;
                    s1_dot0 += w0 * s1_d;
                    var w1 = Vector128.LoadUnsafe<float>(ref w, 4);
                    s0_dot1 += w1 * s0_d;
                    s1_dot1 += w1 * s1_d;
                    Vector128.StoreUnsafe<float>(SumPair(s0_dot0, s0_dot1), ref dxs);
                    Vector128.StoreUnsafe<float>(SumPair(s1_dot0, s1_dot1), ref dxs, 4);
                }
            }

            // delta2 = scale · delta2, then g += Σ over the samples: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void ParameterGradientBatch2(ref float x, ref float delta, ref float g, int samples, float scale)
            {
                for (int j = 0; j < samples * 4; j += 4)
                {
                    Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j)) * Vector128.Create(scale),
                        ref Unsafe.Add<float>(ref delta, j));
                }

                ref float gw = ref Unsafe.Add<float>(ref g, 16);
                ref float xs = ref x;
                ref float ds = ref delta;
                var g0_0 = Vector128.LoadUnsafe<float>(ref gw);
                var g1_0 = Vector128.LoadUnsafe<float>(ref gw, 4);
                for (int s = 0; s < samples; s++)
                {
                    var d0 = Vector128.LoadUnsafe<float>(ref ds);
                    var x0 = LoadAll128(ref xs, 0);
                    g0_0 += x0 * d0;
                    var x1 = LoadAll128(ref xs, 1);
                    g1_0 += x1 * d0;
                    xs = ref Unsafe.Add<float>(ref xs, 4);
                    ds = ref Unsafe.Add<float>(ref ds, 4);
                }

                Vector128.StoreUnsafe<float>(KeepFirst(g0_0, 1), ref gw);
                Vector128.StoreUnsafe<float>(KeepFirst(g1_0, 1), ref gw, 4);

                ref float gb = ref Unsafe.Add<float>(ref g, 24);
                var sum = Vector128.LoadUnsafe<float>(ref gb);
                for (int s = 0; s < samples; s++)
                {
                    sum += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, s * 4));
                }

                Vector128.StoreUnsafe<float>(KeepFirst(sum, 1), ref gb);
            }

            // delta1 = dL/da1 ⊙ [a1 > 0]
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Delta1(ref float a, ref float delta, int samples)
            {
                for (int j = 0; j < samples * 4; j += 4)
                {
                    var aj = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref a, j));
                    Vector128.StoreUnsafe<float>(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(aj, Vector128.Create(0f)), Vector128.Create(0f),
                        Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Create(0f), aj),
                        Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j)), Vector128.Create(float.NaN))), ref Unsafe.Add<float>(ref delta, j));
                }
            }

            // dL/dx = W1ᵀ·delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void InputGradient1(ref float p, ref float delta, ref float dx)
            {
                ref float w = ref p;
                var dot0 = Vector128.Create(0f);
                var d = Vector128.LoadUnsafe<float>(ref delta);
                dot0 += Vector128.LoadUnsafe<float>(ref w) * d;
                Vector128.StoreUnsafe<float>(Sum(dot0), ref dx);
            }

            // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
            {
                ref float gw = ref g;
                var s0 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta);
                var x0 = LoadAll128(ref x, 0);
                Vector128.StoreUnsafe<float>(KeepFirst(Vector128.LoadUnsafe<float>(ref gw) + (s0 * x0), 2), ref gw);

                ref float gb = ref Unsafe.Add<float>(ref g, 4);
                Vector128.StoreUnsafe<float>(KeepFirst(Vector128.LoadUnsafe<float>(ref gb) + Vector128.LoadUnsafe<float>(ref delta) * Vector128.Create(scale),
                    2), ref gb);
            }

            // delta1 = scale · delta1, then g += Σ over the samples: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void ParameterGradientBatch1(ref float x, ref float delta, ref float g, int samples, float scale)
            {
                for (int j = 0; j < samples * 4; j += 4)
                {
                    Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j)) * Vector128.Create(scale),
                        ref Unsafe.Add<float>(ref delta, j));
                }

                ref float gw = ref g;
                ref float xs = ref x;
                ref float ds = ref delta;
                var g0_0 = Vector128.LoadUnsafe<float>(ref gw);
                for (int s = 0; s < samples; s++)
                {
                    var d0 = Vector128.LoadUnsafe<float>(ref ds);
                    var x0 = LoadAll128(ref xs, 0);
                    g0_0 += x0 * d0;
                    xs = ref Unsafe.Add<float>(ref xs, 1);
                    ds = ref Unsafe.Add<float>(ref ds, 4);
                }

                Vector128.StoreUnsafe<float>(KeepFirst(g0_0, 2), ref gw);

                ref float gb = ref Unsafe.Add<float>(ref g, 4);
                var sum = Vector128.LoadUnsafe<float>(ref gb);
                for (int s = 0; s < samples; s++)
                {
                    sum += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, s * 4));
                }

                Vector128.StoreUnsafe<float>(KeepFirst(sum, 2), ref gb);
            }
        }
    }
}
