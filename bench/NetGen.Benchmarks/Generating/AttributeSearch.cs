using Microsoft.CodeAnalysis;

namespace NetGen.Benchmarks.Generating;

/// <summary>
/// The least that a generator with an attribute can do: the compiler finds the attribute in the files that have it and binds it, and nothing is done with it.
/// </summary>
internal sealed class AttributeSearch : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<string> found = context.SyntaxProvider.ForAttributeWithMetadataName(
            "NetGen.NetworkAttribute", static (_, _) => true, static (found, _) => found.TargetSymbol.Name);
        context.RegisterSourceOutput(found, static (_, _) => { });
    }
}
