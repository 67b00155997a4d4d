namespace NetGen;

/// <summary>What a block of parameters is to its layer.</summary>
public enum ParameterRole
{
    /// <summary>Factors of what the layer reads, <c>W</c>.</summary>
    Weight,

    /// <summary>Terms beside them, <c>b</c>, one for each unit.</summary>
    Bias,

    /// <summary>Means, variances and deviations of data, by which a layer normalises: they are not trained.</summary>
    Statistic,
}
