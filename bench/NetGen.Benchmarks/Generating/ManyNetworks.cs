using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;

namespace NetGen.Benchmarks.Generating;

/// <summary>A project in memory: as many networks, each in a file of its own, and as many files without any.</summary>
internal sealed class ManyNetworks
{
    /// <summary>The networks, in turn.</summary>
    private static readonly Declaration[] Declarations =
    [
        new(4, [new Layer(16, "Tanh"), new Layer(3, "Softmax")], "CategoricalCrossEntropy"),
        new(8, [new Layer(32, "Relu"), new Layer(4)], "HalfSquaredError"),
        new(4, [new Layer(64, "Tanh"), new Layer(64, "Tanh"), new Layer(2)]),
        new(2, [new Layer(3, "Sigmoid"), new Layer(2, "Sigmoid")], "HalfSquaredError", Arithmetic: "Fused"),
        new(6, [new Layer(24, "Silu"), new Layer(1, "Sigmoid")], "BinaryCrossEntropy", Precision: "Double"),
    ];

    private const string Method = "int Count(int number) => number + 1;";
    private readonly SyntaxTree[] _trees;

    public ManyNetworks(int count)
    {
        _trees = Enumerable.Range(0, count)
            .SelectMany(index => new[] { NetworkFile(index), OtherFile(index) })
            .ToArray();
    }

    /// <summary>The sizes of the networks, in turn.</summary>
    public static string Shapes => string.Join(", ", Declarations.Select(declaration =>
        string.Join('-', declaration.Layers.Select(layer => layer.Units).Prepend(declaration.Inputs).Select(size => size.ToString(CultureInfo.InvariantCulture)))));

    /// <summary>A compilation that nobody has asked anything yet.</summary>
    public CSharpCompilation Compilation() => Compiled.Compilation("").RemoveAllSyntaxTrees().AddSyntaxTrees(_trees);

    /// <summary>The same after a key was pressed in the body of a method in a file without networks.</summary>
    public CSharpCompilation EditBody(CSharpCompilation compilation, int edit) => Edit(compilation, 1, "number + 1", $"number + {Text(edit)}");

    /// <summary>The same with one more member in a class that is no network.</summary>
    public CSharpCompilation EditMember(CSharpCompilation compilation, int edit) => Edit(compilation, 1, Method, $"{Method} int Member{Text(edit)};");

    /// <summary>The same with another number of units in one network.</summary>
    public CSharpCompilation EditNetwork(CSharpCompilation compilation, int edit) => Edit(compilation, 0, "[Dense(16", $"[Dense({Text(17 + (edit % 8))}");

    /// <summary>Replaces one of the files of a project by an edited one.</summary>
    private CSharpCompilation Edit(CSharpCompilation compilation, int file, string before, string after) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[file], Parse(_trees[file].ToString().Replace(before, after, StringComparison.Ordinal)));

    private static SyntaxTree NetworkFile(int index) => Parse(
        $"using NetGen;\n\nnamespace Game;\n\n{Declarations[index % Declarations.Length].Source($"Brain{Text(index)}")}");

    private static SyntaxTree OtherFile(int index) => Parse(
        $$"""
        using System;

        namespace Game;

        public sealed class Player{{Text(index)}}
        {
            private readonly int[] _scores = new int[10];

            public int Best { get; private set; }

            public void Score(int round, int points)
            {
                _scores[round] += points;
                if (_scores[round] > Best)
                {
                    Best = _scores[round];
                    Console.WriteLine($"Player{{Text(index)}}: {Best}");
                }
            }

            public {{Method}}
        }
        """);

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Compiled.ParseOptions());

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
