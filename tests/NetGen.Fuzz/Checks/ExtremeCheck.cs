using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NetGen.TestKit;
using static NetGen.TestKit.Tensors;

namespace NetGen.Fuzz.Checks;

/// <summary>Puts one number that is subnormal, infinite or none into what a network is given, and looks at what must hold all the same.</summary>
internal static class ExtremeCheck
{
    /// <summary>Numbers that are put somewhere for each network.</summary>
    private const int Tries = 4;

    /// <summary>More parameters are not looked at: it would take longer than the rest.</summary>
    private const int MostParameters = 20_000;

    /// <summary>Activations that are constant over an interval, where a target that is no number does not reach the gradient.</summary>
    private static readonly string[] Constant = ["Relu", "Relu6", "HardTanh", "HardSigmoid", "LeakyRelu", "Elu"];

    private static readonly string[] Places = ["an input", "a weight", "a target", "the rate", "an output gradient"];

    /// <summary>What does not hold: padding stays zero, NaN reaches the loss and the gradient, a strict batch of one sample has the bits of the sample.</summary>
    public static IEnumerable<string> Problems<T>(AnyNetwork<T> network, Declaration declaration, int seed, (double[] Parameters, double[] Input, double[] Target) data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (declaration.ParameterCount > MostParameters)
        {
            return [];
        }

        var random = new Random(seed);
        T[] numbers = [T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon * T.CreateChecked(1000)];
        return Enumerable.Range(0, Tries).SelectMany(_ =>
        {
            T number = numbers[random.Next(numbers.Length)];
            string place = Places[random.Next(Places.Length)];
            return Try(network, declaration, random, data, number, place).Select(problem => $"{declaration}: {number} as {place}: {problem}").Distinct();
        }).ToList();
    }

    private static List<string> Try<T>(
        AnyNetwork<T> network, Declaration declaration, Random random, (double[] Parameters, double[] Input, double[] Target) data, T number, string place)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] parameters = To<T>(data.Parameters);
        T[] input = To<T>(data.Input);
        T[] target = To<T>(data.Target);
        T[] outputGradient = Enumerable.Repeat(T.One, declaration.Outputs).ToArray();
        T rate = place == "the rate" ? number : T.One / T.CreateChecked(64);
        T[] given = place switch { "an input" => input, "a weight" => parameters, "a target" => target, _ => outputGradient };
        if (place != "the rate")
        {
            given[random.Next(given.Length)] = number;
        }

        var problems = new List<string>();
        bool[] isUsed = Used(network.Parameters.Layout);
        void LookAt(ParameterBuffer<T> buffer, string member)
        {
            T[] elements = buffer.AsSpan().ToArray();
            if (elements.Where((element, index) => !isUsed[index] && element != T.Zero).Any())
            {
                problems.Add($"padding is not zero after {member}");
            }
        }

        network.Parameters.CopyFrom(parameters);
        ParameterBuffer<T> gradient = network.CreateGradient();
        T[] output = new T[declaration.Outputs];
        T[] outputs = new T[declaration.Outputs];
        network.Forward(input, output, new T[network.TraceLength]);
        network.ForwardBatch(input, outputs);
        Compare(output, outputs, "outputs");
        var trace = new T[network.TraceLength];
        network.Forward(input, output, trace);
        network.Backward(input, trace, outputGradient, gradient);
        LookAt(gradient, "Backward of an output gradient");
        network.Parameters.AddScaled(gradient, double.CreateChecked(rate));
        LookAt(network.Parameters, "AddScaled");
        if (declaration.Loss == "None")
        {
            return problems;
        }

        network.Parameters.CopyFrom(parameters);
        gradient.Clear();
        T loss = network.Backward(input, target, gradient);
        LookAt(gradient, "Backward");
        if (T.IsNaN(number) && Reaches(declaration, place) && (!T.IsNaN(loss) || !gradient.Canonical().Any(T.IsNaN)))
        {
            problems.Add($"the loss is {loss} and {gradient.Canonical().Count(T.IsNaN)} elements of the gradient are NaN");
        }

        ParameterBuffer<T> batch = network.CreateGradient();
        T mean = network.BackwardBatch(input, target, batch);
        LookAt(batch, "BackwardBatch");
        Compare([loss], [mean], "losses");
        Compare(gradient.Canonical(), batch.Canonical(), "gradients");
        network.SgdStep(input, target, rate);
        LookAt(network.Parameters, "SgdStep");
        return problems;

        void Compare(T[] sample, T[] one, string what)
        {
            if (declaration.Arithmetic == "Strict" && !sample.SequenceEqual(one))
            {
                problems.Add($"the {what} of a sample and of a batch of it differ");
            }
        }
    }

    private static bool Reaches(Declaration declaration, string place) =>
        place is "an input" or "a weight" || (place == "a target" && !Constant.Contains(declaration.Layers[^1].Activation));

    /// <summary>For each element of a buffer whether it is a parameter.</summary>
    private static bool[] Used(ParameterLayout layout)
    {
        var isUsed = new bool[layout.Length];
        foreach (LayerLayout layer in layout.Layers)
        {
            for (int unit = 0; unit < layer.Units; unit++)
            {
                for (int input = 0; input < layer.Inputs; input++)
                {
                    isUsed[layer.WeightElement(unit, input)] = true;
                }

                if (layer.HasBias)
                {
                    isUsed[layer.BiasElement(unit)] = true;
                }
            }
        }

        return isUsed;
    }
}
