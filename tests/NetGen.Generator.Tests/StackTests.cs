using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The stack memory that the documentation of a network states, held against the text of the network.</summary>
public sealed class StackTests
{
    /// <summary>Bytes that the statement may have to spare, whatever the size: for alignment and for sums that wait.</summary>
    private const int Fixed = 1200;

    public static TheoryData<string> Networks => new()
    {
        { "[Network(2, Loss = Loss.HalfSquaredError)] [Dense(3, Activation.Sigmoid)] [Dense(2, Activation.Sigmoid)]" },
        { "[Network(4, Loss = Loss.CategoricalCrossEntropy)] [Dense(16, Activation.Tanh)] [Dense(3, Activation.Softmax)]" },
        { "[Network(64, Loss = Loss.CategoricalCrossEntropyWithLogits)] [Dense(64, Activation.Gelu)] [Dense(64, Activation.Softmax)] [Dense(10)]" },
        { "[Network(13, Loss = Loss.SquaredError, Precision = Precision.Double)] [Dense(65, Activation.LogSoftmax)] [Dense(5, Activation.Softmax)]" },
        { "[Network(1001)] [Dense(3, Activation.Silu)]" },
        { "[Network(16001, Loss = Loss.Huber)] [Dense(7, Activation.Mish)]" },
        { "[Network(100, Loss = Loss.CategoricalCrossEntropy)] [Dense(1000, Activation.Softmax)]" },
        { "[Network(64, Loss = Loss.BinaryCrossEntropy, Unroll = Unroll.Full)] [Dense(40, Activation.Relu)] [Dense(9, Activation.Sigmoid)]" },
        { "[Network(64, Loss = Loss.HalfSquaredError, Arithmetic = Arithmetic.Fused)] [Dense(64, Activation.Tanh)] [Dense(100, Activation.Relu)] [Dense(10)]" },
        { "[Network(21, Loss = Loss.AbsoluteError, Unroll = Unroll.Never)] [Dense(2, Activation.Relu)] [Dense(9, Activation.Sigmoid)]" },
        { "[Network(2, Loss = Loss.HalfSquaredError)] [Dense(64, Activation.Relu)] [Dense(64, Activation.Tanh)]" },
        { "[Network(61, Loss = Loss.CategoricalCrossEntropyWithLogits, Precision = Precision.Double, Arithmetic = Arithmetic.Fused)] [Dense(63, Activation.LeakyRelu)]" },
        { "[Network(4, Loss = Loss.CategoricalCrossEntropy)] [Dense(30, Activation.Softmax)]" },
        { "[Network(3)] [Head(\"A\", Loss.HalfSquaredError)] [Dense(3000)] [Head(\"B\")] [Dense(2000)]" },
        { "[Network(1, Loss = Loss.CategoricalCrossEntropy)] [Dense(31, Activation.Softmax)] [Dense(7, Activation.Softmax)]" },
    };

    /// <summary>Never less than what a call takes, and not much more, so that a limit means something.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Is_what_a_call_takes_at_most(string attributes)
    {
        foreach (Form form in new[] { Form.Auto, Form.Scalar })
        {
            Compiled compiled = Compiled.From($"using NetGen; {attributes} sealed partial class Net {{ }}", form, onlyCode: true);
            Match stated = Stated(compiled);
            Dictionary<bool, long> taken = Taken(compiled);
            long sample = Number(stated.Groups[1]);
            long batch = Number(stated.Groups[2]);
            Assert.InRange(sample, taken[false], (2 * taken[false]) + Fixed);
            Assert.InRange(Math.Max(sample, batch), taken[true], (2.2 * Math.Max(taken[false], taken[true])) + Fixed);
            Assert.InRange(taken[true], 0, 256 * 1024);
        }
    }

    /// <summary>The number that the documentation states is the limit at which a declaration still holds; the message about the next lower one says it.</summary>
    [Theory]
    [InlineData(Form.Auto)]
    [InlineData(Form.Scalar)]
    public void Is_what_a_limit_is_compared_with(Form form)
    {
        Compiled WithLimit(long bytes) => Compiled.From(
            $"using NetGen; [Network(8, MaxStackBytes = {bytes})] [Dense(64, Activation.Tanh)] [Dense(64)] sealed partial class Net {{ }}", form);
        Match stated = Stated(WithLimit(256 * 1024));
        long most = Math.Max(Number(stated.Groups[1]), Number(stated.Groups[2]));
        Assert.Single(WithLimit(most).Files);
        Compiled tooLow = WithLimit(most - 1);
        Assert.Equal(
            $"'Net' has {most} bytes of stack memory per call, and MaxStackBytes allows {most - 1}; make the network smaller or the limit larger",
            Assert.Single(tooLow.Findings()).GetMessage());
    }

    /// <summary>Memory for lanes is stated only where there are any: 64 outputs without a function take no more than 65.</summary>
    [Fact]
    public void Has_no_lanes_that_are_not_there()
    {
        long Batch(int units) => Number(Stated(Compiled.From(
            $"using NetGen; [Network(64, Loss = Loss.HalfSquaredError)] [Dense(64, Activation.Relu)] [Dense({units})] sealed partial class Net {{ }}")).Groups[2]);
        Assert.InRange(Batch(64), 1, Batch(65));
    }

    private static Match Stated(Compiled compiled) =>
        Regex.Match(compiled.Files.Values.Single(), "Stack memory: at most ([0-9,]+) bytes for a sample and ([0-9,]+) for a batch.");

    private static long Number(Group group) => long.Parse(group.Value.Replace(",", ""), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Bytes that the deepest chain of calls takes, of the members for a batch or the others. Every method that is generated must be reached.</summary>
    private static Dictionary<bool, long> Taken(Compiled compiled)
    {
        INamedTypeSymbol network = compiled.Output.GetTypeByMetadataName("Net")!;
        Dictionary<SyntaxTree, SemanticModel> models = compiled.GeneratedTrees.ToDictionary(tree => tree, tree => compiled.Output.GetSemanticModel(tree));
        SemanticModel Model(SyntaxNode node) => models[node.SyntaxTree];
        var methods = new Dictionary<IMethodSymbol, MethodDeclarationSyntax>(SymbolEqualityComparer.Default);
        foreach (MethodDeclarationSyntax method in models.Keys.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()))
        {
            methods.Add(Model(method).GetDeclaredSymbol(method)!, method);
        }

        // A call through a type parameter may reach any type that has the interface.
        ILookup<ISymbol, IMethodSymbol> implementations = methods.Keys
            .SelectMany(method => method.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers(method.Name))
                .Where(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                .Select(member => (Member: member, Method: method)))
            .ToLookup(pair => pair.Member, pair => pair.Method, SymbolEqualityComparer.Default);
        HashSet<string> names = methods.Keys.Select(method => method.Name).ToHashSet();
        IEnumerable<IMethodSymbol> Called(MethodDeclarationSyntax method) => method.DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => names.Contains(name.Identifier.ValueText))
            .Select(name => Model(method).GetSymbolInfo(name).Symbol?.OriginalDefinition)
            .OfType<IMethodSymbol>()
            .SelectMany(symbol => methods.ContainsKey(symbol) && !symbol.IsAbstract ? [symbol] : implementations[symbol]);

        var deepest = new Dictionary<IMethodSymbol, long>(SymbolEqualityComparer.Default);
        long Deepest(IMethodSymbol symbol)
        {
            if (!deepest.TryGetValue(symbol, out long bytes))
            {
                deepest[symbol] = 0;
                MethodDeclarationSyntax method = methods[symbol];
                bytes = Own(method, Model(method)) + Called(method).Select(Deepest).DefaultIfEmpty().Max();
                deepest[symbol] = bytes;
            }

            return bytes;
        }

        Dictionary<bool, long> taken = methods.Keys
            .Where(method => method.DeclaredAccessibility == Accessibility.Public && SymbolEqualityComparer.Default.Equals(method.ContainingType, network))
            .GroupBy(method => method.Name.EndsWith("Batch", StringComparison.Ordinal))
            .ToDictionary(group => group.Key, group => group.Max(Deepest));
        Assert.DoesNotContain(methods.Keys, method => !method.IsAbstract && method.ExplicitInterfaceImplementations.IsEmpty && !deepest.ContainsKey(method));
        return taken;
    }

    /// <summary>Bytes that a method takes itself; of several that a variable may be, the most.</summary>
    private static long Own(MethodDeclarationSyntax method, SemanticModel model) => method.DescendantNodes().OfType<StackAllocArrayCreationExpressionSyntax>()
        .GroupBy(memory => memory.FirstAncestorOrSelf<VariableDeclaratorSyntax>())
        .Sum(variable => variable.Max(memory =>
        {
            var type = (ArrayTypeSyntax)memory.Type;
            return Elements(type.RankSpecifiers[0].Sizes[0], method, model) * (type.ElementType.ToString() == "double" ? 8 : 4);
        }));

    /// <summary>The value of a length at its largest: constants, their products and sums, and the samples of a block.</summary>
    private static long Elements(ExpressionSyntax length, MethodDeclarationSyntax method, SemanticModel model)
    {
        long Value(ExpressionSyntax part) => Elements(part, method, model);
        return model.GetConstantValue(length) is { HasValue: true, Value: int constant } ? constant : length switch
        {
            ParenthesizedExpressionSyntax inner => Value(inner.Expression),
            BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.MultiplyExpression) => Value(binary.Left) * Value(binary.Right),
            BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.AddExpression) => Value(binary.Left) + Value(binary.Right),
            ConditionalExpressionSyntax choice => Math.Max(Value(choice.WhenTrue), Value(choice.WhenFalse)),
            InvocationExpressionSyntax minimum when minimum.Expression.ToString() == "global::System.Math.Min" => Value(minimum.ArgumentList.Arguments[1].Expression),
            IdentifierNameSyntax name => Value(method.DescendantNodes().OfType<VariableDeclaratorSyntax>().Single(local => local.Identifier.Text == name.Identifier.Text).Initializer!.Value),
            _ => throw new InvalidOperationException($"The length {length} is not understood."),
        };
    }
}
