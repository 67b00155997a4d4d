using Xunit;

namespace NetGen.Generator.Tests;

public sealed partial class DiagnosticTests
{
    /// <summary>What a list of attributes may have beside dense layers.</summary>
    public static TheoryData<string, string[]> Lists => new()
    {
        { "[Network(2)] [Dense(3), LayerNorm(⟦⟪(Activation)99⇒Activation.Relu⟫⟧)] sealed partial class Net { }", ["NETGEN010: '99' is not a defined value of NetGen.Activation; use one of its members"] },
        { "[Network(2)] [Dense(3), LayerNorm(Epsilon = ⟦⟪0⇒1e-3⟫⟧)] sealed partial class Net { }", ["NETGEN015: Epsilon is 0; it must be a finite number above 0"] },
        {
            "[Network(2⟪⇒, Precision = Precision.Double⟫)] [Dense(3), LayerNorm(Epsilon = ⟦1e-60⟧)] sealed partial class Net { }",
            ["NETGEN015: Epsilon is 1E-60; it must be a finite number above 0 in single precision"]
        },
        {
            "[Network(2)] [Dense(3), LayerNorm(Activation.⟪Relu⇒Elu⟫, Alpha = ⟦0.5⟧)] sealed partial class Net { }",
            ["NETGEN016: Activation.Relu has no parameter Alpha; remove it"]
        },
        {
            "[Network(2, ⟦Loss.BinaryCrossEntropy⟧)] [Dense(3), LayerNorm⟪⇒(Activation.Sigmoid)⟫] sealed partial class Net { }",
            ["NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has Activation.Identity; change one of the two"]
        },
        {
            "[Network(8)] [⟦SoftmaxGroups(⟪3⇒4⟫)⟧] sealed partial class Net { }",
            ["NETGEN027: SoftmaxGroups(3, identity) reads whole groups, given 8 values"]
        },
        {
            "[Network(8)] [Dense(4, Activation.Tanh)] [⟦SoftmaxGroups(2)⟧] [Dense(⟪3⇒4⟫)] [Repeat(3, 2)] sealed partial class Net { }",
            ["NETGEN027: SoftmaxGroups(2, identity) reads whole groups, given 3 values"]
        },
        { "[Network(8)] [SoftmaxGroups(⟦⟪0⇒2⟫⟧)] sealed partial class Net { }", ["NETGEN004: The number of units of a group is 0; it must be at least 1"] },
        { "[Network(8)] [PRelu(Initial = ⟦⟪double.NaN⇒0.1⟫⟧)] sealed partial class Net { }", ["NETGEN015: Initial is NaN; it must be a finite number"] },
        {
            "⟪⇒[Network(2)] ⟫[⟦LayerNorm⟧] sealed partial class Net { }",
            ["NETGEN011: 'Net' has a layer but no [Network(inputs)], so nothing is generated; add [Network(inputs)] above the layers"]
        },
        {
            "[Network(2)] [Dense(3)⟪, ⇒/*⟫⟦Dropout(0.5)⟧⟪⇒*/⟫] sealed partial class Net { }",
            ["NETGEN022: [Dropout] draws random numbers while a network is trained, and a network computes the same whenever it is given the same; leave it out, and use weight decay or fewer units against overfitting"]
        },
        {
            "[Network(2)] [Dense(3)⟪, ⇒/*⟫⟦BatchNorm⟧⟪⇒*/⟫] sealed partial class Net { }",
            ["NETGEN022: [BatchNorm] computes a sample from the other samples of its batch, and a network computes every sample by itself; use [LayerNorm]"]
        },
        {
            "[Network(2)] [Dense(3)⟪, ⇒/*⟫⟦Lstm(16, Activation.Tanh)⟧⟪⇒*/⟫] sealed partial class Net { }",
            ["NETGEN022: [Lstm] keeps a state between calls, and a network keeps none; give it the last few values as inputs of [Dense]"]
        },
        {
            "[Network(2)] [⟦⟪Conv2D(32, 3)⇒Dense(3)⟫⟧] sealed partial class Net { }",
            ["NETGEN022: [Conv2D] is not generated; use [Dense], which reads all values of a small image"]
        },
        { "[Network(2)] [Dense(3, Activation.Tanh)] [⟦Head(\"Q\")⟧⟪⇒, Dense(1)⟫] sealed partial class Net { }", ["NETGEN023: The head 'Q' has no layer; add [Dense(units)] below it"] },
        {
            "[Network(2)] [Dense(3, Activation.Tanh)] [Head(\"Q\")] [Dense(1)] [Head(⟦\"⟪Q⇒P⟫\"⟧)] [Dense(1)] sealed partial class Net { }",
            ["NETGEN024: 'Q' is the name of another head; give each a name of its own"]
        },
        {
            "[Network(3)] ⟪[Dense(4, Activation.Tanh)] ⇒⟫[Head(⟦\"layers\"⟧)] [Dense(4)] [Head(\"B\")] [Dense(2)] sealed partial class Net { }",
            ["NETGEN024: 'layers' is the name of another list of layers; give each a name of its own"]
        },
        {
            "[Network(2)] [Head(⟦\"⟪extra⇒more⟫\"⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN015: The name of a head is 'extra'; it must be another one, as what begins with 'extra.' is no parameter in a checkpoint"]
        },
        {
            $"[Network(2)] [Head(⟦\"⟪{LongName}a⇒{LongName}⟫\"⟧)] [Dense(3)] sealed partial class Net {{ }}",
            [$"NETGEN015: The name of a head is 151 bytes long; {Length}"]
        },
        {
            "[Network(2)] [Dense(3, Activation.Tanh)] [Head(\"Q\")] [Dense(1)] [Head(\"P\")] [Dense(1)] sealed partial class Net { int ⟦⟪P⇒O⟫Output⟧ => 1; }",
            ["NETGEN009: 'Net' already has 'Net.POutput', which NetGen generates; rename or remove it"]
        },
        { "[Network(2)] [Head(⟦⟪\"1st\"⇒\"First\"⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN015: The name of a head is '1st'; it must be an identifier of C#"] },
        { "[Network(2)] [Head(⟦⟪null!⇒\"First\"⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN015: The name of a head is null; it must be an identifier of C#"] },
        {
            "[Network(2⟪, ⇒/*⟫⟦Loss.Huber⟧⟪⇒*/⟫)] [Dense(3, Activation.Tanh)] [Head(\"Q\"⟪⇒, Loss.Huber⟫)] [Dense(1)] sealed partial class Net { }",
            ["NETGEN025: The outputs of 'Net' have names, and Loss.Huber does not say whose it is; move it to [Head(name, loss)]"]
        },
        { "[Network(2)] [Head(\"Q\", Loss.Huber, Weight = ⟦⟪double.NaN⇒2⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN015: Weight is NaN; it must be a finite number"] },
        { "[Network(2)] [Head(\"Q\"⟪⇒, Loss.Huber⟫, Weight = ⟦2⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN016: Loss.None has no parameter Weight; remove it"] },
        { "[Network(2)] [Head(\"Q\", Loss.Huber, Delta = ⟦⟪0⇒2⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN015: Delta is 0; it must be a finite number above 0"] },
        {
            "[Network(2)] [Head(\"Q\", Loss.⟪Half⇒⟫SquaredError, Reduction = ⟦Reduction.Sum⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN013: Loss.HalfSquaredError has one definition and ignores Reduction; remove it"]
        },
        {
            "[Network(2)] [Head(\"Q\", ⟦Loss.BinaryCrossEntropy⟧)] [Dense(3⟪⇒, Activation.Sigmoid⟫)] sealed partial class Net { }",
            ["NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has Activation.Identity; change one of the two"]
        },
        { "[Network(2)] [Dense(3, Activation.Tanh)] [Repeat(⟦⟪0⇒2⟫⟧, 1)] sealed partial class Net { }", ["NETGEN015: times is 0; it must be at least 1"] },
        {
            "[Network(2)] [Dense(3, Activation.Tanh)] [Repeat(⟦⟪1025⇒24⟫⟧, 1)] sealed partial class Net { }",
            ["NETGEN015: times is 1025; it must be so small that there are at most 1024 layers"]
        },
        {
            "[Network(2)] [Dense(3, Activation.Tanh)] [Dense(3, Activation.Relu)] [Repeat(layers: ⟦⟪3⇒2⟫⟧, times: 2)] sealed partial class Net { }",
            ["NETGEN015: layers is 3; it must be from 1 to 2, the layers before it"]
        },
        {
            "[Network(2)] ⟪⇒[Dense(3, Activation.Tanh)] ⟫[Repeat(2, ⟦1⟧)] ⟪[Dense(1)] ⇒⟫sealed partial class Net { }",
            ["NETGEN015: layers is 1; it must be behind the layers that it repeats"]
        },
        { "[Network(2)] [Normalize(Clip = ⟦⟪0⇒10⟫⟧), Dense(3)] sealed partial class Net { }", ["NETGEN015: Clip is 0; it must be a finite number above 0"] },
    };
}
