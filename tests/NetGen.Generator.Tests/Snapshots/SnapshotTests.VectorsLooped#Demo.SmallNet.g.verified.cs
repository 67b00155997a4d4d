//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                192,
                new global::NetGen.LayerLayout(inputs: 3, units: 48, weightOffset: 0, inputStride: 48, unitStride: 1, biasOffset: 144,
                    initialBound: 0.34299717028501769, traceOffset: -1));

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

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void Forward<K>(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output) where K : struct, IVectors
            {
                ref float p = ref parameters.Origin;
                ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                global::System.Span<float> scratch = stackalloc float[64];
                ref float t = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float z1 = ref t;
                Propagate<K>(ref p, ref x, ref t, ref z1);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z1, 48).CopyTo(output);
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
                global::System.Span<float> scratch = stackalloc float[64];
                ref float z1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                Propagate<K>(ref p, ref x, ref t, ref z1);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z1, 48).CopyTo(output);
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
                global::System.Span<float> scratch = stackalloc float[64];
                ref float delta1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                outputGradient.CopyTo(global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref delta1, 48));

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
                global::System.Span<float> scratch = rows == 8 ? stackalloc float[400] : rows == 16 ? stackalloc float[784] : stackalloc float[1552];
                ref float z1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                for (int first = 0; first < m; first += global::System.Math.Min(m - first, 32))
                {
                    int samples = global::System.Math.Min(m - first, 32);
                    ref float x = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs), first * 3);

                    // Layer 1, Dense(48, identity): z1 = W1·x + b1, a1 = z1
                    K.AffineBatch1(ref p, ref x, ref z1, samples);

                    for (int s = 0; s < samples; s++)
                    {
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref At(ref z1, s * 48), 48).CopyTo(outputs.Slice((first + s) * 48, 48));
                    }
                }
            }

            // All layers up to z1, the last one without its activation; the trace receives what Backward needs.
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void Propagate<K>(ref float p, ref float x, ref float t, ref float z1) where K : struct, IVectors
            {
                // Layer 1, Dense(48, identity): z1 = W1·x + b1
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
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Affine1(ref float p, ref float x, ref float z)
                {
                    {
                        ref float w = ref p;
                        var z0 = Load128(ref p, 144);
                        var z1 = Load128(ref p, 148);
                        var z2 = Load128(ref p, 152);
                        var z3 = Load128(ref p, 156);
                        var z4 = Load128(ref p, 160);
                        var z5 = Load128(ref p, 164);
                        var z6 = Load128(ref p, 168);
                        var z7 = Load128(ref p, 172);
                        for (int i = 0; i < 3; i++)
                        {
                            var xi = LoadAll128(ref x, i);
                            z0 += xi * Load128(ref w, 0);
                            z1 += xi * Load128(ref w, 4);
                            z2 += xi * Load128(ref w, 8);
                            z3 += xi * Load128(ref w, 12);
                            z4 += xi * Load128(ref w, 16);
                            z5 += xi * Load128(ref w, 20);
                            z6 += xi * Load128(ref w, 24);
                            z7 += xi * Load128(ref w, 28);
                            w = ref At(ref w, 48);
                        }

                        Store(z0, ref z, 0);
                        Store(z1, ref z, 4);
                        Store(z2, ref z, 8);
                        Store(z3, ref z, 12);
                        Store(z4, ref z, 16);
                        Store(z5, ref z, 20);
                        Store(z6, ref z, 24);
                        Store(z7, ref z, 28);
                    }

                    {
                        ref float w = ref At(ref p, 32);
                        var z0 = Load128(ref p, 176);
                        var z1 = Load128(ref p, 180);
                        var z2 = Load128(ref p, 184);
                        var z3 = Load128(ref p, 188);
                        for (int i = 0; i < 3; i++)
                        {
                            var xi = LoadAll128(ref x, i);
                            z0 += xi * Load128(ref w, 0);
                            z1 += xi * Load128(ref w, 4);
                            z2 += xi * Load128(ref w, 8);
                            z3 += xi * Load128(ref w, 12);
                            w = ref At(ref w, 48);
                        }

                        Store(z0, ref At(ref z, 32), 0);
                        Store(z1, ref At(ref z, 32), 4);
                        Store(z2, ref At(ref z, 32), 8);
                        Store(z3, ref At(ref z, 32), 12);
                    }
                }

                // z1 = W1·x + b1 of every sample
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void AffineBatch1(ref float p, ref float x, ref float z, int samples)
                {
                    int whole = samples - (samples % 4);
                    for (int j = 0; j < 48; j += 8)
                    {
                        for (int s = 0; s < whole; s += 4)
                        {
                            ref float w = ref At(ref p, j);
                            ref float xs = ref At(ref x, s * 3);
                            ref float zs = ref At(ref z, s * 48 + j);
                            var z0_0 = Load128(ref p, j + 144);
                            var z0_1 = Load128(ref p, j + 148);
                            var z1_0 = Load128(ref p, j + 144);
                            var z1_1 = Load128(ref p, j + 148);
                            var z2_0 = Load128(ref p, j + 144);
                            var z2_1 = Load128(ref p, j + 148);
                            var z3_0 = Load128(ref p, j + 144);
                            var z3_1 = Load128(ref p, j + 148);
                            for (int i = 0; i < 3; i++)
                            {
                                var w0 = Load128(ref w, 0);
                                var w1 = Load128(ref w, 4);
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
                                w = ref At(ref w, 48);
                                xs = ref At(ref xs, 1);
                            }

                            Store(z0_0, ref zs, 0);
                            Store(z0_1, ref zs, 4);
                            Store(z1_0, ref zs, 48);
                            Store(z1_1, ref zs, 52);
                            Store(z2_0, ref zs, 96);
                            Store(z2_1, ref zs, 100);
                            Store(z3_0, ref zs, 144);
                            Store(z3_1, ref zs, 148);
                        }
                    }

                    for (int s = whole; s < samples; s++)
                    {
                        Affine1(ref p, ref At(ref x, s * 3), ref At(ref z, s * 48));
                    }
                }

                // dL/dx = W1ᵀ·delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void InputGradient1(ref float p, ref float delta, ref float dx)
                {
                    ref float w = ref p;
                    var dot0_0 = Broadcast128(0f);
                    var dot0_1 = Broadcast128(0f);
                    var dot0_2 = Broadcast128(0f);
                    var dot0_3 = Broadcast128(0f);
                    var dot1_0 = Broadcast128(0f);
                    var dot1_1 = Broadcast128(0f);
                    var dot1_2 = Broadcast128(0f);
                    var dot1_3 = Broadcast128(0f);
                    var dot2_0 = Broadcast128(0f);
                    var dot2_1 = Broadcast128(0f);
                    var dot2_2 = Broadcast128(0f);
                    var dot2_3 = Broadcast128(0f);
                    for (int j = 0; j < 48; j += 16)
                    {
                        var d0 = Load128(ref delta, j);
                        dot0_0 += Load128(ref w, j) * d0;
                        dot1_0 += Load128(ref w, j + 48) * d0;
                        dot2_0 += Load128(ref w, j + 96) * d0;
                        var d1 = Load128(ref delta, j + 4);
                        dot0_1 += Load128(ref w, j + 4) * d1;
                        dot1_1 += Load128(ref w, j + 4 + 48) * d1;
                        dot2_1 += Load128(ref w, j + 4 + 96) * d1;
                        var d2 = Load128(ref delta, j + 8);
                        dot0_2 += Load128(ref w, j + 8) * d2;
                        dot1_2 += Load128(ref w, j + 8 + 48) * d2;
                        dot2_2 += Load128(ref w, j + 8 + 96) * d2;
                        var d3 = Load128(ref delta, j + 12);
                        dot0_3 += Load128(ref w, j + 12) * d3;
                        dot1_3 += Load128(ref w, j + 12 + 48) * d3;
                        dot2_3 += Load128(ref w, j + 12 + 96) * d3;
                    }

                    Store(Sums((dot0_0 + dot0_2) + (dot0_1 + dot0_3), (dot1_0 + dot1_2) + (dot1_1 + dot1_3), (dot2_0 + dot2_2) + (dot2_1 + dot2_3),
                        Broadcast128(0f)), ref dx, 0);
                }

                // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
                {
                    {
                        ref float gw = ref g;
                        var s0 = Broadcast128(scale) * Load128(ref delta, 0);
                        var s1 = Broadcast128(scale) * Load128(ref delta, 4);
                        var s2 = Broadcast128(scale) * Load128(ref delta, 8);
                        var s3 = Broadcast128(scale) * Load128(ref delta, 12);
                        var s4 = Broadcast128(scale) * Load128(ref delta, 16);
                        var s5 = Broadcast128(scale) * Load128(ref delta, 20);
                        var s6 = Broadcast128(scale) * Load128(ref delta, 24);
                        var s7 = Broadcast128(scale) * Load128(ref delta, 28);
                        for (int i = 0; i < 3; i++)
                        {
                            var x0 = LoadAll128(ref x, i);
                            Store(Load128(ref gw, 0) + (s0 * x0), ref gw, 0);
                            Store(Load128(ref gw, 4) + (s1 * x0), ref gw, 4);
                            Store(Load128(ref gw, 8) + (s2 * x0), ref gw, 8);
                            Store(Load128(ref gw, 12) + (s3 * x0), ref gw, 12);
                            Store(Load128(ref gw, 16) + (s4 * x0), ref gw, 16);
                            Store(Load128(ref gw, 20) + (s5 * x0), ref gw, 20);
                            Store(Load128(ref gw, 24) + (s6 * x0), ref gw, 24);
                            Store(Load128(ref gw, 28) + (s7 * x0), ref gw, 28);
                            gw = ref At(ref gw, 48);
                        }
                    }

                    {
                        ref float gw = ref At(ref g, 32);
                        var s0 = Broadcast128(scale) * Load128(ref delta, 32);
                        var s1 = Broadcast128(scale) * Load128(ref delta, 36);
                        var s2 = Broadcast128(scale) * Load128(ref delta, 40);
                        var s3 = Broadcast128(scale) * Load128(ref delta, 44);
                        for (int i = 0; i < 3; i++)
                        {
                            var x0 = LoadAll128(ref x, i);
                            Store(Load128(ref gw, 0) + (s0 * x0), ref gw, 0);
                            Store(Load128(ref gw, 4) + (s1 * x0), ref gw, 4);
                            Store(Load128(ref gw, 8) + (s2 * x0), ref gw, 8);
                            Store(Load128(ref gw, 12) + (s3 * x0), ref gw, 12);
                            gw = ref At(ref gw, 48);
                        }
                    }

                    ref float gb = ref At(ref g, 144);
                    for (int j = 0; j < 48; j += 4)
                    {
                        Store(Load128(ref gb, j) + Load128(ref delta, j) * Broadcast128(scale), ref gb, j);
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
            internal static global::System.Runtime.Intrinsics.Vector128<float> Broadcast128(float x) => global::System.Runtime.Intrinsics.Vector128.Create(x);

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

            // The sums of the elements of four vectors, each (v0 + v2) + (v1 + v3)
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> Sums(global::System.Runtime.Intrinsics.Vector128<float> a,
                global::System.Runtime.Intrinsics.Vector128<float> b, global::System.Runtime.Intrinsics.Vector128<float> c,
                global::System.Runtime.Intrinsics.Vector128<float> d)
            {
                if (global::System.Runtime.Intrinsics.X86.Sse.IsSupported)
                {
                    var ab = global::System.Runtime.Intrinsics.X86.Sse.UnpackLow(a, b) + global::System.Runtime.Intrinsics.X86.Sse.UnpackHigh(a, b);
                    var cd = global::System.Runtime.Intrinsics.X86.Sse.UnpackLow(c, d) + global::System.Runtime.Intrinsics.X86.Sse.UnpackHigh(c, d);
                    return global::System.Runtime.Intrinsics.X86.Sse.MoveLowToHigh(ab, cd) + global::System.Runtime.Intrinsics.X86.Sse.MoveHighToLow(cd, ab);
                }

                if (global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    var ab = global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipLow(a, b)
                        + global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipHigh(a, b);
                    var cd = global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipLow(c, d)
                        + global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipHigh(c, d);
                    return global::System.Runtime.Intrinsics.Vector128.Create(global::System.Runtime.Intrinsics.Vector128.GetLower(ab),
                        global::System.Runtime.Intrinsics.Vector128.GetLower(cd))
                        + global::System.Runtime.Intrinsics.Vector128.Create(global::System.Runtime.Intrinsics.Vector128.GetUpper(ab),
                        global::System.Runtime.Intrinsics.Vector128.GetUpper(cd));
                }

                return global::System.Runtime.Intrinsics.Vector128.Create((a[0] + a[2]) + (a[1] + a[3]), (b[0] + b[2]) + (b[1] + b[3]), (c[0] + c[2])
                    + (c[1] + c[3]), (d[0] + d[2]) + (d[1] + d[3]));
            }
        }
    }
}
