using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>No key reads a model file again; another file, or another wish, does.</summary>
[Trait("Category", "Quick")]
public sealed class ModelIncrementalTests
{
    private const string Source = "using NetGen; [Model(\"policy_4_64_64_2.onnx\")] public sealed partial class Policy { }";

    private static readonly string Policy = Path.Combine(Paths.Models, "policy_4_64_64_2.onnx");

    [Theory]
    [InlineData("using NetGen; [Model(\"policy_4_64_64_2.onnx\")] public sealed partial class Policy { int X; }", false)]
    [InlineData("using NetGen;\n\n// moved\n[Model(\"policy_4_64_64_2.onnx\")] public sealed partial class Policy { }", false)]
    [InlineData("using NetGen; [Model(\"policy_4_64_64_2.onnx\", Trainable = true)] public sealed partial class Policy { }", true)]
    public void An_edit_reads_the_file_only_where_something_else_is_wanted(string edited, bool reads)
    {
        CompiledModel first = CompiledModel.From(Source, Form.Auto, Policy);
        Compilation compilation = CompiledModel.Compilation(edited);
        Assert.Equal(reads, Reads(CompiledModel.Run(first.Driver, compilation)));
    }

    [Fact]
    public void Another_hash_reads_the_file()
    {
        CompiledModel first = CompiledModel.From(Source, Form.Auto, Policy);
        AdditionalText before = CompiledModel.Stub(Policy);
        Compilation compilation = CompiledModel.Compilation(Source);
        Assert.False(Reads(CompiledModel.Run(first.Driver.ReplaceAdditionalTexts([before]), compilation)));
        using var other = new TemporaryCopy(Path.Combine(Paths.Models, "iris_torch_opset17.onnx"), Path.GetFileName(Policy));
        Assert.True(Reads(CompiledModel.Run(first.Driver.ReplaceAdditionalTexts([CompiledModel.Stub(other.Path)]), compilation)));
    }

    /// <summary>A file of tensors is another one by its hash too, and another layer asks for it again.</summary>
    [Fact]
    public void Tensors_are_read_where_file_or_layers_are_others()
    {
        const string Layers = "using NetGen; [Model(\"iris.safetensors\")] [Network(4)] [Dense(16)] [Dense(3)] public sealed partial class Iris { }";
        string path = Path.Combine(Paths.Models, "iris.safetensors");
        CompiledModel first = CompiledModel.From(Layers, Form.Auto, path);
        Assert.Empty(first.Diagnostics);
        Assert.False(Reads(CompiledModel.Run(first.Driver, CompiledModel.Compilation("// moved\n" + Layers))));
        Assert.True(Reads(CompiledModel.Run(first.Driver, CompiledModel.Compilation(Layers.Replace("Dense(16)", "Dense(16, Activation.Relu)")))));
        using var other = new TemporaryCopy(Path.Combine(Paths.Models, "iris_f16.safetensors"), "iris.safetensors");
        CompiledModel after = CompiledModel.Run(first.Driver.ReplaceAdditionalTexts([CompiledModel.Stub(other.Path)]), CompiledModel.Compilation(Layers));
        Assert.NotEqual(first.Files["Iris.Weights.g.cs"], after.Files["Iris.Weights.g.cs"]);
    }

    /// <summary>Where no build names the model in a text, it is given itself, and never read as text.</summary>
    [Theory]
    [InlineData("policy_4_64_64_2.onnx")]
    [InlineData("policy_4_64_64_2.onnx.NetGenGenerator.additionalfile")]
    public void The_model_itself_is_read_as_bytes(string name)
    {
        using var copy = new TemporaryCopy(Policy, name);
        CompiledModel compiled = CompiledModel.From(Source, Form.Auto, CompiledModel.Binary(copy.Path));
        Assert.Empty(compiled.Diagnostics);
        Assert.Equal(CompiledModel.From(Source, Form.Auto, Policy).Files, compiled.Files);
    }

    private static bool Reads(CompiledModel compiled) => compiled.Driver.GetRunResult().Results[0].TrackedSteps[PipelineSteps.ModelVerdicts]
        .SelectMany(step => step.Outputs)
        .Any(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);

    /// <summary>A copy of a file in a folder of its own.</summary>
    private sealed class TemporaryCopy : System.IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("netgen-").FullName;

        public TemporaryCopy(string path, string? name = null)
        {
            Path = System.IO.Path.Combine(_folder, name ?? System.IO.Path.GetFileName(path));
            File.Copy(path, Path);
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
