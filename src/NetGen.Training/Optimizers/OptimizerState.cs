namespace NetGen.Training;

/// <summary>A quantity that an optimizer keeps for every parameter, such as the mean of past gradients.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class OptimizerState<T>
    where T : unmanaged
{
    internal OptimizerState(string name, ParameterLayout layout)
    {
        Name = name;
        Buffer = new ParameterBuffer<T>(layout);
    }

    /// <summary>PyTorch's name of the quantity, which checkpoints use.</summary>
    public string Name { get; }

    /// <summary>The values, in the shape of the parameters; 0 before the first step.</summary>
    public ParameterBuffer<T> Buffer { get; }
}
