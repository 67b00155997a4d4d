using Xunit;

namespace NetGen.Generator.Tests;

public sealed partial class DiagnosticTests
{
    private const string Spread = "NETGEN003: The layers of 'Net' are spread over several partial declarations, which have no order; move this attribute to the declaration with [Network]";
    private const string NeedsLogits = "needs a last layer that gives logits (the same loss without WithLogits takes probabilities), and the last layer has";

    public static TheoryData<string, string[]> Errors => new()
    {
        {
            "[Network(2)] [Dense(3)] sealed ⟪⇒partial ⟫class ⟦Net⟧ { }",
            ["NETGEN001: 'Net' is not partial, so the network cannot be added to it; write 'partial class Net'"]
        },
        {
            "[⟦Network(2)⟧]⟪⇒ [Dense(3)]⟫ sealed partial class Net { }",
            ["NETGEN002: 'Net' declares no layer; add [Dense(units, Activation.…)] for each layer below [Network]"]
        },
        {
            "[System.Serializable, ⟦NetGen.NetworkAttribute(inputs: 2, Loss = Loss.SquaredError)⟧⟪⇒, Dense(3)⟫] sealed partial class Net { }",
            ["NETGEN002: 'Net' declares no layer; add [Dense(units, Activation.…)] for each layer below [Network]"]
        },
        {
            "[Network(2)] [Dense(3, Activation.Tanh)] ⟪⇒[Dense(1)] ⟫sealed partial class Net { } ⟪[⇒/*⟫⟦Dense(1)⟧⟪]⇒*/⟫ partial class Net { }",
            [Spread]
        },
        {
            "⟪[⇒/*⟫⟦Dense(1)⟧⟪]⇒*/⟫ partial class Net { } [Network(2)] ⟪⇒[Dense(1)] ⟫sealed partial class Net { }",
            [Spread]
        },
        {
            "[Network(2)] ⟪⇒[Dense(3, Activation.Tanh)] [Dense(1)] ⟫sealed partial class Net { } ⟪[⇒/*⟫⟦Dense(3, Activation.Tanh)⟧⟪] [⇒, ⟫⟦Dense(1)⟧⟪]⇒*/⟫ partial class Net { }",
            [Spread, Spread]
        },
        { "[Network(⟦⟪0⇒2⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN004: The number of inputs is 0; it must be at least 1"] },
        { "[Network(inputs: ⟦⟪-5⇒2⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN004: The number of inputs is -5; it must be at least 1"] },
        {
            "[Network(2)] [Dense(activation: Activation.Tanh, units: ⟦⟪int.MinValue⇒3⟫⟧)] sealed partial class Net { }",
            ["NETGEN004: The number of units is -2147483648; it must be at least 1"]
        },
        {
            "[Network(⟪int.MaxValue⇒2⟫)] [Dense(⟦⟪int.MaxValue⇒2⟫⟧)] sealed partial class Net { }",
            ["NETGEN005: With this size 'Net' needs 4611686052787126256 parameters, padding included, and 268435456 is the limit; make the network smaller"]
        },
        {
            "[Network(1)] [Dense(4, Activation.Tanh)] [Dense(⟦⟪40000⇒4⟫⟧, Activation.Tanh)] [Dense(1)] sealed partial class Net { }",
            ["NETGEN005: With this size 'Net' needs 320272 bytes of stack memory per call, and 262144 is the limit; make the network smaller"]
        },
        {
            "[Network(⟦⟪70001⇒70⟫⟧)] [Dense(1)] sealed partial class Net { }",
            ["NETGEN005: With this size 'Net' needs 560288 bytes of stack memory per call, and 262144 is the limit; make the network smaller"]
        },
        {
            "[Network(2, Loss = ⟦Loss.BinaryCrossEntropy⟧)] [Dense(3, Activation.⟪Tanh⇒Sigmoid⟫)] sealed partial class Net { }",
            ["NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has Activation.Tanh; change one of the two"]
        },
        {
            "[Network(2, ⟦Loss.BinaryCrossEntropy⟧)] [Dense(3, Activation.⟪Tanh⇒Sigmoid⟫)] sealed partial class Net { }",
            ["NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has Activation.Tanh; change one of the two"]
        },
        {
            "[Network(2, Loss.None, Loss = ⟦Loss.BinaryCrossEntropy⟧)] [Dense(3, Activation.⟪Tanh⇒Sigmoid⟫)] sealed partial class Net { }",
            ["NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has Activation.Tanh; change one of the two"]
        },
        {
            "[Network(2, Loss = ⟦Loss.CategoricalCrossEntropy⟪⇒WithLogits⟫⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN008: Loss.CategoricalCrossEntropy needs a last layer with Activation.Softmax, and the last layer has Activation.Identity; change one of the two"]
        },
        {
            "[Network(2, Loss = ⟦Loss.BinaryCrossEntropyWithLogits⟧)] [Dense(3⟪, Activation.Sigmoid⇒⟫)] sealed partial class Net { }",
            [$"NETGEN008: Loss.BinaryCrossEntropyWithLogits {NeedsLogits} Activation.Sigmoid; change one of the two"]
        },
        {
            "[Network(2, Loss = ⟦Loss.CategoricalCrossEntropy⟪WithLogits⇒⟫⟧)] [Dense(3, Activation.Softmax)] sealed partial class Net { }",
            [$"NETGEN008: Loss.CategoricalCrossEntropyWithLogits {NeedsLogits} Activation.Softmax; change one of the two"]
        },
        { "[Network(2)] [Dense(3)] sealed partial class Net { int ⟦⟪Layout⇒layout⟫⟧() => 1; }", ["NETGEN009: 'Net' already has 'Net.Layout()', which NetGen generates; rename or remove it"] },
        {
            "[Network(2)] [Dense(3)] sealed partial class Net { void ⟦Forward⟧(System.ReadOnlySpan<float> a, System.Span<float> b⟪⇒, int c⟫) { } void Forward(float[] a) { } }",
            ["NETGEN009: 'Net' already has 'Net.Forward(ReadOnlySpan<float>, Span<float>)', which NetGen generates; rename or remove it"]
        },
        { "[Network(2)] [Dense(3)] sealed partial class Net { int ⟦⟪Backward⇒Back⟫⟧ => 1; }", ["NETGEN009: 'Net' already has 'Net.Backward', which NetGen generates; rename or remove it"] },
        {
            "[Network(2, SelfTest = true)] [Dense(3)] sealed partial class Net { void ⟦SelfTest⟧(⟪⇒int x⟫) { } }",
            ["NETGEN009: 'Net' already has 'Net.SelfTest()', which NetGen generates; rename or remove it"]
        },
        {
            "[Network(2)] [Dense(3)] sealed partial class Net { partial void ⟦⟪Initialize⇒Prepare⟫⟧(ulong seed); }",
            ["NETGEN009: 'Net' already has 'Net.Initialize(ulong)', which NetGen generates; rename or remove it"]
        },
        {
            "class Base { protected int ⟪Layout⇒Other⟫ = 0; } [Network(2)] [Dense(3)] sealed partial class ⟦Net⟧ : Base { }",
            ["NETGEN009: 'Net' already has 'Base.Layout', which NetGen generates; rename or remove it"]
        },
        {
            "[Network(2)] [Dense(3)] sealed partial class ⟦Backward⟪⇒Net⟫⟧ { }",
            ["NETGEN009: 'Backward' already has 'Backward', which NetGen generates; rename or remove it"]
        },
        { "[Network(2)] [Dense(3, ⟦⟪(Activation)99⇒Activation.Relu⟫⟧)] sealed partial class Net { }", ["NETGEN010: '99' is not a defined value of NetGen.Activation; use one of its members"] },
        { "[Network(2, Loss = ⟦(Loss)(⟪-1⇒1⟫)⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN010: '-1' is not a defined value of NetGen.Loss; use one of its members"] },
        { "[Network(2, ⟦(Loss)(⟪-1⇒1⟫)⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN010: '-1' is not a defined value of NetGen.Loss; use one of its members"] },
        { "[Network(loss: ⟦(Loss)(⟪-1⇒1⟫)⟧, inputs: 2)] [Dense(3)] sealed partial class Net { }", ["NETGEN010: '-1' is not a defined value of NetGen.Loss; use one of its members"] },
        { "[Network(2, Precision = ⟦(Precision)⟪7⇒1⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN010: '7' is not a defined value of NetGen.Precision; use one of its members"] },
        { "[Network(2, Arithmetic = ⟦(Arithmetic)⟪2⇒1⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN010: '2' is not a defined value of NetGen.Arithmetic; use one of its members"] },
        { "[Network(2, Unroll = ⟦(Unroll)⟪3⇒2⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN010: '3' is not a defined value of NetGen.Unroll; use one of its members"] },
        {
            "[Network(2, Loss = Loss.SquaredError, Reduction = ⟦(Reduction)⟪2⇒1⟫⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN010: '2' is not a defined value of NetGen.Reduction; use one of its members"]
        },
        {
            "⟪⇒[Network(2)] ⟫[⟦Dense(3)⟧] sealed partial class Net { }",
            ["NETGEN011: 'Net' has a layer but no [Network(inputs)], so nothing is generated; add [Network(inputs)] above the layers"]
        },
        {
            "partial class Outer { ⟪⇒[Network(2)] ⟫[⟦Dense(3, Activation.Relu)⟧] [Dense(1)] sealed partial class Net { } }",
            ["NETGEN011: 'Net' has a layer but no [Network(inputs)], so nothing is generated; add [Network(inputs)] above the layers"]
        },
        {
            "[Network(2, Loss = Loss.⟪Half⇒⟫SquaredError, Reduction = ⟦Reduction.Mean⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN013: Loss.HalfSquaredError has one definition and ignores Reduction; remove it"]
        },
        {
            "[Network(2, ⟪⇒Loss = Loss.AbsoluteError, ⟫Reduction = ⟦Reduction.Sum⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN013: Loss.None has one definition and ignores Reduction; remove it"]
        },
        { "[Network(2)] [Dense(3, Activation.Elu, Alpha = ⟦⟪double.NaN⇒0.5⟫⟧)] sealed partial class Net { }", ["NETGEN015: Alpha is NaN; it must be a finite number"] },
        {
            "[Network(2, Loss = Loss.CategoricalCrossEntropyWithLogits, LabelSmoothing = ⟦⟪1⇒0.1⟫⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN015: LabelSmoothing is 1; it must be above 0 and below 1"]
        },
        {
            "[Network(2, Loss = Loss.CategoricalCrossEntropy⟪⇒WithLogits⟫, LabelSmoothing = ⟦0.1⟧)] [Dense(3, Activation.⟪Softmax⇒Identity⟫)] sealed partial class Net { }",
            ["NETGEN016: Loss.CategoricalCrossEntropy has no parameter LabelSmoothing; remove it"]
        },
        { "[Network(2)] [Dense(3, Activation.Celu, Alpha = ⟦⟪0⇒0.5⟫⟧)] sealed partial class Net { }", ["NETGEN015: Alpha is 0; it must be a finite number above 0"] },
        { "[Network(2)] [Dense(3, Activation.LeakyRelu, Alpha = ⟦1.0 / ⟪0⇒4⟫⟧)] sealed partial class Net { }", ["NETGEN015: Alpha is Infinity; it must be a finite number"] },
        {
            "[Network(2⟪⇒, Precision = Precision.Double⟫)] [Dense(3, Activation.Elu, Alpha = ⟦1e300⟧)] sealed partial class Net { }",
            ["NETGEN015: Alpha is 1E+300; it must be a finite number in single precision"]
        },
        {
            "[Network(2, Loss = Loss.Huber, Delta = ⟦⟪0⇒0.1⟫⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN015: Delta is 0; it must be a finite number above 0"]
        },
        {
            "[Network(2, Loss = Loss.Huber, Delta = ⟦⟪double.NaN⇒1⟫⟧, Precision = Precision.Double)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN015: Delta is NaN; it must be a finite number above 0"]
        },
        {
            "[Network(2, Loss = Loss.Huber, Delta = ⟦⟪1e-50⇒1e-5⟫⟧)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN015: Delta is 1E-50; it must be a finite number above 0 in single precision"]
        },
        { "[Network(2, MaxParameters = ⟦⟪0⇒9⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN015: MaxParameters is 0; it must be at least 1"] },
        { "[Network(2, MaxStackBytes = ⟦⟪-1⇒20000⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN015: MaxStackBytes is -1; it must be at least 1"] },
        { "[Network(2)] [Dense(3, Activation.⟪Relu⇒LeakyRelu⟫, Alpha = ⟦0.1⟧)] sealed partial class Net { }", ["NETGEN016: Activation.Relu has no parameter Alpha; remove it"] },
        { "[Network(2, Loss = Loss.⟪SquaredError⇒Huber⟫, Delta = ⟦1⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN016: Loss.SquaredError has no parameter Delta; remove it"] },
        { "[Network(2, MaxParameters = ⟦⟪8⇒9⟫⟧)] [Dense(3)] sealed partial class Net { }", ["NETGEN018: 'Net' has 9 parameters, and MaxParameters allows 8; make the network smaller or the limit larger"] },
        {
            "[Network(8, MaxStackBytes = ⟦⟪1000⇒90000⟫⟧)] [Dense(64, Activation.Tanh)] [Dense(64)] sealed partial class Net { }",
            ["NETGEN018: 'Net' has 16576 bytes of stack memory per call, and MaxStackBytes allows 1000; make the network smaller or the limit larger"]
        },
        {
            "[Network(1024, Unroll = ⟦Unroll.⟪Full⇒Auto⟫⟧)] [Dense(513)] sealed partial class Net { }",
            ["NETGEN019: 'Net' has 525312 multiply-adds, and Unroll.Full allows 524288, above which compilers take minutes; use Unroll.Auto"]
        },
        // No layer alone is too large.
        {
            "[Network(512, Unroll = ⟦Unroll.⟪Full⇒Never⟫⟧)] [Dense(512, Activation.Tanh)] [Dense(512, Activation.Tanh)] [Dense(1)] sealed partial class Net { }",
            ["NETGEN019: 'Net' has 524800 multiply-adds, and Unroll.Full allows 524288, above which compilers take minutes; use Unroll.Auto"]
        },
        {
            "class ⟦@⟪var⇒Var⟫⟧ { } [Network(2)] [Dense(3)] sealed partial class Net { }",
            ["NETGEN020: 'var' hides the word 'var' of C#, which the code generated for 'Net' uses; rename it"]
        },
        {
            "namespace A.⟦@⟪nint⇒Nint⟫⟧ { [Network(2)] [Dense(3)] sealed partial class Net { } }",
            ["NETGEN020: 'A.nint' hides the word 'nint' of C#, which the code generated for 'Net' uses; rename it"]
        },
    };

    /// <summary>Everything that is wrong with a declaration is said at once.</summary>
    public static TheoryData<string, string[]> Combinations => new()
    {
        {
            "⟪⇒partial ⟫class ⟦Outer⟧ { [Network(⟦⟪0⇒2⟫⟧)] [Dense(⟦⟪-1⇒3⟫⟧, Activation.Tanh)] [Dense(1, ⟦⟪(Activation)99⇒Activation.Tanh⟫⟧)] sealed ⟪⇒partial ⟫class ⟦Net⟧⟦⟪<T>⇒⟫⟧ { int ⟦⟪Layout⇒other⟫⟧() => 1; } }",
            [
                "NETGEN007: 'Outer' contains the network 'Net' but is not partial, so the network cannot be added; make 'Outer' partial",
                "NETGEN004: The number of inputs is 0; it must be at least 1",
                "NETGEN004: The number of units is -1; it must be at least 1",
                "NETGEN010: '99' is not a defined value of NetGen.Activation; use one of its members",
                "NETGEN001: 'Net' is not partial, so the network cannot be added to it; write 'partial class Net'",
                "NETGEN006: 'Net' is generic; a network has fixed sizes and number types, so neither it nor a type around it may have type parameters",
                "NETGEN009: 'Net' already has 'Outer.Net<T>.Layout()', which NetGen generates; rename or remove it",
            ]
        },
        {
            """
            [Network(4, Loss = ⟦Loss.BinaryCrossEntropy⟧, Reduction = ⟦⟪(Reduction)5⇒Reduction.Sum⟫⟧, ⟪Delta = ⇒⟫⟦⟪1⇒⟫⟧⟪, ⇒⟫MaxParameters = ⟦⟪3⇒99⟫⟧, MaxStackBytes = ⟦⟪0⇒40000⟫⟧)]
            [Dense(8, ⟦⟪Activation.Identity⇒Activation.Relu⟫⟧)]
            [Dense(1, ⟦Activation.⟪Softmax⇒Sigmoid⟫⟧)]
            sealed partial class Net { }
            """,
            [
                "NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has Activation.Softmax; change one of the two",
                "NETGEN010: '5' is not a defined value of NetGen.Reduction; use one of its members",
                "NETGEN016: Loss.BinaryCrossEntropy has no parameter Delta; remove it",
                "NETGEN018: 'Net' has 49 parameters, and MaxParameters allows 3; make the network smaller or the limit larger",
                "NETGEN015: MaxStackBytes is 0; it must be at least 1",
                "NETGEN053: Without an activation between them layers 1 and 2 can do no more than one layer; give layer 1 an activation or remove it",
                "NETGEN050: Activation.Softmax over one unit is always 1, and nothing can be learned through it; for a yes-or-no answer use Activation.Sigmoid",
            ]
        },
    };
}
