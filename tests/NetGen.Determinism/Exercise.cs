using System;

namespace NetGen.Determinism
{
    /// <summary>Uses a network in every way and hashes what comes out.</summary>
    internal sealed class Exercise<T>
        where T : unmanaged
    {
        private const int Samples = 24;
        private const int Steps = 100;

        private static readonly double[] Special =
        {
            0.0, -0.0, 1e-45, -1e-42, 1e-38, 1, -1, 3, -3, 6, 20, -20, 88, -88, 104, -104, 1e4, -1e4, 1e30, -1e30,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN,
        };

        private readonly ITrainable<T> _network;
        private readonly NumberFormat<T> _format;
        private readonly BitHash _hash = new BitHash();
        private readonly int _inputs;
        private readonly int _outputs;

        public Exercise(ITrainable<T> network, NumberFormat<T> format)
        {
            _network = network;
            _format = format;
            ParameterLayout layout = network.Parameters.Layout;
            _inputs = layout.InputCount;
            _outputs = layout.OutputCount;
        }

        /// <summary>Outputs, losses, gradients and input gradients for ordinary and special inputs, and parameters after training.</summary>
        public ulong Run(ulong seed)
        {
            var numbers = new Numbers(seed);
            _network.Initialize(seed);
            Add(_network.Parameters.AsSpan());

            T[] x = Array.ConvertAll(numbers.Next(Samples * _inputs), Number);

            // Targets that suit every loss: between 0 and 1.
            T[] y = Array.ConvertAll(numbers.Next(Samples * _outputs), value => Number(Math.Abs(value) / 2));
            Pass(x, y);
            if (_network is IWeightedTrainable<T> weighted)
            {
                PassWithTerms(weighted, x, y, numbers);
            }

            foreach (double special in Special)
            {
                T[] odd = Array.ConvertAll(numbers.Next(_inputs), Number);
                odd[(int)(numbers.Bits() % (ulong)_inputs)] = Number(special);
                Pass(odd, y.AsSpan(0, _outputs));
            }

            for (int step = 0; step < Steps; step++)
            {
                int s = step % Samples;
                Add(_network.SgdStep(x.AsSpan(s * _inputs, _inputs), y.AsSpan(s * _outputs, _outputs), Number(0.03125)));
            }

            Add(_network.Parameters.AsSpan());
            Pass(x, y);
            return _hash.Value;
        }

        private void Pass(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        {
            int m = x.Length / _inputs;
            var a = new T[m * _outputs];
            var dx = new T[x.Length];
            ParameterBuffer<T> gradient = _network.CreateGradient();
            _network.ForwardBatch(x, a);
            Add(a);
            Add(_network.BackwardBatch(x, y, gradient, dx));
            Add(dx);
            Add(gradient.AsSpan());

            var trace = new T[_network.TraceLength];
            gradient.Clear();
            for (int s = 0; s < m; s++)
            {
                _network.Forward(x.Slice(s * _inputs, _inputs), a.AsSpan(0, _outputs), trace);
                _network.Backward(x.Slice(s * _inputs, _inputs), trace, y.Slice(s * _outputs, _outputs), gradient, dx.AsSpan(0, _inputs));
                Add(dx.AsSpan(0, _inputs));
            }

            Add(gradient.AsSpan());
        }

        /// <summary>A batch with weights of both signs, in which every third class is not allowed.</summary>
        private void PassWithTerms(IWeightedTrainable<T> weighted, T[] x, T[] y, Numbers numbers)
        {
            T[] weights = Array.ConvertAll(numbers.Next(Samples), Number);
            var allowed = new bool[y.Length];
            T[] targets = (T[])y.Clone();
            for (int index = 0; index < y.Length; index++)
            {
                allowed[index] = index % 3 > 0 || weighted.LossOf(index % _outputs) != Loss.CategoricalCrossEntropyWithLogits;
                targets[index] = allowed[index] ? y[index] : Number(0);
            }

            ParameterBuffer<T> gradient = weighted.CreateGradient();
            var dx = new T[x.Length];
            Add(weighted.BackwardBatch(x, targets, gradient, dx, new BatchTerms<T>(weights, allowed)));
            Add(dx);
            Add(gradient.AsSpan());
        }

        private T Number(double value) => _format.From(value);

        private void Add(Span<T> values) => _hash.Add(values, _format);

        private void Add(T value) => _hash.Add(_format.Bits(value));
    }
}
