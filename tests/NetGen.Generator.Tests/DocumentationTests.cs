using System.Linq;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What an editor shows of a generated member: its own summary, or that of the contract's member which it implements.</summary>
[Trait("Category", "Quick")]
public sealed class DocumentationTests
{
    /// <summary>An editor finds the member of the contract by itself, or by the name that is written, and its parameters have the same names.</summary>
    [Theory]
    [InlineData(Form.Auto, LanguageVersion.Latest, "Single", 19)]
    [InlineData(Form.Auto, LanguageVersion.Latest, "Double", 19)]
    [InlineData(Form.Auto, LanguageVersion.CSharp9, "Single", 18)]
    [InlineData(Form.Scalar, LanguageVersion.CSharp9, "Single", 18)]
    [InlineData(Form.Scalar, LanguageVersion.CSharp9, "Double", 18)]
    public void What_is_inherited_is_found(Form form, LanguageVersion language, string precision, int count)
    {
        Compiled compiled = Compiled.From(
            $"""
            using NetGen;
            /// <summary>A network.</summary>
            [Network(3, Loss = Loss.CategoricalCrossEntropy, Precision = Precision.{precision})] [Dense(4)] [Dense(2, Activation.Softmax)] public sealed partial class Net {"{ }"}
            """,
            form,
            language);
        Assert.Empty(compiled.CompilerDiagnostics);
        INamedTypeSymbol network = compiled.Output.GetTypeByMetadataName("Net")!;
        int inherited = 0;
        foreach (ISymbol member in network.GetMembers().Where(member => member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false }))
        {
            if (member is IMethodSymbol { MethodKind: not MethodKind.Ordinary })
            {
                continue;
            }

            XElement documentation = XElement.Parse(member.GetDocumentationCommentXml()!);
            if (documentation.Element("inheritdoc") is not { } inheritance)
            {
                Assert.NotEmpty(documentation.Element("summary")!.Value);
                continue;
            }

            inherited++;
            ISymbol? contract = inheritance.Attribute("cref") is { } reference
                ? DocumentationCommentId.GetFirstSymbolForDeclarationId(reference.Value, compiled.Output)
                : network.AllInterfaces.SelectMany(type => type.GetMembers()).FirstOrDefault(
                    declared => SymbolEqualityComparer.Default.Equals(network.FindImplementationForInterfaceMember(declared), member));
            Assert.True(contract is { ContainingNamespace.Name: "NetGen" }, $"{member}: {inheritance}");
            Assert.Equal(member.Name, contract.Name);
            Assert.Equal(Parameters(member), Parameters(contract));
        }

        Assert.Equal(count, inherited);
    }

    private static string[] Parameters(ISymbol member) => member is IMethodSymbol method ? [.. method.Parameters.Select(parameter => parameter.Name)] : [];
}
