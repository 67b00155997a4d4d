using System;

namespace NetGen.Training;

/// <summary>Which terms the samples of a dataset have.</summary>
internal readonly record struct TermKinds(bool HasWeights, bool HasAllowed)
{
    public bool HasAny => HasWeights || HasAllowed;

    public static TermKinds Of<T>(IDataset<T> data)
        where T : unmanaged => data is IWeightedDataset<T> weighted ? new(weighted.HasWeights, weighted.HasAllowed) : default;

    /// <summary>They in words, as messages and files have them.</summary>
    public override string ToString() => (HasWeights, HasAllowed) switch
    {
        (true, true) => "weights and allowed",
        (true, false) => "weights",
        (false, true) => "allowed",
        _ => TrainerDescription.None,
    };

    /// <exception cref="ArgumentException">The samples have terms that the network does not take.</exception>
    public static void Check<T>(INetwork<T> network, IDataset<T> data, string name)
        where T : unmanaged
    {
        TermKinds kinds = Of(data);
        if (kinds.HasAny && network is not IWeightedTrainable<T>)
        {
            throw new ArgumentException(
                $"The samples have terms ({kinds}), and the network was declared without. Declare it with [Network(…, {nameof(NetworkAttribute.BatchTerms)} = true)].", name);
        }
    }
}
