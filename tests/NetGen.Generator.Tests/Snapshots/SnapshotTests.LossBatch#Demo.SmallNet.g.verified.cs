//HintName: Demo.SmallNet.g.cs
    file static class Kernels
    {
        internal static readonly ParameterLayout Layout = new ParameterLayout(
            16,
            new LayerLayout(inputs: 1, units: 2, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4, initialBound: 1.4142135623730951,
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

        // g += scale · Σ dL/dθ over m samples, with targets or labels; returns Σ L, in double precision whatever the network's
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static double BackpropagateBatch(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> inputs,
            ReadOnlySpan<float> targets,
            ReadOnlySpan<int> labels,
            ParameterBuffer<float> gradient,
            int m,
            float scale,
            Span<float> inputGradients) => BackpropagateBatch<Vectors128>(parameters, inputs, targets, labels, gradient, m, scale, inputGradients);

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
            ref float z1 = ref Unsafe.Add<float>(ref t, 4);
            ref float delta1 = ref Unsafe.Add<float>(ref t, 8);
            Propagate<K>(ref p, ref x, ref t, ref z1);
            float loss = K.Loss(ref z1, ref MemoryMarshal.GetReference(target), ref delta1);
            BackwardLayers<K>(ref p, ref x, ref t, ref delta1, ref gradient.Origin, scale, inputGradient);
            return loss;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Forward<K>(ParameterBuffer<float> parameters, ReadOnlySpan<float> input, Span<float> output) where K : struct, IVectors
        {
            ref float p = ref parameters.Origin;
            ref float x = ref MemoryMarshal.GetReference(input);
            Span<float> scratch = stackalloc float[24];
            ref float t = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float z1 = ref Unsafe.Add<float>(ref t, 4);
            Propagate<K>(ref p, ref x, ref t, ref z1);
            K.Activation1(ref z1, ref z1, 1);
            MemoryMarshal.CreateSpan(ref z1, 2).CopyTo(output);
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
            ref float t = ref MemoryMarshal.GetReference(trace);
            ref float z1 = ref t;
            Propagate<K>(ref p, ref x, ref t, ref z1);
            K.Activation1(ref z1, ref z1, 1);
            MemoryMarshal.CreateSpan(ref z1, 2).CopyTo(output);
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
            outputGradient.CopyTo(MemoryMarshal.CreateSpan(ref delta1, 2));

            // Layer 1: delta1 = a1 ⊙ (dL/da1 − Σ dL/da1 ⊙ a1)
            ref float a1 = ref t;
            K.Delta1(ref a1, ref delta1, 1);

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
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first);

                // Layer 1, Dense(2, softmax): z1 = W1·x + b1, a1 = softmax(z1)
                K.AffineBatch1(ref p, ref x, ref z1, samples);
                K.OutputBatch(ref z1, samples);

                for (int s = 0; s < samples; s++)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref z1, s * 4), 2).CopyTo(outputs.Slice((first + s) * 2, 2));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static double BackpropagateBatch<K>(
            ParameterBuffer<float> parameters,
            ReadOnlySpan<float> inputs,
            ReadOnlySpan<float> targets,
            ReadOnlySpan<int> labels,
            ParameterBuffer<float> gradient,
            int m,
            float scale,
            Span<float> inputGradients) where K : struct, IVectors
        {
            ref float g = ref gradient.Origin;

            // Samples for which there is memory: what has a constant size is cleared several times as fast
            int rows = m <= 8 ? 8 : m <= 16 ? 16 : 32;
            ref float p = ref parameters.Origin;
            Span<float> scratch = rows == 8 ? stackalloc float[80] : rows == 16 ? stackalloc float[144] : stackalloc float[272];
            ref float z1 = ref Align(ref MemoryMarshal.GetReference(scratch));
            ref float delta1 = ref Unsafe.Add<float>(ref z1, rows * 4);
            double loss = 0;
            Span<float> classes = labels.IsEmpty ? default : stackalloc float[64];
            for (int first = 0; first < m; first += Math.Min(m - first, 32))
            {
                int samples = Math.Min(m - first, 32);
                ref float x = ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(inputs), first);

                // Layer 1, Dense(2, softmax): z1 = W1·x + b1
                K.AffineBatch1(ref p, ref x, ref z1, samples);

                // The output, the loss and delta1 of every sample
                ref float y = ref labels.IsEmpty ? ref Unsafe.Add<float>(ref MemoryMarshal.GetReference(targets), first * 2)
                    : ref OneHot(labels.Slice(first, samples), classes);
                loss = K.LossBatch(ref z1, ref y, ref delta1, samples, loss);

                // dL/dx = W1ᵀ·delta1 where it is asked for, dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                if (!inputGradients.IsEmpty)
                {
                    WriteInputGradients<K>(ref p, ref delta1, inputGradients.Slice(first, samples), samples);
                }

                K.ParameterGradientBatch1(ref x, ref delta1, ref g, samples, scale);
            }

            return loss;
        }

        // Targets of classes: 1 at the class, 0 elsewhere. Returns the first.
        internal static ref float OneHot(ReadOnlySpan<int> labels, Span<float> targets)
        {
            targets.Slice(0, labels.Length * 2).Clear();
            for (int s = 0; s < labels.Length; s++)
            {
                targets[(s * 2) + labels[s]] = 1f;
            }

            return ref targets[0];
        }

        // All layers up to z1, the last one without its activation; the trace receives what Backward needs.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Propagate<K>(ref float p, ref float x, ref float t, ref float z1) where K : struct, IVectors
        {
            // Layer 1, Dense(2, softmax): z1 = W1·x + b1
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
            static abstract void AffineBatch1(ref float p, ref float x, ref float z, int samples);
            static abstract void OutputBatch(ref float z, int samples);
            static abstract void Activation1(ref float z, ref float a, int samples);
            static abstract float Loss(ref float z, ref float y, ref float delta);
            static abstract double LossBatch(ref float z, ref float target, ref float delta, int samples, double sum);
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

                    Vector128.StoreUnsafe<float>(KeepFirst(z0_0, 2), ref zs);
                    Vector128.StoreUnsafe<float>(KeepFirst(z1_0, 2), ref zs, 4);
                    Vector128.StoreUnsafe<float>(KeepFirst(z2_0, 2), ref zs, 8);
                    Vector128.StoreUnsafe<float>(KeepFirst(z3_0, 2), ref zs, 12);
                    Vector128.StoreUnsafe<float>(KeepFirst(z4_0, 2), ref zs, 16);
                    Vector128.StoreUnsafe<float>(KeepFirst(z5_0, 2), ref zs, 20);
                    Vector128.StoreUnsafe<float>(KeepFirst(z6_0, 2), ref zs, 24);
                    Vector128.StoreUnsafe<float>(KeepFirst(z7_0, 2), ref zs, 28);
                }

                for (int s = whole; s < samples; s++)
                {
                    ref float xs = ref Unsafe.Add<float>(ref x, s);
                    ref float zs = ref Unsafe.Add<float>(ref z, s * 4);
                    Affine1(ref p, ref xs, ref zs);
                }
            }

            // a1 = softmax(z1) of every sample, one in every lane, in the place of z
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void OutputBatch(ref float z, int samples)
            {
                for (int s = 0; s < samples; s += 4)
                {
                    // From a row for each sample to a vector for each unit
                    LoadSquares128(ref z, 4, out var z0, out var z1, out var zBeyond2, out var zBeyond3);

                    // a1 = softmax(z1), and back
                    var max1 = z0;
                    max1 = Largest(z1, max1);
                    var e1_0 = Strict1.Flush(Strict1.Exp(z0 - max1));
                    var e1_1 = Strict1.Flush(Strict1.Exp(z1 - max1));
                    var sum1 = e1_0 + e1_1;
                    var a1_0 = e1_0 / sum1;
                    var a1_1 = e1_1 / sum1;
                    StoreSquares(a1_0, a1_1, Vector128.Create(0f), Vector128.Create(0f), ref z, 4);
                    z = ref Unsafe.Add<float>(ref z, 16);
                }
            }

            // a1 = softmax(z1)
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Activation1(ref float z, ref float a, int samples)
            {
                Span<float> e1s = stackalloc float[4];
                ref float e1 = ref MemoryMarshal.GetReference(e1s);
                for (int s = 0; s < samples; s++)
                {
                    ref float zRow = ref Unsafe.Add<float>(ref z, s * 4);
                    ref float aRow = ref Unsafe.Add<float>(ref a, s * 4);
                    float max1 = float.NegativeInfinity;
                    for (int j = 0; j < 2; j++)
                    {
                        max1 = max1 < Unsafe.Add<float>(ref zRow, j) ? Unsafe.Add<float>(ref zRow, j) : max1;
                    }

                    Vector128.StoreUnsafe<float>(Strict1.Flush(Strict1.Exp(Vector128.LoadUnsafe<float>(ref zRow) - Vector128.Create(max1))), ref e1);
                    float sum1 = 0f;
                    for (int j = 0; j < 2; j++)
                    {
                        sum1 += Unsafe.Add<float>(ref e1, j);
                    }

                    Vector128.StoreUnsafe<float>(Vector128.LoadUnsafe<float>(ref e1) / Vector128.Create(sum1), ref aRow);
                }
            }

            // a1 = softmax(z1)
            // L = −Σ y ln a1 = Σ y (ln Σ e^(z1 − max z1) − (z1 − max z1))
            // delta1 = dL/dz1 = a1 (Σ y) − y
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static float Loss(ref float z, ref float y, ref float delta)
            {
                Span<float> e1s = stackalloc float[4];
                ref float e1 = ref MemoryMarshal.GetReference(e1s);
                float total1 = 0f;
                float max1 = float.NegativeInfinity;
                for (int j = 0; j < 2; j++)
                {
                    max1 = max1 < Unsafe.Add<float>(ref z, j) ? Unsafe.Add<float>(ref z, j) : max1;
                    total1 += Unsafe.Add<float>(ref y, j);
                }

                Vector128.StoreUnsafe<float>(Strict1.Flush(Strict1.Exp(Vector128.LoadUnsafe<float>(ref z) - Vector128.Create(max1))), ref e1);
                float sum1 = 0f;
                for (int j = 0; j < 2; j++)
                {
                    sum1 += Unsafe.Add<float>(ref e1, j);
                }

                float logSum1 = Strict1.LogFromOne(sum1);
                float loss = 0f;
                for (int j = 0; j < 2; j++)
                {
                    float a = Unsafe.Add<float>(ref e1, j) / sum1;
                    loss += Unsafe.Add<float>(ref y, j) == 0f ? 0f : Unsafe.Add<float>(ref y, j) * (logSum1 - (Unsafe.Add<float>(ref z, j) - max1));
                    Unsafe.Add<float>(ref delta, j) = a * total1 - Unsafe.Add<float>(ref y, j);
                }

                return loss;
            }

            // a1 = softmax(z1)
            // L = −Σ y ln a1 = Σ y (ln Σ e^(z1 − max z1) − (z1 − max z1))
            // delta1 = dL/dz1 = a1 (Σ y) − y
            // of every sample, one in every lane; adds the losses to sum
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static double LossBatch(ref float z, ref float target, ref float delta, int samples, double sum)
            {
                Span<float> t0 = stackalloc float[32];
                ref float t = ref Align(ref MemoryMarshal.GetReference(t0));
                for (int s = 0; s < samples; s += 4)
                {
                    ref float losses = ref Unsafe.Add<float>(ref t, 12);
                    ref float y = ref t;
                    int count = Math.Min(samples - s, 4);
                    MemoryMarshal.CreateSpan(ref target, count * 2).CopyTo(MemoryMarshal.CreateSpan(ref y, count * 2));

                    // From a row for each sample to a vector for each unit
                    LoadSquares128(ref z, 4, out var z0, out var z1, out var zBeyond2, out var zBeyond3);
                    LoadSquares128(ref y, 2, out var y0, out var y1, out var yBeyond2, out var yBeyond3);

                    // a1 = softmax(z1)
                    var max1 = z0;
                    max1 = Largest(z1, max1);
                    var e1_0 = Strict1.Flush(Strict1.Exp(z0 - max1));
                    var e1_1 = Strict1.Flush(Strict1.Exp(z1 - max1));
                    var sum1 = e1_0 + e1_1;
                    var a1_0 = e1_0 / sum1;
                    var a1_1 = e1_1 / sum1;

                    // L = −Σ y ln a1 = Σ y (ln Σ e^(z1 − max z1) − (z1 − max z1))
                    var logSum1 = Strict1.LogFromOne(sum1);
                    var loss = Vector128.ConditionalSelect(Vector128.Equals(y0, Vector128.Create(0f)), Vector128.Create(0f), y0 * (logSum1 - (z0 - max1)))
                        + Vector128.ConditionalSelect(Vector128.Equals(y1, Vector128.Create(0f)), Vector128.Create(0f), y1 * (logSum1 - (z1 - max1)));

                    // delta1 = dL/dz1 = a1 (Σ y) − y
                    var total1 = y0 + y1;
                    var delta1_0 = a1_0 * total1 - y0;
                    var delta1_1 = a1_1 * total1 - y1;
                    StoreSquares(delta1_0, delta1_1, Vector128.Create(0f), Vector128.Create(0f), ref delta, 4);
                    Vector128.StoreUnsafe<float>(loss, ref losses);
                    for (int i = 0; i < count; i++)
                    {
                        sum += Unsafe.Add<float>(ref losses, i);
                    }

                    z = ref Unsafe.Add<float>(ref z, 16);
                    target = ref Unsafe.Add<float>(ref target, 8);
                    delta = ref Unsafe.Add<float>(ref delta, 16);
                }

                return sum;
            }

            // delta1 = a1 ⊙ (dL/da1 − Σ dL/da1 ⊙ a1)
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public static void Delta1(ref float a, ref float delta, int samples)
            {
                for (int s = 0; s < samples; s++)
                {
                    ref float deltaRow = ref Unsafe.Add<float>(ref delta, s * 4);
                    ref float aRow = ref Unsafe.Add<float>(ref a, s * 4);
                    float dot1 = 0f;
                    for (int j = 0; j < 2; j++)
                    {
                        dot1 += Unsafe.Add<float>(ref deltaRow, j) * Unsafe.Add<float>(ref aRow, j);
                    }

                    Vector128.StoreUnsafe<float>(Strict1.Damp(Vector128.LoadUnsafe<float>(ref deltaRow) - Vector128.Create(dot1),
                        Vector128.LoadUnsafe<float>(ref aRow)), ref deltaRow);
                    MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref deltaRow, 2), 2).Clear();
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
