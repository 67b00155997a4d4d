//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                16,
                new global::NetGen.LayerLayout(inputs: 1, units: 1, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4,
                    initialBound: 1.7320508075688772, traceOffset: -1));

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output)
            {
                if (global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    Fused.Lines128.Forward(parameters, input, output);
                    return;
                }

                Lines128.Forward(parameters, input, output);
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
                    Fused.Lines128.Forward(parameters, input, output, trace);
                    return;
                }

                Lines128.Forward(parameters, input, output, trace);
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
                if (global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                {
                    Fused.Lines128.Backward(parameters, input, trace, outputGradient, gradient, inputGradient);
                    return;
                }

                Lines128.Backward(parameters, input, trace, outputGradient, gradient, inputGradient);
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
                static abstract void Affine1(ref float p, ref float x, ref float z);
                static abstract void AffineBatch1(ref float p, ref float x, ref float z, int samples);
                static abstract void InputGradient1(ref float p, ref float delta, ref float dx);
            }

            // One sample with vectors of 128 bits: the values of a layer stay in registers
            internal static class Lines128
            {
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Forward(
                    global::NetGen.ParameterBuffer<float> parameters,
                    global::System.ReadOnlySpan<float> input,
                    global::System.Span<float> output)
                {
                    ref float p = ref parameters.Origin;
                    ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);

                    // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                    var z1 = Load128(ref p, 4);
                    z1 += Broadcast128(x) * Load128(ref p, 0);
                    z1 = KeepFirst(z1, 1);

                    ref float output0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output);
                    output0 = Element(z1, 0);
                }

                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Forward(
                    global::NetGen.ParameterBuffer<float> parameters,
                    global::System.ReadOnlySpan<float> input,
                    global::System.Span<float> output,
                    global::System.Span<float> trace)
                {
                    ref float p = ref parameters.Origin;
                    ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                    ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);

                    // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                    var z1 = Load128(ref p, 4);
                    z1 += Broadcast128(x) * Load128(ref p, 0);
                    z1 = KeepFirst(z1, 1);

                    ref float output0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output);
                    output0 = Element(z1, 0);
                }

                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Backward(
                    global::NetGen.ParameterBuffer<float> parameters,
                    global::System.ReadOnlySpan<float> input,
                    global::System.ReadOnlySpan<float> trace,
                    global::System.ReadOnlySpan<float> outputGradient,
                    global::NetGen.ParameterBuffer<float> gradient,
                    global::System.Span<float> inputGradient)
                {
                    ref float p = ref parameters.Origin;
                    ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                    ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                    ref float g = ref gradient.Origin;

                    // dL/da1
                    ref float outputGradient0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(outputGradient);
                    var da1 = global::System.Runtime.Intrinsics.Vector128.Create(outputGradient0, 0f, 0f, 0f);

                    // Layer 1: delta1 = dL/da1

                    // dL/dx = W1ᵀ·delta1, where it is asked for
                    if (!inputGradient.IsEmpty)
                    {
                        var dot1_0 = Load128(ref p, 0) * da1;
                        var dx = WithoutMinusZero(Sum(dot1_0));
                        ref float inputGradient0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputGradient);
                        inputGradient0 = Element(dx, 0);
                    }

                    // dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                    Store(KeepFirst(Load128(ref g, 0) + (da1 * Broadcast128(x)), 1), ref g, 0);
                    Store(KeepFirst(Load128(ref g, 4) + da1, 1), ref g, 4);
                }
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

                    Store(KeepFirst(z0, 1), ref z, 0);
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

                        Store(KeepFirst(z0_0, 1), ref zs, 0);
                        Store(KeepFirst(z1_0, 1), ref zs, 4);
                        Store(KeepFirst(z2_0, 1), ref zs, 8);
                        Store(KeepFirst(z3_0, 1), ref zs, 12);
                        Store(KeepFirst(z4_0, 1), ref zs, 16);
                        Store(KeepFirst(z5_0, 1), ref zs, 20);
                        Store(KeepFirst(z6_0, 1), ref zs, 24);
                        Store(KeepFirst(z7_0, 1), ref zs, 28);
                    }

                    for (int s = whole; s < samples; s++)
                    {
                        Affine1(ref p, ref At(ref x, s), ref At(ref z, s * 4));
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
            }

            // The same, with every product rounded together with the addition after it
            private static class Fused
            {
                // One sample with vectors of 128 bits: the values of a layer stay in registers
                internal static class Lines128
                {
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    internal static void Forward(
                        global::NetGen.ParameterBuffer<float> parameters,
                        global::System.ReadOnlySpan<float> input,
                        global::System.Span<float> output)
                    {
                        ref float p = ref parameters.Origin;
                        ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);

                        // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                        var z1 = Load128(ref p, 4);
                        z1 = MultiplyAdd(Broadcast128(x), Load128(ref p, 0), z1);
                        z1 = KeepFirst(z1, 1);

                        ref float output0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output);
                        output0 = Element(z1, 0);
                    }

                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    internal static void Forward(
                        global::NetGen.ParameterBuffer<float> parameters,
                        global::System.ReadOnlySpan<float> input,
                        global::System.Span<float> output,
                        global::System.Span<float> trace)
                    {
                        ref float p = ref parameters.Origin;
                        ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                        ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);

                        // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                        var z1 = Load128(ref p, 4);
                        z1 = MultiplyAdd(Broadcast128(x), Load128(ref p, 0), z1);
                        z1 = KeepFirst(z1, 1);

                        ref float output0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output);
                        output0 = Element(z1, 0);
                    }

                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    internal static void Backward(
                        global::NetGen.ParameterBuffer<float> parameters,
                        global::System.ReadOnlySpan<float> input,
                        global::System.ReadOnlySpan<float> trace,
                        global::System.ReadOnlySpan<float> outputGradient,
                        global::NetGen.ParameterBuffer<float> gradient,
                        global::System.Span<float> inputGradient)
                    {
                        ref float p = ref parameters.Origin;
                        ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input);
                        ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                        ref float g = ref gradient.Origin;

                        // dL/da1
                        ref float outputGradient0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(outputGradient);
                        var da1 = global::System.Runtime.Intrinsics.Vector128.Create(outputGradient0, 0f, 0f, 0f);

                        // Layer 1: delta1 = dL/da1

                        // dL/dx = W1ᵀ·delta1, where it is asked for
                        if (!inputGradient.IsEmpty)
                        {
                            var dot1_0 = MultiplyAdd(Load128(ref p, 0), da1, Broadcast128(0f));
                            var dx = Sum(dot1_0);
                            ref float inputGradient0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputGradient);
                            inputGradient0 = Element(dx, 0);
                        }

                        // dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                        Store(KeepFirst(MultiplyAdd(da1, Broadcast128(x), Load128(ref g, 0)), 1), ref g, 0);
                        Store(KeepFirst(Load128(ref g, 4) + da1, 1), ref g, 4);
                    }
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
                        z0 = MultiplyAdd(x0, Load128(ref w, 0), z0);

                        Store(KeepFirst(z0, 1), ref z, 0);
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

                            Store(KeepFirst(z0_0, 1), ref zs, 0);
                            Store(KeepFirst(z1_0, 1), ref zs, 4);
                            Store(KeepFirst(z2_0, 1), ref zs, 8);
                            Store(KeepFirst(z3_0, 1), ref zs, 12);
                            Store(KeepFirst(z4_0, 1), ref zs, 16);
                            Store(KeepFirst(z5_0, 1), ref zs, 20);
                            Store(KeepFirst(z6_0, 1), ref zs, 24);
                            Store(KeepFirst(z7_0, 1), ref zs, 28);
                        }

                        for (int s = whole; s < samples; s++)
                        {
                            Affine1(ref p, ref At(ref x, s), ref At(ref z, s * 4));
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
            internal static global::System.Runtime.Intrinsics.Vector128<float> Broadcast128(float x) => global::System.Runtime.Intrinsics.Vector128.Create(x);

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static float Element(global::System.Runtime.Intrinsics.Vector128<float> v, int i) =>
                global::System.Runtime.Intrinsics.Vector128.GetElement(v, i);

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

            // −0 + 0 is 0, and every other number stays what it is
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static global::System.Runtime.Intrinsics.Vector128<float> WithoutMinusZero(global::System.Runtime.Intrinsics.Vector128<float> v)
            {
                return v + global::System.Runtime.Intrinsics.Vector128<float>.Zero;
            }
        }
    }
}
