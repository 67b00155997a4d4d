using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>What generated code calls keeps nothing: a static field would need code that runs before the first call, for which a kernel then asks again and again.</summary>
public sealed class RuntimeStateTests
{
    private const string Runtime = "NetGen.Runtime";

    /// <summary>What runs a whole network, and no kernel calls.</summary>
    private static readonly string[] Apart = ["Preparation", "SelfTestReport", "SelfTestRun`1"];

    [Theory]
    [InlineData("netstandard2.1")]
    [InlineData("net8.0")]
    public void What_generated_code_calls_keeps_nothing(string framework)
    {
        using PEReader file = Open(framework);
        MetadataReader reader = file.GetMetadataReader();
        HashSet<string> named = [.. Named(framework).Except(Apart)];
        Assert.Superset(new HashSet<string> { "ParameterBuffer`1", "ParameterLayout", "Require", "Strict1" }, named);
        TypeDefinition[] types = [.. Types(reader).Where(type => IsRuntime(reader, type) || named.Contains(reader.GetString(type.Name)))];
        Assert.Superset(named, types.Select(type => reader.GetString(type.Name)).ToHashSet());
        Assert.All(types, type => Assert.Empty(Kept(file, reader, type)));
    }

    /// <summary>A library for this framework has no networks, and nothing for their kernels.</summary>
    [Fact]
    public void Where_there_are_no_networks_there_is_nothing_for_them()
    {
        using PEReader file = Open("netstandard2.0");
        MetadataReader reader = file.GetMetadataReader();
        Assert.DoesNotContain(Types(reader), type => IsRuntime(reader, type));
    }

    /// <summary>The types of NetGen.dll that compiled networks name.</summary>
    private static IEnumerable<string> Named(string framework)
    {
        using var library = new PEReader([.. Release.Of(Release.Current, framework).Library]);
        MetadataReader reader = library.GetMetadataReader();
        return reader.TypeReferences.Select(reader.GetTypeReference)
            .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "NetGen")
            .Select(type => reader.GetString(type.Name))
            .ToList();
    }

    /// <summary>Static fields, what fills them, and reads and writes of those of others.</summary>
    private static IEnumerable<string> Kept(PEReader file, MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition).Where(field => field.Attributes.HasFlag(FieldAttributes.Static) && !field.Attributes.HasFlag(FieldAttributes.Literal)))
        {
            yield return $"{name}.{reader.GetString(field.Name)} is static";
        }

        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            string member = $"{name}.{reader.GetString(method.Name)}";
            if (reader.GetString(method.Name) == ".cctor")
            {
                yield return $"{member} runs before the first call";
            }

            if (method.RelativeVirtualAddress != 0
                && Il.Instructions(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!).Any(instruction => instruction.Code == OpCodes.Ldsfld || instruction.Code == OpCodes.Ldsflda || instruction.Code == OpCodes.Stsfld))
            {
                yield return $"{member} uses a static field";
            }
        }
    }

    private static IEnumerable<TypeDefinition> Types(MetadataReader reader) => reader.TypeDefinitions.Select(reader.GetTypeDefinition);

    private static bool IsRuntime(MetadataReader reader, TypeDefinition type) => type.IsNested
        ? IsRuntime(reader, reader.GetTypeDefinition(type.GetDeclaringType()))
        : reader.GetString(type.Namespace) == Runtime;

    private static PEReader Open(string framework) => new(File.OpenRead(Release.ContractsFile(framework)));
}
