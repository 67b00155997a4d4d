namespace NetGen;

/// <summary>How a loss combines the outputs of one sample.</summary>
public enum Reduction
{
    /// <summary>The mean over the outputs.</summary>
    Mean = 0,

    /// <summary>The sum over the outputs.</summary>
    Sum = 1,
}
