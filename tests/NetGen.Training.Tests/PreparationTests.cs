using System;
using System.Diagnostics;
using System.IO;
using NetGen.Training.Child;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Prepare has everything compiled, and nobody else notices.</summary>
public sealed class PreparationTests
{
    /// <summary>
    /// Nothing at all is compiled in a first frame that is prepared. Without call counts nothing becomes hot, so that there is no compiling a second time, and
    /// long loops are not replaced while they run.
    /// </summary>
    [Theory]
    [InlineData("classifier")]
    [InlineData("fused")]
    [InlineData("policy")]
    [InlineData("double")]
    [InlineData("wide")]
    public void The_first_frame_compiles_nothing(string what)
    {
        Assert.InRange(Compiled("frame", what, "cold"), 5, 500);
        Assert.Equal(0, Compiled("frame", what, "prepared"));
    }

    /// <summary>Every optimizer, in both precisions, and every way to train; the first optimizer of a row has all that is common compiled.</summary>
    [Theory]
    [InlineData("wide", "plain", "sgd,adam,rmsprop-momentum")]
    [InlineData("wide", "threads", "adamw,momentum,rmsprop")]
    [InlineData("wide", "early", "adagrad,amsgrad,rmsprop-centered")]
    [InlineData("wide", "own", "adam-decay,rmsprop-both")]
    [InlineData("double", "plain", "amsgrad,rmsprop,adagrad")]
    [InlineData("double", "threads", "rmsprop-both,adam,adam-decay")]
    [InlineData("double", "threads-begin", "sgd")]
    [InlineData("double", "early", "momentum,adamw")]
    [InlineData("double", "own", "rmsprop-centered,sgd,rmsprop-momentum")]
    [InlineData("classifier", "plain", "adam,sgd")]
    [InlineData("classifier", "threads", "momentum,adagrad")]
    [InlineData("chooser", "threads", "adam-groups,sgd")]
    public void The_first_frame_that_trains_compiles_nothing(string network, string manner, string optimizers) =>
        Assert.Equal(0, Compiled("training", network, optimizers, manner, "prepared"));

    [Fact]
    public void A_frame_of_a_game_compiles_nothing()
    {
        Assert.InRange(Compiled("training", "classifier", "adam", "frame", "cold"), 20, 500);
        Assert.Equal(0, Compiled("training", "classifier", "adam", "frame", "prepared"));
    }

    [Fact]
    public void A_prepared_network_is_what_it_was()
    {
        var network = new Watchful(7);
        network.Initialize(3);
        float[] before = network.Parameters.Canonical();
        ParameterBuffer<float> parameters = network.Parameters;
        int constructed = Watchful.Constructed;
        network.Prepare();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Same(parameters, network.Parameters);
        Assert.Equal(before, network.Parameters.Canonical());
        Assert.Equal(constructed, Watchful.Constructed);
        Assert.Equal(0, Watchful.Finalized);
        GC.KeepAlive(network);
    }

    [Fact]
    public void A_network_that_is_derived_from_an_abstract_one_is_prepared() => new Derived().Prepare();

    [Fact]
    public void Code_of_the_users_in_the_place_of_generated_code_is_not_called()
    {
        new Explicit().Prepare();
        new Anew().Prepare();
        new ExplicitTerms().Prepare();
        Assert.Throws<NotSupportedException>(() => ((INetwork<float>)new Explicit()).Forward([0, 0, 0], [0, 0]));
        Assert.Throws<NotSupportedException>(() => ((IWeightedTrainable<float>)new ExplicitTerms()).BackwardBatch([0], [0], new ExplicitTerms().CreateGradient(), default));
        Assert.Throws<NotSupportedException>(() => ((INetwork<float>)new Anew()).Initialize(1));
    }

    private static int Compiled(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, Path.ChangeExtension(Path.GetFileName(typeof(Brain).Assembly.Location), ".dll"));
        var start = new ProcessStartInfo(Environment.ProcessPath!, [program, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        start.Environment["DOTNET_TC_OnStackReplacement"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return int.Parse(output.Split(' ')[0]);
    }
}

/// <summary>A network that counts what happens to it.</summary>
[Network(3, Loss = Loss.CategoricalCrossEntropy)]
[Dense(5, Activation.Tanh)]
[Dense(2, Activation.Softmax)]
public sealed partial class Watchful
{
    public Watchful(int seed)
    {
        Seed = seed;
        Constructed++;
    }

    ~Watchful() => Finalized++;

    public static int Constructed { get; private set; }

    public static int Finalized { get; private set; }

    public int Seed { get; }
}

/// <summary>One to derive from.</summary>
[Network(3)]
[Dense(2)]
public abstract partial class Basis;

/// <summary>One that is derived.</summary>
public sealed class Derived : Basis;

/// <summary>One that implements a contract anew.</summary>
public sealed class Anew : Basis, INetwork<float>
{
    void INetwork<float>.Initialize(ulong seed) => throw new NotSupportedException();
}

/// <summary>One with a member of a contract that is the user's.</summary>
[Network(3)]
[Dense(2)]
public sealed partial class Explicit
{
    void INetwork<float>.Forward(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();
}

/// <summary>One with a batch with terms that is the user's.</summary>
[Network(1, Loss.HalfSquaredError, BatchTerms = true)]
[Dense(1)]
public sealed partial class ExplicitTerms
{
    float IWeightedTrainable<float>.BackwardBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ParameterBuffer<float> gradient, in BatchTerms<float> terms) =>
        throw new NotSupportedException();
}
