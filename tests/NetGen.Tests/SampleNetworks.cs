using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>A few networks that between them use every path of the emitter.</summary>
internal static class SampleNetworks
{
    /// <summary>One straight line.</summary>
    public static readonly Declaration Tiny = new(2, [new Layer(3, "Sigmoid"), new Layer(2, "Sigmoid")], "HalfSquaredError");

    /// <summary>One straight line with class labels.</summary>
    public static readonly Declaration Iris = new(4, [new Layer(16, "Tanh"), new Layer(3, "Softmax")], "CategoricalCrossEntropy");

    /// <summary>Layers of their own, unrolled and looped.</summary>
    public static readonly Declaration Deep =
        new(8, [new Layer(30, "Relu"), new Layer(33, "Softmax"), new Layer(5, "Softmax")], "CategoricalCrossEntropy");

    /// <summary>A single looped layer without activation.</summary>
    public static readonly Declaration Linear = new(20, [new Layer(17)], "SquaredError");

    /// <summary>A single unit.</summary>
    public static readonly Declaration Single = new(1, [new Layer(1, "Sigmoid", UseBias: false)], "BinaryCrossEntropy");

    /// <summary>Weight rows that are moved apart.</summary>
    public static readonly Declaration Wide = new(3, [new Layer(256, "Relu"), new Layer(2)], "SquaredError");

    public static IReadOnlyList<Declaration> All { get; } = [Tiny, Iris, Deep, Linear, Single, Wide];

    public static TheoryData<int> Indices { get; } = [0, 1, 2, 3, 4, 5];

    /// <summary>Compiles the networks of one precision in every form, each form at once.</summary>
    public static void PrepareForms(string precision) => Networks.Prepare(All.Select(declaration => declaration with { Precision = precision }), Enum.GetValues<Form>());

    /// <summary>A network with initial parameters.</summary>
    public static ITrainable<float> Create(int index)
    {
        var network = (ITrainable<float>)Networks.Create<float>(All[index]);
        network.Initialize(7);
        return network;
    }
}
