using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

public sealed partial class DiagnosticTests
{
    private const string Linear = "NETGEN053: Without an activation between them layers 1 and 2 can do no more than one layer; give layer 1 an activation or remove it";

    private const string Saturated = "NETGEN084: Loss.BinaryCrossEntropy is infinite, with the gradient 0, where Activation.HardSigmoid gives 0 or 1 wrongly; Activation.Sigmoid gives neither";
    private const string OneClass = "NETGEN051: Loss.CategoricalCrossEntropyWithLogits over one class has the gradient 0, whatever the network computes; for a yes-or-no answer use Loss.BinaryCrossEntropyWithLogits";

    private const string Uninitialised =
        "NETGEN055: All weights of the new 'Net' are 0, and units that begin alike learn alike, if anything; call net.Initialize(seed) before, or load parameters";

    public static TheoryData<string, string[]> Warnings => new()
    {
        {
            "[Network(2, Loss = Loss.SquaredError)] [Dense(1, ⟦Activation.⟪Softmax⇒Sigmoid⟫⟧)] sealed partial class Net { }",
            ["NETGEN050: Activation.Softmax over one unit is always 1, and nothing can be learned through it; for a yes-or-no answer use Activation.Sigmoid"]
        },
        {
            "[Network(2)] [Dense(1, ⟦Activation.⟪LogSoftmax⇒Tanh⟫⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN050: Activation.LogSoftmax over one unit is always 0, and nothing can be learned through it; for a yes-or-no answer use Activation.Sigmoid"]
        },
        {
            "[Network(2, Loss = ⟦Loss.⟪Categorical⇒Binary⟫CrossEntropyWithLogits⟧)] [Dense(1)] sealed partial class Net { }",
            [OneClass]
        },
        {
            "[Network(2, Loss = ⟦Loss.⟪Categorical⇒Binary⟫CrossEntropyWithLogits⟧)] [Dense(1, ⟦Activation.⟪Tanh⇒Identity⟫⟧)] sealed partial class Net { }",
            [OneClass, "NETGEN052: Loss.CategoricalCrossEntropyWithLogits takes logits of any size, and Activation.Tanh gives values from -1 to 1 alone, so that most probabilities are out of reach; use Activation.Identity"]
        },
        {
            "[Network(2, Loss = ⟦Loss.⟪Categorical⇒Binary⟫CrossEntropyWithLogits⟧)] [Dense(1, ⟦Activation.⟪LogSoftmax⇒Identity⟫⟧)] sealed partial class Net { }",
            [OneClass, "NETGEN050: Activation.LogSoftmax over one unit is always 0, and nothing can be learned through it; for a yes-or-no answer use Activation.Sigmoid"]
        },
        {
            "[Network(2, Loss = Loss.BinaryCrossEntropyWithLogits)] [Dense(1, ⟦Activation.⟪Relu⇒Identity⟫⟧)] sealed partial class Net { }",
            ["NETGEN052: Loss.BinaryCrossEntropyWithLogits takes logits of any size, and Activation.Relu gives no value below 0, so that most probabilities are out of reach; use Activation.Identity"]
        },
        {
            "[Network(2, Loss = Loss.CategoricalCrossEntropyWithLogits)] [Dense(3, ⟦Activation.⟪Tanh⇒LogSoftmax⟫⟧)] sealed partial class Net { }",
            ["NETGEN052: Loss.CategoricalCrossEntropyWithLogits takes logits of any size, and Activation.Tanh gives values from -1 to 1 alone, so that most probabilities are out of reach; use Activation.Identity"]
        },
        {
            "[Network(2, Loss = Loss.BinaryCrossEntropyWithLogits)] [Dense(3, ⟦Activation.⟪LogSoftmax⇒LeakyRelu⟫⟧)] sealed partial class Net { }",
            ["NETGEN052: Loss.BinaryCrossEntropyWithLogits takes logits of any size, and Activation.LogSoftmax gives no value above 0, so that most probabilities are out of reach; use Activation.Identity"]
        },
        { "[Network(4)] [⟦Dense(8⟪⇒, Activation.Tanh⟫)⟧] [Dense(3)] sealed partial class Net { }", [Linear] },
        // A layer with fewer units than both of its neighbours is a bottleneck, and one with as many as the smaller of them is none.
        { "[Network(4)] [Dense(⟪3⇒2⟫, ⟦Activation.Identity⟧, UseBias = false)] [Dense(3, Activation.Softmax)] sealed partial class Net { }", [Linear] },
        { "[Network(3)] [⟦Dense(⟪3⇒2⟫)⟧] [Dense(4)] sealed partial class Net { }", [Linear] },
        {
            "[Network(4)] [Dense(3, Activation.Relu)] [Dense(8, activation: ⟦⟪(Activation)0⇒Activation.Relu⟫⟧)] [Dense(8)] sealed partial class Net { }",
            ["NETGEN053: Without an activation between them layers 2 and 3 can do no more than one layer; give layer 2 an activation or remove it"]
        },
        { "[Network(2)] [Dense(3, Activation.LeakyRelu, Alpha = ⟦⟪-0.1⇒0.1⟫⟧)] sealed partial class Net { }", ["NETGEN054: Activation.LeakyRelu with Alpha = -0.1 falls where z is below 0"] },
        { "[Network(2)] [Dense(3, Activation.LeakyRelu, Alpha = ⟦⟪1⇒0⟫⟧)] sealed partial class Net { }", ["NETGEN054: Activation.LeakyRelu with Alpha = 1 is the identity"] },
        {
            "[Network(2)] [Dense(3, Activation.LeakyRelu, Alpha = ⟦⟪⇒1 / ⟫5.5⟧)] sealed partial class Net { }",
            ["NETGEN054: Activation.LeakyRelu with Alpha = 5.5 is steeper below 0 than above; Alpha is the slope below 0, not its inverse"]
        },
        { "[Network(2)] [Dense(3, Activation.Elu, Alpha = ⟦⟪-2⇒2⟫⟧)] sealed partial class Net { }", ["NETGEN054: Activation.Elu with Alpha = -2 falls where z is below 0"] },
        { Trained("⟪⇒net.Initialize(1); ⟫for (int i = 0; i < 9; i++) { net.⟦SgdStep⟧(x, x, 1); }"), [Uninitialised] },
        {
            "[Network(2, Loss.SquaredError)] [Dense(2, Activation.Tanh)] [Repeat(2, 1)] sealed partial class Net { static void Train(float[] x) { var net = new Net(); ⟪⇒net.Initialize(1); ⟫net.⟦SgdStep⟧(x, x, 1); } }",
            [Uninitialised]
        },
        {
            "[Network] sealed partial class Net { static void Wire(Wiring w) => w.Output(\"y\", w.Input(\"x\", 2).Dense(2, Activation.Tanh).LayerNorm().Concat(w.Input(\"z\", 1)).Dense(2), Loss.Huber); static void Train(float[] x) { var net = new Net(); ⟪⇒net.Initialize(1); ⟫net.⟦SgdStepNamed⟧(x, x, x, 1); } }",
            [Uninitialised]
        },
        { Wire("var x = w.Input(\"x\", 2); ⟪var z = ⇒/*⟫w.Input(⟦\"z\"⟧, 3)⟪⇒*/⟫; w.Output(\"y\", x.Dense(2));"), ["NETGEN056: Nothing reads the input 'z', so that its values change nothing; remove it, or let a layer read it"] },
        {
            "[Network(2, ⟦nameof(L)⟧)] [Dense(3)] sealed partial class Net { static float L(float a, float y) => ⟪y⇒a⟫ * y; }",
            ["NETGEN057: 'L' does not read the output, so that its derivative is 0 and nothing is learned through it; let it read its first value"]
        },
        {
            "[Network(2)] [Dense(3, ⟦nameof(F)⟧)] [Dense(1)] sealed partial class Net { static float F(float z) => ⟪0 * ⇒⟫z; }",
            ["NETGEN057: 'F' does not read z, so that its derivative is 0 and nothing is learned through it; let it read its first value"]
        },
        { Trained("⟪⇒net.Parameters.Initialize(1); ⟫net.⟦SgdStep⟧(x, x, 1); net.SgdStep(x, x, 1); net.Initialize(1);"), [Uninitialised] },
        { Trained("⟪⇒System.Action a = () => net.Initialize(1); a(); ⟫net.⟦SgdStep⟧(x, x, 1); while (true) { net.Forward(x, x); }"), [Uninitialised] },
        // What reads the network fills nothing, wherever it stands.
        { Trained("var gradient = net.CreateGradient(); net.Prepare(); int n = net.Parameters.Layout.ParameterCount; net.Forward(x, x); ⟪⇒net.Initialize(1); ⟫net.⟦SgdStep⟧(x, x, 1);"), [Uninitialised] },
        { Trained("for (;;) { ⟪⇒net.Initialize(1); ⟫net.⟦SgdStep⟧(x, x, 1); net.BackwardBatch(x, x, new ParameterBuffer<float>(Layout)); net.Forward(x, x); net.SgdStep(x, x, 1); }"), [Uninitialised] },
        { Trained("System.Action show = () => net.Forward(x, x); show(); ⟪⇒net.Initialize(1); ⟫net.⟦SgdStep⟧(x, x, 1);"), [Uninitialised] },
        { Trained("net.Parameters.CopyTo(x); var other = new { net = 1 }; int one = other.net; ⟪⇒net.Initialize(1); ⟫net.⟦SgdStep⟧(x, x, 1);"), [Uninitialised] },
        // An update of one's own.
        {
            Trained("var g = net.CreateGradient(); ⟪⇒net.Initialize(1); ⟫for (int i = 0; i < 9; i++) { g.Clear(); net.BackwardBatch(x, x, g); net.Parameters.⟦AddScaled⟧(g, -0.1f); }"),
            [Uninitialised]
        },
        {
            Trained("ParameterBuffer<float> g = net.CreateGradient(); foreach (float y in x) { ⟪⇒net.Initialize(1); ⟫net.Backward(x, x, x, g); } net.Parameters.⟦AddScaled⟧(g, -1); net.Parameters.AddScaled(g, -1);"),
            [Uninitialised]
        },
    };

    public static TheoryData<string, string[]> Remarks => new()
    {
        {
            "[Network(2)] [Head(\"Q\", Loss.Huber)] [Dense(3)] [Head(\"V\", Loss.Huber, Weight = ⟦⟪0⇒1⟫⟧)] [Dense(1)] sealed partial class Net { }",
            ["NETGEN085: The loss of 'V' has the weight 0, so that nothing is learned from it; OutputLosses tells it all the same"]
        },
        {
            Wire("var x = w.Input(\"x\", 2); w.Output(\"q\", x.Dense(3), Loss.Huber); w.Output(\"v\", x.Dense(1), Loss.Huber, ⟦⟪0⇒1⟫⟧);"),
            ["NETGEN085: The loss of 'v' has the weight 0, so that nothing is learned from it; OutputLosses tells it all the same"]
        },
        {
            "[Network(2)] [Dense(3)] ⟪⇒sealed ⟫partial class ⟦Net⟧ { }",
            ["NETGEN080: 'Net' is not sealed; unless classes derive from it, seal it: calls through an interface then cost less"]
        },
        {
            "[Network(2)] [Dense(3)] partial class ⟦Net⟧ { } ⟪⇒sealed ⟫partial class Net { }",
            ["NETGEN080: 'Net' is not sealed; unless classes derive from it, seal it: calls through an interface then cost less"]
        },
        { "[Network(2)] [Dense(3)] ⟪⇒abstract ⟫partial class ⟦Net⟧ { }", ["NETGEN080: 'Net' is not sealed; unless classes derive from it, seal it: calls through an interface then cost less"] },
        {
            "[Network(40, Unroll = ⟦Unroll.⟪Full⇒Auto⟫⟧)] [Dense(40, Activation.Relu)] [Dense(3, Activation.Relu)] [Dense(40)] sealed partial class Net { }",
            ["NETGEN081: Unroll.Full unrolls layers of 'Net' that are faster as loops, which Unroll.Auto makes of them: 1"]
        },
        {
            "[Network(40, Unroll = ⟦Unroll.⟪Full⇒Never⟫⟧)] [Dense(40, Activation.Relu)] [Dense(3, Activation.Relu)] [Dense(40, Activation.Relu)] [Dense(40)] sealed partial class Net { }",
            ["NETGEN081: Unroll.Full unrolls layers of 'Net' that are faster as loops, which Unroll.Auto makes of them: 1, 4"]
        },
        {
            "[Network(2, Loss = ⟦Loss.BinaryCrossEntropy⟧)] [Dense(1, Activation.⟪Hard⇒⟫Sigmoid)] sealed partial class Net { }",
            [Saturated]
        },
        // In a layer before the last it is harmless.
        {
            "[Network(2, Reduction = Reduction.Sum, Loss = ⟦Loss.BinaryCrossEntropy⟧)] [Dense(4, Activation.HardSigmoid)] [Dense(3, Activation.⟪Hard⇒⟫Sigmoid)] sealed partial class Net { }",
            [Saturated]
        },
    };

    /// <summary>What may initialise a network that is trained, though not in the line before, and networks that may begin with zeros.</summary>
    public static TheoryData<string> Initialised =>
    [
        "Fill(net); net.SgdStep(x, x, 1);",
        "Fill(); net.SgdStep(x, x, 1); void Fill() { net.Initialize(1); }",
        "System.Action step = () => net.SgdStep(x, x, 1); net.Initialize(1); step();",
        "for (int i = 0; i < 9; i++) { if (i > 0) net.SgdStep(x, x, 1); else net.Initialize(1); }",
        "for (int i = 0; i < 9; i++) { if (i > 0) net.SgdStep(x, x, 1); else Fill(net); }",
        "var other = net; other.SgdStep(x, x, 1);",
        "net.Parameters.Weight(0, 0, 0) = 1; net.SgdStep(x, x, 1);",
        "net.Parameters.CopyFrom(x); net.SgdStep(x, x, 1);",
        "var parameters = net.Parameters; parameters.Initialize(1); net.SgdStep(x, x, 1);",
        "net.Forward(1); net.SgdStep(x, x, 1);",
        "var g = net.CreateGradient(); g.Initialize(1); net.BackwardBatch(x, x, g); net.Parameters.AddScaled(g, 1);",
        "var g = net.CreateGradient(); net.BackwardBatch(x, x, g); Noise(g); net.Parameters.AddScaled(g, 1);",
        "var g = net.CreateGradient(); g = Kept.Parameters; net.BackwardBatch(x, x, g); net.Parameters.AddScaled(g, 1);",
        "var g = net.CreateGradient(); Kept.BackwardBatch(x, x, g); net.Parameters.AddScaled(g, 1);",
        "var g = net.CreateGradient(); g.AsSpan()[0] = 1; net.BackwardBatch(x, x, g); net.Parameters.AddScaled(g, 1);",
        "var g = net.CreateGradient(); net.Parameters.AddScaled(g, 1);",
        "var g = Kept.Parameters; net.Parameters.AddScaled(g, 1);",
        "net.Parameters.AddScaled(Kept.Parameters, 1); net.SgdStep(x, x, 1);",
        "var g = net.CreateGradient(); net.BackwardBatch(x, x, g); net.Initialize(1); net.Parameters.AddScaled(g, 1);",
        "net.SgdStep(x, x, Filled(net));",
        "var g = net.CreateGradient(); net.BackwardBatch(x, x, g); net.Parameters.AddScaled(g, Filled(net));",
        "net.SgdStep(x);",
        "goto fill; step: net.SgdStep(x, x, 1); return; fill: net.Initialize(1); goto step;",
        "switch (x.Length) { case 0: net.SgdStep(x, x, 1); break; default: net.Initialize(1); goto case 0; }",
        "var later = from y in new Later() select net.SgdStep(x, x, 1); net.Initialize(1); later();",
        "var g = Later.CreateGradient(net); net.BackwardBatch(x, x, g); net.Parameters.AddScaled(g, 1);",
        "Kept.SgdStep(x, x, 1);",
        "var made = Made(); made.SgdStep(x, x, 1);",
        "var one = new One(); one.SgdStep(x, x, 1);",
        "var heads = new Heads(); heads.SgdStep(x, x, 1);",
        "var sum = new Sum(); sum.SgdStep(x, x, 1);",
        "var filled = new Filled(); filled.SgdStep(x, x, 1);",
        "var set = new Set { Ready = true }; set.SgdStep(x, x, 1);",
        "Open derived = new Derived(); derived.SgdStep(x, x, 1);",
    ];

    /// <summary>All of them in one class, each in a method.</summary>
    private static readonly Lazy<Compiled> AllInitialised = new(() => Compiled.From($$"""
        using NetGen;
        {{TrainedNetwork(Enumerable.Select<object[], string>(Initialised, (row, index) => Training((string)row[0], $"Train{index}")))}}
        [NetGen.Network(2, NetGen.Loss.SquaredError)] [NetGen.Dense(2)] sealed partial class One { }
        [NetGen.Network(2)] [NetGen.Head("A", NetGen.Loss.SquaredError)] [NetGen.Dense(2)] [NetGen.Head("B")] [NetGen.Dense(2)] sealed partial class Heads { }
        [NetGen.Network] sealed partial class Sum { static void Wire(Wiring w) { var x = w.Input("x", 2); w.Output("y", x.Dense(2) + x.Dense(2, Activation.Tanh), Loss.Huber); } }
        [NetGen.Network(2, NetGen.Loss.SquaredError)] [NetGen.Dense(2, NetGen.Activation.Tanh)] [NetGen.Dense(2)] sealed partial class Filled { public Filled() => Initialize(1); }
        [NetGen.Network(2, NetGen.Loss.SquaredError)] [NetGen.Dense(2, NetGen.Activation.Tanh)] [NetGen.Dense(2)] sealed partial class Set { public bool Ready { set => Initialize(1); } }
        [NetGen.Network(2, NetGen.Loss.SquaredError)] [NetGen.Dense(2, NetGen.Activation.Tanh)] [NetGen.Dense(2)] partial class Open { }
        sealed class Derived : Open { public Derived() => Initialize(1); }
        sealed class Later
        {
            public System.Func<float> Select(System.Func<int, float> step) => () => step(1);
            public static NetGen.ParameterBuffer<float> CreateGradient(Net net) { var gradient = net.CreateGradient(); gradient.Initialize(1); return gradient; }
        }
        """));

    [Theory]
    [MemberData(nameof(Initialised))]
    public void What_may_have_been_initialised_is_not_reported(string body)
    {
        // What the compiler says comes with what is found: to ask for it first would compile everything twice.
        Compiled compiled = AllInitialised.Value;
        Diagnostic[] findings = [.. compiled.Findings().Where(finding => finding.Severity != DiagnosticSeverity.Info)];
        Assert.Empty(compiled.CompilerDiagnostics);
        string[] lines = [.. compiled.Input.SyntaxTrees.Single().GetText().Lines.Select(line => line.ToString())];
        string own = Assert.Single(lines, line => line.EndsWith(Call(body), StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => lines[finding.Location.GetLineSpan().StartLinePosition.Line] is var line && (line == own || !line.Contains(Call("")[..^2], StringComparison.Ordinal)));
    }

    private static string Trained(string body) => TrainedNetwork([Training(body, "Train")]);

    private static string Training(string body, string name) => $"internal static void {name}{Call(body)}";

    private static string Call(string body) => $"(float[] x) {{ var net = new Net(); {body} }}";

    private static string TrainedNetwork(IEnumerable<string> trainings) => $$"""
        [Network(2, Loss.SquaredError)] [Dense(2, Activation.Tanh)] [Dense(2)] sealed partial class Net
        {
            private static readonly Net Kept = Made();
            {{string.Join("\n    ", trainings)}}
            private static Net Made() { var net = new Net(); Fill(net); return net; }
            private static void Fill(Net net) => net.Initialize(1);
            private static float Filled(Net net) { net.Initialize(1); return 1; }
            private void Forward(int seed) => Initialize((ulong)seed);
            private void SgdStep(float[] x) { Initialize(1); SgdStep(x, x, 1); }
            private static void Noise(ParameterBuffer<float> buffer) => buffer.Initialize(1);
        }

        """;
}
