//HintName: Demo.SmallNet.g.cs
    file static class Kernels
    {
        internal static readonly ParameterLayout Layout = new ParameterLayout(
            16,
            new LayerLayout(inputs: 8, units: 1, weightOffset: 0, inputStride: 1, unitStride: 8, biasOffset: 8, initialBound: 0.81649658092772603,
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
            Span<float> scratch = stackalloc float[20];
            ref float t = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z1 = ref t;
            Propagate<K>(ref p, ref x, ref t, ref z1);
            MemoryMarshal.CreateSpan(ref z1, 1).CopyTo(output);
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
            ref float z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float t = ref MemoryMarshal.GetReference(trace);
            Propagate<K>(ref p, ref x, ref t, ref z1);
            MemoryMarshal.CreateSpan(ref z1, 1).CopyTo(output);
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
            ref float delta1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            outputGradient.CopyTo(MemoryMarshal.CreateSpan(ref delta1, 1));

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
            Span<float> scratch = rows == 8 ? stackalloc float[48] : rows == 16 ? stackalloc float[80] : stackalloc float[144];
            ref float z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first * 8);

                // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                K.AffineBatch1(ref p, ref x, ref z1, samples);

                for (int s = 0; s < samples; s++)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref z1, s * 4), 1).CopyTo(outputs.Slice(first + s, 1));
                }
            }
        }

        // All layers up to z1, the last one without its activation; the trace receives what Backward needs.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Propagate<K>(ref float p, ref float x, ref float t, ref float z1) where K : struct, IVectors
        {
            // Layer 1, Dense(1, identity): z1 = W1·x + b1
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
                Span<float> dx = stackalloc float[8];
                K.InputGradient1(ref p, ref delta1, ref MemoryMarshal.GetReference(dx));
                dx.CopyTo(inputGradient);
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
            // z1 = W1·x + b1. The weight from input i to unit j is W1[8·j + i].
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Affine1(ref float p, ref float x, ref float z)
            {
                ref float w = ref p;
                var dot0_0 = Vector128.Create(0f);
                var dot0_1 = Vector128.Create(0f);
                var x0 = Vector128.LoadUnsafe<float>(ref x);
                dot0_0 += Vector128.LoadUnsafe<float>(ref w) * x0;
                var x4 = Vector128.LoadUnsafe<float>(ref x, 4);
                dot0_1 += Vector128.LoadUnsafe<float>(ref w, 4) * x4;
                Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref p, 8) + Sum(dot0_0 + dot0_1), ref z);
            }

            // z1 = W1·x + b1 of every sample
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void AffineBatch1(ref float p, ref float x, ref float z, int samples)
            {
                ref float w = ref p;
                var w0_0 = Vector128.LoadUnsafe<float>(ref w);
                var w0_1 = Vector128.LoadUnsafe<float>(ref w, 4);
                for (int s = 0; s < samples; s++)
                {
                    ref float xs = ref Unsafe.Add<float>(ref x, s * 8);
                    ref float zs = ref Unsafe.Add<float>(ref z, s * 4);
                    var dot0_0 = Vector128.Create(0f);
                    var dot0_1 = Vector128.Create(0f);
                    var x0 = Vector128.LoadUnsafe<float>(ref xs);
                    dot0_0 += w0_0 * x0;
                    var x4 = Vector128.LoadUnsafe<float>(ref xs, 4);
                    dot0_1 += w0_1 * x4;
                    Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref p, 8) + Sum(dot0_0 + dot0_1), ref zs);
                }
            }

            // dL/dx = W1ᵀ·delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void InputGradient1(ref float p, ref float delta, ref float dx)
            {
                ref float w = ref p;
                var d0 = LoadAll128(ref delta, 0);
                for (int j = 0; j < 8; j += 4)
                {
                    var sum = Vector128.Create(0f) + (d0 * Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref w, j)));
                    Vector128.StoreUnsafe<float>(sum, ref Unsafe.Add<float>(ref dx, j));
                }
            }

            // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
            {
                ref float gw = ref g;
                var s0 = Vector128.Create(scale * delta);
                for (int j = 0; j < 8; j += 4)
                {
                    var x0 = Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref x, j));
                    Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref Unsafe.Add<float>(ref gw, j)) + (s0 * x0), ref Unsafe.Add<float>(ref gw, j));
                }

                ref float gb = ref Unsafe.Add<float>(ref g, 8);
                Vector128.StoreUnsafe<float>(KeepFirst(Vector128.LoadUnsafe<float>(ref gb) + Vector128.LoadUnsafe<float>(ref delta) * Vector128.Create(scale),
                    1), ref gb);
            }
        }
    }
}
