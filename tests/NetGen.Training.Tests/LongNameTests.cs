using System;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>The longest name that a layer may have, of characters that are longest in files, leaves room for all that checkpoints put around it.</summary>
public sealed class LongNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_checkpoint_with_the_longest_names_is_loaded()
    {
        var network = new LongNameNet();
        network.Initialize(1);
        var optimizer = Adam.For(network, 0.01, amsgrad: true);
        string file = _folder["net.safetensors"];
        Checkpoint.Save(file, network, optimizer);
        var loaded = new LongNameNet();
        Checkpoint.Load(file, loaded, Adam.For(loaded, 0.01, amsgrad: true));
        Assert.Equal(network.Parameters.AsSpan().ToArray(), loaded.Parameters.AsSpan().ToArray());
    }

    public void Dispose() => _folder.Dispose();
}

[Network]
internal sealed partial class LongNameNet
{
    private const string Ten = "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a";
    private const string Fifty = Ten + Ten + Ten + Ten + Ten;

    private static void Wire(Wiring w)
    {
        Signal x = w.Input("x", 2);
        w.Output("y", x.Experts(x.Dense(2), 2, name: Fifty + Fifty + Fifty), Loss.SquaredError);
    }
}
