using System;

namespace NetGen;

/// <summary>
/// Begins an output of a network: the layers below it, down to the next head, read the trunk, which is all layers above the first head, and the last of them is the output. The loss of the
/// network is the sum of the losses of its heads, each times its weight; <see cref="NetworkAttribute"/> names none.
/// </summary>
/// <example>
/// <code>
/// [Network(8)]
/// [Dense(64, Activation.Tanh)]
/// [Head("Action")] [Dense(4)]
/// [Head("Value", Loss.HalfSquaredError, Weight = 0.5)] [Dense(1)]
/// public sealed partial class Actor { }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HeadAttribute : Attribute
{
    /// <summary>Begins an output.</summary>
    /// <param name="name">The name of the output, an identifier of C# that no other output has. Parameters of its layers are called by it: <c>Value.0.weight</c>.</param>
    /// <param name="loss">The loss of the output, or <see cref="Loss.None"/> where the caller computes it.</param>
    public HeadAttribute(string name, Loss loss = Loss.None)
    {
        Name = name;
        Loss = loss;
    }

    /// <summary>Begins an output with a loss of the class's own.</summary>
    /// <param name="name">The name of the output, an identifier of C# that no other output has. Parameters of its layers are called by it: <c>Value.0.weight</c>.</param>
    /// <param name="loss">
    /// The name of a static method of the class that gives the loss of one value by its target, such as <c>static float Cauchy(float a, float y) => MathF.Log(1 + (a - y) * (a - y));</c>. It is
    /// read and differentiated by the value while compiling; it is never called.
    /// </param>
    public HeadAttribute(string name, string loss)
    {
        Name = name;
        OwnLoss = loss;
    }

    /// <summary>The name of the output.</summary>
    public string Name { get; }

    /// <summary>The loss of the output.</summary>
    public Loss Loss { get; }

    /// <summary>The name of the method of the class that is the loss, or null.</summary>
    public string? OwnLoss { get; }

    /// <summary>What the loss is multiplied by, a finite number; 1 by default.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>How the loss combines the values of the output, for the losses that leave it open; the mean by default.</summary>
    public Reduction Reduction { get; set; }

    /// <summary>The parameter δ of <see cref="Loss.Huber"/>: a finite number above 0, by default 1.</summary>
    public double Delta { get; set; } = 1;

    /// <summary>
    /// The part s of a target that <see cref="NetGen.Loss.CategoricalCrossEntropyWithLogits"/> spreads evenly over its n classes, which makes <c>(1 − s) y + s/n</c> of y: above 0 and
    /// below 1; none unless set.
    /// </summary>
    public double LabelSmoothing { get; set; }
}
