using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NetGen.Determinism.Floor
{
    /// <summary>
    /// Compares the sample's networks with reference values. They come as lines, a verb and what it needs, because there is nothing here that reads JSON;
    /// <see cref="GoldenNetwork{T}"/> has the verbs, and those of this class are "network", with a name, and "end", with an allowed error and a text.
    /// </summary>
    internal sealed class Golden
    {
        /// <summary>The number of comparisons.</summary>
        public int Count { get; private set; }

        /// <summary>What is wrong in those that failed.</summary>
        public List<string> Complaints { get; } = new List<string>();

        public static IEnumerable<ITrainable<T>> Networks<T>()
            where T : unmanaged => typeof(Golden).Assembly.GetTypes()
            .Where(type => type.Namespace == "NetGen.Sample.Seeds" && typeof(ITrainable<T>).IsAssignableFrom(type))
            .Select(type => (ITrainable<T>)Activator.CreateInstance(type)!);

        public void Check(string file)
        {
            string name = "";
            IGoldenNetwork? network = null;
            foreach (string[] line in File.ReadLines(file).Select(line => line.Split(' ')))
            {
                switch (line[0])
                {
                    case "network":
                        name = line[1];
                        network = Create(name);
                        break;
                    case "end":
                        Count++;
                        double error = network!.TakeError();
                        if (!(error <= Number(line[1])))
                        {
                            Complaints.Add($"{name}: {string.Join(" ", line.Skip(2))}: {error:0.0e+00}, allowed {line[1]}");
                        }

                        break;
                    default:
                        network!.Do(line[0], line.Skip(1).Select(Number).ToArray());
                        break;
                }
            }
        }

        private static IGoldenNetwork Create(string name)
        {
            ITrainable<double>? inDouble = Networks<double>().FirstOrDefault(network => network.GetType().Name == name);
            return inDouble is null
                ? new GoldenNetwork<float>(Networks<float>().Single(network => network.GetType().Name == name), NumberFormats.Single)
                : new GoldenNetwork<double>(inDouble, NumberFormats.Double);
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>A network in either precision.</summary>
    internal interface IGoldenNetwork
    {
        void Do(string verb, double[] numbers);

        /// <summary>The largest error since the last call, each relative to the largest reference value of its tensor.</summary>
        double TakeError();
    }

    /// <summary>Follows the lines about one network.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    internal sealed class GoldenNetwork<T> : IGoldenNetwork
        where T : unmanaged
    {
        private readonly ITrainable<T> _network;
        private readonly NumberFormat<T> _format;
        private readonly ParameterBuffer<T> _gradient;
        private readonly int _width;
        private readonly int _targetWidth;
        private T[] _inputs = Array.Empty<T>();
        private T[] _targets = Array.Empty<T>();
        private IEnumerable<T> _results = Array.Empty<T>();
        private int _updates;
        private double _error;

        public GoldenNetwork(ITrainable<T> network, NumberFormat<T> format)
        {
            _network = network;
            _format = format;
            _gradient = network.CreateGradient();
            _width = network.Parameters.Layout.Layers[0].Inputs;
            _targetWidth = network.Parameters.Layout.Layers[^1].Units;
        }

        public void Do(string verb, double[] numbers)
        {
            switch (verb)
            {
                case "parameters":
                    _network.Parameters.CopyFrom(Convert(numbers));
                    _updates = 0;
                    break;
                case "inputs":
                    _inputs = Convert(numbers);
                    break;
                case "targets":
                    _targets = Convert(numbers);
                    break;
                case "pass":
                    _results = Pass();
                    break;
                case "batch":
                    Train(numbers, BatchUpdate);
                    break;
                case "online":
                    Train(numbers, OnlineUpdate);
                    break;
                case "expect":
                    Compare(numbers);
                    break;
                default:
                    throw new InvalidDataException($"The file of reference values has a line '{verb}', which means nothing.");
            }
        }

        public double TakeError()
        {
            double error = _results.Any() ? throw new InvalidDataException("The file of reference values has too few numbers.") : _error;
            _error = 0;
            return error;
        }

        /// <summary>Outputs, mean loss, its gradient, and the input gradients of the samples' own losses.</summary>
        private List<T> Pass()
        {
            var outputs = new T[_inputs.Length / _width * _targetWidth];
            var inputGradients = new T[_inputs.Length];
            _network.ForwardBatch(_inputs, outputs);
            _gradient.Clear();
            var results = new List<T>(outputs);
            results.Add(_network.BackwardBatch(_inputs, _targets, _gradient, inputGradients));
            results.AddRange(Values(_gradient));
            results.AddRange(inputGradients);
            return results;
        }

        /// <param name="numbers">The learning rate and the number of updates since the initial parameters.</param>
        /// <param name="update">Makes one update.</param>
        private void Train(double[] numbers, Action<double> update)
        {
            for (; _updates < numbers[1]; _updates++)
            {
                update(numbers[0]);
            }

            _results = Values(_network.Parameters);
        }

        private void BatchUpdate(double learningRate)
        {
            _gradient.Clear();
            _network.BackwardBatch(_inputs, _targets, _gradient);
            _network.Parameters.AddScaled(_gradient, -learningRate);
        }

        private void OnlineUpdate(double learningRate)
        {
            int sample = _updates % (_inputs.Length / _width);
            _network.SgdStep(
                _inputs.AsSpan(sample * _width, _width), _targets.AsSpan(sample * _targetWidth, _targetWidth), _format.From(learningRate));
        }

        /// <summary>Compares the next results with the values of a tensor.</summary>
        private void Compare(double[] stored)
        {
            double[] computed = _results.Take(stored.Length).Select(value => System.Convert.ToDouble(value, CultureInfo.InvariantCulture)).ToArray();
            _results = _results.Skip(stored.Length).ToList();
            double difference = computed.Zip(stored, (a, b) => Math.Abs(a - b)).Max();
            double error = computed.Length < stored.Length ? double.NaN : difference == 0 ? 0 : difference / stored.Max(Math.Abs);

            // NaN is larger than any error here, and stays.
            _error = Math.Max(_error, error);
        }

        private T[] Convert(double[] numbers) => Array.ConvertAll(numbers, number => _format.From(number));

        private static T[] Values(ParameterBuffer<T> buffer)
        {
            var values = new T[buffer.Layout.ParameterCount];
            buffer.CopyTo(values);
            return values;
        }
    }
}
