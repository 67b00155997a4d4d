using System.IO;
using NetGen.Tool;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>The command <c>netgen</c>, in process.</summary>
public sealed class ToolTests
{
    private static readonly string Policy = Path.Combine(ModelFiles.Golden, "policy_4_64_64_2.onnx");

    private static readonly string ActorCritic = Path.Combine(ModelFiles.Golden, "policy_actor_critic.onnx");

    [Fact]
    public void Declares()
    {
        Assert.Equal((0, ModelFile.Open(Policy).Declaration("Policy44642", null), ""), Run("declare", Policy, "--class", "Policy44642"));
        Assert.Equal((0, ModelFile.Open(ActorCritic, ["value"]).Declaration("PolicyActorCritic", "Game"), ""), Run("declare", ActorCritic, "--outputs", "value", "--namespace", "Game", "--deterministic"));
        Assert.Contains("[Dense(1)]", Run("declare", ActorCritic, "--outputs", "value").Output);
    }

    [Fact]
    public void Inspects()
    {
        (int code, string output, string error) = Run("inspect", ActorCritic);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("observation  4 numbers", output);
        Assert.Contains("value  1 number", output);
        Assert.Contains("9,155 parameters", output);
    }

    /// <summary>Tensors are shown; what is computed of them nobody knows.</summary>
    [Fact]
    public void Inspects_a_file_of_tensors_and_does_not_declare_it()
    {
        string iris = Path.Combine(ModelFiles.Golden, "iris.safetensors");
        (int code, string output, string error) = Run("inspect", iris);
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("safetensors", output);
        Assert.Contains("0.weight  16×4", output);
        Assert.Contains("131 parameters", output);
        Assert.Contains("[Dense(16, Activation.?)]", output);
        (code, output, error) = Run("declare", iris);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("[Network(4)] [Dense(16, Activation.?)] [Dense(3)]", error);
    }

    [Theory]
    [InlineData("inspect", "nowhere.onnx")]
    [InlineData("declare", "policy_4_64_64_2.onnx", "--outputs", "x")]
    [InlineData("declare", "policy_4_64_64_2.onnx", "--class", "a b")]
    [InlineData("invent", "policy_4_64_64_2.onnx")]
    [InlineData("inspect")]
    [InlineData("inspect", "index.json")]
    public void What_is_wrong_is_a_line(params string[] args)
    {
        if (args.Length > 1)
        {
            args[1] = Path.Combine(ModelFiles.Golden, args[1]);
        }

        (int code, string output, string error) = Run(args);
        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith("\n", error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Program.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
