using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What is said of classes with model files, each at the name of the file or at what is wrong with the declaration.</summary>
[Trait("Category", "Quick")]
public sealed class ModelDiagnosticTests
{
    /// <summary>The ids that belong to model files.</summary>
    internal static readonly string[] Ids = ["NETGEN033", "NETGEN034", "NETGEN035"];

    private static readonly string Policy = Path.Combine(Paths.Models, "policy_4_64_64_2.onnx");
    private static readonly string Iris = Path.Combine(Paths.Models, "iris_torch_opset17.onnx");

    private static readonly string Tensors = Path.Combine(Paths.Models, "iris.safetensors");

    private static readonly string Masked = Path.Combine(Paths.Models, "..", "..", "models", "total-wipeout-ai", "deterDiscrete1obs3action_v2_0.onnx");

    private static readonly string Twins = Path.Combine(Paths.Models, "policy_actor_critic.onnx");

    public static TheoryData<string, string[]> Mistakes => new()
    {
        { "[Model({|\"Policy.onnx\"|})] sealed partial class Net { }", ["NETGEN033: 'Net' is the network of 'Policy.onnx', and the project has '*'; write <NetGenModel Include=\"Policy.onnx\" /> in an ItemGroup of the project, or the name as it is on disk"] },
        { "[Model({|\"y.onnx\"|})] sealed partial class Net { }", ["NETGEN033: 'Net' is the network of 'y.onnx', and the project has '*'; write *"] },
        { "[Model({|\"other.onnx\"|})] sealed partial class Net { }", ["NETGEN033: 'Net' is the network of 'other.onnx', and the project's model files are others: 'policy.onnx', 'bad.onnx', 'iris.safetensors', 'twins.onnx', 'pair.safetensors'; write *"] },
        { "[Model({|\"policy.onnx\"|})] sealed partial class Net { }", ["NETGEN033: 'Net' is the network of 'policy.onnx', and several of the project's model files end so: '*'; write more of the path, with / between folders"] },
        { "[Model({|@\"a\\policy.onnx\"|})] sealed partial class Net { }", ["NETGEN033: 'Net' is the network of 'a\\policy.onnx', and the project has '*'; write [Model(\"a/policy.onnx\")]"] },
        { "[Model({|\"bad.onnx\"|})] sealed partial class Net { }", ["NETGEN034: bad.onnx: *"] },
        { "[Model({|\"a/policy.onnx\"|}, MaxParameters = 10)] sealed partial class Net { }", ["NETGEN034: policy.onnx: it has 4610 parameters, and MaxParameters allows 10"] },
        { "[Model({|\"a/policy.onnx\"|}, Outputs = new[] { \"actions\" })] sealed partial class Net { }", ["NETGEN034: policy.onnx: it has no output 'actions'; it has '*'"] },
        { "[Model(\"a/policy.onnx\", Outputs = {|new[] { \"x as 3\" }|})] sealed partial class Net { }", ["NETGEN015: An output is 'x as 3'; *"] },
        { "[Model(\"a/policy.onnx\")] [Network(4)] [{|Dense(60, Activation.Tanh)|}] [Dense(64, Activation.Relu)] [Dense(2)] sealed partial class Net { }", ["NETGEN035: 'a/policy.onnx' has Dense(64, tanh), declared is Dense(60, tanh); *", "NETGEN035: 'a/policy.onnx' has Dense(64, tanh), declared is Dense(64, relu); *"] },
        { "[Model({|\"a/policy.onnx\"|})] [Network(5)] [Dense(64, Activation.Tanh)] [Dense(64, Activation.Tanh)] [Dense(2)] sealed partial class Net { }", ["NETGEN035: 'a/policy.onnx' has an input of 4 values, declared is an input of 5 values; *"] },
        { "[Model(\"a/policy.onnx\")] [Network(4)] [Dense(64, Activation.Tanh)] [{|Dense(64, Activation.Tanh)|}] sealed partial class Net { }", ["NETGEN035: 'a/policy.onnx' has 3 layers, declared is 2 layers; *"] },
        { "[Model(\"twins.onnx\")] sealed partial class Net { const int {|ActionOutput|} = 1; }", ["NETGEN009: 'Net' already has 'Net.ActionOutput', *"] },
        { "[Model(\"twins.onnx\", Outputs = new[] { \"action as Move\", \"value\" })] sealed partial class Net { const int ActionOutput = 1; void {|ForwardNamed|}(System.ReadOnlySpan<float> a, System.Span<float> b, System.Span<float> c) { } }", ["NETGEN009: *ForwardNamed(*"] },
        { "[Model(\"twins.onnx\", Trainable = true)] sealed partial class Net { void {|ForwardNamed|}(System.ReadOnlySpan<float> a, System.Span<float> b, System.Span<float> c) { } }", ["NETGEN009: *ForwardNamed(*"] },
        { "[Model({|\"large.safetensors\"|})] [Network(1024)] [Dense(1025, UseBias = false)] sealed partial class Net { }", ["NETGEN034: large.safetensors: it has 1049600 parameters, and a model in an assembly can have 1048576"] },
        { "[Model(\"masked.onnx\")] sealed partial class Net { const int {|ActionMasksInput|} = 1; }", ["NETGEN009: *ActionMasksInput*"] },
        { "[Model(\"masked.onnx\")] sealed partial class Net { void {|ForwardNamed|}(System.ReadOnlySpan<float> a, System.ReadOnlySpan<float> b, System.Span<int> c) { } }", ["NETGEN009: *ForwardNamed(*"] },
        { "[Model(\"masked.onnx\")] sealed partial class Net { void {|ForwardNamed|}(System.ReadOnlySpan<float> a, System.Span<int> c) { } }", ["NETGEN009: *ForwardNamed(*"] },
        { "[Model(\"twins.onnx\", Trainable = true)] sealed partial class {|ValueOutput|} { }", ["NETGEN009: *ValueOutput*"] },
        { "[Model({|\"iris.safetensors\"|})] sealed partial class Net { }", ["NETGEN034: iris.safetensors: it is a file of safetensors, which has tensors and no graph: * [Network(4)] [Dense(16, Activation.?)] [Dense(3)], with *"] },
        { "[Model(\"iris.safetensors\")] [Network(5)] [{|Dense(16, Activation.Tanh)|}] [Dense(2)] sealed partial class Net { }", ["NETGEN035: 'iris.safetensors' has 16×4 in '0.weight', declared is 16×5; change the sizes *", "NETGEN035: 'iris.safetensors' has 3×16 in '2.weight', declared is 2×16; *", "NETGEN035: 'iris.safetensors' has 3 in '2.bias', declared is 2; *"] },
        { "[Model({|\"iris.safetensors\"|})] [Network(4)] [Dense(3)] sealed partial class Net { }", ["NETGEN035: 'iris.safetensors' has weights of 2 layers (0, 2), declared is weights of 1 layer (layers.0); *"] },
        { "[Model({|\"iris.safetensors\"|}, Outputs = new[] { \"y\" })] [Network(4)] [Dense(16, Activation.Tanh)] [Dense(3)] sealed partial class Net { }", ["NETGEN034: iris.safetensors: it is a file of safetensors, which has no outputs to choose; leave Outputs out"] },
        { "[Model(\"iris.safetensors\")] [Network] sealed partial class Net { static void Wire(Wiring w) => w.Output(\"y\", w.Input(\"x\", 4).{|Dense(17, Activation.Tanh)|}.Dense(3)); }", ["NETGEN035: 'iris.safetensors' has 16×4 in '0.weight', declared is 17×4; *", "NETGEN035: 'iris.safetensors' has 16 in '0.bias', declared is 17; *", "NETGEN035: 'iris.safetensors' has 3×16 in '2.weight', declared is 3×17; *"] },
        { "[Model({|\"pair.safetensors\"|})] [Network] sealed partial class Net { static void Wire(Wiring w) { Signal x = w.Input(\"x\", 2); w.Output(\"y\", x.Dense(2, useBias: false) + x.Dense(2, useBias: false)); } }", ["NETGEN035: 'pair.safetensors' has 2 layers of the same shapes (0.weight, 1/kernel) and no name that says which is which, declared is 2 layers that could be any of them (layers.0, layers.1); rename the tensors to those of the network (layers.0.weight, layers.1.weight), or give its layers the names of the file (0, 1)"] },
        { "[Model(\"a/policy.onnx\", Trainable = {|true|})] [Network(4)] [Dense(64, Activation.Tanh)] [Dense(64, Activation.Tanh)] [Dense(2)] sealed partial class Net { }", ["NETGEN016: A model whose layers are declared has no parameter Trainable; remove it"] },
        { "[Model(\"a/policy.onnx\")] sealed class {|Net|} { }", ["NETGEN001: *"] },
        { "[Model(\"a/policy.onnx\")] sealed partial class Net { void {|Forward|}(System.ReadOnlySpan<float> x, System.Span<float> y) { } }", ["NETGEN009: *"] },
    };

    public static TheoryData<string> Pages => new(Ids);

    /// <param name="marked">The declaration, with the place of the message in marks.</param>
    /// <param name="expected">Ids and messages, a star for anything.</param>
    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Is_said_at_its_place(string marked, string[] expected)
    {
        int start = marked.IndexOf("{|", StringComparison.Ordinal);
        string text = "using NetGen; " + marked.Replace("{|", "").Replace("|}", "");
        using var folder = new Folder();
        CompiledModel compiled = CompiledModel.From(text, Form.Auto, folder.Files);
        Assert.Equal(expected.Length, compiled.Diagnostics.Length);
        Assert.All(expected.Zip(compiled.Diagnostics), pair => Assert.Matches(
            "^" + Regex.Escape(pair.First).Replace("\\*", ".*") + "$", $"{pair.Second.Id}: {pair.Second.GetMessage()}".Replace("\\", pair.First.Contains('\\') ? "\\" : "/")));
        Assert.Equal(start + "using NetGen; ".Length, compiled.Diagnostics[0].Location.SourceSpan.Start);
    }

    /// <summary>Members that throw keep all else from being wrong too: all of them, or, where the class declares its layers, those of the file.</summary>
    [Theory]
    [InlineData("NETGEN034", "[Model(\"bad.onnx\")]", "Shared.Forward(x, x); IPredictor<float> net = new Net(); net.ForwardBatch(x, x);")]
    [InlineData("NETGEN035", "[Model(\"iris.safetensors\")] [Network(4)] [Dense(3)]", "var net = new Net(); net.LoadModelWeights(); net.Forward(x, x);")]
    public void A_wrong_file_leaves_the_members(string id, string attributes, string use)
    {
        using var folder = new Folder();
        CompiledModel compiled = CompiledModel.From($"using NetGen; {attributes} sealed partial class Net {{ static void Use(float[] x) {{ {use} }} }}", Form.Auto, folder.Files);
        Assert.Equal(id, Assert.Single(compiled.Diagnostics).Id);
        Assert.Empty(compiled.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_examples_that_are_true(string id)
    {
        string page = File.ReadAllText(Path.Combine(Paths.DiagnosticPages, id + ".md"));
        string[] examples = Regex.Matches(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, examples.Length);
        using var folder = new Folder("lstm.onnx");
        string[] files = [folder.Files[0], folder.Files[2]];
        Assert.Equal(id, Assert.Single(CompiledModel.From("using NetGen;\n" + examples[0], Form.Auto, files).Diagnostics).Id);
        CompiledModel right = CompiledModel.From("using NetGen;\n#pragma warning disable CS1591\n" + examples[1], Form.Auto, files);
        Assert.Empty(right.Diagnostics);
        Assert.Empty(right.CompilerDiagnostics);
    }

    /// <summary>A folder with two models of one name, one that is none, one of tensors, one with two outputs, one of two tensors of one shape, one that is too large, and one with a mask and a choice.</summary>
    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("netgen-").FullName;

        public Folder(string bad = "bad.onnx")
        {
            Files = [Path.Combine(_path, "a", "policy.onnx"), Path.Combine(_path, "b", "policy.onnx"), Path.Combine(_path, bad), Path.Combine(_path, "iris.safetensors"), Path.Combine(_path, "twins.onnx"), Path.Combine(_path, "pair.safetensors"), Path.Combine(_path, "large.safetensors"), Path.Combine(_path, "masked.onnx")];
            Directory.CreateDirectory(Path.GetDirectoryName(Files[0])!);
            Directory.CreateDirectory(Path.GetDirectoryName(Files[1])!);
            File.Copy(Policy, Files[0]);
            File.Copy(Iris, Files[1]);
            File.Copy(Tensors, Files[3]);
            File.Copy(Twins, Files[4]);
            File.Copy(Masked, Files[7]);
            byte[] header = Encoding.UTF8.GetBytes("""{"0.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"1/kernel":{"dtype":"F32","shape":[2,2],"data_offsets":[16,32]}}""");
            File.WriteAllBytes(Files[5], [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[32]]);
            header = Encoding.UTF8.GetBytes("""{"0.weight":{"dtype":"F16","shape":[1025,1024],"data_offsets":[0,2099200]}}""");
            using (FileStream large = File.Create(Files[6]))
            {
                large.Write([.. BitConverter.GetBytes((long)header.Length), .. header]);
                large.SetLength(large.Position + 2_099_200);
            }

            File.WriteAllBytes(Files[2], File.ReadAllBytes(Policy)[..1000]);
        }

        public string[] Files { get; }

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
