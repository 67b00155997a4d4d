using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>Parameters of a layer that belong together: one tensor of a file.</summary>
/// <param name="Name">Its name within the layer, as files have it.</param>
/// <param name="Role">What the parameters are.</param>
/// <param name="Shape">The sizes; the last index runs fastest in the order in which parameters enter and leave.</param>
/// <param name="InitialBound">Initial values are uniform in ± this; where it is 0, all are the same.</param>
/// <param name="InitialValue">What they all are.</param>
/// <param name="IsTrained">Whether they have a gradient: the mean and deviation of a normalisation by constants are parameters that files have and training leaves alone.</param>
internal sealed record BlockSpec(
    string Name, BlockRole Role, EquatableArray<int> Shape, double InitialBound, double InitialValue = 0, bool IsTrained = true)
{
    /// <summary>The bound of initial values in a layer that reads an input of the network, where it is another.</summary>
    public double? FirstInitialBound { get; init; }

    /// <summary>The name of weights, also where they are no matrix.</summary>
    public const string WeightName = "weight";

    /// <summary>The name of biases.</summary>
    public const string BiasName = "bias";

    /// <summary>Number of parameters. Any sizes may be asked about; nothing overflows.</summary>
    public long Count => Shape.Aggregate(1L, (count, size) => count * size);

    /// <summary>Whether it is a matrix.</summary>
    public bool IsMatrix => Shape.Count == 2;

    /// <summary>Rows of a matrix: its units.</summary>
    public int Rows => Shape[0];

    /// <summary>Columns of a matrix: what its units read.</summary>
    public int Columns => Shape[1];

    /// <summary>A matrix of weights, <c>[unit][input]</c>.</summary>
    public static BlockSpec Weight(int units, int inputs, double initialBound) =>
        new(WeightName, BlockRole.Weight, new EquatableArray<int>(new[] { units, inputs }), initialBound);

    /// <summary>Factors, one for each unit, which are 1 at first.</summary>
    public static BlockSpec Factors(int units) => new(WeightName, BlockRole.Weight, new EquatableArray<int>(new[] { units }), InitialBound: 0, InitialValue: 1);

    /// <summary>Biases, one for each unit, which are 0 at first.</summary>
    public static BlockSpec Bias(int units) => new(BiasName, BlockRole.Bias, new EquatableArray<int>(new[] { units }), InitialBound: 0);

    /// <summary>Means, variances or deviations, one for each unit, which are not trained.</summary>
    public static BlockSpec Statistic(string name, int units, double initialValue) =>
        new(name, BlockRole.Statistic, new EquatableArray<int>(new[] { units }), InitialBound: 0, initialValue, IsTrained: false);
}

/// <summary>What parameters are, by which formulas and optimizers know them.</summary>
internal enum BlockRole
{
    /// <summary>Factors of what a layer reads.</summary>
    Weight,

    /// <summary>Terms beside them.</summary>
    Bias,

    /// <summary>Means, variances and deviations of data.</summary>
    Statistic,
}
