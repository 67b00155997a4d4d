using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.Tensors;

namespace NetGen.Tests;

/// <summary>
/// What holds no parameter is zero, and stays zero whatever is written: kernels read whole vectors. Every member that writes into a buffer, with numbers that
/// are none, in every form.
/// </summary>
public sealed class PaddingTests
{
    private static readonly Form[] Floor = [Form.Scalar, Form.Looped];

    private static readonly Form[] Forms = [Form.Auto, Form.Vectors512, Form.Vectors128, Form.LoopedVectors, Form.Unrolled256, Form.Narrow];

    private static readonly float[] Specials = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1];

    /// <summary>Rows by inputs and by units, none of them whole vectors, with and without labels.</summary>
    private static readonly IReadOnlyList<Declaration> Declarations =
    [
        new(4, [new Layer(9, "Tanh"), new Layer(2)], "HalfSquaredError"),
        new(3, [new Layer(5, "Relu"), new Layer(3, "Softmax")], "CategoricalCrossEntropy"),
        new(17, [new Layer(37, "Relu"), new Layer(21, "Tanh", UseBias: false), new Layer(3)], "CategoricalCrossEntropyWithLogits"),
        new(35, [new Layer(3, "Identity"), new Layer(1)], "AbsoluteError"),
    ];

    static PaddingTests()
    {
        Networks.Prepare(Declarations, Floor);
        Networks.Prepare(Declarations.SelectMany(declaration => Arithmetics(declaration, Form.Auto)), Forms);
    }

    public static TheoryData<int, Form> Cases() => TestRows.Of(Declarations.Count, Floor.Concat(Forms));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stays_zero_whatever_is_written(int index, Form form)
    {
        foreach (Declaration declaration in Arithmetics(Declarations[index], form))
        {
            var network = (ITrainable<float>)Networks.Create<float>(declaration, form);
            foreach ((string member, Action<ITrainable<float>, ParameterBuffer<float>, float, float> write) in Members)
            {
                foreach (float first in Specials)
                {
                    foreach (float second in Specials)
                    {
                        network.Initialize(1);
                        ParameterBuffer<float> buffer = network.CreateGradient();
                        write(network, buffer, first, second);
                        Assert.All(
                            network.Parameters.Padding().Concat(buffer.Padding()),
                            value => Assert.True(BitConverter.SingleToInt32Bits(value) == 0, $"{declaration}, {form}: {member} with {first} and {second} leaves {value}"));
                    }
                }
            }
        }
    }

    /// <summary>The members above are those that there are.</summary>
    [Fact]
    public void Every_member_that_writes_is_asked()
    {
        IEnumerable<string> networks = new[] { typeof(INetwork<float>), typeof(ITrainable<float>), typeof(IClassifier<float>) }
            .SelectMany(type => type.GetMethods())
            .Where(method => method.Name is "SgdStep" or "Initialize" || method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ParameterBuffer<float>)))
            .Select(Signature);
        IEnumerable<string> buffers = typeof(ParameterBuffer<float>)
            .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(void) && method.Name != "CopyTo")
            .Select(method => "ParameterBuffer." + Signature(method));
        Assert.Equal(networks.Concat(buffers).Order(StringComparer.Ordinal), Members.Select(member => member.Member).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Member, Action<ITrainable<float>, ParameterBuffer<float>, float, float> Write)> Members =>
    [
        ("Initialize(seed)", (network, _, _, _) => network.Initialize(2)),
        ("Backward(input, trace, outputGradient, gradient)", (network, buffer, x, y) => network.Backward(Inputs(network, x), Trace(network, x), Outputs(network, y), buffer)),
        ("Backward(input, trace, outputGradient, gradient, inputGradient)", (network, buffer, x, y) =>
            network.Backward(Inputs(network, x), Trace(network, x), Outputs(network, y), buffer, Inputs(network, 0))),
        ("Backward(input, target, gradient)", (network, buffer, x, y) => network.Backward(Inputs(network, x), Outputs(network, y), buffer)),
        ("Backward(input, target, gradient, inputGradient)", (network, buffer, x, y) => network.Backward(Inputs(network, x), Outputs(network, y), buffer, Inputs(network, 0))),
        ("Backward(input, label, gradient)", (network, buffer, x, _) => (network as IClassifier<float>)?.Backward(Inputs(network, x), 0, buffer)),
        ("BackwardBatch(inputs, targets, gradient)", (network, buffer, x, y) => network.BackwardBatch(Many(Inputs(network, x)), Many(Outputs(network, y)), buffer)),
        ("BackwardBatch(inputs, targets, gradient, inputGradients)", (network, buffer, x, y) =>
            network.BackwardBatch(Many(Inputs(network, x)), Many(Outputs(network, y)), buffer, Many(Inputs(network, 0)))),
        ("BackwardBatch(inputs, labels, gradient)", (network, buffer, x, _) => (network as IClassifier<float>)?.BackwardBatch(Many(Inputs(network, x)), new int[40], buffer)),
        ("SgdStep(input, target, learningRate)", (network, _, x, rate) => network.SgdStep(Inputs(network, x), Outputs(network, 1), rate)),
        ("SgdStep(input, target, learningRate, inputGradient)", (network, _, x, rate) => network.SgdStep(Inputs(network, x), Outputs(network, 1), rate, Inputs(network, 0))),
        ("SgdStep(input, label, learningRate)", (network, _, x, rate) => (network as IClassifier<float>)?.SgdStep(Inputs(network, x), 0, rate)),
        ("ParameterBuffer.AddScaled(other, factor)", (network, buffer, x, y) =>
        {
            buffer.CopyFrom(Values(network, x));
            network.Parameters.AddScaled(buffer, y);
        }),
        ("ParameterBuffer.Clear()", (network, _, _, _) => network.Parameters.Clear()),
        ("ParameterBuffer.CopyFrom(source)", (network, _, x, _) => network.Parameters.CopyFrom(Values(network, x))),
        ("ParameterBuffer.CopyFrom(source)", (network, buffer, x, _) =>
        {
            buffer.CopyFrom(Values(network, x));
            network.Parameters.CopyFrom(buffer);
        }),
        ("ParameterBuffer.Initialize(seed)", (network, _, _, _) => network.Parameters.Initialize(2)),
    ];

    private static string Signature(MethodInfo method) => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})";

    private static IEnumerable<Declaration> Arithmetics(Declaration declaration, Form form) =>
        Floor.Contains(form) ? [declaration] : [declaration, declaration with { Arithmetic = "Fused" }];

    /// <summary>Ordinary numbers, and a special one at the end.</summary>
    private static float[] With(int length, float special) =>
        [.. To<float>(Random(new Random(length), length - 1)), special];

    private static float[] Inputs(ITrainable<float> network, float special) => With(network.Parameters.Layout.Layers[0].Inputs, special);

    private static float[] Outputs(ITrainable<float> network, float special) => With(network.Parameters.Layout.Layers[^1].Units, special);

    private static float[] Values(ITrainable<float> network, float special) => With(network.Parameters.Layout.ParameterCount, special);

    private static float[] Many(float[] values) => Enumerable.Repeat(values, 40).SelectMany(value => value).ToArray();

    private static float[] Trace(ITrainable<float> network, float special)
    {
        var trace = new float[network.TraceLength];
        network.Forward(Inputs(network, special), Outputs(network, 0), trace);
        return trace;
    }
}
