//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                48,
                new global::NetGen.LayerLayout(inputs: 1, units: 2, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4,
                    initialBound: 2.4494897427831779, traceOffset: 0),
                new global::NetGen.LayerLayout(inputs: 2, units: 8, weightOffset: 16, inputStride: 8, unitStride: 1, biasOffset: 32,
                    initialBound: 0.7745966692414834, traceOffset: -1));

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
                if (global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    return Backpropagate<Fused.Vectors128>(parameters, input, target, gradient, scale, inputGradient);
                }

                return Backpropagate<Vectors128>(parameters, input, target, gradient, scale, inputGradient);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output)
            {
                if (global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    Forward<Fused.Vectors128>(parameters, input, output);
                    return;
                }

                Forward<Vectors128>(parameters, input, output);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output,
                global::System.Span<float> trace)
            {
                if (global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    Forward<Fused.Vectors128>(parameters, input, output, trace);
                    return;
                }

                Forward<Vectors128>(parameters, input, output, trace);
            }

            // g += dL/dθ for a given dL/da2
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Backward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.ReadOnlySpan<float> trace,
                global::System.ReadOnlySpan<float> outputGradient,
                global::NetGen.ParameterBuffer<float> gradient,
                global::System.Span<float> inputGradient)
            {
                if (global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    Backward<Fused.Vectors128>(parameters, input, trace, outputGradient, gradient, inputGradient);
                    return;
                }

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
                if (global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    ForwardBatch<Fused.Vectors128>(parameters, inputs, outputs, m);
                    return;
                }

                ForwardBatch<Vectors128>(parameters, inputs, outputs, m);
            }

            // g += scale · Σ dL/dθ over m samples, with targets; returns Σ L, in double precision whatever the network's
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static double BackpropagateBatch(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> inputs,
                global::System.ReadOnlySpan<float> targets,
                global::NetGen.ParameterBuffer<float> gradient,
                int m,
                float scale,
                global::System.Span<float> inputGradients)
            {
                if (global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    return BackpropagateBatch<Fused.Vectors128>(parameters, inputs, targets, gradient, m, scale, inputGradients);
                }

                return BackpropagateBatch<Vectors128>(parameters, inputs, targets, gradient, m, scale, inputGradients);
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
                global::System.Span<float> scratch = stackalloc float[36];
                ref float t = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float z2 = ref At(ref t, 4);
                ref float delta2 = ref At(ref t, 12);
                Propagate<K>(ref p, ref x, ref t, ref z2);
                float loss = K.Loss(ref z2, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(target), ref delta2);
                BackwardLayers<K>(ref p, ref x, ref t, ref delta2, ref gradient.Origin, scale, inputGradient);
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
                global::System.Span<float> scratch = stackalloc float[28];
                ref float t = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float z2 = ref At(ref t, 4);
                Propagate<K>(ref p, ref x, ref t, ref z2);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z2, 8).CopyTo(output);
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
                global::System.Span<float> scratch = stackalloc float[24];
                ref float z2 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                Propagate<K>(ref p, ref x, ref t, ref z2);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z2, 8).CopyTo(output);
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
                global::System.Span<float> scratch = stackalloc float[24];
                ref float delta2 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                outputGradient.CopyTo(global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref delta2, 8));

                BackwardLayers<K>(ref p, ref x, ref t, ref delta2, ref gradient.Origin, 1f, inputGradient);
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
                global::System.Span<float> scratch = rows == 8 ? stackalloc float[112] : rows == 16 ? stackalloc float[208] : stackalloc float[400];
                ref float z1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float z2 = ref At(ref z1, rows * 4);
                for (int first = 0; first < m; first += global::System.Math.Min(m - first, 32))
                {
                    int samples = global::System.Math.Min(m - first, 32);
                    ref float x = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs), first);

                    // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                    K.ForwardBatch1(ref p, ref x, ref z1, samples);

                    // Layer 2, Dense(8, identity): z2 = W2·a1 + b2, a2 = z2
                    K.AffineBatch2(ref p, ref z1, ref z2, samples);

                    for (int s = 0; s < samples; s++)
                    {
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref At(ref z2, s * 8), 8).CopyTo(outputs.Slice((first + s) * 8, 8));
                    }
                }
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static double BackpropagateBatch<K>(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> inputs,
                global::System.ReadOnlySpan<float> targets,
                global::NetGen.ParameterBuffer<float> gradient,
                int m,
                float scale,
                global::System.Span<float> inputGradients) where K : struct, IVectors
            {
                ref float g = ref gradient.Origin;

                // Samples for which there is memory: what has a constant size is cleared several times as fast
                int rows = m <= 8 ? 8 : m <= 16 ? 16 : 32;
                ref float p = ref parameters.Origin;
                global::System.Span<float> scratch = rows == 8 ? stackalloc float[208] : rows == 16 ? stackalloc float[400] : stackalloc float[784];
                ref float a1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float delta1 = ref At(ref a1, rows * 4);
                ref float z2 = ref At(ref a1, rows * 8);
                ref float delta2 = ref At(ref a1, rows * 16);
                double loss = 0;

                // Many samples are worth transposed weights: dL/dx then adds rows, and no dot products need their lanes summed.
                bool isLarge = m >= 4;
                global::System.Span<float> columns = isLarge ? stackalloc float[48] : default;
                ref float columns2 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(columns));
                if (isLarge)
                {
                    K.Transpose2(ref p, ref columns2);
                }

                for (int first = 0; first < m; first += global::System.Math.Min(m - first, 32))
                {
                    int samples = global::System.Math.Min(m - first, 32);
                    ref float x = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs), first);

                    // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                    K.ForwardBatch1(ref p, ref x, ref a1, samples);

                    // Layer 2, Dense(8, identity): z2 = W2·a1 + b2
                    K.AffineBatch2(ref p, ref a1, ref z2, samples);

                    // The output, the loss and delta2 of every sample
                    ref float y = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(targets), first * 8);
                    for (int s = 0; s < samples; s++)
                    {
                        loss += K.Loss(ref At(ref z2, s * 8), ref At(ref y, s * 8), ref At(ref delta2, s * 8));
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
                        WriteInputGradients<K>(ref p, ref delta1, inputGradients.Slice(first, samples));
                    }

                    K.ParameterGradientBatch1(ref x, ref delta1, ref g, samples, scale);
                }

                return loss;
            }

            // All layers up to z2, the last one without its activation; the trace receives what Backward needs.
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
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
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void BackwardLayers<K>(
                ref float p,
                ref float x,
                ref float t,
                ref float delta2,
                ref float g,
                float scale,
                global::System.Span<float> inputGradient) where K : struct, IVectors
            {
                global::System.Span<float> scratch = stackalloc float[20];
                ref float delta1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));

                // dL/da1 = W2ᵀ·delta2, dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2, delta1 = dL/da1 ⊙ [a1 > 0]
                ref float a1 = ref t;
                K.Backward2(ref p, ref a1, ref delta2, ref delta1, ref g, scale);
                K.Delta1(ref a1, ref delta1, 1);

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

                // z1 = W1·x + b1, a1 = max(z1, 0) of every sample
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void ForwardBatch1(ref float p, ref float x, ref float z, int samples)
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

                        Store(KeepFirst(Choose(AtMost(z0_0, Broadcast128(0f)), Broadcast128(0f), z0_0), 2), ref zs, 0);
                        Store(KeepFirst(Choose(AtMost(z1_0, Broadcast128(0f)), Broadcast128(0f), z1_0), 2), ref zs, 4);
                        Store(KeepFirst(Choose(AtMost(z2_0, Broadcast128(0f)), Broadcast128(0f), z2_0), 2), ref zs, 8);
                        Store(KeepFirst(Choose(AtMost(z3_0, Broadcast128(0f)), Broadcast128(0f), z3_0), 2), ref zs, 12);
                        Store(KeepFirst(Choose(AtMost(z4_0, Broadcast128(0f)), Broadcast128(0f), z4_0), 2), ref zs, 16);
                        Store(KeepFirst(Choose(AtMost(z5_0, Broadcast128(0f)), Broadcast128(0f), z5_0), 2), ref zs, 20);
                        Store(KeepFirst(Choose(AtMost(z6_0, Broadcast128(0f)), Broadcast128(0f), z6_0), 2), ref zs, 24);
                        Store(KeepFirst(Choose(AtMost(z7_0, Broadcast128(0f)), Broadcast128(0f), z7_0), 2), ref zs, 28);
                    }

                    for (int s = whole; s < samples; s++)
                    {
                        Affine1(ref p, ref At(ref x, s), ref At(ref z, s * 4));
                        Activation1(ref At(ref z, s * 4), ref At(ref z, s * 4), 1);
                    }
                }

                // a1 = max(z1, 0)
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Activation1(ref float z, ref float a, int samples)
                {
                    for (int j = 0; j < samples * 4; j += 4)
                    {
                        var zj = Load128(ref z, j);
                        Store(Choose(AtMost(zj, Broadcast128(0f)), Broadcast128(0f), zj), ref a, j);
                    }
                }

                // z2 = W2·a1 + b2. The weight from input i to unit j is W2[8·i + j].
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Affine2(ref float p, ref float x, ref float z)
                {
                    ref float w = ref At(ref p, 16);
                    var z0 = Load128(ref p, 32);
                    var z1 = Load128(ref p, 36);
                    var x0 = LoadAll128(ref x, 0);
                    z0 += x0 * Load128(ref w, 0);
                    z1 += x0 * Load128(ref w, 4);
                    var x1 = LoadAll128(ref x, 1);
                    z0 += x1 * Load128(ref w, 8);
                    z1 += x1 * Load128(ref w, 12);

                    Store(z0, ref z, 0);
                    Store(z1, ref z, 4);
                }

                // z2 = W2·a1 + b2 of every sample
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void AffineBatch2(ref float p, ref float x, ref float z, int samples)
                {
                    for (int s = 0; s < samples; s += 4)
                    {
                        ref float w = ref At(ref p, 16);
                        ref float xs = ref At(ref x, s * 4);
                        ref float zs = ref At(ref z, s * 8);
                        var z0_0 = Load128(ref p, 32);
                        var z0_1 = Load128(ref p, 36);
                        var z1_0 = Load128(ref p, 32);
                        var z1_1 = Load128(ref p, 36);
                        var z2_0 = Load128(ref p, 32);
                        var z2_1 = Load128(ref p, 36);
                        var z3_0 = Load128(ref p, 32);
                        var z3_1 = Load128(ref p, 36);
                        for (int i = 0; i < 2; i++)
                        {
                            var w0 = Load128(ref w, 0);
                            var w1 = Load128(ref w, 4);
                            var x0 = LoadAll128(ref xs, 0);
                            z0_0 += x0 * w0;
                            z0_1 += x0 * w1;
                            var x1 = LoadAll128(ref xs, 4);
                            z1_0 += x1 * w0;
                            z1_1 += x1 * w1;
                            var x2 = LoadAll128(ref xs, 8);
                            z2_0 += x2 * w0;
                            z2_1 += x2 * w1;
                            var x3 = LoadAll128(ref xs, 12);
                            z3_0 += x3 * w0;
                            z3_1 += x3 * w1;
                            w = ref At(ref w, 8);
                            xs = ref At(ref xs, 1);
                        }

                        Store(z0_0, ref zs, 0);
                        Store(z0_1, ref zs, 4);
                        Store(z1_0, ref zs, 8);
                        Store(z1_1, ref zs, 12);
                        Store(z2_0, ref zs, 16);
                        Store(z2_1, ref zs, 20);
                        Store(z3_0, ref zs, 24);
                        Store(z3_1, ref zs, 28);
                    }
                }

                // a2 = z2
                // L = ½ Σ (a2 − y)²
                // delta2 = dL/dz2 = a2 − y
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static float Loss(ref float z, ref float y, ref float delta)
                {
                    float squares2 = 0f;
                    for (int j = 0; j < 8; j++)
                    {
                        float error = At(ref z, j) - At(ref y, j);
                        squares2 += error * error;
                        At(ref delta, j) = error;
                    }

                    float loss = 0.5f * squares2;
                    return loss;
                }

                // dL/da1 = W2ᵀ·delta2, and g += scale · dL/dθ: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Backward2(ref float p, ref float x, ref float delta, ref float dx, ref float g, float scale)
                {
                    ref float w = ref At(ref p, 16);
                    ref float gw = ref At(ref g, 16);
                    var x0 = LoadAll128(ref x, 0);
                    var dot0_0 = Broadcast128(0f);
                    var dot0_1 = Broadcast128(0f);
                    var x1 = LoadAll128(ref x, 1);
                    var dot1_0 = Broadcast128(0f);
                    var dot1_1 = Broadcast128(0f);
                    var d0 = Load128(ref delta, 0);
                    var s0 = Broadcast128(scale) * d0;
                    dot0_0 += Load128(ref w, 0) * d0;
                    Store(Load128(ref gw, 0) + (s0 * x0), ref gw, 0);
                    dot1_0 += Load128(ref w, 8) * d0;
                    Store(Load128(ref gw, 8) + (s0 * x1), ref gw, 8);
                    var d1 = Load128(ref delta, 4);
                    var s1 = Broadcast128(scale) * d1;
                    dot0_1 += Load128(ref w, 4) * d1;
                    Store(Load128(ref gw, 4) + (s1 * x0), ref gw, 4);
                    dot1_1 += Load128(ref w, 12) * d1;
                    Store(Load128(ref gw, 12) + (s1 * x1), ref gw, 12);
                    Store(SumPair(dot0_0 + dot0_1, dot1_0 + dot1_1), ref dx, 0);

                    ref float gb = ref At(ref g, 32);
                    for (int j = 0; j < 8; j += 4)
                    {
                        Store(Load128(ref gb, j) + Load128(ref delta, j) * Broadcast128(scale), ref gb, j);
                    }
                }

                // dL/da1 = W2ᵀ·delta2 of every sample
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void InputGradientBatch2(ref float p, ref float delta, ref float dx, int samples)
                {
                    for (int s = 0; s < samples; s += 1)
                    {
                        ref float w = ref At(ref p, 16);
                        ref float ds = ref At(ref delta, s * 8);
                        ref float dxs = ref At(ref dx, s * 4);
                        var dot0_0 = Broadcast128(0f);
                        var dot0_1 = Broadcast128(0f);
                        var dot1_0 = Broadcast128(0f);
                        var dot1_1 = Broadcast128(0f);
                        var d0 = Load128(ref ds, 0);
                        var w0_0 = Load128(ref w, 0);
                        dot0_0 += w0_0 * d0;
                        var w1_0 = Load128(ref w, 8);
                        dot1_0 += w1_0 * d0;
                        var d1 = Load128(ref ds, 4);
                        var w0_1 = Load128(ref w, 4);
                        dot0_1 += w0_1 * d1;
                        var w1_1 = Load128(ref w, 12);
                        dot1_1 += w1_1 * d1;
                        Store(SumPair(dot0_0 + dot0_1, dot1_0 + dot1_1), ref dxs, 0);
                    }
                }

                // Row j of columns: the weights from every input to unit j
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Transpose2(ref float p, ref float columns)
                {
                    for (int i = 0; i < 2; i++)
                    {
                        for (int j = 0; j < 8; j++)
                        {
                            At(ref columns, j * 4 + i) = At(ref p, 16 + i * 8 + j);
                        }
                    }
                }

                // dL/da1 = W2ᵀ·delta2 of every sample, from such columns
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void InputGradientColumns2(ref float columns, ref float delta, ref float dx, int samples)
                {
                    for (int s = 0; s < samples; s += 8)
                    {
                        ref float w = ref columns;
                        ref float ds = ref At(ref delta, s * 8);
                        ref float dxs = ref At(ref dx, s * 4);
                        var dx0_0 = Broadcast128(0f);
                        var dx1_0 = Broadcast128(0f);
                        var dx2_0 = Broadcast128(0f);
                        var dx3_0 = Broadcast128(0f);
                        var dx4_0 = Broadcast128(0f);
                        var dx5_0 = Broadcast128(0f);
                        var dx6_0 = Broadcast128(0f);
                        var dx7_0 = Broadcast128(0f);
                        for (int i = 0; i < 8; i++)
                        {
                            var w0 = Load128(ref w, 0);
                            var d0 = LoadAll128(ref ds, 0);
                            dx0_0 += d0 * w0;
                            var d1 = LoadAll128(ref ds, 8);
                            dx1_0 += d1 * w0;
                            var d2 = LoadAll128(ref ds, 16);
                            dx2_0 += d2 * w0;
                            var d3 = LoadAll128(ref ds, 24);
                            dx3_0 += d3 * w0;
                            var d4 = LoadAll128(ref ds, 32);
                            dx4_0 += d4 * w0;
                            var d5 = LoadAll128(ref ds, 40);
                            dx5_0 += d5 * w0;
                            var d6 = LoadAll128(ref ds, 48);
                            dx6_0 += d6 * w0;
                            var d7 = LoadAll128(ref ds, 56);
                            dx7_0 += d7 * w0;
                            w = ref At(ref w, 4);
                            ds = ref At(ref ds, 1);
                        }

                        Store(KeepFirst(dx0_0, 2), ref dxs, 0);
                        Store(KeepFirst(dx1_0, 2), ref dxs, 4);
                        Store(KeepFirst(dx2_0, 2), ref dxs, 8);
                        Store(KeepFirst(dx3_0, 2), ref dxs, 12);
                        Store(KeepFirst(dx4_0, 2), ref dxs, 16);
                        Store(KeepFirst(dx5_0, 2), ref dxs, 20);
                        Store(KeepFirst(dx6_0, 2), ref dxs, 24);
                        Store(KeepFirst(dx7_0, 2), ref dxs, 28);
                    }
                }

                // delta2 = scale · delta2, then g += Σ over the samples: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void ParameterGradientBatch2(ref float x, ref float delta, ref float g, int samples, float scale)
                {
                    for (int j = 0; j < samples * 8; j += 4)
                    {
                        Store(Load128(ref delta, j) * Broadcast128(scale), ref delta, j);
                    }

                    ref float gw = ref At(ref g, 16);
                    ref float xs = ref x;
                    ref float ds = ref delta;
                    var g0_0 = Load128(ref gw, 0);
                    var g0_1 = Load128(ref gw, 4);
                    var g1_0 = Load128(ref gw, 8);
                    var g1_1 = Load128(ref gw, 12);
                    for (int s = 0; s < samples; s++)
                    {
                        var d0 = Load128(ref ds, 0);
                        var d1 = Load128(ref ds, 4);
                        var x0 = LoadAll128(ref xs, 0);
                        g0_0 += x0 * d0;
                        g0_1 += x0 * d1;
                        var x1 = LoadAll128(ref xs, 1);
                        g1_0 += x1 * d0;
                        g1_1 += x1 * d1;
                        xs = ref At(ref xs, 4);
                        ds = ref At(ref ds, 8);
                    }

                    Store(g0_0, ref gw, 0);
                    Store(g0_1, ref gw, 4);
                    Store(g1_0, ref gw, 8);
                    Store(g1_1, ref gw, 12);

                    ref float gb = ref At(ref g, 32);
                    for (int j = 0; j < 8; j += 4)
                    {
                        var sum = Load128(ref gb, j);
                        for (int s = 0; s < samples; s++)
                        {
                            sum += Load128(ref At(ref delta, s * 8), j);
                        }

                        Store(sum, ref gb, j);
                    }
                }

                // delta1 = dL/da1 ⊙ [a1 > 0]
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Delta1(ref float a, ref float delta, int samples)
                {
                    for (int j = 0; j < samples * 4; j += 4)
                    {
                        var aj = Load128(ref a, j);
                        Store(Choose(AtMost(aj, Broadcast128(0f)), Broadcast128(0f),
                            Choose(Below(Broadcast128(0f), aj), Load128(ref delta, j), Broadcast128(float.NaN))), ref delta, j);
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

            // The same, with every product rounded together with the addition after it
            private static class Fused
            {
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
                        z0 = MultiplyAdd(x0, Load128(ref w, 0), z0);

                        Store(KeepFirst(z0, 2), ref z, 0);
                    }

                    // z1 = W1·x + b1, a1 = max(z1, 0) of every sample
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void ForwardBatch1(ref float p, ref float x, ref float z, int samples)
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
                            z0_0 = MultiplyAdd(x0, w0, z0_0);
                            var x1 = LoadAll128(ref xs, 1);
                            z1_0 = MultiplyAdd(x1, w0, z1_0);
                            var x2 = LoadAll128(ref xs, 2);
                            z2_0 = MultiplyAdd(x2, w0, z2_0);
                            var x3 = LoadAll128(ref xs, 3);
                            z3_0 = MultiplyAdd(x3, w0, z3_0);
                            var x4 = LoadAll128(ref xs, 4);
                            z4_0 = MultiplyAdd(x4, w0, z4_0);
                            var x5 = LoadAll128(ref xs, 5);
                            z5_0 = MultiplyAdd(x5, w0, z5_0);
                            var x6 = LoadAll128(ref xs, 6);
                            z6_0 = MultiplyAdd(x6, w0, z6_0);
                            var x7 = LoadAll128(ref xs, 7);
                            z7_0 = MultiplyAdd(x7, w0, z7_0);

                            Store(KeepFirst(Choose(AtMost(z0_0, Broadcast128(0f)), Broadcast128(0f), z0_0), 2), ref zs, 0);
                            Store(KeepFirst(Choose(AtMost(z1_0, Broadcast128(0f)), Broadcast128(0f), z1_0), 2), ref zs, 4);
                            Store(KeepFirst(Choose(AtMost(z2_0, Broadcast128(0f)), Broadcast128(0f), z2_0), 2), ref zs, 8);
                            Store(KeepFirst(Choose(AtMost(z3_0, Broadcast128(0f)), Broadcast128(0f), z3_0), 2), ref zs, 12);
                            Store(KeepFirst(Choose(AtMost(z4_0, Broadcast128(0f)), Broadcast128(0f), z4_0), 2), ref zs, 16);
                            Store(KeepFirst(Choose(AtMost(z5_0, Broadcast128(0f)), Broadcast128(0f), z5_0), 2), ref zs, 20);
                            Store(KeepFirst(Choose(AtMost(z6_0, Broadcast128(0f)), Broadcast128(0f), z6_0), 2), ref zs, 24);
                            Store(KeepFirst(Choose(AtMost(z7_0, Broadcast128(0f)), Broadcast128(0f), z7_0), 2), ref zs, 28);
                        }

                        for (int s = whole; s < samples; s++)
                        {
                            Affine1(ref p, ref At(ref x, s), ref At(ref z, s * 4));
                            Activation1(ref At(ref z, s * 4), ref At(ref z, s * 4), 1);
                        }
                    }

                    // a1 = max(z1, 0)
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void Activation1(ref float z, ref float a, int samples)
                    {
                        for (int j = 0; j < samples * 4; j += 4)
                        {
                            var zj = Load128(ref z, j);
                            Store(Choose(AtMost(zj, Broadcast128(0f)), Broadcast128(0f), zj), ref a, j);
                        }
                    }

                    // z2 = W2·a1 + b2. The weight from input i to unit j is W2[8·i + j].
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void Affine2(ref float p, ref float x, ref float z)
                    {
                        ref float w = ref At(ref p, 16);
                        var z0 = Load128(ref p, 32);
                        var z1 = Load128(ref p, 36);
                        var x0 = LoadAll128(ref x, 0);
                        z0 = MultiplyAdd(x0, Load128(ref w, 0), z0);
                        z1 = MultiplyAdd(x0, Load128(ref w, 4), z1);
                        var x1 = LoadAll128(ref x, 1);
                        z0 = MultiplyAdd(x1, Load128(ref w, 8), z0);
                        z1 = MultiplyAdd(x1, Load128(ref w, 12), z1);

                        Store(z0, ref z, 0);
                        Store(z1, ref z, 4);
                    }

                    // z2 = W2·a1 + b2 of every sample
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void AffineBatch2(ref float p, ref float x, ref float z, int samples)
                    {
                        for (int s = 0; s < samples; s += 4)
                        {
                            ref float w = ref At(ref p, 16);
                            ref float xs = ref At(ref x, s * 4);
                            ref float zs = ref At(ref z, s * 8);
                            var z0_0 = Load128(ref p, 32);
                            var z0_1 = Load128(ref p, 36);
                            var z1_0 = Load128(ref p, 32);
                            var z1_1 = Load128(ref p, 36);
                            var z2_0 = Load128(ref p, 32);
                            var z2_1 = Load128(ref p, 36);
                            var z3_0 = Load128(ref p, 32);
                            var z3_1 = Load128(ref p, 36);
                            for (int i = 0; i < 2; i++)
                            {
                                var w0 = Load128(ref w, 0);
                                var w1 = Load128(ref w, 4);
                                var x0 = LoadAll128(ref xs, 0);
                                z0_0 = MultiplyAdd(x0, w0, z0_0);
                                z0_1 = MultiplyAdd(x0, w1, z0_1);
                                var x1 = LoadAll128(ref xs, 4);
                                z1_0 = MultiplyAdd(x1, w0, z1_0);
                                z1_1 = MultiplyAdd(x1, w1, z1_1);
                                var x2 = LoadAll128(ref xs, 8);
                                z2_0 = MultiplyAdd(x2, w0, z2_0);
                                z2_1 = MultiplyAdd(x2, w1, z2_1);
                                var x3 = LoadAll128(ref xs, 12);
                                z3_0 = MultiplyAdd(x3, w0, z3_0);
                                z3_1 = MultiplyAdd(x3, w1, z3_1);
                                w = ref At(ref w, 8);
                                xs = ref At(ref xs, 1);
                            }

                            Store(z0_0, ref zs, 0);
                            Store(z0_1, ref zs, 4);
                            Store(z1_0, ref zs, 8);
                            Store(z1_1, ref zs, 12);
                            Store(z2_0, ref zs, 16);
                            Store(z2_1, ref zs, 20);
                            Store(z3_0, ref zs, 24);
                            Store(z3_1, ref zs, 28);
                        }
                    }

                    // a2 = z2
                    // L = ½ Σ (a2 − y)²
                    // delta2 = dL/dz2 = a2 − y
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static float Loss(ref float z, ref float y, ref float delta)
                    {
                        float squares2 = 0f;
                        for (int j = 0; j < 8; j++)
                        {
                            float error = At(ref z, j) - At(ref y, j);
                            squares2 += error * error;
                            At(ref delta, j) = error;
                        }

                        float loss = 0.5f * squares2;
                        return loss;
                    }

                    // dL/da1 = W2ᵀ·delta2, and g += scale · dL/dθ: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void Backward2(ref float p, ref float x, ref float delta, ref float dx, ref float g, float scale)
                    {
                        ref float w = ref At(ref p, 16);
                        ref float gw = ref At(ref g, 16);
                        var x0 = LoadAll128(ref x, 0);
                        var dot0_0 = Broadcast128(0f);
                        var dot0_1 = Broadcast128(0f);
                        var x1 = LoadAll128(ref x, 1);
                        var dot1_0 = Broadcast128(0f);
                        var dot1_1 = Broadcast128(0f);
                        var d0 = Load128(ref delta, 0);
                        var s0 = Broadcast128(scale) * d0;
                        dot0_0 = MultiplyAdd(Load128(ref w, 0), d0, dot0_0);
                        Store(MultiplyAdd(s0, x0, Load128(ref gw, 0)), ref gw, 0);
                        dot1_0 = MultiplyAdd(Load128(ref w, 8), d0, dot1_0);
                        Store(MultiplyAdd(s0, x1, Load128(ref gw, 8)), ref gw, 8);
                        var d1 = Load128(ref delta, 4);
                        var s1 = Broadcast128(scale) * d1;
                        dot0_1 = MultiplyAdd(Load128(ref w, 4), d1, dot0_1);
                        Store(MultiplyAdd(s1, x0, Load128(ref gw, 4)), ref gw, 4);
                        dot1_1 = MultiplyAdd(Load128(ref w, 12), d1, dot1_1);
                        Store(MultiplyAdd(s1, x1, Load128(ref gw, 12)), ref gw, 12);
                        Store(SumPair(dot0_0 + dot0_1, dot1_0 + dot1_1), ref dx, 0);

                        ref float gb = ref At(ref g, 32);
                        for (int j = 0; j < 8; j += 4)
                        {
                            Store(Load128(ref gb, j) + Load128(ref delta, j) * Broadcast128(scale), ref gb, j);
                        }
                    }

                    // dL/da1 = W2ᵀ·delta2 of every sample
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void InputGradientBatch2(ref float p, ref float delta, ref float dx, int samples)
                    {
                        for (int s = 0; s < samples; s += 1)
                        {
                            ref float w = ref At(ref p, 16);
                            ref float ds = ref At(ref delta, s * 8);
                            ref float dxs = ref At(ref dx, s * 4);
                            var dot0_0 = Broadcast128(0f);
                            var dot0_1 = Broadcast128(0f);
                            var dot1_0 = Broadcast128(0f);
                            var dot1_1 = Broadcast128(0f);
                            var d0 = Load128(ref ds, 0);
                            var w0_0 = Load128(ref w, 0);
                            dot0_0 = MultiplyAdd(w0_0, d0, dot0_0);
                            var w1_0 = Load128(ref w, 8);
                            dot1_0 = MultiplyAdd(w1_0, d0, dot1_0);
                            var d1 = Load128(ref ds, 4);
                            var w0_1 = Load128(ref w, 4);
                            dot0_1 = MultiplyAdd(w0_1, d1, dot0_1);
                            var w1_1 = Load128(ref w, 12);
                            dot1_1 = MultiplyAdd(w1_1, d1, dot1_1);
                            Store(SumPair(dot0_0 + dot0_1, dot1_0 + dot1_1), ref dxs, 0);
                        }
                    }

                    // Row j of columns: the weights from every input to unit j
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void Transpose2(ref float p, ref float columns)
                    {
                        for (int i = 0; i < 2; i++)
                        {
                            for (int j = 0; j < 8; j++)
                            {
                                At(ref columns, j * 4 + i) = At(ref p, 16 + i * 8 + j);
                            }
                        }
                    }

                    // dL/da1 = W2ᵀ·delta2 of every sample, from such columns
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void InputGradientColumns2(ref float columns, ref float delta, ref float dx, int samples)
                    {
                        for (int s = 0; s < samples; s += 8)
                        {
                            ref float w = ref columns;
                            ref float ds = ref At(ref delta, s * 8);
                            ref float dxs = ref At(ref dx, s * 4);
                            var dx0_0 = Broadcast128(0f);
                            var dx1_0 = Broadcast128(0f);
                            var dx2_0 = Broadcast128(0f);
                            var dx3_0 = Broadcast128(0f);
                            var dx4_0 = Broadcast128(0f);
                            var dx5_0 = Broadcast128(0f);
                            var dx6_0 = Broadcast128(0f);
                            var dx7_0 = Broadcast128(0f);
                            for (int i = 0; i < 8; i++)
                            {
                                var w0 = Load128(ref w, 0);
                                var d0 = LoadAll128(ref ds, 0);
                                dx0_0 = MultiplyAdd(d0, w0, dx0_0);
                                var d1 = LoadAll128(ref ds, 8);
                                dx1_0 = MultiplyAdd(d1, w0, dx1_0);
                                var d2 = LoadAll128(ref ds, 16);
                                dx2_0 = MultiplyAdd(d2, w0, dx2_0);
                                var d3 = LoadAll128(ref ds, 24);
                                dx3_0 = MultiplyAdd(d3, w0, dx3_0);
                                var d4 = LoadAll128(ref ds, 32);
                                dx4_0 = MultiplyAdd(d4, w0, dx4_0);
                                var d5 = LoadAll128(ref ds, 40);
                                dx5_0 = MultiplyAdd(d5, w0, dx5_0);
                                var d6 = LoadAll128(ref ds, 48);
                                dx6_0 = MultiplyAdd(d6, w0, dx6_0);
                                var d7 = LoadAll128(ref ds, 56);
                                dx7_0 = MultiplyAdd(d7, w0, dx7_0);
                                w = ref At(ref w, 4);
                                ds = ref At(ref ds, 1);
                            }

                            Store(KeepFirst(dx0_0, 2), ref dxs, 0);
                            Store(KeepFirst(dx1_0, 2), ref dxs, 4);
                            Store(KeepFirst(dx2_0, 2), ref dxs, 8);
                            Store(KeepFirst(dx3_0, 2), ref dxs, 12);
                            Store(KeepFirst(dx4_0, 2), ref dxs, 16);
                            Store(KeepFirst(dx5_0, 2), ref dxs, 20);
                            Store(KeepFirst(dx6_0, 2), ref dxs, 24);
                            Store(KeepFirst(dx7_0, 2), ref dxs, 28);
                        }
                    }

                    // delta2 = scale · delta2, then g += Σ over the samples: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void ParameterGradientBatch2(ref float x, ref float delta, ref float g, int samples, float scale)
                    {
                        for (int j = 0; j < samples * 8; j += 4)
                        {
                            Store(Load128(ref delta, j) * Broadcast128(scale), ref delta, j);
                        }

                        ref float gw = ref At(ref g, 16);
                        ref float xs = ref x;
                        ref float ds = ref delta;
                        var g0_0 = Load128(ref gw, 0);
                        var g0_1 = Load128(ref gw, 4);
                        var g1_0 = Load128(ref gw, 8);
                        var g1_1 = Load128(ref gw, 12);
                        for (int s = 0; s < samples; s++)
                        {
                            var d0 = Load128(ref ds, 0);
                            var d1 = Load128(ref ds, 4);
                            var x0 = LoadAll128(ref xs, 0);
                            g0_0 = MultiplyAdd(x0, d0, g0_0);
                            g0_1 = MultiplyAdd(x0, d1, g0_1);
                            var x1 = LoadAll128(ref xs, 1);
                            g1_0 = MultiplyAdd(x1, d0, g1_0);
                            g1_1 = MultiplyAdd(x1, d1, g1_1);
                            xs = ref At(ref xs, 4);
                            ds = ref At(ref ds, 8);
                        }

                        Store(g0_0, ref gw, 0);
                        Store(g0_1, ref gw, 4);
                        Store(g1_0, ref gw, 8);
                        Store(g1_1, ref gw, 12);

                        ref float gb = ref At(ref g, 32);
                        for (int j = 0; j < 8; j += 4)
                        {
                            var sum = Load128(ref gb, j);
                            for (int s = 0; s < samples; s++)
                            {
                                sum += Load128(ref At(ref delta, s * 8), j);
                            }

                            Store(sum, ref gb, j);
                        }
                    }

                    // delta1 = dL/da1 ⊙ [a1 > 0]
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void Delta1(ref float a, ref float delta, int samples)
                    {
                        for (int j = 0; j < samples * 4; j += 4)
                        {
                            var aj = Load128(ref a, j);
                            Store(Choose(AtMost(aj, Broadcast128(0f)), Broadcast128(0f),
                                Choose(Below(Broadcast128(0f), aj), Load128(ref delta, j), Broadcast128(float.NaN))), ref delta, j);
                        }
                    }

                    // dL/dx = W1ᵀ·delta1
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void InputGradient1(ref float p, ref float delta, ref float dx)
                    {
                        ref float w = ref p;
                        var dot0 = Broadcast128(0f);
                        var d = Load128(ref delta, 0);
                        dot0 = MultiplyAdd(Load128(ref w, 0), d, dot0);
                        Store(Sum(dot0), ref dx, 0);
                    }

                    // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
                    {
                        ref float gw = ref g;
                        var s0 = Broadcast128(scale) * Load128(ref delta, 0);
                        var x0 = LoadAll128(ref x, 0);
                        Store(KeepFirst(MultiplyAdd(s0, x0, Load128(ref gw, 0)), 2), ref gw, 0);

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
                            g0_0 = MultiplyAdd(x0, d0, g0_0);
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

                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
                internal static global::System.Runtime.Intrinsics.Vector128<float> MultiplyAdd(global::System.Runtime.Intrinsics.Vector128<float> x,
                    global::System.Runtime.Intrinsics.Vector128<float> y, global::System.Runtime.Intrinsics.Vector128<float> z) =>
                    global::System.Runtime.Intrinsics.X86.Fma.IsSupported ? global::System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(x, y, z)
                    : global::System.Runtime.Intrinsics.Arm.AdvSimd.FusedMultiplyAdd(z, x, y);
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
            internal static global::System.Runtime.Intrinsics.Vector128<float> AtMost(global::System.Runtime.Intrinsics.Vector128<float> x,
                global::System.Runtime.Intrinsics.Vector128<float> y) => global::System.Runtime.Intrinsics.Vector128.LessThanOrEqual(x, y);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Below(global::System.Runtime.Intrinsics.Vector128<float> x,
                global::System.Runtime.Intrinsics.Vector128<float> y) => global::System.Runtime.Intrinsics.Vector128.LessThan(x, y);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Broadcast128(float x) => global::System.Runtime.Intrinsics.Vector128.Create(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Choose(global::System.Runtime.Intrinsics.Vector128<float> mask,
                global::System.Runtime.Intrinsics.Vector128<float> x, global::System.Runtime.Intrinsics.Vector128<float> y) =>
                global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(mask, x, y);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> KeepFirst(global::System.Runtime.Intrinsics.Vector128<float> v, int n) =>
                global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(global::System.Runtime.Intrinsics.Vector128.LessThan(
                global::System.Runtime.Intrinsics.Vector128.Create(0f, 1f, 2f, 3f), global::System.Runtime.Intrinsics.Vector128.Create((float)n)), v,
                global::System.Runtime.Intrinsics.Vector128<float>.Zero);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Load128(ref float x, int i) =>
                global::System.Runtime.CompilerServices.Unsafe.As<float,
                global::System.Runtime.Intrinsics.Vector128<float>>(ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i));

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> LoadAll128(ref float x, int i) =>
                global::System.Runtime.Intrinsics.Vector128.Create(global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i));

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Store(global::System.Runtime.Intrinsics.Vector128<float> v, ref float x, int i) =>
                global::System.Runtime.CompilerServices.Unsafe.As<float,
                global::System.Runtime.Intrinsics.Vector128<float>>(ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i)) = v;

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

            // The sums of the elements of two vectors, each (v0 + v2) + (v1 + v3), and zeros
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> SumPair(global::System.Runtime.Intrinsics.Vector128<float> a,
                global::System.Runtime.Intrinsics.Vector128<float> b)
            {
                if (global::System.Runtime.Intrinsics.X86.Sse.IsSupported)
                {
                    var halves = global::System.Runtime.Intrinsics.X86.Sse.UnpackLow(a, b) + global::System.Runtime.Intrinsics.X86.Sse.UnpackHigh(a, b);
                    return global::System.Runtime.Intrinsics.X86.Sse.MoveLowToHigh(halves
                        + global::System.Runtime.Intrinsics.X86.Sse.MoveHighToLow(halves, halves), global::System.Runtime.Intrinsics.Vector128<float>.Zero);
                }

                return global::System.Runtime.Intrinsics.Vector128.Create((a[0] + a[2]) + (a[1] + a[3]), (b[0] + b[2]) + (b[1] + b[3]), 0f, 0f);
            }
        }
    }
}
