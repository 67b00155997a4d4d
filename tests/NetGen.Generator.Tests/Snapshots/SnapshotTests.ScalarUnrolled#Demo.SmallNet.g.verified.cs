//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                32,
                new global::NetGen.LayerLayout(inputs: 1, units: 2, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4,
                    initialBound: 2.4494897427831779, traceOffset: 0),
                new global::NetGen.LayerLayout(inputs: 2, units: 1, weightOffset: 16, inputStride: 4, unitStride: 1, biasOffset: 24,
                    initialBound: 1.4142135623730951, traceOffset: -1));

            // A cast rounds every operation to single precision: some runtimes compute in double, and the bits would differ.

            internal static void Forward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.Span<float> output,
                global::System.Span<float> trace)
            {
                var x = global::NetGen.Runtime.Floor.Elements(input, 1);
                Propagate(parameters, x, trace, output);
            }

            // g += dL/dθ for a given dL/da2
            internal static void Backward(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.ReadOnlySpan<float> input,
                global::System.ReadOnlySpan<float> trace,
                global::System.ReadOnlySpan<float> outputGradient,
                global::NetGen.ParameterBuffer<float> gradient,
                global::System.Span<float> inputGradient)
            {
                var x = global::NetGen.Runtime.Floor.Elements(input, 1);
                var kept = global::NetGen.Runtime.Floor.Elements(trace, 4);
                var da2 = global::NetGen.Runtime.Floor.Elements(outputGradient, 1);

                // Layer 2: delta2 = dL/da2
                BackwardLayers(parameters, x, kept, da2, gradient, 1f, inputGradient);
            }

            // All layers up to z2, the last one without its activation; the trace receives what Backward needs.
            private static void Propagate(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.Span<float> x,
                global::System.Span<float> trace,
                global::System.Span<float> z2)
            {
                // Layer 1, Dense(2, relu): z1 = W1·x + b1, a1 = max(z1, 0)
                var a1 = trace.Slice(0, 2);
                Affine1(parameters, x, a1);
                for (int j = 0; j < 2; j++)
                {
                    a1[j] = a1[j] <= 0f ? 0f : a1[j];
                }

                // Layer 2, Dense(1, identity): z2 = W2·a1 + b2
                Affine2(parameters, a1, z2);
            }

            // g += scale · dL/dθ for a given delta2. Each layer's input gradient comes before its parameters change, so that g
            // may be the parameters themselves.
            private static void BackwardLayers(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.Span<float> x,
                global::System.Span<float> trace,
                global::System.Span<float> delta2,
                global::NetGen.ParameterBuffer<float> gradient,
                float scale,
                global::System.Span<float> inputGradient)
            {
                // dL/da1 = W2ᵀ·delta2, dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2, delta1 = dL/da1 ⊙ [a1 > 0]
                var a1 = trace.Slice(0, 2);
                global::System.Span<float> delta1 = stackalloc float[2];
                InputGradient2(parameters, delta2, delta1);
                ParameterGradient2(gradient, a1, delta2, scale);
                for (int j = 0; j < 2; j++)
                {
                    delta1[j] = a1[j] <= 0f ? 0f : (0f < a1[j] ? delta1[j] : float.NaN);
                }

                // dL/dx = W1ᵀ·delta1 where it is asked for, dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                if (!inputGradient.IsEmpty)
                {
                    InputGradient1(parameters, delta1, inputGradient);
                }

                ParameterGradient1(gradient, x, delta1, scale);
            }

            // z1 = W1·x + b1. The weight from input i to unit j is W1[4·i + j].
            private static void Affine1(global::NetGen.ParameterBuffer<float> parameters, global::System.Span<float> x, global::System.Span<float> z)
            {
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref parameters.Origin, 32);
                var W1 = p.Slice(0, 4);
                var b1 = p.Slice(4, 4);
                x = x.Slice(0, 1);
                z = z.Slice(0, 2);
                float z_0 = (float)(b1[0] + (float)(x[0] * W1[0]));
                float z_1 = (float)(b1[1] + (float)(x[0] * W1[1]));
                z[0] = z_0; z[1] = z_1;
            }

            // dL/dx = W1ᵀ·delta1
            private static void InputGradient1(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.Span<float> delta,
                global::System.Span<float> dx)
            {
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref parameters.Origin, 32);
                var W1 = p.Slice(0, 4);
                delta = delta.Slice(0, 2);
                dx = dx.Slice(0, 1);
                float dx_0 = (float)((float)(0f + (float)(W1[0] * delta[0])) + (float)(W1[1] * delta[1]));
                dx[0] = dx_0;
            }

            // g += scale · dL/dθ: dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
            private static void ParameterGradient1(
                global::NetGen.ParameterBuffer<float> gradient,
                global::System.Span<float> x,
                global::System.Span<float> delta,
                float scale)
            {
                var g = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref gradient.Origin, 32);
                var gW1 = g.Slice(0, 4);
                var gb1 = g.Slice(4, 4);
                x = x.Slice(0, 1);
                delta = delta.Slice(0, 2);
                float s0 = (float)(scale * delta[0]);
                float s1 = (float)(scale * delta[1]);
                gW1[0] = (float)(gW1[0] + (float)(s0 * x[0])); gW1[1] = (float)(gW1[1] + (float)(s1 * x[0]));
                gb1[0] = (float)(gb1[0] + s0); gb1[1] = (float)(gb1[1] + s1);
            }

            // z2 = W2·a1 + b2. The weight from input i to unit j is W2[4·i + j].
            private static void Affine2(global::NetGen.ParameterBuffer<float> parameters, global::System.Span<float> x, global::System.Span<float> z)
            {
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref parameters.Origin, 32);
                var W2 = p.Slice(16, 8);
                var b2 = p.Slice(24, 4);
                x = x.Slice(0, 2);
                z = z.Slice(0, 1);
                float z_0 = (float)((float)(b2[0] + (float)(x[0] * W2[0])) + (float)(x[1] * W2[4]));
                z[0] = z_0;
            }

            // dL/da1 = W2ᵀ·delta2
            private static void InputGradient2(
                global::NetGen.ParameterBuffer<float> parameters,
                global::System.Span<float> delta,
                global::System.Span<float> dx)
            {
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref parameters.Origin, 32);
                var W2 = p.Slice(16, 8);
                delta = delta.Slice(0, 1);
                dx = dx.Slice(0, 2);
                float dx_0 = (float)(0f + (float)(W2[0] * delta[0]));
                float dx_1 = (float)(0f + (float)(W2[4] * delta[0]));
                dx[0] = dx_0; dx[1] = dx_1;
            }

            // g += scale · dL/dθ: dL/dW2 = delta2 ⊗ a1, dL/db2 = delta2
            private static void ParameterGradient2(
                global::NetGen.ParameterBuffer<float> gradient,
                global::System.Span<float> x,
                global::System.Span<float> delta,
                float scale)
            {
                var g = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref gradient.Origin, 32);
                var gW2 = g.Slice(16, 8);
                var gb2 = g.Slice(24, 4);
                x = x.Slice(0, 2);
                delta = delta.Slice(0, 1);
                float s0 = (float)(scale * delta[0]);
                gW2[0] = (float)(gW2[0] + (float)(s0 * x[0]));
                gW2[4] = (float)(gW2[4] + (float)(s0 * x[1]));
                gb2[0] = (float)(gb2[0] + s0);
            }
        }
    }
}
