using System;

namespace NetGen.Training;

/// <summary>Decides when the validation no longer improves, and keeps the parameters that were best.</summary>
internal sealed class BestParameters<T>
    where T : unmanaged
{
    private readonly EarlyStopping _rule;
    private readonly ParameterBuffer<T> _parameters;

    public BestParameters(EarlyStopping rule, ParameterBuffer<T> parameters)
    {
        _rule = rule;
        _parameters = parameters;
        Buffer = new ParameterBuffer<T>(parameters.Layout);
    }

    /// <summary>The best parameters so far.</summary>
    public ParameterBuffer<T> Buffer { get; }

    /// <summary>The value of the best epoch; null before the first.</summary>
    public double? Value { get; set; }

    /// <summary>Epochs since the best one.</summary>
    public int Waited { get; set; }

    public bool IsOver => Waited >= _rule.Patience;

    /// <summary>Takes the result of an epoch.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Take(Evaluation evaluation)
    {
        // Less is better, so a metric counts with the opposite sign.
        double value = _rule.MonitorMetric ? -evaluation.Metric!.Value : evaluation.Loss;

        // A metric of the caller's may be NaN, which is neither less nor more: it must not count as better than everything.
        if (!double.IsFinite(value) || (Value is { } best && value >= best - _rule.MinDelta))
        {
            Waited = Math.Min(Waited, int.MaxValue - 1) + 1;
            return false;
        }

        Value = value;
        Waited = 0;
        Buffer.CopyFrom(_parameters);
        return true;
    }

    /// <summary>Makes the best parameters the current ones.</summary>
    /// <returns>False, and nothing is changed, when there are none yet.</returns>
    public bool TryRestore()
    {
        if (Value is null)
        {
            return false;
        }

        _parameters.CopyFrom(Buffer);
        return true;
    }
}
