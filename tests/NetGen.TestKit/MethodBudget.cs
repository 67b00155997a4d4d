using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Planning;
using NetGen.Runtime;

namespace NetGen.TestKit;

/// <summary>Reads the IL and the text of emitted methods and holds them against their budget, within which the JIT optimises.</summary>
public static class MethodBudget
{
    /// <summary>What leaves the budget in the methods of a network.</summary>
    /// <param name="network">The class.</param>
    /// <param name="isFloor">Whether it is in the floor dialect, which has smaller methods.</param>
    public static IEnumerable<string> Violations(Type network, bool isFloor = false)
    {
        int multiplyAdds = isFloor ? Budgets.FloorMethodMultiplyAdds : Budgets.MethodMultiplyAdds;
        foreach (MethodInfo method in GeneratedMethods.Of(network))
        {
            if (method.GetMethodBody() is not { } body)
            {
                continue;
            }

            byte[] il = body.GetILAsByteArray()!;
            foreach ((int count, int limit, string what) in new[]
            {
                (il.Length, Budgets.MethodIlBytes, "bytes of IL"),
                (body.LocalVariables.Count, Budgets.MethodLocals, "locals"),
                (Il.Instructions(il).Count(instruction => instruction.Code == OpCodes.Mul), multiplyAdds, "multiplications"),
                (Il.Instructions(il).Count(instruction => IsVectorProduct(method, instruction)), Budgets.MethodVectorProducts, "products of vectors"),
            })
            {
                if (count > limit)
                {
                    yield return $"{method.DeclaringType!.Name}.{method.Name} has {count} {what}; the budget is {limit}.";
                }
            }
        }
    }

    /// <summary>The methods of a text that the assembly made of it does not show, by name: what is not found is not held against any budget.</summary>
    public static IEnumerable<string> NotFound(IEnumerable<MethodInfo> found, IEnumerable<SyntaxNode> files)
    {
        // A member of an interface that is implemented explicitly has the interface in its name.
        ILookup<string, MethodInfo> byName = found.ToLookup(method => $"{Written(method.DeclaringType!)}.{method.Name[(method.Name.LastIndexOf('.') + 1)..]}");
        return Declared(files)
            .GroupBy(method => $"{((TypeDeclarationSyntax)method.Parent!).Identifier.ValueText}.{method.Identifier.ValueText}")
            .Where(methods => byName[methods.Key].Count() < methods.Count())
            .Select(methods => $"{methods.Key}: {methods.Count()} in the text, {byName[methods.Key].Count()} found");
    }

    /// <summary>
    /// The name of a type in the text: the compiler puts the file before that of one that no other file sees, as in <c>&lt;Net_g&gt;F12__Kernels</c>, and the number of
    /// type parameters after it.
    /// </summary>
    private static string Written(Type type)
    {
        string name = type.Name.Split('`')[0];
        return name.StartsWith('<') ? name[(name.IndexOf("__", StringComparison.Ordinal) + 2)..] : name;
    }

    /// <summary>What leaves the budget in the text of a network: expressions inside one another.</summary>
    public static IEnumerable<string> Violations(SyntaxNode file) => Declared([file])
        .Select(method => (Name: method.Identifier.Text, Type: ((TypeDeclarationSyntax)method.Parent!).Identifier.Text, Count: Nesting.Of(method)))
        .Where(method => method.Count > Budgets.MethodNesting)
        .Select(method => $"{method.Type}.{method.Name} has {method.Count} expressions inside one another; the budget is {Budgets.MethodNesting}.");

    private static IEnumerable<MethodDeclarationSyntax> Declared(IEnumerable<SyntaxNode> files) => files
        .SelectMany(file => file.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        .OfType<MethodDeclarationSyntax>();

    private static bool IsVectorProduct(MethodInfo method, (OpCode Code, int Operand) instruction) =>
        instruction.Code == OpCodes.Call
        && method.Module.ResolveMethod(instruction.Operand, method.DeclaringType!.GetGenericArguments(), method.GetGenericArguments())?.Name
            is "op_Multiply" or nameof(IArithmetic.First) or nameof(Vectors.MultiplyAdd) or nameof(Vectors.NegativeMultiplyAdd) or nameof(Avx512F.FusedMultiplyAdd);

    /// <summary>Counts expressions inside one another.</summary>
    private sealed class Nesting : CSharpSyntaxWalker
    {
        private int _depth;
        private int _deepest;

        public static int Of(SyntaxNode node)
        {
            var nesting = new Nesting();
            nesting.Visit(node);
            return nesting._deepest;
        }

        public override void Visit(SyntaxNode? node)
        {
            int step = node is ExpressionSyntax ? 1 : 0;
            _depth += step;
            _deepest = Math.Max(_deepest, _depth);
            base.Visit(node);
            _depth -= step;
        }
    }
}
