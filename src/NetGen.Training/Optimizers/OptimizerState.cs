using System;

namespace NetGen.Training;

/// <summary>A quantity that an optimizer keeps for every parameter, such as the mean of past gradients.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class OptimizerState<T>
    where T : unmanaged
{
    /// <summary>What PyTorch calls the means and sums of squares.</summary>
    private static readonly string[] SquareNames = ["exp_avg_sq", "max_exp_avg_sq", "square_avg", "sum"];

    internal OptimizerState(string name, ParameterLayout layout)
    {
        Name = name;
        Buffer = new ParameterBuffer<T>(layout);
    }

    /// <summary>PyTorch's name of the quantity, which checkpoints use.</summary>
    public string Name { get; }

    /// <summary>The values, in the shape of the parameters; 0 before the first step.</summary>
    public ParameterBuffer<T> Buffer { get; }

    /// <summary>Whether the values are means or sums of squares, of which a step takes the root: they cannot be negative.</summary>
    internal bool HasSquares => Array.IndexOf(SquareNames, Name) >= 0;
}
