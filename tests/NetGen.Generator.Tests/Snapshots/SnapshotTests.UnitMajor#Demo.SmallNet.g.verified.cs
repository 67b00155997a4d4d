//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                16,
                new global::NetGen.LayerLayout(inputs: 8, units: 1, weightOffset: 0, inputStride: 1, unitStride: 8, biasOffset: 8,
                    initialBound: 0.81649658092772603, traceOffset: -1));

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
                global::System.Span<float> scratch = stackalloc float[20];
                ref float t = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float z1 = ref t;
                Propagate<K>(ref p, ref x, ref t, ref z1);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z1, 1).CopyTo(output);
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
                ref float z1 = ref Align(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
                ref float t = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(trace);
                Propagate<K>(ref p, ref x, ref t, ref z1);
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z1, 1).CopyTo(output);
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
                outputGradient.CopyTo(global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref delta1, 1));

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
                    ref float x = ref At(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs), first * 8);

                    // Layer 1, Dense(1, identity): z1 = W1·x + b1, a1 = z1
                    K.AffineBatch1(ref p, ref x, ref z1, samples);

                    for (int s = 0; s < samples; s++)
                    {
                        global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref At(ref z1, s * 4), 1).CopyTo(outputs.Slice(first + s, 1));
                    }
                }
            }

            // All layers up to z1, the last one without its activation; the trace receives what Backward needs.
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            private static void Propagate<K>(ref float p, ref float x, ref float t, ref float z1) where K : struct, IVectors
            {
                // Layer 1, Dense(1, identity): z1 = W1·x + b1
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
                    global::System.Span<float> dx = stackalloc float[8];
                    K.InputGradient1(ref p, ref delta1, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(dx));
                    dx.Slice(0, 8).CopyTo(inputGradient);
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
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Affine1(ref float p, ref float x, ref float z)
                {
                    ref float w = ref p;
                    var dot0_0 = Broadcast128(0f);
                    var dot0_1 = Broadcast128(0f);
                    var x0 = Load128(ref x, 0);
                    dot0_0 += Load128(ref w, 0) * x0;
                    var x4 = Load128(ref x, 4);
                    dot0_1 += Load128(ref w, 4) * x4;
                    Store(Load128(ref p, 8) + Sum(dot0_0 + dot0_1), ref z, 0);
                }

                // z1 = W1·x + b1 of every sample
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void AffineBatch1(ref float p, ref float x, ref float z, int samples)
                {
                    ref float w = ref p;
                    var w0_0 = Load128(ref w, 0);
                    var w0_1 = Load128(ref w, 4);
                    for (int s = 0; s < samples; s += 1)
                    {
                        ref float xs = ref At(ref x, s * 8);
                        ref float zs = ref At(ref z, s * 4);
                        var dot0_0 = Broadcast128(0f);
                        var dot0_1 = Broadcast128(0f);
                        var x0 = Load128(ref xs, 0);
                        dot0_0 += w0_0 * x0;
                        var x4 = Load128(ref xs, 4);
                        dot0_1 += w0_1 * x4;
                        Store(Load128(ref p, 8) + Sum(dot0_0 + dot0_1), ref zs, 0);
                    }
                }

                // dL/dx = W1ᵀ·delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void InputGradient1(ref float p, ref float delta, ref float dx)
                {
                    ref float w = ref p;
                    var d0 = LoadAll128(ref delta, 0);
                    for (int j = 0; j < 8; j += 4)
                    {
                        var sum = Broadcast128(0f);
                        sum += d0 * Load128(ref w, j);
                        Store(sum, ref dx, j);
                    }
                }

                // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void ParameterGradient1(ref float x, ref float delta, ref float g, float scale)
                {
                    ref float gw = ref g;
                    var s0 = Broadcast128(scale * delta);
                    for (int j = 0; j < 8; j += 4)
                    {
                        var x0 = Load128(ref x, j);
                        Store(Load128(ref gw, j) + (s0 * x0), ref gw, j);
                    }

                    ref float gb = ref At(ref g, 8);
                    Store(KeepFirst(Load128(ref gb, 0) + Load128(ref delta, 0) * Broadcast128(scale), 1), ref gb, 0);
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
        }
    }
}
