using System;
using System.IO;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Which files a generator is given are models, by which names they are found, and what is read beside them.</summary>
[Trait("Category", "Quick")]
public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Unity gives a generator files of this name, in which nothing stands before the first dot but a word.</summary>
    [Theory]
    [InlineData("policy")]
    [InlineData("policy.onnx")]
    [InlineData("brains/policy.onnx")]
    [InlineData("policy.NetGenGenerator.additionalfile")]
    public void A_file_as_Unity_names_it_is_found_by_its_name_elsewhere(string name)
    {
        Directory.CreateDirectory(At("brains"));
        string path = At("brains/policy.NetGenGenerator.additionalfile");
        DenseModel.Write(path, [3, 4, 2]);
        CompiledModel compiled = Compile(name, CompiledModel.Binary(path));
        Assert.Empty(compiled.Diagnostics);
        Assert.Equal(2, compiled.Files.Count);
    }

    [Theory]
    [InlineData("policy.on")]
    [InlineData("olicy")]
    [InlineData("policy.onnx.onnx")]
    public void And_by_no_other(string name)
    {
        string path = At("policy.NetGenGenerator.additionalfile");
        DenseModel.Write(path, [3, 4, 2]);
        Assert.Equal("NETGEN033", Assert.Single(Compile(name, CompiledModel.Binary(path)).Diagnostics).Id);
    }

    /// <summary>Its name does not say what it is.</summary>
    [Fact]
    public void What_a_file_of_Unity_is_its_content_says()
    {
        string path = At("policy.NetGenGenerator.additionalfile");
        File.WriteAllText(path, "version https://git-lfs.github.com/spec/v1\n");
        Diagnostic error = Assert.Single(Compile("policy", CompiledModel.Binary(path)).Diagnostics);
        Assert.Equal("NETGEN034", error.Id);
        Assert.Contains("Git LFS", error.GetMessage());
    }

    [Theory]
    [InlineData("policy.onnx.data", true)]
    [InlineData("weights.bin", true)]
    [InlineData("sub/weights.bin", true)]
    [InlineData("weights.bin", false)]
    public void Weights_beside_a_model_are_read_where_the_project_names_them(string data, bool isNamed)
    {
        Directory.CreateDirectory(At("sub"));
        DenseModel.Write(At("inside.onnx"), [3, 4, 2]);
        DenseModel.Write(At("policy.onnx"), [3, 4, 2], data: data);
        CompiledModel compiled = Compile("policy.onnx", CompiledModel.Stub(At("policy.onnx"), isNamed && data != "policy.onnx.data" ? [At(data)] : []));
        if (isNamed)
        {
            Assert.Empty(compiled.Diagnostics);
            Assert.Equal(Compile("inside.onnx", CompiledModel.Stub(At("inside.onnx"))).Files["Policy.Weights.g.cs"], compiled.Files["Policy.Weights.g.cs"]);
        }
        else
        {
            Diagnostic error = Assert.Single(compiled.Diagnostics);
            Assert.Equal("NETGEN034", error.Id);
            Assert.Contains(
                "the project does not name the file 'weights.bin' beside it; write <NetGenModel Include=\"policy.onnx\" Data=\"weights.bin\" />, or export the model as one file", error.GetMessage());
        }
    }

    /// <summary>What is named must still be what the model may read: in its folder, and no link.</summary>
    [Fact]
    public void A_file_elsewhere_is_not_read_though_it_is_named()
    {
        Directory.CreateDirectory(At("models"));
        DenseModel.Write(At("models/policy.onnx"), [3, 4, 2], data: "../weights.bin");
        Diagnostic error = Assert.Single(Compile("policy.onnx", CompiledModel.Stub(At("models/policy.onnx"), At("weights.bin"))).Diagnostics);
        Assert.Contains("'../weights.bin'", error.GetMessage());
    }

    /// <summary>Another hash of a file beside it is another model.</summary>
    [Fact]
    public void Other_weights_beside_a_model_are_another_one()
    {
        DenseModel.Write(At("policy.onnx"), [3, 4, 2], data: "policy.onnx.data");
        CompiledModel before = Compile("policy.onnx", CompiledModel.Stub(At("policy.onnx")));
        byte[] model = File.ReadAllBytes(At("policy.onnx"));
        DenseModel.Write(At("policy.onnx"), [3, 4, 2], scale: 0.2f, data: "policy.onnx.data");
        Assert.Equal(model, File.ReadAllBytes(At("policy.onnx")));
        CompiledModel after = CompiledModel.Run(before.Driver.ReplaceAdditionalTexts([CompiledModel.Stub(At("policy.onnx"))]), Compiled.Compilation(Source("policy.onnx")));
        Assert.NotEqual(before.Files["Policy.Weights.g.cs"], after.Files["Policy.Weights.g.cs"]);
        Assert.Equal(before.Files["Policy.g.cs"], after.Files["Policy.g.cs"]);
    }

    /// <summary>As in a project that has a model as an additional file, and then as builds do it.</summary>
    [Fact]
    public void A_file_that_is_given_twice_is_one()
    {
        DenseModel.Write(At("policy.onnx"), [3, 4, 2], data: "policy.onnx.data");
        AdditionalText stub = CompiledModel.Stub(At("policy.onnx"));
        Assert.Empty(Compile("policy.onnx", CompiledModel.Binary(At("policy.onnx")), stub, stub).Diagnostics);
    }

    [Fact]
    public void No_text_says_where_the_model_is()
    {
        DenseModel.Write(At("policy.onnx"), [3, 4, 2], data: "policy.onnx.data");
        Assert.All(Compile("policy.onnx", CompiledModel.Stub(At("policy.onnx"))).Files.Values, text => Assert.DoesNotContain(Path.GetFileName(_folder), text));
    }

    private static CompiledModel Compile(string name, params AdditionalText[] files) => CompiledModel.From(Source(name), Form.Auto, files);

    private static string Source(string name) => $"using NetGen; [Model(\"{name}\")] public sealed partial class Policy {{ }}";

    private string At(string name) => Path.Combine(_folder, name);
}
