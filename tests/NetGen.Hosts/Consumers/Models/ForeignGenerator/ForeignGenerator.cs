using Microsoft.CodeAnalysis;

namespace Foreign;

/// <summary>A generator of somebody else's, which reads all files that the compiler is given as text.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ForeignGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<System.Collections.Immutable.ImmutableArray<int>> lengths = context.AdditionalTextsProvider
            .Select(static (text, cancellation) => text.GetText(cancellation)?.Length ?? 0)
            .Collect();
        context.RegisterSourceOutput(lengths, static (output, lengths) => output.AddSource("Foreign.g.cs", $"internal static class Foreign {{ public const int Files = {lengths.Length}; }}"));
    }
}
