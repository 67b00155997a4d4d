using System.Collections.Generic;
using NetGen.TestKit;

namespace NetGen.Package.Tests;

/// <summary>The networks that a release keeps the text of: every form of the code, in both arithmetics and precisions, and every function of the library.</summary>
internal static class ReleaseNetworks
{
    private static readonly Declaration Small = new(2, [new Layer(3, "Tanh"), new Layer(2, "Softmax")], "CategoricalCrossEntropy");
    private static readonly Declaration Classes = new(9, [new Layer(20, "Gelu"), new Layer(5, "Softmax")], "CategoricalCrossEntropy");
    private static readonly Declaration Logits = new(9, [new Layer(20, "Mish"), new Layer(3, "LogSoftmax")], "BinaryCrossEntropyWithLogits", Precision: "Double");
    private static readonly Declaration Numbers = new(3, [new Layer(6, "Elu"), new Layer(3, "Silu")], "Huber", "Sum");

    /// <summary>The kinds of networks for a framework, each with the form that writes it.</summary>
    public static IReadOnlyList<(string Name, Declaration Declaration, Form Form)> Of(string framework) => framework == "net8.0" ? Modern : Floor;

    private static readonly (string Name, Declaration Declaration, Form Form)[] Modern =
    [
        ("Line", Small, Form.Auto),
        ("LineFused", Alone(2, "Softplus") with { Inputs = 3, Precision = "Double", Arithmetic = "Fused" }, Form.Narrow),
        ("Rows512", Classes, Form.Vectors512),
        ("Rows256", Classes with { Precision = "Double" }, Form.Vectors256),
        ("Rows128", Alone(20, "GeluTanh"), Form.Vectors128),
        ("Rows512Fused", Alone(20, "Gelu") with { Arithmetic = "Fused" }, Form.Vectors512),
        ("Rows256Fused", Alone(20, "Mish") with { Precision = "Double", Arithmetic = "Fused" }, Form.Vectors256),
        ("Rows128Fused", Alone(12, "LogSoftmax") with { Arithmetic = "Fused" }, Form.Vectors128),
        ("Looped", Alone(40, "Tanh"), Form.LoopedVectors),
        ("Unrolled", Alone(12, "Elu"), Form.Unrolled256),
        ("Lanes512", Small, Form.Lanes512),
        ("Lanes256", Numbers, Form.Lanes256),
        ("Lanes128", Numbers with { Precision = "Double" }, Form.Lanes128),
        ("Lanes256Fused", Alone(3, "Sigmoid") with { Arithmetic = "Fused", Loss = "BinaryCrossEntropy" }, Form.Lanes256),
        ("Tested", Alone(3, "Silu") with { Precision = "Double", SelfTest = true }, Form.Narrow),
    ];

    private static readonly (string Name, Declaration Declaration, Form Form)[] Floor =
    [
        ("Straight", Small, Form.Scalar),
        ("Unrolled", Alone(12, "Gelu"), Form.Unrolled),
        ("Looped", Classes, Form.Looped),
        ("LoopedDouble", Logits, Form.Looped),
        ("Tested", Alone(3, "Elu") with { SelfTest = true }, Form.Scalar),
    ];

    /// <summary>A layer of nine inputs.</summary>
    private static Declaration Alone(int units, string activation) => new(9, [new Layer(units, activation)], "SquaredError");
}
