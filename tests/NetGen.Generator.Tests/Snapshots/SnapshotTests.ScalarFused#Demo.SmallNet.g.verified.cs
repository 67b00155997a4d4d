//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            // Known when the method is compiled: the branch that asks for it costs nothing.
            private static bool HasFusedMultiplyAdd => global::System.Runtime.Intrinsics.X86.Fma.IsSupported || global::System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output)
            {
                if (HasFusedMultiplyAdd)
                {
                    Fused.Forward(parameters, input, output);
                    return;
                }

                // The weight from input i to unit j: W1[4·i + j], W2[4·i + j]
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref parameters.Origin, 32);
                var W1 = p.Slice(0, 4);
                var b1 = p.Slice(4, 4);
                var W2 = p.Slice(16, 8);
                var b2 = p.Slice(24, 4);

                // x
                float x0 = input[0];

                // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                float z1_0 = b1[0] + x0 * W1[0];
                float z1_1 = b1[1] + x0 * W1[1];
                float a1_0 = z1_0 <= 0f ? 0f : z1_0;
                float a1_1 = z1_1 <= 0f ? 0f : z1_1;

                // Layer 2, Dense(1, identity): z2 = W2·a1 + b2, a2 = z2
                float z2_0 = b2[0] + a1_0 * W2[0] + a1_1 * W2[4];

                output[0] = z2_0;
            }

            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            internal static void Forward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output,
                global::System.Span<float> trace)
            {
                if (HasFusedMultiplyAdd)
                {
                    Fused.Forward(parameters, input, output, trace);
                    return;
                }

                // The weight from input i to unit j: W1[4·i + j], W2[4·i + j]
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref parameters.Origin, 32);
                var W1 = p.Slice(0, 4);
                var b1 = p.Slice(4, 4);
                var W2 = p.Slice(16, 8);
                var b2 = p.Slice(24, 4);

                // x
                float x0 = input[0];

                // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                float z1_0 = b1[0] + x0 * W1[0];
                float z1_1 = b1[1] + x0 * W1[1];
                float a1_0 = z1_0 <= 0f ? 0f : z1_0;
                float a1_1 = z1_1 <= 0f ? 0f : z1_1;
                trace[0] = a1_0;
                trace[1] = a1_1;

                // Layer 2, Dense(1, identity): z2 = W2·a1 + b2, a2 = z2
                float z2_0 = b2[0] + a1_0 * W2[0] + a1_1 * W2[4];

                output[0] = z2_0;
            }

            // g += dL/dθ for a given dL/da2
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            internal static void Backward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.ReadOnlySpan<float> trace,
                global::System.ReadOnlySpan<float> outputGradient,
                global::NetGen.ParameterBuffer<float> gradient,
                global::System.Span<float> inputGradient)
            {
                if (HasFusedMultiplyAdd)
                {
                    Fused.Backward(parameters, input, trace, outputGradient, gradient, inputGradient);
                    return;
                }

                // The weight from input i to unit j: W1[4·i + j], W2[4·i + j]
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref parameters.Origin, 32);
                var W1 = p.Slice(0, 4);
                var W2 = p.Slice(16, 8);

                // The same places in the buffer that receives the gradient
                var g = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref gradient.Origin, 32);
                var gW1 = g.Slice(0, 4);
                var gb1 = g.Slice(4, 4);
                var gW2 = g.Slice(16, 8);
                var gb2 = g.Slice(24, 4);

                // x
                float x0 = input[0];
                float a1_0 = trace[0];
                float a1_1 = trace[1];

                // dL/da2
                float da2_0 = outputGradient[0];

                // Layer 2: delta2 = dL/da2
                float delta2_0 = da2_0;

                // dL/da1 = W2ᵀ·delta2
                float da1_0 = 0f + W2[0] * delta2_0;
                float da1_1 = 0f + W2[4] * delta2_0;

                // dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
                gW2[0] += delta2_0 * a1_0;
                gW2[4] += delta2_0 * a1_1;
                gb2[0] += delta2_0;

                // Layer 1: delta1 = dL/da1 ⊙ [a1 > 0]
                float delta1_0 = a1_0 <= 0f ? 0f : da1_0;
                float delta1_1 = a1_1 <= 0f ? 0f : da1_1;

                // dL/dx = W1ᵀ·delta1, where it is asked for
                if (!inputGradient.IsEmpty)
                {
                    float dx0 = 0f + W1[0] * delta1_0 + W1[1] * delta1_1;
                    inputGradient[0] = dx0;
                }

                // dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                gW1[0] += delta1_0 * x0; gW1[1] += delta1_1 * x0;
                gb1[0] += delta1_0; gb1[1] += delta1_1;
            }

            // The same, with every product rounded together with the addition after it
            private static class Fused
            {
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Forward(
                    global::NetGen.ParameterBuffer<float> parameters,
                    global::System.ReadOnlySpan<float> input,
                    global::System.Span<float> output)
                {
                    // The weight from input i to unit j: W1[4·i + j], W2[4·i + j]
                    var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref parameters.Origin, 32);
                    var W1 = p.Slice(0, 4);
                    var b1 = p.Slice(4, 4);
                    var W2 = p.Slice(16, 8);
                    var b2 = p.Slice(24, 4);

                    // x
                    float x0 = input[0];

                    // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                    float z1_0 = global::System.MathF.FusedMultiplyAdd(x0, W1[0], b1[0]);
                    float z1_1 = global::System.MathF.FusedMultiplyAdd(x0, W1[1], b1[1]);
                    float a1_0 = z1_0 <= 0f ? 0f : z1_0;
                    float a1_1 = z1_1 <= 0f ? 0f : z1_1;

                    // Layer 2, Dense(1, identity): z2 = W2·a1 + b2, a2 = z2
                    float z2_0 = global::System.MathF.FusedMultiplyAdd(a1_1, W2[4], global::System.MathF.FusedMultiplyAdd(a1_0, W2[0], b2[0]));

                    output[0] = z2_0;
                }

                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Forward(
                    global::NetGen.ParameterBuffer<float> parameters,
                    global::System.ReadOnlySpan<float> input,
                    global::System.Span<float> output,
                    global::System.Span<float> trace)
                {
                    // The weight from input i to unit j: W1[4·i + j], W2[4·i + j]
                    var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref parameters.Origin, 32);
                    var W1 = p.Slice(0, 4);
                    var b1 = p.Slice(4, 4);
                    var W2 = p.Slice(16, 8);
                    var b2 = p.Slice(24, 4);

                    // x
                    float x0 = input[0];

                    // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                    float z1_0 = global::System.MathF.FusedMultiplyAdd(x0, W1[0], b1[0]);
                    float z1_1 = global::System.MathF.FusedMultiplyAdd(x0, W1[1], b1[1]);
                    float a1_0 = z1_0 <= 0f ? 0f : z1_0;
                    float a1_1 = z1_1 <= 0f ? 0f : z1_1;
                    trace[0] = a1_0;
                    trace[1] = a1_1;

                    // Layer 2, Dense(1, identity): z2 = W2·a1 + b2, a2 = z2
                    float z2_0 = global::System.MathF.FusedMultiplyAdd(a1_1, W2[4], global::System.MathF.FusedMultiplyAdd(a1_0, W2[0], b2[0]));

                    output[0] = z2_0;
                }

                // g += dL/dθ for a given dL/da2
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                internal static void Backward(
                    global::NetGen.ParameterBuffer<float> parameters,
                    global::System.ReadOnlySpan<float> input,
                    global::System.ReadOnlySpan<float> trace,
                    global::System.ReadOnlySpan<float> outputGradient,
                    global::NetGen.ParameterBuffer<float> gradient,
                    global::System.Span<float> inputGradient)
                {
                    // The weight from input i to unit j: W1[4·i + j], W2[4·i + j]
                    var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref parameters.Origin, 32);
                    var W1 = p.Slice(0, 4);
                    var W2 = p.Slice(16, 8);

                    // The same places in the buffer that receives the gradient
                    var g = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref gradient.Origin, 32);
                    var gW1 = g.Slice(0, 4);
                    var gb1 = g.Slice(4, 4);
                    var gW2 = g.Slice(16, 8);
                    var gb2 = g.Slice(24, 4);

                    // x
                    float x0 = input[0];
                    float a1_0 = trace[0];
                    float a1_1 = trace[1];

                    // dL/da2
                    float da2_0 = outputGradient[0];

                    // Layer 2: delta2 = dL/da2
                    float delta2_0 = da2_0;

                    // dL/da1 = W2ᵀ·delta2
                    float da1_0 = global::System.MathF.FusedMultiplyAdd(W2[0], delta2_0, 0f);
                    float da1_1 = global::System.MathF.FusedMultiplyAdd(W2[4], delta2_0, 0f);

                    // dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
                    gW2[0] = global::System.MathF.FusedMultiplyAdd(delta2_0, a1_0, gW2[0]);
                    gW2[4] = global::System.MathF.FusedMultiplyAdd(delta2_0, a1_1, gW2[4]);
                    gb2[0] += delta2_0;

                    // Layer 1: delta1 = dL/da1 ⊙ [a1 > 0]
                    float delta1_0 = a1_0 <= 0f ? 0f : da1_0;
                    float delta1_1 = a1_1 <= 0f ? 0f : da1_1;

                    // dL/dx = W1ᵀ·delta1, where it is asked for
                    if (!inputGradient.IsEmpty)
                    {
                        float dx0 = global::System.MathF.FusedMultiplyAdd(W1[0], delta1_0, 0f) + W1[1] * delta1_1;
                        inputGradient[0] = dx0;
                    }

                    // dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                    gW1[0] = global::System.MathF.FusedMultiplyAdd(delta1_0, x0, gW1[0]); gW1[1] = global::System.MathF.FusedMultiplyAdd(delta1_1, x0, gW1[1]);
                    gb1[0] += delta1_0; gb1[1] += delta1_1;
                }
            }
        }
    }
}
