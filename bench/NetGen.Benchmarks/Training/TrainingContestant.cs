using System;
using NetGen.Benchmarks.Contestants;

namespace NetGen.Benchmarks.Training;

/// <summary>Something that trains a network by gradient descent, batch by batch, in the orders of a <see cref="TrainingSubject"/>.</summary>
internal abstract class TrainingContestant(string name, Group group) : IDisposable
{
    public string Name { get; } = name;

    public Group Group { get; } = group;

    /// <summary>Begins anew from the initial parameters.</summary>
    public abstract void Start(int batch, float learningRate);

    /// <summary>Trains some more epochs.</summary>
    /// <returns>Stopwatch ticks.</returns>
    public abstract long Train(long epochs);

    /// <summary>The parameters in canonical order.</summary>
    public abstract float[] Parameters();

    /// <summary>Ends what the contestant has started.</summary>
    public virtual void Dispose()
    {
    }
}
