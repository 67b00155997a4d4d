//HintName: Demo.SmallNet.g.cs
    file static class Kernels
    {
        internal static readonly ParameterLayout Layout = new ParameterLayout(
            16,
            new LayerLayout(inputs: 1, units: 1, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4, initialBound: 1.7320508075688772,
                traceOffset: -1));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Forward(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output)
        {
            if (FusedArithmetic1.IsSupported)
            {
                Lines128<FusedArithmetic1>.Forward(parameters, input, output);
                return;
            }

            Lines128<StrictArithmetic1>.Forward(parameters, input, output);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void Forward(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> trace)
        {
            if (FusedArithmetic1.IsSupported)
            {
                Lines128<FusedArithmetic1>.Forward(parameters, input, output, trace);
                return;
            }

            Lines128<StrictArithmetic1>.Forward(parameters, input, output, trace);
        }

        // g += dL/dθ for a given dL/da1
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
                Lines128<FusedArithmetic1>.Backward(parameters, input, trace, outputGradient, gradient, inputGradient);
                return;
            }

            Lines128<StrictArithmetic1>.Backward(parameters, input, trace, outputGradient, gradient, inputGradient);
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
            Span<float> scratch = rows == 8 ? stackalloc float[48] : rows == 16 ? stackalloc float[80] : stackalloc float[144];
            ref float z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first);

                // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                K.AffineBatch1(ref p, ref x, ref z1, samples);

                for (int s = 0; s < samples; s++)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref z1, s * 4), 1).CopyTo(outputs.Slice(first + s, 1));
                }
            }
        }

        // What the passes ask of the kernels of each vector width
        internal interface IVectors
        {
            static abstract void Affine1(ref float p, ref float x, ref float z);
            static abstract void AffineBatch1(ref float p, ref float x, ref float z, int samples);
            static abstract void InputGradient1(ref float p, ref float delta, ref float dx);
        }

        // One sample with vectors of 128 bits: the values of a layer stay in registers; A rounds each product with the addition after it, or by itself where
        // the hardware cannot
        internal static class Lines128<A> where A : struct, IArithmetic
        {
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            internal static void Forward(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output)
            {
                ref float p = ref parameters.Origin;
                ref float x = ref MemoryMarshal.GetReference(input);

                // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                var z1 = Vector128.LoadUnsafe<float>(ref p, 4);
                z1 = A.MultiplyAdd(Vector128.Create(x), Vector128.LoadUnsafe<float>(ref p), z1);
                z1 = KeepFirst(z1, 1);

                ref float output0 = ref MemoryMarshal.GetReference(output);
                output0 = Vector128.GetElement(z1, 0);
            }

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            internal static void Forward(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> trace)
            {
                ref float p = ref parameters.Origin;
                ref float x = ref MemoryMarshal.GetReference(input);
                ref float t = ref MemoryMarshal.GetReference(trace);

                // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                var z1 = Vector128.LoadUnsafe<float>(ref p, 4);
                z1 = A.MultiplyAdd(Vector128.Create(x), Vector128.LoadUnsafe<float>(ref p), z1);
                z1 = KeepFirst(z1, 1);

                ref float output0 = ref MemoryMarshal.GetReference(output);
                output0 = Vector128.GetElement(z1, 0);
            }

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            internal static void Backward(
                ParameterBuffer<float> parameters,
                ReadOnlySpan<float> input,
                ReadOnlySpan<float> trace,
                ReadOnlySpan<float> outputGradient,
                ParameterBuffer<float> gradient,
                Span<float> inputGradient)
            {
                ref float p = ref parameters.Origin;
                ref float x = ref MemoryMarshal.GetReference(input);
                ref float t = ref MemoryMarshal.GetReference(trace);
                ref float g = ref gradient.Origin;

                // dL/da1
                ref float outputGradient0 = ref MemoryMarshal.GetReference(outputGradient);
                var da1 = Vector128.Create(outputGradient0, 0f, 0f, 0f);

                // Layer 1: delta1 = dL/da1

                // dL/dx = W1ᵀ·delta1, where it is asked for
                if (!inputGradient.IsEmpty)
                {
                    var dot1_0 = A.First(Vector128.LoadUnsafe<float>(ref p), da1);
                    var dx = A.WithoutMinusZero(Sum(dot1_0));
                    ref float inputGradient0 = ref MemoryMarshal.GetReference(inputGradient);
                    inputGradient0 = Vector128.GetElement(dx, 0);
                }

                // dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                Vector128.StoreUnsafe<float>(KeepFirst(A.MultiplyAdd(da1, Vector128.Create(x), Vector128.LoadUnsafe<float>(ref g)), 1), ref g);
                Vector128.StoreUnsafe<float>(KeepFirst(Vector128.LoadUnsafe<float>(ref g, 4) + da1, 1), ref g, 4);
            }
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

                Vector128.StoreUnsafe<float>(KeepFirst(z0, 1), ref z);
            }

            // z1 = W1·x + b1 of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void AffineBatch1(ref float p, ref float x, ref float z, int samples)
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

                    Vector128.StoreUnsafe<float>(KeepFirst(z0_0, 1), ref zs);
                    Vector128.StoreUnsafe<float>(KeepFirst(z1_0, 1), ref zs, 4);
                    Vector128.StoreUnsafe<float>(KeepFirst(z2_0, 1), ref zs, 8);
                    Vector128.StoreUnsafe<float>(KeepFirst(z3_0, 1), ref zs, 12);
                    Vector128.StoreUnsafe<float>(KeepFirst(z4_0, 1), ref zs, 16);
                    Vector128.StoreUnsafe<float>(KeepFirst(z5_0, 1), ref zs, 20);
                    Vector128.StoreUnsafe<float>(KeepFirst(z6_0, 1), ref zs, 24);
                    Vector128.StoreUnsafe<float>(KeepFirst(z7_0, 1), ref zs, 28);
                }

                for (int s = whole; s < samples; s++)
                {
                    ref float xs = ref Unsafe.Add<float>(ref x, s);
                    ref float zs = ref Unsafe.Add<float>(ref z, s * 4);
                    Affine1(ref p, ref xs, ref zs);
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
        }
    }
}
