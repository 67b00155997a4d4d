//HintName: Demo.SmallNet.g.cs
        private static class Kernels
        {
            internal static readonly global::NetGen.ParameterLayout Layout = new global::NetGen.ParameterLayout(
                16,
                new global::NetGen.LayerLayout(inputs: 1, units: 1, weightOffset: 0, inputStride: 4, unitStride: 1, biasOffset: 4,
                    initialBound: 2.4494897427831779, traceOffset: -1));

            // g += scale · dL/dθ; returns L. With a gradient buffer for g and scale 1 or 1/m this accumulates a gradient; with the
            // parameters themselves and scale −η it is a step of gradient descent: what reads a layer's weights comes before the
            // lines that change them.
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            internal static double Backpropagate(
                global::NetGen.ParameterBuffer<double> parameters,
                global::System.ReadOnlySpan<double> input,
                global::System.ReadOnlySpan<double> target,
                global::NetGen.ParameterBuffer<double> gradient,
                double scale,
                global::System.Span<double> inputGradient)
            {
                // The weight from input i to unit j: W1[4·i + j]
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref parameters.Origin, 16);
                var W1 = p.Slice(0, 4);
                var b1 = p.Slice(4, 4);

                // The same places in the buffer that receives the gradient
                var g = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref gradient.Origin, 16);
                var gW1 = g.Slice(0, 4);
                var gb1 = g.Slice(4, 4);

                // x
                var x = global::NetGen.Runtime.Floor.Elements(input, 1);
                double x0 = x[0];

                // Layer 1, Dense(1, leaky_relu(0.25)): z1 = W1·x + b1
                double z1_0 = b1[0] + x0 * W1[0];

                // y
                var y = global::NetGen.Runtime.Floor.Elements(target, 1);
                double y0 = y[0];

                // a1 = (z1 > 0 ? z1 : 0.25 z1)
                double a1_0 = z1_0 <= 0.0 ? 0.25 * z1_0 : z1_0;

                // L = Σ h(a1 − y), h(e) = |e| ≤ 0.5 ? ½ e² : 0.5 (|e| − ½ 0.5), dL/da1 = min(max(a1 − y, −0.5), 0.5)
                double error1_0 = a1_0 - y0;
                double cost1 = global::System.Math.Abs(error1_0) <= 0.5 ? 0.5 * global::NetGen.Runtime.Strict1.Damp(error1_0, error1_0)
                    : 0.5 * (global::System.Math.Abs(error1_0) - 0.25);
                double loss = cost1;
                double da1_0 = error1_0 <= -0.5 ? -0.5 : (0.5 <= error1_0 ? 0.5 : error1_0);

                // delta1 = dL/da1 ⊙ (a1 > 0 ? 1 : 0.25)
                double delta1_0 = a1_0 <= 0.0 ? da1_0 * 0.25 : (0.0 < a1_0 ? da1_0 : double.NaN);

                // dL/dx = W1ᵀ·delta1, where it is asked for
                if (!inputGradient.IsEmpty)
                {
                    double dx0 = 0.0 + W1[0] * delta1_0;
                    inputGradient[0] = dx0;
                }

                // s1 = scale · delta1; dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                double s1_0 = scale * delta1_0;
                gW1[0] += s1_0 * x0;
                gb1[0] += s1_0;

                return loss;
            }

            // g += dL/dθ for a given dL/da1
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            internal static void Backward(
                global::NetGen.ParameterBuffer<double> parameters,
                global::System.ReadOnlySpan<double> input,
                global::System.ReadOnlySpan<double> trace,
                global::System.ReadOnlySpan<double> outputGradient,
                global::NetGen.ParameterBuffer<double> gradient,
                global::System.Span<double> inputGradient)
            {
                // The weight from input i to unit j: W1[4·i + j]
                var p = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref parameters.Origin, 16);
                var W1 = p.Slice(0, 4);

                // The same places in the buffer that receives the gradient
                var g = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref gradient.Origin, 16);
                var gW1 = g.Slice(0, 4);
                var gb1 = g.Slice(4, 4);

                // x
                var x = global::NetGen.Runtime.Floor.Elements(input, 1);
                double x0 = x[0];

                // What Forward kept
                var kept = global::NetGen.Runtime.Floor.Elements(trace, 4);
                double a1_0 = kept[0];

                // dL/da1
                var da = global::NetGen.Runtime.Floor.Elements(outputGradient, 1);
                double da1_0 = da[0];

                // Layer 1: delta1 = dL/da1 ⊙ (a1 > 0 ? 1 : 0.25)
                double delta1_0 = a1_0 <= 0.0 ? da1_0 * 0.25 : (0.0 < a1_0 ? da1_0 : double.NaN);

                // dL/dx = W1ᵀ·delta1, where it is asked for
                if (!inputGradient.IsEmpty)
                {
                    double dx0 = 0.0 + W1[0] * delta1_0;
                    inputGradient[0] = dx0;
                }

                // dL/dW1 = delta1 ⊗ x, dL/db1 = delta1
                gW1[0] += delta1_0 * x0;
                gb1[0] += delta1_0;
            }
        }
    }
}
