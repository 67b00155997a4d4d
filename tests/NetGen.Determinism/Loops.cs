using System;

namespace NetGen.Determinism
{
    /// <summary>A network of dense layers as one writes it by hand: loops over jagged arrays, functions of the platform.</summary>
    internal sealed class Loops
    {
        private readonly Func<float, float>[] _activations;
        private readonly Func<float, float>[] _derivatives;
        private readonly float[][][] _weights;
        private readonly float[][] _biases;
        private readonly float[][] _outputs;
        private readonly float[][] _deltas;

        /// <summary>Copies a network; the derivatives are functions of the output.</summary>
        public Loops(ParameterBuffer<float> parameters, Func<float, float>[] activations, Func<float, float>[] derivatives)
        {
            _activations = activations;
            _derivatives = derivatives;
            int layers = activations.Length;
            _weights = new float[layers][][];
            _biases = new float[layers][];
            _outputs = new float[layers][];
            _deltas = new float[layers][];
            for (int l = 0; l < layers; l++)
            {
                LayerLayout layout = parameters.Layout.Layers[l];
                _weights[l] = new float[layout.Units][];
                _biases[l] = new float[layout.Units];
                _outputs[l] = new float[layout.Units];
                _deltas[l] = new float[layout.Units];
                for (int unit = 0; unit < layout.Units; unit++)
                {
                    _weights[l][unit] = new float[layout.Inputs];
                    _biases[l][unit] = parameters.Bias(l, unit);
                    for (int i = 0; i < layout.Inputs; i++)
                    {
                        _weights[l][unit][i] = parameters.Weight(l, unit, i);
                    }
                }
            }
        }

        public float[] Forward(float[] input)
        {
            for (int l = 0; l < _weights.Length; l++)
            {
                float[] outputs = _outputs[l];
                for (int unit = 0; unit < outputs.Length; unit++)
                {
                    float[] row = _weights[l][unit];
                    float sum = _biases[l][unit];
                    for (int i = 0; i < row.Length; i++)
                    {
                        sum += row[i] * input[i];
                    }

                    outputs[unit] = _activations[l](sum);
                }

                input = outputs;
            }

            return input;
        }

        /// <summary>One step of gradient descent for half the squared error.</summary>
        public float SgdStep(float[] input, float[] target, float learningRate)
        {
            float[] outputs = Forward(input);
            int last = _weights.Length - 1;
            float loss = 0;
            for (int unit = 0; unit < outputs.Length; unit++)
            {
                float error = outputs[unit] - target[unit];
                loss += 0.5f * error * error;
                _deltas[last][unit] = error * _derivatives[last](outputs[unit]);
            }

            for (int l = last; l >= 0; l--)
            {
                float[] x = l == 0 ? input : _outputs[l - 1];
                if (l > 0)
                {
                    for (int i = 0; i < x.Length; i++)
                    {
                        float sum = 0;
                        for (int unit = 0; unit < _deltas[l].Length; unit++)
                        {
                            sum += _weights[l][unit][i] * _deltas[l][unit];
                        }

                        _deltas[l - 1][i] = sum * _derivatives[l - 1](x[i]);
                    }
                }

                for (int unit = 0; unit < _deltas[l].Length; unit++)
                {
                    float step = learningRate * _deltas[l][unit];
                    float[] row = _weights[l][unit];
                    for (int i = 0; i < x.Length; i++)
                    {
                        row[i] -= step * x[i];
                    }

                    _biases[l][unit] -= step;
                }
            }

            return loss;
        }
    }
}
