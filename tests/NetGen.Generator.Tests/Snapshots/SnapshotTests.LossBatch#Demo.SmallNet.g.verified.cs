//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                16,
                new global::NetGen.LayerLayout(inputs: 1, units: 2, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4,
                    initialBound: 1.4142135623730951, traceOffset: -1));

            // g += scale · dL/dθ; returns L. With a gradient buffer for g and scale 1 or 1/m this accumulates a gradient; with the
            // parameters themselves and scale −η it is a step of gradient descent: what reads a layer's weights comes before the
            // lines that change them.
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static float Backpropagate(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.ReadOnlySpan<float> target,
                global::NetGen.ParameterBuffer<float> gradient,
                float scale,
                global::System.Span<float> inputGradient)
            {
                return Backpropagate<Vectors128>(parameters, input, target, gradient, scale, inputGradient);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output)
            {
                Forward<Vectors128>(parameters, input, output);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output,
                global::System.Span<float> trace)
            {
                Forward<Vectors128>(parameters, input, output, trace);
            }

            // g += dL/dθ for a given dL/da1
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Backward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.ReadOnlySpan<float> trace,
                global::System.ReadOnlySpan<float> outputGradient,
                global::NetGen.ParameterBuffer<float> gradient,
                global::System.Span<float> inputGradient)
            {
                Backward<Vectors128>(parameters, input, trace, outputGradient, gradient, inputGradient);
            }

            // The outputs of m samples
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void ForwardBatch(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> inputs,
                global::System.Span<float> outputs,
                int m)
            {
                ForwardBatch<Vectors128>(parameters, inputs, outputs, m);
            }

            // g += scale · Σ dL/dθ over m samples, with targets or labels; returns Σ L, in double precision whatever the network's
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static double BackpropagateBatch(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> inputs,
                global::System.ReadOnlySpan<float> targets,
                global::System.ReadOnlySpan<int> labels,
                global::NetGen.ParameterBuffer<float> gradient,
                int m,
                float scale,
                global::System.Span<float> inputGradients)
            {
                return BackpropagateBatch<Vectors128>(parameters, inputs, targets, labels, gradient, m, scale, inputGradients);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static float Backpropagate<K>(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.ReadOnlySpan<float> target,
                global::NetGen.ParameterBuffer<float> gradient,
                float scale,
                global::System.Span<float> inputGradient) where K : struct, IVectors
            {
                ref float p = ref parameters.Origin;
                ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                global::System.Span<float> scratch = stackalloc float[28];
                ref float t = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float z1 = ref At(ref t, 4);
                ref float delta1 = ref At(ref t, 8);
                Propagate<K>(ref p, ref x, ref t, ref z1);
                float loss = K.Loss(ref z1, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(target), ref delta1);
                BackwardLayers<K>(ref p, ref x, ref t, ref delta1, ref gradient.Origin, scale, inputGradient);
                return loss;
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void Forward<K>(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output) where K : struct, IVectors
            {
                ref float p = ref parameters.Origin;
                ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                global::System.Span<float> scratch = stackalloc float[24];
                ref float t = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float z1 = ref At(ref t, 4);
                Propagate<K>(ref p, ref x, ref t, ref z1);
                K.Activation1(ref z1, ref z1, 1);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z1, 2).CopyTo(output);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void Forward<K>(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output,
                global::System.Span<float> trace) where K : struct, IVectors
            {
                ref float p = ref parameters.Origin;
                ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                ref float z1 = ref t;
                Propagate<K>(ref p, ref x, ref t, ref z1);
                K.Activation1(ref z1, ref z1, 1);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z1, 2).CopyTo(output);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void Backward<K>(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.ReadOnlySpan<float> trace,
                global::System.ReadOnlySpan<float> outputGradient,
                global::NetGen.ParameterBuffer<float> gradient,
                global::System.Span<float> inputGradient) where K : struct, IVectors
            {
                ref float p = ref parameters.Origin;
                ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                global::System.Span<float> scratch = stackalloc float[20];
                ref float delta1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                outputGradient.CopyTo(global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref delta1, 2));

                // Layer 1: delta1 = a1 ⊙ (dL/da1 − Σ dL/da1 ⊙ a1)
                ref float a1 = ref t;
                K.Delta1(ref a1, ref delta1, 1);

                BackwardLayers<K>(ref p, ref x, ref t, ref delta1, ref gradient.Origin, 1f, inputGradient);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void ForwardBatch<K>(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> inputs,
                global::System.Span<float> outputs,
                int m) where K : struct, IVectors
            {
                // Samples for which there is memory: what has a constant size is cleared several times as fast
                int rows = m <= 8 ? 8 : m <= 16 ? 16 : 32;
                ref float p = ref parameters.Origin;
                global::System.Span<float> scratch = rows == 8 ? stackalloc float[48] : rows == 16 ? stackalloc float[80] : stackalloc float[144];
                ref float z1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                for (int first = 0; first < m; first += global::System.Math.Min(m - first, 32))
                {
                    int samples = global::System.Math.Min(m - first, 32);
                    ref float x = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs), first);

                    // Layer 1, Dense(2, softmax): z1 = W1·x + b1, a1 = softmax(z1)
                    K.AffineBatch1(ref p, ref x, ref z1, samples);
                    K.OutputBatch(ref z1, samples);

                    for (int s = 0; s < samples; s++)
                    {
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref At(ref z1, s * 4), 2).CopyTo(outputs.Slice((first + s) * 2, 2));
                    }
                }
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static double BackpropagateBatch<K>(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> inputs,
                global::System.ReadOnlySpan<float> targets,
                global::System.ReadOnlySpan<int> labels,
                global::NetGen.ParameterBuffer<float> gradient,
                int m,
                float scale,
                global::System.Span<float> inputGradients) where K : struct, IVectors
            {
                ref float g = ref gradient.Origin;

                // Samples for which there is memory: what has a constant size is cleared several times as fast
                int rows = m <= 8 ? 8 : m <= 16 ? 16 : 32;
                ref float p = ref parameters.Origin;
                global::System.Span<float> scratch = rows == 8 ? stackalloc float[80] : rows == 16 ? stackalloc float[144] : stackalloc float[272];
                ref float z1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float delta1 = ref At(ref z1, rows * 4);
                double loss = 0;
                global::System.Span<float> classes = labels.IsEmpty ? default : stackalloc float[64];
                for (int first = 0; first < m; first += global::System.Math.Min(m - first, 32))
                {
                    int samples = global::System.Math.Min(m - first, 32);
                    ref float x = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs), first);

                    // Layer 1, Dense(2, softmax): z1 = W1·x + b1
                    K.AffineBatch1(ref p, ref x, ref z1, samples);

                    // The output, the loss and delta1 of every sample
                    ref float y = ref labels.IsEmpty ? ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(targets), first * 2)
                        : ref OneHot(labels.Slice(first, samples), classes);
                    loss = K.LossBatch(ref z1, ref y, ref delta1, samples, loss);

                    // dL/dx = W1ᵀ·delta1 where it is asked for, dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                    if (!inputGradients.IsEmpty)
                    {
                        WriteInputGradients<K>(ref p, ref delta1, inputGradients.Slice(first, samples));
                    }

                    K.ParameterGradientBatch1(ref x, ref delta1, ref g, samples, scale);
                }

                return loss;
            }

            // Targets of classes: 1 at the class, 0 elsewhere. Returns the first.
            internal static ref float OneHot(global::System.ReadOnlySpan<int> labels, global::System.Span<float> targets)
            {
                targets.Slice(0, labels.Length * 2).Clear();
                for (int s = 0; s < labels.Length; s++)
                {
                    targets[(s * 2) + labels[s]] = 1f;
                }

                return ref targets[0];
            }

            // All layers up to z1, the last one without its activation; the trace receives what Backward needs.
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void Propagate<K>(ref float p, ref float x, ref float t, ref float z1) where K : struct, IVectors
            {
                // Layer 1, Dense(2, softmax): z1 = W1·x + b1
                K.Affine1(ref p, ref x, ref z1);
            }

            // g += scale · dL/dθ for a given delta1. Each layer's input gradient comes before its parameters change, so that g
            // may be the parameters themselves.
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void BackwardLayers<K>(
                ref float p,
                ref float x,
                ref float t,
                ref float delta1,
                ref float g,
                float scale,
                global::System.Span<float> inputGradient) where K : struct, IVectors
            {
                // dL/dx = W1ᵀ·delta1 where it is asked for, dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                if (!inputGradient.IsEmpty)
                {
                    global::System.Span<float> dx = stackalloc float[4];
                    K.InputGradient1(ref p, ref delta1, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(dx));
                    dx.Slice(0, 1).CopyTo(inputGradient);
                }

                K.ParameterGradient1(ref x, ref delta1, ref g, scale);
            }

            // dL/dx = W1ᵀ·delta1 of every sample
            private static void WriteInputGradients<K>(ref float p, ref float delta, global::System.Span<float> inputGradients) where K : struct, IVectors
            {
                global::System.Span<float> dx = stackalloc float[4];
                for (int s = 0; s < inputGradients.Length; s++)
                {
                    K.InputGradient1(ref p, ref At(ref delta, s * 4), ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(dx));
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
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Affine1(ref float p, ref float x, ref float z)
                {
                    ref float w = ref p;
                    var z0 = Load128(ref p, 4);
                    var x0 = LoadAll128(ref x, 0);
                    z0 += x0 * Load128(ref w, 0);

                    Store(KeepFirst(z0, 2), ref z, 0);
                }

                // z1 = W1·x + b1 of every sample
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void AffineBatch1(ref float p, ref float x, ref float z, int samples)
                {
                    int whole = samples - (samples % 8);
                    for (int s = 0; s < whole; s += 8)
                    {
                        ref float w = ref p;
                        ref float xs = ref At(ref x, s);
                        ref float zs = ref At(ref z, s * 4);
                        var z0_0 = Load128(ref p, 4);
                        var z1_0 = Load128(ref p, 4);
                        var z2_0 = Load128(ref p, 4);
                        var z3_0 = Load128(ref p, 4);
                        var z4_0 = Load128(ref p, 4);
                        var z5_0 = Load128(ref p, 4);
                        var z6_0 = Load128(ref p, 4);
                        var z7_0 = Load128(ref p, 4);
                        var w0 = Load128(ref w, 0);
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

                        Store(KeepFirst(z0_0, 2), ref zs, 0);
                        Store(KeepFirst(z1_0, 2), ref zs, 4);
                        Store(KeepFirst(z2_0, 2), ref zs, 8);
                        Store(KeepFirst(z3_0, 2), ref zs, 12);
                        Store(KeepFirst(z4_0, 2), ref zs, 16);
                        Store(KeepFirst(z5_0, 2), ref zs, 20);
                        Store(KeepFirst(z6_0, 2), ref zs, 24);
                        Store(KeepFirst(z7_0, 2), ref zs, 28);
                    }

                    for (int s = whole; s < samples; s++)
                    {
                        Affine1(ref p, ref At(ref x, s), ref At(ref z, s * 4));
                    }
                }

                // a1 = softmax(z1) of every sample, one in every lane, in the place of z
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void OutputBatch(ref float z, int samples)
                {
                    global::System.Span<float> lanes = stackalloc float[16];
                    ref float t = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(lanes));
                    for (int s = 0; s < samples; s += 4)
                    {
                        // From a row for each sample to a vector for each unit
                        LoadSquares128(ref z, 4, out var z0, out var z1, out var zBeyond2, out var zBeyond3);

                        // a1 = softmax(z1), and back
                        var max1 = z0;
                        max1 = Choose(Below(max1, z1), z1, max1);
                        var e1_0 = Flush(Exp(z0 - max1));
                        var e1_1 = Flush(Exp(z1 - max1));
                        var sum1 = e1_0 + e1_1;
                        var a1_0 = e1_0 / sum1;
                        var a1_1 = e1_1 / sum1;
                        StoreSquares(a1_0, a1_1, Broadcast128(0f), Broadcast128(0f), ref z, 4);
                        z = ref At(ref z, 16);
                    }
                }

                // a1 = softmax(z1)
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Activation1(ref float z, ref float a, int samples)
                {
                    global::System.Span<float> e1s = stackalloc float[4];
                    ref float e1 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(e1s);
                    for (int s = 0; s < samples; s++)
                    {
                        ref float zRow = ref At(ref z, s * 4);
                        ref float aRow = ref At(ref a, s * 4);
                        float max1 = float.NegativeInfinity;
                        for (int j = 0; j < 2; j++)
                        {
                            max1 = At(ref zRow, j) > max1 ? At(ref zRow, j) : max1;
                        }

                        Store(Flush(Exp(Load128(ref zRow, 0) - Broadcast128(max1))), ref e1, 0);
                        float sum1 = 0f;
                        for (int j = 0; j < 2; j++)
                        {
                            sum1 += At(ref e1, j);
                        }

                        Store(Load128(ref e1, 0) / Broadcast128(sum1), ref aRow, 0);
                    }
                }

                // a1 = softmax(z1)
                // L = −Σ y ln a1 = Σ y (ln Σ e^(z1 − max z1) − (z1 − max z1))
                // delta1 = dL/dz1 = a1 (Σ y) − y
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static float Loss(ref float z, ref float y, ref float delta)
                {
                    global::System.Span<float> e1s = stackalloc float[4];
                    ref float e1 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(e1s);
                    float total1 = 0f;
                    float max1 = float.NegativeInfinity;
                    for (int j = 0; j < 2; j++)
                    {
                        max1 = At(ref z, j) > max1 ? At(ref z, j) : max1;
                        total1 += At(ref y, j);
                    }

                    Store(Flush(Exp(Load128(ref z, 0) - Broadcast128(max1))), ref e1, 0);
                    float sum1 = 0f;
                    for (int j = 0; j < 2; j++)
                    {
                        sum1 += At(ref e1, j);
                    }

                    float logSum1 = LogFromOne(sum1);
                    float loss = 0f;
                    for (int j = 0; j < 2; j++)
                    {
                        float a = At(ref e1, j) / sum1;
                        loss += At(ref y, j) == 0f ? 0f : At(ref y, j) * (logSum1 - (At(ref z, j) - max1));
                        At(ref delta, j) = a * total1 - At(ref y, j);
                    }

                    return loss;
                }

                // a1 = softmax(z1)
                // L = −Σ y ln a1 = Σ y (ln Σ e^(z1 − max z1) − (z1 − max z1))
                // delta1 = dL/dz1 = a1 (Σ y) − y
                // of every sample, one in every lane; adds the losses to sum
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static double LossBatch(ref float z, ref float target, ref float delta, int samples, double sum)
                {
                    global::System.Span<float> lanes = stackalloc float[32];
                    ref float t = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(lanes));
                    for (int s = 0; s < samples; s += 4)
                    {
                        ref float losses = ref At(ref t, 12);
                        ref float y = ref t;
                        int count = global::System.Math.Min(samples - s, 4);
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref target,
                            count * 2).CopyTo(global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref y, count * 2));

                        // From a row for each sample to a vector for each unit
                        LoadSquares128(ref z, 4, out var z0, out var z1, out var zBeyond2, out var zBeyond3);
                        LoadSquares128(ref y, 2, out var y0, out var y1, out var yBeyond2, out var yBeyond3);

                        // a1 = softmax(z1)
                        var max1 = z0;
                        max1 = Choose(Below(max1, z1), z1, max1);
                        var e1_0 = Flush(Exp(z0 - max1));
                        var e1_1 = Flush(Exp(z1 - max1));
                        var sum1 = e1_0 + e1_1;
                        var a1_0 = e1_0 / sum1;
                        var a1_1 = e1_1 / sum1;

                        // L = −Σ y ln a1 = Σ y (ln Σ e^(z1 − max z1) − (z1 − max z1))
                        var logSum1 = LogFromOne(sum1);
                        var loss = Choose(Same(y0, Broadcast128(0f)), Broadcast128(0f), y0 * (logSum1 - (z0 - max1)))
                            + Choose(Same(y1, Broadcast128(0f)), Broadcast128(0f), y1 * (logSum1 - (z1 - max1)));

                        // delta1 = dL/dz1 = a1 (Σ y) − y
                        var total1 = y0 + y1;
                        var delta1_0 = a1_0 * total1 - y0;
                        var delta1_1 = a1_1 * total1 - y1;
                        StoreSquares(delta1_0, delta1_1, Broadcast128(0f), Broadcast128(0f), ref delta, 4);
                        Store(loss, ref losses, 0);
                        for (int i = 0; i < count; i++)
                        {
                            sum += At(ref losses, i);
                        }

                        z = ref At(ref z, 16);
                        target = ref At(ref target, 8);
                        delta = ref At(ref delta, 16);
                    }

                    return sum;
                }

                // delta1 = a1 ⊙ (dL/da1 − Σ dL/da1 ⊙ a1)
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Delta1(ref float a, ref float delta, int samples)
                {
                    for (int s = 0; s < samples; s++)
                    {
                        ref float deltaRow = ref At(ref delta, s * 4);
                        ref float aRow = ref At(ref a, s * 4);
                        float dot1 = 0f;
                        for (int j = 0; j < 2; j++)
                        {
                            dot1 += At(ref deltaRow, j) * At(ref aRow, j);
                        }

                        Store(Damp(Load128(ref deltaRow, 0) - Broadcast128(dot1), Load128(ref aRow, 0)), ref deltaRow, 0);
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref At(ref deltaRow, 2), 2).Clear();
                    }
                }

                // dL/dx = W1ᵀ·delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void InputGradient1(ref float p, ref float delta, ref float dx)
                {
                    ref float w = ref p;
                    var dot0 = Broadcast128(0f);
                    var d = Load128(ref delta, 0);
                    dot0 += Load128(ref w, 0) * d;
                    Store(Sum(dot0), ref dx, 0);
                }

                // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
                {
                    ref float gw = ref g;
                    var s0 = Broadcast128(scale) * Load128(ref delta, 0);
                    var x0 = LoadAll128(ref x, 0);
                    Store(KeepFirst(Load128(ref gw, 0) + (s0 * x0), 2), ref gw, 0);

                    ref float gb = ref At(ref g, 4);
                    Store(KeepFirst(Load128(ref gb, 0) + Load128(ref delta, 0) * Broadcast128(scale), 2), ref gb, 0);
                }

                // delta1 = scale · delta1, then g += Σ over the samples: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void ParameterGradientBatch1(ref float x, ref float delta, ref float g, int samples, float scale)
                {
                    for (int j = 0; j < samples * 4; j += 4)
                    {
                        Store(Load128(ref delta, j) * Broadcast128(scale), ref delta, j);
                    }

                    ref float gw = ref g;
                    ref float xs = ref x;
                    ref float ds = ref delta;
                    var g0_0 = Load128(ref gw, 0);
                    for (int s = 0; s < samples; s++)
                    {
                        var d0 = Load128(ref ds, 0);
                        var x0 = LoadAll128(ref xs, 0);
                        g0_0 += x0 * d0;
                        xs = ref At(ref xs, 1);
                        ds = ref At(ref ds, 4);
                    }

                    Store(KeepFirst(g0_0, 2), ref gw, 0);

                    ref float gb = ref At(ref g, 4);
                    var sum = Load128(ref gb, 0);
                    for (int s = 0; s < samples; s++)
                    {
                        sum += Load128(ref At(ref delta, s * 4), 0);
                    }

                    Store(KeepFirst(sum, 2), ref gb, 0);
                }
            }

            // eˣ = 2ⁿ eʳ with n = round(x / ln 2); 2ⁿ in two factors, for the largest is beyond the range; 0 below the normal range
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Exp(global::System.Runtime.Intrinsics.Vector128<float> x)
            {
                var least = Largest(Broadcast128(-87.3365402f), x);
                var v = Least(Broadcast128(89f), least);
                var t = v * Broadcast128(1.44269502f) + Broadcast128(12582912f);
                var n = t - Broadcast128(12582912f);
                var high = v - n * Broadcast128(0.693359375f);
                var low = n * Broadcast128(0.000212194442f);
                var r = high + low;
                var part = Largest(Broadcast128(1.99999994E-09f), RealOf(BitsOf(r) & Integer128(0x7FFFFFFF)));
                var r2 = part * part;
                var r4 = r2 * r2;
                var start = r2 * (r * Broadcast128(0.166665196f) + Broadcast128(0.49999994f)) + low;
                var remainder = r4 * (Broadcast128(0.00138232275f) * r2 + (Broadcast128(0.00836882647f) * r + Broadcast128(0.04166824f))) + start + high;
                var bits = BitsOf(t);
                var half = ShiftRight(bits, 1);
                var rest = RealOf(((bits - half) << 23) + Integer128(0x3F800000));
                var power = (remainder + Broadcast128(1f)) * RealOf((half << 23) + Integer128(0x3F800000)) * rest;
                return Choose(Below(x, Broadcast128(-87.3365402f)), Broadcast128(0f), power);
            }

            // ln x = n ln 2 + ln (1 + f) with x = 2ⁿ (1 + f), for x ≥ 1
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            internal static float LogFromOne(float x)
            {
                int bits = unchecked(BitsOf(x) + 0x4AFB0D);
                float minusN = 12583039f - RealOf(unchecked((bits >> 23) + 0x4B400000));
                float f = RealOf(unchecked((bits & 0x7FFFFF) + 0x3F3504F3)) - 1f;
                float f2 = f * f;
                float f3 = f2 * f;
                float f4 = f2 * f2;
                float tail =
                    f3 * (((-0.0762525275f * f + 0.127615571f) * f2 + (-0.131632254f * f + 0.14201802f)) * f4
                    + ((-0.166230813f * f + 0.200012311f) * f2 + (-0.250008285f * f + 0.333333313f))) - f2 * 0.5f;
                float sum = tail - minusN * 1.42860677E-06f + f - minusN * 0.693145752f;
                return x < float.PositiveInfinity ? sum : x;
            }

            // ln x = n ln 2 + ln (1 + f) with x = 2ⁿ (1 + f), for x ≥ 1
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> LogFromOne(global::System.Runtime.Intrinsics.Vector128<float> x)
            {
                var bits = BitsOf(x) + Integer128(0x4AFB0D);
                var minusN = Broadcast128(12583039f) - RealOf(ShiftRight(bits, 23) + Integer128(0x4B400000));
                var f = RealOf((bits & Integer128(0x7FFFFF)) + Integer128(0x3F3504F3)) - Broadcast128(1f);
                var f2 = f * f;
                var f3 = f2 * f;
                var f4 = f2 * f2;
                var tail =
                    f3 * (((Broadcast128(-0.0762525275f) * f + Broadcast128(0.127615571f)) * f2
                    + (Broadcast128(-0.131632254f) * f + Broadcast128(0.14201802f))) * f4
                    + ((Broadcast128(-0.166230813f) * f + Broadcast128(0.200012311f)) * f2 + (Broadcast128(-0.250008285f) * f + Broadcast128(0.333333313f))))
                    - f2 * Broadcast128(0.5f);
                var sum = tail - minusN * Broadcast128(1.42860677E-06f) + f - minusN * Broadcast128(0.693145752f);
                return Choose(Below(x, Broadcast128(float.PositiveInfinity)), sum, x);
            }

            // The first place from x on that starts a cache line
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static ref float Align(ref float x)
            {
                nint address =
                    global::System.Runtime.CompilerServices.Unsafe.ByteOffset(ref global::System.Runtime.CompilerServices.Unsafe.NullRef<float>(), ref x);
                return ref global::System.Runtime.CompilerServices.Unsafe.AddByteOffset(ref x, -address & 63);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static ref float At(ref float x, int i) => ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Below(global::System.Runtime.Intrinsics.Vector128<float> x,
                global::System.Runtime.Intrinsics.Vector128<float> y) => global::System.Runtime.Intrinsics.Vector128.LessThan(x, y);

            internal static int BitsOf(float x) => global::System.BitConverter.SingleToInt32Bits(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<int> BitsOf(global::System.Runtime.Intrinsics.Vector128<float> x) =>
                global::System.Runtime.Intrinsics.Vector128.AsInt32(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Broadcast128(float x) => global::System.Runtime.Intrinsics.Vector128.Create(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Choose(global::System.Runtime.Intrinsics.Vector128<float> mask,
                global::System.Runtime.Intrinsics.Vector128<float> x, global::System.Runtime.Intrinsics.Vector128<float> y) =>
                global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(mask, x, y);

            // g times slope, and 0 where that is small; scaled up to compare, so that nothing is subnormal
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Damp(global::System.Runtime.Intrinsics.Vector128<float> g,
                global::System.Runtime.Intrinsics.Vector128<float> slope)
            {
                var size = global::System.Runtime.Intrinsics.Vector128.Abs(g * global::System.Runtime.Intrinsics.Vector128.Create(8.50705917E+37f) * slope);
                return g * global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(global::System.Runtime.Intrinsics.Vector128.LessThan(size,
                    global::System.Runtime.Intrinsics.Vector128.Create(85070592f)), global::System.Runtime.Intrinsics.Vector128<float>.Zero, slope);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Flush(global::System.Runtime.Intrinsics.Vector128<float> x) =>
                global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(global::System.Runtime.Intrinsics.Vector128.LessThan(
                global::System.Runtime.Intrinsics.Vector128.Abs(x), global::System.Runtime.Intrinsics.Vector128.Create(1E-30f)),
                global::System.Runtime.Intrinsics.Vector128<float>.Zero, x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> HighHalves(global::System.Runtime.Intrinsics.Vector128<float> a,
                global::System.Runtime.Intrinsics.Vector128<float> b) => global::System.Runtime.Intrinsics.X86.Sse.IsSupported
                ? global::System.Runtime.Intrinsics.X86.Sse.Shuffle(a, b, 0xEE)
                : global::System.Runtime.Intrinsics.Vector128.Create(global::System.Runtime.Intrinsics.Vector128.GetUpper(a),
                global::System.Runtime.Intrinsics.Vector128.GetUpper(b));

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<int> Integer128(int x) => global::System.Runtime.Intrinsics.Vector128.Create(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> KeepFirst(global::System.Runtime.Intrinsics.Vector128<float> v, int n) =>
                global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(global::System.Runtime.Intrinsics.Vector128.LessThan(
                global::System.Runtime.Intrinsics.Vector128.Create(0f, 1f, 2f, 3f), global::System.Runtime.Intrinsics.Vector128.Create((float)n)), v,
                global::System.Runtime.Intrinsics.Vector128<float>.Zero);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Largest(global::System.Runtime.Intrinsics.Vector128<float> x,
                global::System.Runtime.Intrinsics.Vector128<float> y) => global::System.Runtime.Intrinsics.X86.Sse.IsSupported
                ? global::System.Runtime.Intrinsics.X86.Sse.Max(x, y)
                : global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(global::System.Runtime.Intrinsics.Vector128.GreaterThan(x, y), x, y);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Least(global::System.Runtime.Intrinsics.Vector128<float> x,
                global::System.Runtime.Intrinsics.Vector128<float> y) => global::System.Runtime.Intrinsics.X86.Sse.IsSupported
                ? global::System.Runtime.Intrinsics.X86.Sse.Min(x, y)
                : global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(global::System.Runtime.Intrinsics.Vector128.LessThan(x, y), x, y);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Load128(ref float x, int i) =>
                global::System.Runtime.CompilerServices.Unsafe.As<float,
                global::System.Runtime.Intrinsics.Vector128<float>>(ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i));

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> LoadAll128(ref float x, int i) =>
                global::System.Runtime.Intrinsics.Vector128.Create(global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i));

            // The elements of rows in memory, each in a vector of its own; 4 rows, one every few elements
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void LoadSquares128(ref float x, int step, out global::System.Runtime.Intrinsics.Vector128<float> a,
                out global::System.Runtime.Intrinsics.Vector128<float> b, out global::System.Runtime.Intrinsics.Vector128<float> c,
                out global::System.Runtime.Intrinsics.Vector128<float> d)
            {
                var aRow = Load128(ref x, 0);
                var bRow = Load128(ref x, step);
                var cRow = Load128(ref x, 2 * step);
                var dRow = Load128(ref x, 3 * step);
                var abLow = ZipLow(aRow, bRow);
                var cdLow = ZipLow(cRow, dRow);
                a = LowHalves(abLow, cdLow);
                b = HighHalves(abLow, cdLow);
                var abHigh = ZipHigh(aRow, bRow);
                var cdHigh = ZipHigh(cRow, dRow);
                c = LowHalves(abHigh, cdHigh);
                d = HighHalves(abHigh, cdHigh);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> LowHalves(global::System.Runtime.Intrinsics.Vector128<float> a,
                global::System.Runtime.Intrinsics.Vector128<float> b) => global::System.Runtime.Intrinsics.X86.Sse.IsSupported
                ? global::System.Runtime.Intrinsics.X86.Sse.Shuffle(a, b, 0x44)
                : global::System.Runtime.Intrinsics.Vector128.Create(global::System.Runtime.Intrinsics.Vector128.GetLower(a),
                global::System.Runtime.Intrinsics.Vector128.GetLower(b));

            internal static float RealOf(int x) => global::System.BitConverter.Int32BitsToSingle(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> RealOf(global::System.Runtime.Intrinsics.Vector128<int> x) =>
                global::System.Runtime.Intrinsics.Vector128.AsSingle(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Same(global::System.Runtime.Intrinsics.Vector128<float> x,
                global::System.Runtime.Intrinsics.Vector128<float> y) => global::System.Runtime.Intrinsics.Vector128.Equals(x, y);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<int> ShiftRight(global::System.Runtime.Intrinsics.Vector128<int> x, int n) =>
                global::System.Runtime.Intrinsics.Vector128.ShiftRightLogical(x, n);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Store(global::System.Runtime.Intrinsics.Vector128<float> v, ref float x, int i) =>
                global::System.Runtime.CompilerServices.Unsafe.As<float,
                global::System.Runtime.Intrinsics.Vector128<float>>(ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i)) = v;

            // Vectors as the elements of rows in memory; 4 rows, one every few elements, the first one first
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void StoreSquares(global::System.Runtime.Intrinsics.Vector128<float> a, global::System.Runtime.Intrinsics.Vector128<float> b,
                global::System.Runtime.Intrinsics.Vector128<float> c, global::System.Runtime.Intrinsics.Vector128<float> d, ref float x, int step)
            {
                var abLow = ZipLow(a, b);
                var cdLow = ZipLow(c, d);
                var aRow = LowHalves(abLow, cdLow);
                var bRow = HighHalves(abLow, cdLow);
                var abHigh = ZipHigh(a, b);
                var cdHigh = ZipHigh(c, d);
                var cRow = LowHalves(abHigh, cdHigh);
                var dRow = HighHalves(abHigh, cdHigh);
                Store(aRow, ref x, 0);
                Store(bRow, ref x, step);
                Store(cRow, ref x, 2 * step);
                Store(dRow, ref x, 3 * step);
            }

            // The sum of the elements, (v0 + v2) + (v1 + v3), and zeros
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Sum(global::System.Runtime.Intrinsics.Vector128<float> v)
            {
                if (global::System.Runtime.Intrinsics.X86.Sse.IsSupported)
                {
                    var halves = v + global::System.Runtime.Intrinsics.X86.Sse.MoveHighToLow(v, v);
                    return global::System.Runtime.Intrinsics.X86.Sse.MoveScalar(global::System.Runtime.Intrinsics.Vector128<float>.Zero, halves
                        + global::System.Runtime.Intrinsics.X86.Sse.Shuffle(halves, halves, 1));
                }

                return global::System.Runtime.Intrinsics.Vector128.CreateScalar((v[0] + v[2]) + (v[1] + v[3]));
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> ZipHigh(global::System.Runtime.Intrinsics.Vector128<float> a,
                global::System.Runtime.Intrinsics.Vector128<float> b) => global::System.Runtime.Intrinsics.X86.Sse.IsSupported
                ? global::System.Runtime.Intrinsics.X86.Sse.UnpackHigh(a, b) : global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported
                ? global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipHigh(a, b)
                : global::System.Runtime.Intrinsics.Vector128.Create(a[2], b[2], a[3], b[3]);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> ZipLow(global::System.Runtime.Intrinsics.Vector128<float> a,
                global::System.Runtime.Intrinsics.Vector128<float> b) => global::System.Runtime.Intrinsics.X86.Sse.IsSupported
                ? global::System.Runtime.Intrinsics.X86.Sse.UnpackLow(a, b) : global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported
                ? global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipLow(a, b) : global::System.Runtime.Intrinsics.Vector128.Create(a[0], b[0], a[1], b[1]);
        }
    }
}
