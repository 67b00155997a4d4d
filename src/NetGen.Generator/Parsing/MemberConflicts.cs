using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Finds members of the user's class, own or inherited, that a generated member would collide with or hide.</summary>
internal static class MemberConflicts
{
    private static readonly SymbolDisplayFormat TypeFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The names that members of some network have. Most classes have none of them, which a look at their names shows.</summary>
    private static readonly HashSet<string> Names = new(
        NetworkMember.Of(NumberType.Single, hasLoss: true, hasLabels: true, selfTest: true, Dialect.Floor).Select(member => member.Name));

    /// <summary>Whether some network has a member with a name.</summary>
    public static bool IsGeneratedName(string name) => Names.Contains(name);

    /// <summary>The members of a network with a loss, given by its name.</summary>
    public static IReadOnlyList<NetworkMember> Members(string loss, NumberType number, bool selfTest, Dialect dialect, bool batchTerms = false) =>
        NetworkMember.Of(number, hasLoss: loss != Catalogue.NoLoss, Catalogue.Loss(loss)?.HasLabels ?? false, selfTest, dialect, batchTerms);

    /// <summary>The members of a network: targets may be given as classes where it has one output, and where it has several values go by names.</summary>
    public static IReadOnlyList<NetworkMember> Members(NetworkGraph graph, NumberType number, bool selfTest, Dialect dialect, bool batchTerms)
    {
        if (!graph.HasNamedValues)
        {
            return Members(graph.Output.Loss.Name, number, selfTest, dialect, batchTerms);
        }

        bool hasLabels = graph.Outputs.Count == 1 && Catalogue.Loss(graph.Output.Loss.Name) is { HasLabels: true };
        bool hasLoss = graph.Outputs.Any(output => output.Loss.Name != Catalogue.NoLoss);
        IEnumerable<string> named = NamedMembers.Inputs(graph).Concat(NamedMembers.Outputs(graph));
        return NetworkMember.Of(number, hasLoss, hasLabels, selfTest, dialect, batchTerms)
            .Concat(named.Select(name => new NetworkMember(name, null)))
            .Concat(hasLoss && graph.Outputs.Count > 1 ? NetworkMember.LossesOf(number, batchTerms) : Enumerable.Empty<NetworkMember>())
            .Concat(NamedForm.Of(graph).Select(form => NetworkMember.Of(form, number)))
            .ToList();
    }

    /// <summary>Returns the places to report, and what is declared there.</summary>
    /// <param name="type">The user's class.</param>
    /// <param name="members">What will be generated.</param>
    public static IEnumerable<(Location Place, string Member)> Find(INamedTypeSymbol type, IReadOnlyList<NetworkMember> members)
    {
        if (members.Any(member => member.Name == type.Name))
        {
            yield return (TypeNames.Place(type), type.Name);
        }

        foreach (IParameterSymbol parameter in PrimaryParameters(type).Where(parameter => parameter.Name == NetworkMember.Layout))
        {
            yield return (TypeNames.Place(parameter), parameter.Name);
        }

        for (INamedTypeSymbol? owner = type; owner is { SpecialType: not SpecialType.System_Object }; owner = owner.BaseType)
        {
            // Those that are named by what a network has come last.
            bool hasCommon = owner.MemberNames.Any(Names.Contains) || owner.GetTypeMembers().Any(nested => Names.Contains(nested.Name));
            foreach (NetworkMember member in hasCommon ? members : members.Where(member => !Names.Contains(member.Name)))
            {
                foreach (ISymbol existing in owner.GetMembers(member.Name).Where(existing => Collides(existing, member)))
                {
                    bool own = SymbolEqualityComparer.Default.Equals(owner, type);
                    if (own || existing.DeclaredAccessibility != Accessibility.Private)
                    {
                        yield return (own ? TypeNames.Place(existing) : TypeNames.Place(type), existing.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
                    }
                }
            }
        }
    }

    /// <summary>The parameters of the class itself, which initialisers, and so the generated one, see in place of members.</summary>
    private static IEnumerable<IParameterSymbol> PrimaryParameters(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(constructor => constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax))
        .SelectMany(constructor => constructor.Parameters);

    private static bool Collides(ISymbol existing, NetworkMember member)
    {
        if (existing.IsImplicitlyDeclared || IsGenerated(existing))
        {
            return false;
        }

        return existing switch
        {
            // Nested types of one name may differ in the number of their type parameters.
            INamedTypeSymbol { Arity: > 0 } => member.Name != NetworkMember.Kernels,
            IMethodSymbol method when member.Parameters is not null => method.TypeParameters.IsEmpty
                && method.Parameters.All(parameter => parameter.RefKind == RefKind.None)
                && method.Parameters.Select(parameter => parameter.Type.ToDisplayString(TypeFormat)).SequenceEqual(member.Parameters),
            _ => true,
        };
    }

    /// <summary>Whether a member is one of the generated file, which the analyzer also sees; they are the ones to come.</summary>
    public static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "GeneratedCodeAttribute"
        && attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: "NetGen" });
}
