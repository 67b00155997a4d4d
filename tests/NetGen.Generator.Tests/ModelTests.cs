using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Models are equal exactly when declarations mean the same, and then their hashes are too.</summary>
[Trait("Category", "Quick")]
public sealed class ModelTests
{
    private const string Source = """
        using NetGen;
        namespace Demo;
        public partial class Outer
        {
            [Network(4, Loss = Loss.Huber, Delta = 0.5)]
            [Dense(16, Activation.Elu, Alpha = 0.25)]
            [LayerNorm]
            [Dense(3)]
            public sealed partial class Net { }
        }
        """;

    /// <summary>Other words for the same network.</summary>
    public static TheoryData<string, string> Synonyms => new()
    {
        { "namespace Demo;", "namespace Demo; // a comment" },
        { "[Network(4, Loss = Loss.Huber, Delta = 0.5)]", "[NetGen.NetworkAttribute(inputs: 2 + 2, Delta = 1.0 / 2, Loss = (Loss)6)]" },
        { "Loss = Loss.Huber", "Loss.Huber" },
        { "4, Loss = Loss.Huber", "loss: (Loss)6, inputs: 4" },
        { "Loss = Loss.Huber", "Loss.SquaredError, Loss = Loss.Huber" },
        { "Loss.Huber, Delta", "Loss.Huber, Precision = Precision.Single, Arithmetic = Arithmetic.Strict, Unroll = Unroll.Auto, Reduction = Reduction.Mean, Delta" },
        { "[Dense(3)]", "[Dense(3, Activation.Identity, UseBias = true)]" },
        { "[LayerNorm]", "[NetGen.LayerNormAttribute(activation: 0, Epsilon = 1e-5, UseWeight = true, UseBias = true, Frozen = false)]" },
        { "public sealed partial class Net { }", "internal partial class Net { private int _x; }" },
        { "public partial class Outer", "partial class Outer" },
    };

    /// <summary>A change, and the path at which the models differ.</summary>
    public static TheoryData<string, string, string> Changes => new()
    {
        { "namespace Demo;", "namespace Demo2;", ".Type.Namespace: Demo and Demo2" },
        { "partial class Outer", "partial struct Outer", ".Type.ContainingTypes[0]: partial class Outer and partial struct Outer" },
        { "partial class Net", "partial class Net2", ".Type.Name: Net and Net2" },
        { "[Network(4", "[Network(5", ".Graph.Nodes[0].Layer.Values: 4 and 5" },
        { "[Dense(16", "[Dense(17", ".Graph.Nodes[1].Layer.Units: 16 and 17" },
        { "Activation.Elu", "Activation.LeakyRelu", ".Graph.Nodes[1].Layer.Activation: Elu and LeakyRelu" },
        { "Alpha = 0.25", "Alpha = 0.5", ".Graph.Nodes[1].Layer.Alpha: 0.25 and 0.5" },
        { ", Alpha = 0.25", "", ".Graph.Nodes[1].Layer.Alpha: 0.25 and null" },
        { "[Dense(3)]", "[Dense(3, UseBias = false)]", ".Graph.Nodes[3].Layer.UseBias: True and False" },
        { "[Dense(3)]", "[Dense(3)] [Dense(1)]", ".Graph.Nodes: 4 and 5 items" },
        { "[LayerNorm]", "[LayerNorm(Epsilon = 1e-6)]", ".Graph.Nodes[2].Layer.Epsilon: 1E-05 and 1E-06" },
        { "[LayerNorm]", "[LayerNorm(Frozen = true)]", ".Graph.Nodes[2].IsFrozen: False and True" },
        { "[LayerNorm]", "[LayerNorm(UseWeight = false)]", ".Graph.Nodes[2].Layer.UseWeight: True and False" },
        { "[LayerNorm]", "[LayerNorm(UseBias = false)]", ".Graph.Nodes[2].Layer.UseBias: True and False" },
        { "Loss = Loss.Huber, Delta = 0.5", "Loss = Loss.SquaredError", ".Graph.Outputs[0].Loss.Name: Huber and SquaredError" },
        { "Delta = 0.5", "Delta = 0.75", ".Graph.Outputs[0].Loss.Delta: 0.5 and 0.75" },
        { ", Delta = 0.5", ", Delta = 0.5, Reduction = Reduction.Sum", ".Graph.Outputs[0].Loss.SumOutputs: False and True" },
        { ", Delta = 0.5", ", Delta = 0.5, Precision = Precision.Double", ".Number: Single and Double" },
        { ", Delta = 0.5", ", Delta = 0.5, Arithmetic = Arithmetic.Fused", ".IsFused: False and True" },
        { ", Delta = 0.5", ", Delta = 0.5, Unroll = Unroll.Never", ".Unrolling: Auto and Never" },
        { ", Delta = 0.5", ", Delta = 0.5, SelfTest = true", ".SelfTest: False and True" },
        { ", Delta = 0.5", ", Delta = 0.5, BatchTerms = true", ".BatchTerms: False and True" },
    };

    /// <summary>What no declaration of today changes by itself: <c>GraphTests</c> has the paths of graphs.</summary>
    private static readonly string[] Elsewhere =
    [
        ".Graph.Nodes[].Layer.Experts", ".Graph.Nodes[].Layer.Group", ".Graph.Nodes[].Layer.IsShared", ".Graph.Nodes[].Layer.Initial", ".Graph.Nodes[].Layer.InitialValue", ".Graph.Nodes[].Layer.Parts", ".Graph.Nodes[].Layer.Clip", ".Graph.Nodes[].Layer.Start", ".Type.HintName", ".Graph.Nodes[].Name", ".Graph.Nodes[].Inputs[]", ".Graph.Nodes[].SharesWith",
        ".Graph.Outputs", ".Graph.Outputs[].Name", ".Graph.Outputs[].Node", ".Graph.Outputs[].Loss.Weight", ".Graph.Outputs[].Loss.LabelSmoothing",
    ];

    [Theory]
    [MemberData(nameof(Synonyms))]
    public void Equal_declarations_have_equal_models(string before, string after)
    {
        NetworkSpec x = Spec(Source);
        NetworkSpec y = Spec(Replace(before, after));
        Assert.NotSame(x, y);
        Assert.Null(ObjectGraph.FirstDifference(x, y));
        Assert.Equal(x, y);
        Assert.Equal(x.GetHashCode(), y.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Different_declarations_have_different_models(string before, string after, string path)
    {
        NetworkSpec x = Spec(Source);
        NetworkSpec y = Spec(Replace(before, after));
        Assert.Equal(path, ObjectGraph.FirstDifference(x, y));
        Assert.NotEqual(x, y);
        Assert.NotEqual(x.GetHashCode(), y.GetHashCode());
    }

    /// <summary>Nothing in a model escapes the comparison: every property, however deep, was different in some row above.</summary>
    [Fact]
    public void Every_property_is_compared()
    {
        string[] compared = Changes.Select(row => (string)row[2]).Select(path => path[..path.IndexOf(':')]).Select(Generalized).ToArray();
        string[] properties = Properties(typeof(NetworkSpec), "").Where(path => !path.StartsWith(".Target", StringComparison.Ordinal) && !Elsewhere.Contains(path)).ToArray();
        Assert.Equal(properties.Distinct().Order(StringComparer.Ordinal), compared.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Wherever the project turns the clearing of the stack off.</summary>
    [Theory]
    [InlineData("public sealed partial class Net", "[System.Runtime.CompilerServices.SkipLocalsInit] public sealed partial class Net")]
    [InlineData("public partial class Outer", "[System.Runtime.CompilerServices.SkipLocalsInit] public partial class Outer")]
    [InlineData("namespace Demo", "[module: System.Runtime.CompilerServices.SkipLocalsInit] namespace Demo")]
    public void A_stack_that_is_not_cleared_is_noticed(string before, string after)
    {
        Assert.False(Spec(Source).Target.MustClear);
        Assert.True(Spec(Replace(before, after)).Target.MustClear);
    }

    [Fact]
    public void Targets_differ_by_each_of_their_properties()
    {
        object[] arguments = typeof(TargetSpec).GetConstructors().Single().GetParameters().Select(parameter => Default(parameter.ParameterType)).ToArray();
        var target = (TargetSpec)Activator.CreateInstance(typeof(TargetSpec), arguments)!;
        for (int index = 0; index < arguments.Length; index++)
        {
            object[] changed = [.. arguments];
            changed[index] = Other(changed[index]);
            var other = (TargetSpec)Activator.CreateInstance(typeof(TargetSpec), changed)!;
            Assert.NotEqual(target, other);
            Assert.NotEqual(target.GetHashCode(), other.GetHashCode());
            Assert.NotNull(ObjectGraph.FirstDifference(target, other));
        }
    }

    /// <summary>Also those of kinds that no attribute declares yet.</summary>
    [Fact]
    public void Layers_differ_by_each_of_their_properties()
    {
        Type[] kinds = typeof(LayerSpec).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerSpec)) && !type.IsAbstract).ToArray();
        Assert.Contains(typeof(LayerNorm), kinds);
        foreach (ConstructorInfo constructor in kinds.Select(kind => kind.GetConstructors().Single()))
        {
            object[] arguments = constructor.GetParameters().Select(parameter => Default(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType)).ToArray();
            object layer = constructor.Invoke(arguments);
            for (int index = 0; index < arguments.Length; index++)
            {
                object[] changed = [.. arguments];
                changed[index] = Other(changed[index]);
                object other = constructor.Invoke(changed);
                Assert.NotEqual(layer, other);
                Assert.NotEqual(layer.GetHashCode(), other.GetHashCode());
            }
        }
    }

    [Fact]
    public void The_file_name_is_part_of_the_model()
    {
        NetworkSpec spec = Spec(Source);
        Assert.Equal("Demo.Outer.Net.g.cs", spec.Type.HintName);
        Assert.NotEqual(spec, spec with { Type = spec.Type with { HintName = "Other.g.cs" } });
    }

    [Fact]
    public void Arrays_compare_their_items_in_order()
    {
        EquatableArray<string> array = new(["a", "b"]);
        Assert.Equal(array, new EquatableArray<string>(["a", "b"]));
        Assert.Equal(array.GetHashCode(), new EquatableArray<string>(["a", "b"]).GetHashCode());
        Assert.NotEqual(array, new EquatableArray<string>(["b", "a"]));
        Assert.NotEqual(array.GetHashCode(), new EquatableArray<string>(["b", "a"]).GetHashCode());
        Assert.NotEqual(array, new EquatableArray<string>(["a"]));
        Assert.Equal(default, new EquatableArray<string>([]));
        Assert.Equal(default(EquatableArray<string>).GetHashCode(), new EquatableArray<string>([]).GetHashCode());
    }

    private static string Replace(string before, string after)
    {
        Assert.Contains(before, Source);
        return Source.Replace(before, after, StringComparison.Ordinal);
    }

    private static NetworkSpec Spec(string source)
    {
        var compilation = Compiled.Compilation(source);
        INamedTypeSymbol type = compilation.GetSymbolsWithName(name => name.StartsWith("Net", StringComparison.Ordinal), SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        NetworkVerdict verdict = Verdict.Of(DeclarationParser.Read(type, compilation, default));
        Assert.Equal(0, verdict.Errors);
        return verdict.Spec!;
    }

    /// <summary>The paths to all leaves below a type; an array stands for its items and for their number.</summary>
    private static IEnumerable<string> Properties(Type type, string path)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            Type item = type.GetGenericArguments()[0];
            return ObjectGraph.IsLeaf(item) ? [$"{path}[]"] : Properties(item, $"{path}[]").Prepend(path);
        }

        if (type.IsAbstract)
        {
            return type.Assembly.GetTypes().Where(kind => kind.BaseType == type).SelectMany(kind => Properties(kind, path));
        }

        return ObjectGraph.IsLeaf(Nullable.GetUnderlyingType(type) ?? type)
            ? [path]
            : type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
                .SelectMany(parameter => Properties(parameter.ParameterType, $"{path}.{parameter.Name}"));
    }

    private static string Generalized(string path) => Regex.Replace(path, "[0-9]+(?=])", "");

    private static object Default(Type type) => type == typeof(string) ? "" : Activator.CreateInstance(type)!;

    private static object Other(object value) => value switch
    {
        bool flag => !flag,
        string text => text + "x",
        Enum => Enum.ToObject(value.GetType(), 1),
        double => 1.0,
        _ => 1,
    };
}
