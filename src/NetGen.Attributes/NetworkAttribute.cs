using System;

namespace NetGen;

/// <summary>
/// Declares a fixed feed-forward network on a partial class. The layers follow as <see cref="DenseAttribute"/> and <see cref="LayerNormAttribute"/>, first layer first;
/// the generator then adds the members that compute, differentiate and train exactly this network.
/// </summary>
/// <example>
/// <code>
/// [Network(4, Loss.CategoricalCrossEntropy)]
/// [Dense(16, Activation.Tanh)]
/// [Dense(3, Activation.Softmax)]
/// public sealed partial class IrisNet { }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>Declares a network whose inputs and layers a method of the class declares: <c>static void Wire(Wiring w)</c>, see <see cref="Wiring"/>.</summary>
    public NetworkAttribute()
    {
    }

    /// <summary>Declares a network.</summary>
    /// <param name="inputs">Number of values in one input sample, at least 1.</param>
    public NetworkAttribute(int inputs)
    {
        Inputs = inputs;
    }

    /// <summary>Declares a network with a loss: <c>[Network(2, Loss.SquaredError)]</c> is <c>[Network(2, Loss = Loss.SquaredError)]</c>.</summary>
    /// <param name="inputs">Number of values in one input sample, at least 1.</param>
    /// <param name="loss">The loss that training minimises. Where <see cref="Loss"/> is set beside it, that is the loss.</param>
    public NetworkAttribute(int inputs, Loss loss)
        : this(inputs)
    {
        Loss = loss;
    }

    /// <summary>Declares a network with a loss of the class's own: <c>[Network(2, nameof(Cauchy))]</c>.</summary>
    /// <param name="inputs">Number of values in one input sample, at least 1.</param>
    /// <param name="loss">
    /// The name of a static method of the class that gives the loss of one output by its target, such as <c>static float Cauchy(float a, float y) => MathF.Log(1 + (a - y) * (a - y));</c>. It is
    /// read and differentiated by the output while compiling; it is never called. <see cref="Reduction"/> says how those of a sample are combined.
    /// </param>
    public NetworkAttribute(int inputs, string loss)
        : this(inputs)
    {
        OwnLoss = loss;
    }

    /// <summary>Number of values in one input sample; 0 where a method declares the inputs.</summary>
    public int Inputs { get; }

    /// <summary>
    /// The loss that training minimises. With <see cref="Loss.None"/> (the default) only the vector-Jacobian product is
    /// generated, for losses that the caller computes.
    /// </summary>
    public Loss Loss { get; set; }

    /// <summary>The name of the method of the class that is the loss, or null.</summary>
    public string? OwnLoss { get; }

    /// <summary>
    /// How the loss combines the outputs of one sample, for the losses that leave it open: all but
    /// <see cref="Loss.HalfSquaredError"/> and the categorical ones, and for one of the class's own. The mean by default. A batch is always averaged over its samples.
    /// </summary>
    public Reduction Reduction { get; set; }

    /// <summary>The number type of parameters and computation: <see cref="float"/> by default.</summary>
    public Precision Precision { get; set; }

    /// <summary>How the network rounds: <see cref="Arithmetic.Strict"/> by default, the same bits on every machine.</summary>
    public Arithmetic Arithmetic { get; set; }

    /// <summary>Which products are straight statements rather than loops: <see cref="Unroll.Auto"/> by default, what was measured to be fastest.</summary>
    public Unroll Unroll { get; set; }

    /// <summary>
    /// Also generates <c>SelfTest()</c>, which compares every gradient with finite differences in double precision and returns a
    /// <see cref="SelfTestReport"/>: for a new platform or new options. It adds code to the class, and changes no result.
    /// </summary>
    public bool SelfTest { get; set; }

    /// <summary>
    /// Also generates <c>BackwardBatch</c> with <c>BatchTerms&lt;T&gt;</c>: a weight for each sample, and which classes are possible. It needs a loss, and changes no result of the other members.
    /// </summary>
    public bool BatchTerms { get; set; }

    /// <summary>The parameter δ of <see cref="Loss.Huber"/>: a finite number above 0, by default 1.</summary>
    public double Delta { get; set; } = 1;

    /// <summary>
    /// The part s of a target that <see cref="NetGen.Loss.CategoricalCrossEntropyWithLogits"/> spreads evenly over its n classes, which makes <c>(1 − s) y + s/n</c> of y: above 0 and
    /// below 1; none unless set.
    /// </summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// Most parameters that the network may have, at least 1; a network with more does not compile. By default only the limit that holds for every network.
    /// </summary>
    public int MaxParameters { get; set; }

    /// <summary>
    /// Most bytes of stack memory that a call may take, at least 1; a network that needs more does not compile. Counted is what generated code asks for with
    /// <c>stackalloc</c>, at most, in whichever member takes the most, <c>SelfTest</c> apart; the documentation of the generated class shows it. No network may take more than 256 KiB.
    /// </summary>
    public int MaxStackBytes { get; set; }
}
