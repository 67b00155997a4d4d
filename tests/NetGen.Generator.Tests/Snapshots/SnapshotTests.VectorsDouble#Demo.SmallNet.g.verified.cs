//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                16,
                new global::NetGen.LayerLayout(inputs: 1, units: 1, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4,
                    initialBound: 1.7320508075688772, traceOffset: -1));

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<double> parameters,
                global::System.ReadOnlySpan<double> input,
                global::System.Span<double> output)
            {
                Lines128.Forward(parameters, input, output);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<double> parameters,
                global::System.ReadOnlySpan<double> input,
                global::System.Span<double> output,
                global::System.Span<double> trace)
            {
                Lines128.Forward(parameters, input, output, trace);
            }

            // g += dL/dθ for a given dL/da1
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Backward(
                global::NetGen.ParameterBuffer<double> parameters,
                global::System.ReadOnlySpan<double> input,
                global::System.ReadOnlySpan<double> trace,
                global::System.ReadOnlySpan<double> outputGradient,
                global::NetGen.ParameterBuffer<double> gradient,
                global::System.Span<double> inputGradient)
            {
                Lines128.Backward(parameters, input, trace, outputGradient, gradient, inputGradient);
            }

            // The outputs of m samples
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void ForwardBatch(
                global::NetGen.ParameterBuffer<double> parameters,
                global::System.ReadOnlySpan<double> inputs,
                global::System.Span<double> outputs,
                int m)
            {
                ForwardBatch<Vectors128>(parameters, inputs, outputs, m);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void ForwardBatch<K>(
                global::NetGen.ParameterBuffer<double> parameters,
                global::System.ReadOnlySpan<double> inputs,
                global::System.Span<double> outputs,
                int m) where K : struct, IVectors
            {
                // Samples for which there is memory: what has a constant size is cleared several times as fast
                int rows = m <= 8 ? 8 : m <= 16 ? 16 : 32;
                ref double p = ref parameters.Origin;
                global::System.Span<double> scratch = rows == 8 ? stackalloc double[48] : rows == 16 ? stackalloc double[80] : stackalloc double[144];
                ref double z1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                for (int first = 0; first < m; first += global::System.Math.Min(m - first, 32))
                {
                    int samples = global::System.Math.Min(m - first, 32);
                    ref double x = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs), first);

                    // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                    K.AffineBatch1(ref p, ref x, ref z1, samples);

                    for (int s = 0; s < samples; s++)
                    {
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref At(ref z1, s * 4), 1).CopyTo(outputs.Slice(first + s, 1));
                    }
                }
            }

            // What the passes ask of the kernels of each vector width
            internal interface IVectors
            {
                static abstract void Affine1(ref double p, ref double x, ref double z);
                static abstract void AffineBatch1(ref double p, ref double x, ref double z, int samples);
                static abstract void InputGradient1(ref double p, ref double delta, ref double dx);
            }

            // One sample with vectors of 128 bits: the values of a layer stay in registers
            internal static class Lines128
            {
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Forward(
                    global::NetGen.ParameterBuffer<double> parameters,
                    global::System.ReadOnlySpan<double> input,
                    global::System.Span<double> output)
                {
                    ref double p = ref parameters.Origin;
                    ref double x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);

                    // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                    var z1_0 = Load128(ref p, 4);
                    var z1_1 = Load128(ref p, 6);
                    z1_0 += Broadcast128(x) * Load128(ref p, 0);
                    z1_1 += Broadcast128(x) * Load128(ref p, 2);
                    z1_0 = KeepFirst(z1_0, 1);
                    z1_1 = KeepFirst(z1_1, 0);

                    ref double output0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output);
                    output0 = Element(z1_0, 0);
                }

                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Forward(
                    global::NetGen.ParameterBuffer<double> parameters,
                    global::System.ReadOnlySpan<double> input,
                    global::System.Span<double> output,
                    global::System.Span<double> trace)
                {
                    ref double p = ref parameters.Origin;
                    ref double x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                    ref double t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);

                    // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                    var z1_0 = Load128(ref p, 4);
                    var z1_1 = Load128(ref p, 6);
                    z1_0 += Broadcast128(x) * Load128(ref p, 0);
                    z1_1 += Broadcast128(x) * Load128(ref p, 2);
                    z1_0 = KeepFirst(z1_0, 1);
                    z1_1 = KeepFirst(z1_1, 0);

                    ref double output0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output);
                    output0 = Element(z1_0, 0);
                }

                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Backward(
                    global::NetGen.ParameterBuffer<double> parameters,
                    global::System.ReadOnlySpan<double> input,
                    global::System.ReadOnlySpan<double> trace,
                    global::System.ReadOnlySpan<double> outputGradient,
                    global::NetGen.ParameterBuffer<double> gradient,
                    global::System.Span<double> inputGradient)
                {
                    ref double p = ref parameters.Origin;
                    ref double x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                    ref double t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                    ref double g = ref gradient.Origin;

                    // dL/da1
                    ref double outputGradient0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(outputGradient);
                    var da1_0 = global::System.Runtime.Intrinsics.Vector128.Create(outputGradient0, 0.0);
                    var da1_1 = global::System.Runtime.Intrinsics.Vector128.Create(0.0, 0.0);

                    // Layer 1: delta1 = dL/da1

                    // dL/dx = W1ᵀ·delta1, where it is asked for
                    if (!inputGradient.IsEmpty)
                    {
                        var dot1_0_0 = Load128(ref p, 0) * da1_0;
                        var dot1_0_1 = Load128(ref p, 2) * da1_1;
                        var dx_0 = WithoutMinusZero(Sums(dot1_0_0 + dot1_0_1, Broadcast128(0.0)));
                        var dx_1 = Broadcast128(0.0);
                        ref double inputGradient0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputGradient);
                        inputGradient0 = Element(dx_0, 0);
                    }

                    // dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                    Store(KeepFirst(Load128(ref g, 0) + (da1_0 * Broadcast128(x)), 1), ref g, 0);
                    Store(KeepFirst(Load128(ref g, 2) + (da1_1 * Broadcast128(x)), 0), ref g, 2);
                    Store(KeepFirst(Load128(ref g, 4) + da1_0, 1), ref g, 4);
                    Store(KeepFirst(Load128(ref g, 6) + da1_1, 0), ref g, 6);
                }
            }

            // The kernels with vectors of 128 bits
            internal readonly struct Vectors128 : IVectors
            {
                // z1 = W1·x + b1. The weight from input i to unit j is W1[4·i + j].
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Affine1(ref double p, ref double x, ref double z)
                {
                    {
                        ref double w = ref p;
                        var z0 = Load128(ref p, 4);
                        var x0 = LoadAll128(ref x, 0);
                        z0 += x0 * Load128(ref w, 0);

                        Store(KeepFirst(z0, 1), ref z, 0);
                    }

                    {
                        ref double w = ref At(ref p, 2);
                        var z0 = Load128(ref p, 6);
                        var x0 = LoadAll128(ref x, 0);
                        z0 += x0 * Load128(ref w, 0);

                        Store(KeepFirst(z0, 0), ref At(ref z, 2), 0);
                    }
                }

                // z1 = W1·x + b1 of every sample
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void AffineBatch1(ref double p, ref double x, ref double z, int samples)
                {
                    int whole = samples - (samples % 4);

                    {
                        for (int s = 0; s < whole; s += 4)
                        {
                            ref double w = ref p;
                            ref double xs = ref At(ref x, s);
                            ref double zs = ref At(ref z, s * 4);
                            var z0_0 = Load128(ref p, 4);
                            var z1_0 = Load128(ref p, 4);
                            var z2_0 = Load128(ref p, 4);
                            var z3_0 = Load128(ref p, 4);
                            var w0 = Load128(ref w, 0);
                            var x0 = LoadAll128(ref xs, 0);
                            z0_0 += x0 * w0;
                            var x1 = LoadAll128(ref xs, 1);
                            z1_0 += x1 * w0;
                            var x2 = LoadAll128(ref xs, 2);
                            z2_0 += x2 * w0;
                            var x3 = LoadAll128(ref xs, 3);
                            z3_0 += x3 * w0;

                            Store(KeepFirst(z0_0, 1), ref zs, 0);
                            Store(KeepFirst(z1_0, 1), ref zs, 4);
                            Store(KeepFirst(z2_0, 1), ref zs, 8);
                            Store(KeepFirst(z3_0, 1), ref zs, 12);
                        }
                    }

                    {
                        for (int s = 0; s < whole; s += 4)
                        {
                            ref double w = ref At(ref p, 2);
                            ref double xs = ref At(ref x, s);
                            ref double zs = ref At(ref z, s * 4 + 2);
                            var z0_0 = Load128(ref p, 6);
                            var z1_0 = Load128(ref p, 6);
                            var z2_0 = Load128(ref p, 6);
                            var z3_0 = Load128(ref p, 6);
                            var w0 = Load128(ref w, 0);
                            var x0 = LoadAll128(ref xs, 0);
                            z0_0 += x0 * w0;
                            var x1 = LoadAll128(ref xs, 1);
                            z1_0 += x1 * w0;
                            var x2 = LoadAll128(ref xs, 2);
                            z2_0 += x2 * w0;
                            var x3 = LoadAll128(ref xs, 3);
                            z3_0 += x3 * w0;

                            Store(KeepFirst(z0_0, 0), ref zs, 0);
                            Store(KeepFirst(z1_0, 0), ref zs, 4);
                            Store(KeepFirst(z2_0, 0), ref zs, 8);
                            Store(KeepFirst(z3_0, 0), ref zs, 12);
                        }
                    }

                    for (int s = whole; s < samples; s++)
                    {
                        Affine1(ref p, ref At(ref x, s), ref At(ref z, s * 4));
                    }
                }

                // dL/dx = W1ᵀ·delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void InputGradient1(ref double p, ref double delta, ref double dx)
                {
                    ref double w = ref p;
                    var dot0_0 = Broadcast128(0.0);
                    var dot0_1 = Broadcast128(0.0);
                    var d0 = Load128(ref delta, 0);
                    dot0_0 += Load128(ref w, 0) * d0;
                    var d1 = Load128(ref delta, 2);
                    dot0_1 += Load128(ref w, 2) * d1;
                    Store(Sums(dot0_0 + dot0_1, Broadcast128(0.0)), ref dx, 0);
                }
            }

            // The first place from x on that starts a cache line
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static ref double Align(ref double x)
            {
                nint address =
                    global::System.Runtime.CompilerServices.Unsafe.ByteOffset(ref global::System.Runtime.CompilerServices.Unsafe.NullRef<double>(), ref x);
                return ref global::System.Runtime.CompilerServices.Unsafe.AddByteOffset(ref x, -address & 63);
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static ref double At(ref double x, int i) => ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<double> Broadcast128(double x) => global::System.Runtime.Intrinsics.Vector128.Create(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static double Element(global::System.Runtime.Intrinsics.Vector128<double> v, int i) =>
                global::System.Runtime.Intrinsics.Vector128.GetElement(v, i);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<double> KeepFirst(global::System.Runtime.Intrinsics.Vector128<double> v, int n) =>
                global::System.Runtime.Intrinsics.Vector128.ConditionalSelect(global::System.Runtime.Intrinsics.Vector128.LessThan(
                global::System.Runtime.Intrinsics.Vector128.Create(0.0, 1.0), global::System.Runtime.Intrinsics.Vector128.Create((double)n)), v,
                global::System.Runtime.Intrinsics.Vector128<double>.Zero);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<double> Load128(ref double x, int i) =>
                global::System.Runtime.CompilerServices.Unsafe.As<double,
                global::System.Runtime.Intrinsics.Vector128<double>>(ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i));

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<double> LoadAll128(ref double x, int i) =>
                global::System.Runtime.Intrinsics.Vector128.Create(global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i));

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Store(global::System.Runtime.Intrinsics.Vector128<double> v, ref double x, int i) =>
                global::System.Runtime.CompilerServices.Unsafe.As<double,
                global::System.Runtime.Intrinsics.Vector128<double>>(ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, i)) = v;

            // The sums of the elements of two vectors, each v0 + v1
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<double> Sums(global::System.Runtime.Intrinsics.Vector128<double> a,
                global::System.Runtime.Intrinsics.Vector128<double> b)
            {
                if (global::System.Runtime.Intrinsics.X86.Sse2.IsSupported)
                {
                    return global::System.Runtime.Intrinsics.X86.Sse2.UnpackLow(a, b) + global::System.Runtime.Intrinsics.X86.Sse2.UnpackHigh(a, b);
                }

                if (global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    return global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipLow(a, b) + global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.ZipHigh(a, b);
                }

                return global::System.Runtime.Intrinsics.Vector128.Create(a[0] + a[1], b[0] + b[1]);
            }

            // −0 + 0 is 0, and every other number stays what it is
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<double> WithoutMinusZero(global::System.Runtime.Intrinsics.Vector128<double> v)
            {
                return v + global::System.Runtime.Intrinsics.Vector128<double>.Zero;
            }
        }
    }
}
