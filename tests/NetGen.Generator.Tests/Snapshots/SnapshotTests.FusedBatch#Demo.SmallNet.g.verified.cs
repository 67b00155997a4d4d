//HintName: Demo.SmallNet.g.cs
    file static class Kernels
    {
        internal static readonly ParameterLayout Layout = new ParameterLayout(
            48,
            new LayerLayout(inputs: 1, units: 2, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4, initialBound: 2.4494897427831779,
                traceOffset: 0),
            new LayerLayout(inputs: 2, units: 8, weightOffset: 16, inputStride: 8, unitStride: 1, biasOffset: 32, initialBound: 0.7745966692414834,
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
            Span<float> inputGradient)
        {
            if (FusedArithmetic1.IsSupported)
            {
                return Backpropagate<Vectors128<FusedArithmetic1>>(parameters, input, target, gradient, scale, inputGradient);
            }

            return Backpropagate<Vectors128<StrictArithmetic1>>(parameters, input, target, gradient, scale, inputGradient);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Forward(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output)
        {
            if (FusedArithmetic1.IsSupported)
            {
                Forward<Vectors128<FusedArithmetic1>>(parameters, input, output);
                return;
            }

            Forward<Vectors128<StrictArithmetic1>>(parameters, input, output);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Forward(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> trace)
        {
            if (FusedArithmetic1.IsSupported)
            {
                Forward<Vectors128<FusedArithmetic1>>(parameters, input, output, trace);
                return;
            }

            Forward<Vectors128<StrictArithmetic1>>(parameters, input, output, trace);
        }

        // g += dL/dθ for a given dL/da2
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Backward(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> input,
            ReadOnlySpan<float> trace,
            ReadOnlySpan<float> outputGradient,
            ParameterBuffer<float> gradient,
            Span<float> inputGradient)
        {
            if (FusedArithmetic1.IsSupported)
            {
                Backward<Vectors128<FusedArithmetic1>>(parameters, input, trace, outputGradient, gradient, inputGradient);
                return;
            }

            Backward<Vectors128<StrictArithmetic1>>(parameters, input, trace, outputGradient, gradient, inputGradient);
        }

        // The outputs of m samples
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void ForwardBatch(ParameterBuffer<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, int m)
        {
            if (FusedArithmetic1.IsSupported)
            {
                ForwardBatch<Vectors128<FusedArithmetic1>>(parameters, inputs, outputs, m);
                return;
            }

            ForwardBatch<Vectors128<StrictArithmetic1>>(parameters, inputs, outputs, m);
        }

        // g += scale · Σ dL/dθ over m samples, with targets; returns Σ L, in double precision whatever the network's
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static double BackpropagateBatch(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> inputs,
            ReadOnlySpan<float> targets,
            ParameterBuffer<float> gradient,
            int m,
            float scale,
            Span<float> inputGradients)
        {
            if (FusedArithmetic1.IsSupported)
            {
                return BackpropagateBatch<Vectors128<FusedArithmetic1>>(parameters, inputs, targets, gradient, m, scale, inputGradients);
            }

            return BackpropagateBatch<Vectors128<StrictArithmetic1>>(parameters, inputs, targets, gradient, m, scale, inputGradients);
        }

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
            Span<float> scratch = stackalloc float[36];
            ref float t = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z2 = ref Unsafe.Add<float>(ref t, 4);
            ref float delta2 = ref Unsafe.Add<float>(ref t, 12);
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
            Span<float> scratch = stackalloc float[28];
            ref float t = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z2 = ref Unsafe.Add<float>(ref t, 4);
            Propagate<K>(ref p, ref x, ref t, ref z2);
            MemoryMarshal.CreateSpan(ref z2, 8).CopyTo(output);
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
            Span<float> scratch = stackalloc float[24];
            ref float z2 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float t = ref MemoryMarshal.GetReference(trace);
            Propagate<K>(ref p, ref x, ref t, ref z2);
            MemoryMarshal.CreateSpan(ref z2, 8).CopyTo(output);
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
            Span<float> scratch = stackalloc float[24];
            ref float delta2 = ref Align(ref MemoryMarshal.GetReference(scratch));
            outputGradient.CopyTo(MemoryMarshal.CreateSpan(ref delta2, 8));

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
            Span<float> scratch = rows == 8 ? stackalloc float[112] : rows == 16 ? stackalloc float[208] : stackalloc float[400];
            ref float z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z2 = ref Unsafe.Add<float>(ref z1, rows * 4);
            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first);

                // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                K.ForwardBatch1(ref p, ref x, ref z1, samples);

                // Layer 2, Dense(8, identity): z2 = W2·a1 + b2, a2 = z2
                K.AffineBatch2(ref p, ref z1, ref z2, samples);

                for (int s = 0; s < samples; s++)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref z2, s * 8), 8).CopyTo(outputs.Slice((first + s) * 8, 8));
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
            Span<float> scratch = rows == 8 ? stackalloc float[208] : rows == 16 ? stackalloc float[400] : stackalloc float[784];
            ref float a1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float delta1 = ref Unsafe.Add<float>(ref a1, rows * 4);
            ref float z2 = ref Unsafe.Add<float>(ref a1, rows * 8);
            ref float delta2 = ref Unsafe.Add<float>(ref a1, rows * 16);
            double loss = 0;

            // Many samples are worth transposed weights: dL/dx then adds rows, and no dot products need their lanes summed.
            bool isLarge = m >= 4;
            Span<float> columns = isLarge ? stackalloc float[48] : default;
            ref float columns2 = ref Align(ref MemoryMarshal.GetReference(columns));
            if (isLarge)
            {
                K.Transpose2(ref p, ref columns2);
            }

            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first);

                // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                K.ForwardBatch1(ref p, ref x, ref a1, samples);

                // Layer 2, Dense(8, identity): z2 = W2·a1 + b2
                K.AffineBatch2(ref p, ref a1, ref z2, samples);

                // The output, the loss and delta2 of every sample
                ref float y = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(targets), first * 8);
                for (int s = 0; s < samples; s++)
                {
                    loss += K.Loss(ref Unsafe.Add<float>(ref z2, s * 8), ref Unsafe.Add<float>(ref y, s * 8), ref Unsafe.Add<float>(ref delta2, s * 8));
                }

                // dL/da1 = W2ᵀ·delta2, dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2, delta1 = dL/da1 ⊙ [a1 > 0]
                if (isLarge)
                {
                    K.InputGradientColumns2(ref columns2, ref delta2, ref delta1, samples);
                }
                else
                {
                    K.InputGradientBatch2(ref p, ref delta2, ref delta1, samples);
                }

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

            // Layer 2, Dense(8, identity): z2 = W2·a1 + b2
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
            static abstract void Transpose2(ref float p, ref float columns);
            static abstract void InputGradientColumns2(ref float columns, ref float delta, ref float dx, int samples);
            static abstract void ParameterGradientBatch2(ref float x, ref float delta, ref float g, int samples, float scale);
            static abstract void Delta1(ref float a, ref float delta, int samples);
            static abstract void InputGradient1(ref float p, ref float delta, ref float dx);
            static abstract void ParameterGradient1(ref float x, ref float delta, ref float g, float scale);
            static abstract void ParameterGradientBatch1(ref float x, ref float delta, ref float g, int samples, float scale);
        }

        // The kernels with vectors of 128 bits; A rounds each product with the addition after it, or by itself where the hardware cannot
        internal readonly struct Vectors128<A> : IVectors where A : struct, IArithmetic
        {
            // z1 = W1·x + b1. The weight from input i to unit j is W1[4·i + j].
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Affine1(ref float p, ref float x, ref float z)
            {
                ref float w = ref p;
                var z0 = Vector128.LoadUnsafe<float>(ref p, 4);
                var x0 = LoadAll128(ref x, 0);
                z0 = A.MultiplyAdd(x0, Vector128.LoadUnsafe<float>(ref w), z0);

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
                    z0_0 = A.MultiplyAdd(x0, w0, z0_0);
                    var x1 = LoadAll128(ref xs, 1);
                    z1_0 = A.MultiplyAdd(x1, w0, z1_0);
                    var x2 = LoadAll128(ref xs, 2);
                    z2_0 = A.MultiplyAdd(x2, w0, z2_0);
                    var x3 = LoadAll128(ref xs, 3);
                    z3_0 = A.MultiplyAdd(x3, w0, z3_0);
                    var x4 = LoadAll128(ref xs, 4);
                    z4_0 = A.MultiplyAdd(x4, w0, z4_0);
                    var x5 = LoadAll128(ref xs, 5);
                    z5_0 = A.MultiplyAdd(x5, w0, z5_0);
                    var x6 = LoadAll128(ref xs, 6);
                    z6_0 = A.MultiplyAdd(x6, w0, z6_0);
                    var x7 = LoadAll128(ref xs, 7);
                    z7_0 = A.MultiplyAdd(x7, w0, z7_0);

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

            // z2 = W2·a1 + b2. The weight from input i to unit j is W2[8·i + j].
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Affine2(ref float p, ref float x, ref float z)
            {
                ref float w = ref Unsafe.Add<float>(ref p, 16);
                var z0 = Vector128.LoadUnsafe<float>(ref p, 32);
                var z1 = Vector128.LoadUnsafe<float>(ref p, 36);
                var x0 = LoadAll128(ref x, 0);
                z0 = A.MultiplyAdd(x0, Vector128.LoadUnsafe<float>(ref w), z0);
                z1 = A.MultiplyAdd(x0, Vector128.LoadUnsafe<float>(ref w, 4), z1);
                var x1 = LoadAll128(ref x, 1);
                z0 = A.MultiplyAdd(x1, Vector128.LoadUnsafe<float>(ref w, 8), z0);
                z1 = A.MultiplyAdd(x1, Vector128.LoadUnsafe<float>(ref w, 12), z1);

                Vector128.StoreUnsafe<float>(z0, ref z);
                Vector128.StoreUnsafe<float>(z1, ref z, 4);
            }

            // z2 = W2·a1 + b2 of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void AffineBatch2(ref float p, ref float x, ref float z, int samples)
            {
                for (int s = 0; s < samples; s += 4)
                {
                    ref float w = ref Unsafe.Add<float>(ref p, 16);
                    ref float xs = ref Unsafe.Add<float>(ref x, s * 4);
                    ref float zs = ref Unsafe.Add<float>(ref z, s * 8);
                    var z0_0 = Vector128.LoadUnsafe<float>(ref p, 32);
                    var z0_1 = Vector128.LoadUnsafe<float>(ref p, 36);
                    var z1_0 = Vector128.LoadUnsafe<float>(ref p, 32);
                    var z1_1 = Vector128.LoadUnsafe<float>(ref p, 36);
                    var z2_0 = Vector128.LoadUnsafe<float>(ref p, 32);
                    var z2_1 = Vector128.LoadUnsafe<float>(ref p, 36);
                    var z3_0 = Vector128.LoadUnsafe<float>(ref p, 32);
                    var z3_1 = Vector128.LoadUnsafe<float>(ref p, 36);
                    for (int i = 0; i < 2; i++)
                    {
                        var w0 = Vector128.LoadUnsafe<float>(ref w);
                        var w1 = Vector128.LoadUnsafe<float>(ref w, 4);
                        var x0 = LoadAll128(ref xs, 0);
                        z0_0 = A.MultiplyAdd(x0, w0, z0_0);
                        z0_1 = A.MultiplyAdd(x0, w1, z0_1);
                        var x1 = LoadAll128(ref xs, 4);
                        z1_0 = A.MultiplyAdd(x1, w0, z1_0);
                        z1_1 = A.MultiplyAdd(x1, w1, z1_1);
                        var x2 = LoadAll128(ref xs, 8);
                        z2_0 = A.MultiplyAdd(x2, w0, z2_0);
                        z2_1 = A.MultiplyAdd(x2, w1, z2_1);
                        var x3 = LoadAll128(ref xs, 12);
                        z3_0 = A.MultiplyAdd(x3, w0, z3_0);
                        z3_1 = A.MultiplyAdd(x3, w1, z3_1);
                        w = ref Unsafe.Add<float>(ref w, 8);
                        xs = ref Unsafe.Add<float>(ref xs, 1);
                    }

                    Vector128.StoreUnsafe<float>(z0_0, ref zs);
                    Vector128.StoreUnsafe<float>(z0_1, ref zs, 4);
                    Vector128.StoreUnsafe<float>(z1_0, ref zs, 8);
                    Vector128.StoreUnsafe<float>(z1_1, ref zs, 12);
                    Vector128.StoreUnsafe<float>(z2_0, ref zs, 16);
                    Vector128.StoreUnsafe<float>(z2_1, ref zs, 20);
                    Vector128.StoreUnsafe<float>(z3_0, ref zs, 24);
                    Vector128.StoreUnsafe<float>(z3_1, ref zs, 28);
                }
            }

            // a2 = z2
            // L = ½ Σ (a2 − y)²
            // delta2 = dL/dz2 = a2 − y
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static float Loss(ref float z, ref float y, ref float delta)
            {
                float squares2 = 0f;
                for (int j = 0; j < 8; j++)
                {
                    float error = Unsafe.Add<float>(ref z, j) - Unsafe.Add<float>(ref y, j);
                    squares2 += error * error;
                    Unsafe.Add<float>(ref delta, j) = error;
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
                var dot0_0 = Vector128.Create(0f);
                var dot0_1 = Vector128.Create(0f);
                var x1 = LoadAll128(ref x, 1);
                var dot1_0 = Vector128.Create(0f);
                var dot1_1 = Vector128.Create(0f);
                var d0 = Vector128.LoadUnsafe<float>(ref delta);
                var s0 = Vector128.Create(scale) * d0;
                dot0_0 = A.MultiplyAdd(Vector128.LoadUnsafe<float>(ref w), d0, dot0_0);
                Vector128.StoreUnsafe<float>(A.MultiplyAdd(s0, x0, Vector128.LoadUnsafe<float>(ref gw)), ref gw);
                dot1_0 = A.MultiplyAdd(Vector128.LoadUnsafe<float>(ref w, 8), d0, dot1_0);
                Vector128.StoreUnsafe<float>(A.MultiplyAdd(s0, x1, Vector128.LoadUnsafe<float>(ref gw, 8)), ref gw, 8);
                var d1 = Vector128.LoadUnsafe<float>(ref delta, 4);
                var s1 = Vector128.Create(scale) * d1;
                dot0_1 = A.MultiplyAdd(Vector128.LoadUnsafe<float>(ref w, 4), d1, dot0_1);
                Vector128.StoreUnsafe<float>(A.MultiplyAdd(s1, x0, Vector128.LoadUnsafe<float>(ref gw, 4)), ref gw, 4);
                dot1_1 = A.MultiplyAdd(Vector128.LoadUnsafe<float>(ref w, 12), d1, dot1_1);
                Vector128.StoreUnsafe<float>(A.MultiplyAdd(s1, x1, Vector128.LoadUnsafe<float>(ref gw, 12)), ref gw, 12);
                Vector128.StoreUnsafe<float>(SumPair(dot0_0 + dot0_1, dot1_0 + dot1_1), ref dx);

                ref float gb = ref Unsafe.Add<float>(ref g, 32);
                for (int j = 0; j < 8; j += 4)
                {
                    Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref gb, j))
                        + Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j)) * Vector128.Create(scale), ref Unsafe.Add<float>(ref gb, j));
                }
            }

            // dL/da1 = W2ᵀ·delta2 of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void InputGradientBatch2(ref float p, ref float delta, ref float dx, int samples)
            {
                for (int s = 0; s < samples; s++)
                {
                    ref float w = ref Unsafe.Add<float>(ref p, 16);
                    ref float ds = ref Unsafe.Add<float>(ref delta, s * 8);
                    ref float dxs = ref Unsafe.Add<float>(ref dx, s * 4);
                    var dot0_0 = Vector128.Create(0f);
                    var dot0_1 = Vector128.Create(0f);
                    var dot1_0 = Vector128.Create(0f);
                    var dot1_1 = Vector128.Create(0f);
                    var d0 = Vector128.LoadUnsafe<float>(ref ds);
                    var w0_0 = Vector128.LoadUnsafe<float>(ref w);
                    dot0_0 = A.MultiplyAdd(w0_0, d0, dot0_0);
                    var w1_0 = Vector128.LoadUnsafe<float>(ref w, 8);
                    dot1_0 = A.MultiplyAdd(w1_0, d0, dot1_0);
                    var d1 = Vector128.LoadUnsafe<float>(ref ds, 4);
                    var w0_1 = Vector128.LoadUnsafe<float>(ref w, 4);
                    dot0_1 = A.MultiplyAdd(w0_1, d1, dot0_1);
                    var w1_1 = Vector128.LoadUnsafe<float>(ref w, 12);
                    dot1_1 = A.MultiplyAdd(w1_1, d1, dot1_1);
                    Vector128.StoreUnsafe<float>(SumPair(dot0_0 + dot0_1, dot1_0 + dot1_1), ref dxs);
                }
            }

            // Row j of columns: the weights from every input to unit j
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Transpose2(ref float p, ref float columns)
            {
                for (int i = 0; i < 2; i++)
                {
                    for (int j = 0; j < 8; j++)
                    {
                        Unsafe.Add<float>(ref columns, (j * 4) + i) = Unsafe.Add<float>(ref p, (i * 8) + j + 16);
                    }
                }
            }

            // dL/da1 = W2ᵀ·delta2 of every sample, from such columns
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void InputGradientColumns2(ref float columns, ref float delta, ref float dx, int samples)
            {
                for (int s = 0; s < samples; s += 8)
                {
                    ref float w = ref columns;
                    ref float ds = ref Unsafe.Add<float>(ref delta, s * 8);
                    ref float dxs = ref Unsafe.Add<float>(ref dx, s * 4);
                    var dx0_0 = Vector128.Create(0f);
                    var dx1_0 = Vector128.Create(0f);
                    var dx2_0 = Vector128.Create(0f);
                    var dx3_0 = Vector128.Create(0f);
                    var dx4_0 = Vector128.Create(0f);
                    var dx5_0 = Vector128.Create(0f);
                    var dx6_0 = Vector128.Create(0f);
                    var dx7_0 = Vector128.Create(0f);
                    for (int i = 0; i < 8; i++)
                    {
                        var w0 = Vector128.LoadUnsafe<float>(ref w);
                        var d0 = LoadAll128(ref ds, 0);
                        dx0_0 = A.MultiplyAdd(d0, w0, dx0_0);
                        var d1 = LoadAll128(ref ds, 8);
                        dx1_0 = A.MultiplyAdd(d1, w0, dx1_0);
                        var d2 = LoadAll128(ref ds, 16);
                        dx2_0 = A.MultiplyAdd(d2, w0, dx2_0);
                        var d3 = LoadAll128(ref ds, 24);
                        dx3_0 = A.MultiplyAdd(d3, w0, dx3_0);
                        var d4 = LoadAll128(ref ds, 32);
                        dx4_0 = A.MultiplyAdd(d4, w0, dx4_0);
                        var d5 = LoadAll128(ref ds, 40);
                        dx5_0 = A.MultiplyAdd(d5, w0, dx5_0);
                        var d6 = LoadAll128(ref ds, 48);
                        dx6_0 = A.MultiplyAdd(d6, w0, dx6_0);
                        var d7 = LoadAll128(ref ds, 56);
                        dx7_0 = A.MultiplyAdd(d7, w0, dx7_0);
                        w = ref Unsafe.Add<float>(ref w, 4);
                        ds = ref Unsafe.Add<float>(ref ds, 1);
                    }

                    Vector128.StoreUnsafe<float>(KeepFirst(dx0_0, 2), ref dxs);
                    Vector128.StoreUnsafe<float>(KeepFirst(dx1_0, 2), ref dxs, 4);
                    Vector128.StoreUnsafe<float>(KeepFirst(dx2_0, 2), ref dxs, 8);
                    Vector128.StoreUnsafe<float>(KeepFirst(dx3_0, 2), ref dxs, 12);
                    Vector128.StoreUnsafe<float>(KeepFirst(dx4_0, 2), ref dxs, 16);
                    Vector128.StoreUnsafe<float>(KeepFirst(dx5_0, 2), ref dxs, 20);
                    Vector128.StoreUnsafe<float>(KeepFirst(dx6_0, 2), ref dxs, 24);
                    Vector128.StoreUnsafe<float>(KeepFirst(dx7_0, 2), ref dxs, 28);
                }
            }

            // delta2 = scale · delta2, then g += Σ over the samples: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void ParameterGradientBatch2(ref float x, ref float delta, ref float g, int samples, float scale)
            {
                for (int j = 0; j < samples * 8; j += 4)
                {
                    Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, j)) * Vector128.Create(scale),
                        ref Unsafe.Add<float>(ref delta, j));
                }

                ref float gw = ref Unsafe.Add<float>(ref g, 16);
                ref float xs = ref x;
                ref float ds = ref delta;
                var g0_0 = Vector128.LoadUnsafe<float>(ref gw);
                var g0_1 = Vector128.LoadUnsafe<float>(ref gw, 4);
                var g1_0 = Vector128.LoadUnsafe<float>(ref gw, 8);
                var g1_1 = Vector128.LoadUnsafe<float>(ref gw, 12);
                for (int s = 0; s < samples; s++)
                {
                    var d0 = Vector128.LoadUnsafe<float>(ref ds);
                    var d1 = Vector128.LoadUnsafe<float>(ref ds, 4);
                    var x0 = LoadAll128(ref xs, 0);
                    g0_0 = A.MultiplyAdd(x0, d0, g0_0);
                    g0_1 = A.MultiplyAdd(x0, d1, g0_1);
                    var x1 = LoadAll128(ref xs, 1);
                    g1_0 = A.MultiplyAdd(x1, d0, g1_0);
                    g1_1 = A.MultiplyAdd(x1, d1, g1_1);
                    xs = ref Unsafe.Add<float>(ref xs, 4);
                    ds = ref Unsafe.Add<float>(ref ds, 8);
                }

                Vector128.StoreUnsafe<float>(g0_0, ref gw);
                Vector128.StoreUnsafe<float>(g0_1, ref gw, 4);
                Vector128.StoreUnsafe<float>(g1_0, ref gw, 8);
                Vector128.StoreUnsafe<float>(g1_1, ref gw, 12);

                ref float gb = ref Unsafe.Add<float>(ref g, 32);
                for (int j = 0; j < 8; j += 4)
                {
                    var sum = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref gb, j));
                    for (int s = 0; s < samples; s++)
                    {
                        sum += Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref delta, (s * 8) + j));
                    }

                    Vector128.StoreUnsafe<float>(sum, ref Unsafe.Add<float>(ref gb, j));
                }
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
                dot0 = A.MultiplyAdd(Vector128.LoadUnsafe<float>(ref w), d, dot0);
                Vector128.StoreUnsafe<float>(Sum(dot0), ref dx);
            }

            // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
            {
                ref float gw = ref g;
                var s0 = Vector128.Create(scale) * Vector128.LoadUnsafe<float>(ref delta);
                var x0 = LoadAll128(ref x, 0);
                Vector128.StoreUnsafe<float>(KeepFirst(A.MultiplyAdd(s0, x0, Vector128.LoadUnsafe<float>(ref gw)), 2), ref gw);

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
                    g0_0 = A.MultiplyAdd(x0, d0, g0_0);
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
