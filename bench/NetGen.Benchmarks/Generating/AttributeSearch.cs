using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Benchmarks.Generating;

/// <summary>
/// The least that a generator with an attribute can do: the compiler finds the attribute in the files that have it, binds it, and takes texts that were
/// written before.
/// </summary>
internal sealed class AttributeSearch : IIncrementalGenerator
{
    private readonly Dictionary<string, string> _texts;

    /// <summary>Takes the texts from a run of the real generator.</summary>
    public AttributeSearch(GeneratorDriverRunResult result)
    {
        _texts = result.Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<string> found = context.SyntaxProvider.ForAttributeWithMetadataName(
            typeof(NetworkAttribute).FullName!, static (_, _) => true, static (found, _) => $"{found.TargetSymbol.ToDisplayString()}.g.cs");
        context.RegisterSourceOutput(found, (output, name) => output.AddSource(name, SourceText.From(_texts[name], Encoding.UTF8)));
    }
}
