using System;

namespace NetGen.Training;

/// <summary>Takes the steps of an optimizer, in blocks on several threads, and keeps the parameters as they were before.</summary>
internal sealed class UpdateWork<T> : ITeamWork
    where T : unmanaged
{
    private readonly Optimizer<T> _optimizer;
    private readonly WorkerTeam _team;
    private readonly ParameterBuffer<T> _before;
    private ParameterBuffer<T>? _gradient;
    private Update _update;
    private bool _hasBefore;

    public UpdateWork(Optimizer<T> optimizer, WorkerTeam team)
    {
        _optimizer = optimizer;
        _team = team;
        _before = new ParameterBuffer<T>(optimizer.Parameters.Layout);
    }

    /// <summary>Takes a step.</summary>
    /// <returns>False, and nothing is changed, when the gradient is not finite.</returns>
    public bool TryStep(ParameterBuffer<T> gradient)
    {
        if (!_optimizer.TryBegin(gradient, out _update))
        {
            return false;
        }

        _gradient = gradient;
        _team.Run(this, ElementBlocks.Count(gradient.Length));
        _optimizer.StepCount++;
        _hasBefore = true;
        return true;
    }

    /// <summary>Puts the parameters back to what they were before the last step.</summary>
    /// <returns>False, and nothing is changed, when there was none since <see cref="Forget"/> or the last call.</returns>
    public bool TryUndo()
    {
        if (!_hasBefore)
        {
            return false;
        }

        _optimizer.Parameters.CopyFrom(_before);
        _hasBefore = false;
        return true;
    }

    /// <summary>The parameters come from elsewhere now.</summary>
    public void Forget() => _hasBefore = false;

    public void Run(int item)
    {
        Range range = ElementBlocks.Of(item, _before.Length);
        _optimizer.Parameters.AsSpan()[range].CopyTo(_before.AsSpan()[range]);
        _optimizer.Apply(_update, _gradient!, range);
    }
}
