//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                32,
                new global::NetGen.LayerLayout(inputs: 1, units: 2, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4,
                    initialBound: 2.4494897427831779, traceOffset: 0),
                new global::NetGen.LayerLayout(inputs: 2, units: 1, weightOffset: 16, inputStride: 4, unitStride: 1, biasOffset: 24,
                    initialBound: 1.4142135623730951, traceOffset: -1));

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
                ref float z2 = ref At(ref t, 4);
                Propagate<K>(ref p, ref x, ref t, ref z2);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z2, 1).CopyTo(output);
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
                global::System.Span<float> scratch = stackalloc float[20];
                ref float z2 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                Propagate<K>(ref p, ref x, ref t, ref z2);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z2, 1).CopyTo(output);
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
                ref float delta2 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                outputGradient.CopyTo(global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref delta2, 1));

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
                global::System.Span<float> scratch = rows == 8 ? stackalloc float[80] : rows == 16 ? stackalloc float[144] : stackalloc float[272];
                ref float z1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float z2 = ref At(ref z1, rows * 4);
                for (int first = 0; first < m; first += global::System.Math.Min(m - first, 32))
                {
                    int samples = global::System.Math.Min(m - first, 32);
                    ref float x = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs), first);

                    // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                    K.ForwardBatch1(ref p, ref x, ref z1, samples);

                    // Layer 2, Dense(1, identity): z2 = W2·a1 + b2, a2 = z2
                    K.AffineBatch2(ref p, ref z1, ref z2, samples);

                    for (int s = 0; s < samples; s++)
                    {
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref At(ref z2, s * 4), 1).CopyTo(outputs.Slice(first + s, 1));
                    }
                }
            }

            // All layers up to z2, the last one without its activation; the trace receives what Backward needs.
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
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

            // What the passes ask of the kernels of each vector width
            internal interface IVectors
            {
                static abstract void Affine1(ref float p, ref float x, ref float z);
                static abstract void ForwardBatch1(ref float p, ref float x, ref float z, int samples);
                static abstract void Activation1(ref float z, ref float a, int samples);
                static abstract void Affine2(ref float p, ref float x, ref float z);
                static abstract void AffineBatch2(ref float p, ref float x, ref float z, int samples);
                static abstract void Backward2(ref float p, ref float x, ref float delta, ref float dx, ref float g, float scale);
                static abstract void Delta1(ref float a, ref float delta, int samples);
                static abstract void InputGradient1(ref float p, ref float delta, ref float dx);
                static abstract void ParameterGradient1(ref float x, ref float delta, ref float g, float scale);
            }

            // The kernels with vectors of 128 bits
            internal readonly struct Vectors128 : IVectors
            {
                // z1 = W1·x + b1. The weight from input i to unit j is W1[4·i + j].
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Affine1(ref float p, ref float x, ref float z)
                {
                    var z0 = Load128(ref p, 4);
                    z0 += LoadAll128(ref x, 0) * Load128(ref p, 0);
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

                // z2 = W2·a1 + b2. The weight from input i to unit j is W2[4·i + j].
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Affine2(ref float p, ref float x, ref float z)
                {
                    var z0 = Load128(ref p, 24);
                    z0 += LoadAll128(ref x, 0) * Load128(ref p, 16);
                    z0 += LoadAll128(ref x, 1) * Load128(ref p, 20);
                    Store(KeepFirst(z0, 1), ref z, 0);
                }

                // z2 = W2·a1 + b2 of every sample
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void AffineBatch2(ref float p, ref float x, ref float z, int samples)
                {
                    for (int s = 0; s < samples; s += 8)
                    {
                        ref float w = ref At(ref p, 16);
                        ref float xs = ref At(ref x, s * 4);
                        ref float zs = ref At(ref z, s * 4);
                        var z0_0 = Load128(ref p, 24);
                        var z1_0 = Load128(ref p, 24);
                        var z2_0 = Load128(ref p, 24);
                        var z3_0 = Load128(ref p, 24);
                        var z4_0 = Load128(ref p, 24);
                        var z5_0 = Load128(ref p, 24);
                        var z6_0 = Load128(ref p, 24);
                        var z7_0 = Load128(ref p, 24);
                        for (int i = 0; i < 2; i++)
                        {
                            var w0 = Load128(ref w, 0);
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
                            w = ref At(ref w, 4);
                            xs = ref At(ref xs, 1);
                        }

                        Store(KeepFirst(z0_0, 1), ref zs, 0);
                        Store(KeepFirst(z1_0, 1), ref zs, 4);
                        Store(KeepFirst(z2_0, 1), ref zs, 8);
                        Store(KeepFirst(z3_0, 1), ref zs, 12);
                        Store(KeepFirst(z4_0, 1), ref zs, 16);
                        Store(KeepFirst(z5_0, 1), ref zs, 20);
                        Store(KeepFirst(z6_0, 1), ref zs, 24);
                        Store(KeepFirst(z7_0, 1), ref zs, 28);
                    }
                }

                // dL/da1 = W2ᵀ·delta2, and g += scale · dL/dθ: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Backward2(ref float p, ref float x, ref float delta, ref float dx, ref float g, float scale)
                {
                    {
                        var x0 = LoadAll128(ref x, 0);
                        var x1 = LoadAll128(ref x, 1);
                        var dot0 = Broadcast128(0f);
                        var dot1 = Broadcast128(0f);
                        var d0 = Load128(ref delta, 0);
                        var s0 = Broadcast128(scale) * d0;
                        dot0 += Load128(ref p, 16) * d0;
                        Store(KeepFirst(Load128(ref g, 16) + (s0 * x0), 1), ref g, 16);
                        dot1 += Load128(ref p, 20) * d0;
                        Store(KeepFirst(Load128(ref g, 20) + (s0 * x1), 1), ref g, 20);
                        Store(SumPair(dot0, dot1), ref dx, 0);
                    }

                    {
                        Store(KeepFirst(Load128(ref g, 24) + Load128(ref delta, 0) * Broadcast128(scale), 1), ref g, 24);
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
                    var dot0 = Broadcast128(0f);
                    var d0 = Load128(ref delta, 0);
                    dot0 += Load128(ref p, 0) * d0;
                    Store(Sum(dot0), ref dx, 0);
                }

                // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
                {
                    {
                        var s0 = Broadcast128(scale) * Load128(ref delta, 0);
                        var x0 = LoadAll128(ref x, 0);
                        Store(KeepFirst(Load128(ref g, 0) + (s0 * x0), 2), ref g, 0);
                    }

                    {
                        Store(KeepFirst(Load128(ref g, 4) + Load128(ref delta, 0) * Broadcast128(scale), 2), ref g, 4);
                    }
                }
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
