using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>
/// Changes the parameters θ of a network by means of gradients g = dL/dθ, with the formulas of PyTorch. Every element is computed by itself
/// and in one order of operations: the parameters after any number of steps have the same bits on every machine.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A step allocates nothing. An optimizer is used by one thread at a time. Nothing stays among the subnormal numbers, over which processors take up to a
/// hundred times as long. In the first step, in every 32nd after it (more often where more than 15 % decay in a step) and in those whose gradient has
/// elements as small, gradients, means, momenta and, with weight decay, parameters below 10⁻³⁰ in size (double: 10⁻²⁹⁰) become 0, and where ε is 10⁻¹² or
/// more, so do mean squares below 10⁻³⁵ (10⁻³⁰⁰) and, where they are squared, gradients and their means below 10⁻¹⁶ (10⁻¹⁴⁵).
/// </remarks>
public abstract class Optimizer<T>
    where T : unmanaged
{
    /// <summary>Steps at most: more than any training takes, and as many as <see cref="double"/> counts exactly.</summary>
    internal const long LargestStepCount = 1L << 53;

    /// <summary>How the keys of groups begin in checkpoints.</summary>
    internal const string GroupPrefix = "group.";

    private readonly SortedDictionary<string, ParameterGroup> _groups = new(StringComparer.Ordinal);
    private TrainedElements _trained;
    private OptimizerState<T>[] _states;
    private bool _decaysOnlyWeights;
    private double _learningRate;
    private Precautions? _precautions;
    private double? _clipNorm;
    private double? _clipValue;
    private LearningRateSchedule _schedule = LearningRateSchedule.Constant;

    private protected Optimizer(ParameterBuffer<T> parameters, double learningRate, double weightDecay, params string[] states)
    {
        Parameters = parameters ?? throw new ArgumentNullException(nameof(parameters));
        _learningRate = Check.Rate(learningRate, nameof(learningRate));
        WeightDecay = Check.Rate(weightDecay, nameof(weightDecay));
        _states = Array.ConvertAll(states, name => new OptimizerState<T>(name, parameters.Layout));
        _trained = Trained();
    }

    /// <summary>θ, the parameters that a step changes.</summary>
    public ParameterBuffer<T> Parameters { get; private set; }

    /// <summary>η before the schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from 0 to 10¹⁸.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = Check.Rate(value, nameof(value));
    }

    /// <summary>
    /// λ, the factor of the weight decay, where no <see cref="Group"/> has another. As in PyTorch, biases decay too unless <see cref="DecaysOnlyWeights"/> is set, but nothing that is not trained
    /// (<see cref="ParameterBlock.IsTrained"/>).
    /// </summary>
    public double WeightDecay { get; }

    /// <summary>
    /// Whether weight decay leaves alone all but matrices of weights: biases, and the factors and slopes of normalisations and activations, which have one size. False unless set. It holds inside of
    /// groups too, whatever their λ.
    /// </summary>
    public bool DecaysOnlyWeights
    {
        get => _decaysOnlyWeights;
        set
        {
            _decaysOnlyWeights = value;
            Regroup();
        }
    }

    /// <summary>The groups that <see cref="Group"/> made, ordered by the names of their layers.</summary>
    public IReadOnlyCollection<ParameterGroup> Groups => _groups.Values;

    /// <summary>How the learning rate changes; constant unless set.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public LearningRateSchedule Schedule
    {
        get => _schedule;
        set => _schedule = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// The largest norm that a gradient may have: a longer one is scaled down by <c>ClipNorm / (‖g‖ + 10⁻⁶)</c>, as PyTorch's
    /// <c>clip_grad_norm_</c> does. Null, as it is unless set: no limit. Excludes <see cref="ClipValue"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    /// <exception cref="InvalidOperationException"><see cref="ClipValue"/> is set.</exception>
    public double? ClipNorm
    {
        get => _clipNorm;
        set => _clipNorm = Limit(value, _clipValue, nameof(ClipValue));
    }

    /// <summary>
    /// The largest magnitude that an element of a gradient may have; larger ones are cut off. Null, as it is unless set: no limit. Excludes
    /// <see cref="ClipNorm"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    /// <exception cref="InvalidOperationException"><see cref="ClipNorm"/> is set.</exception>
    public double? ClipValue
    {
        get => _clipValue;
        set => _clipValue = Limit(value, _clipNorm, nameof(ClipNorm));
    }

    /// <summary>t: the number of steps taken so far.</summary>
    public long StepCount { get; internal set; }

    /// <summary>The learning rate of the next step: <see cref="LearningRate"/> times the factor of the <see cref="Schedule"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The schedule makes it something else than a number from 0 to 10¹⁸.</exception>
    public double CurrentLearningRate => Check.Rate(_learningRate * _schedule.Factor(StepCount), nameof(Schedule));

    /// <summary>What the optimizer remembers of earlier gradients, in the order of a checkpoint; empty for plain gradient descent.</summary>
    public IReadOnlyList<OptimizerState<T>> States => _states;

    /// <summary>The name in checkpoints.</summary>
    internal abstract string Name { get; }

    /// <summary>What decides about a step beside the learning rate, under PyTorch's names where it has one.</summary>
    internal virtual IEnumerable<(string Name, string Value)> Settings =>
    [
        ("weight_decay", Text(WeightDecay)),
        ("clip_norm", _clipNorm is { } norm ? Text(norm) : "none"),
        ("clip_value", _clipValue is { } limit ? Text(limit) : "none"),
        ("schedule", _schedule.Description),
        .. _groups.Values.Select(group => (GroupPrefix + group.Layer, $"rate={Text(group.Rate)} weight_decay={(group.WeightDecay is { } decay ? Text(decay) : "default")}")),
        ("groups", _groups.Count > 0 ? _groups.Count.ToString(CheckpointNames.Culture) : TrainerDescription.None),
        ("decay_exempt", _decaysOnlyWeights ? "all but matrices" : TrainerDescription.None),
    ];

    private protected OptimizerState<T>[] StateArray => _states;

    /// <summary>The largest λ that parameters have.</summary>
    private protected double LargestWeightDecay => _trained.LargestWeightDecay;

    /// <summary>
    /// Gives a layer, a head or a trunk a learning rate and a weight decay of its own, as a group of PyTorch's <c>param_groups</c> has them. Where several groups reach a parameter, the one with the
    /// longest name counts, and it alone; a group of the same name takes the place of the first. Norms of gradients are those of all parameters together.
    /// </summary>
    /// <param name="layer">
    /// The name of a layer, or the beginning of the names of several: <c>Value</c> for a head, <c>Value.0</c> for its first layer, <c>layers</c> for the trunk; as
    /// <see cref="ParameterLayout.BlocksOf"/> takes it.
    /// </param>
    /// <param name="rate">The factor on <see cref="LearningRate"/>, from 0, with which nothing moves, to 10¹⁸.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸; null for <see cref="WeightDecay"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">No layer is called so; the message has the names of the layers.</exception>
    public void Group(string layer, double rate = 1, double? weightDecay = null)
    {
        Check.Rate(rate, nameof(rate));
        Check.Rate(weightDecay ?? 0, nameof(weightDecay));
        Parameters.Layout.BlocksOf(layer);
        _groups[layer] = new ParameterGroup(layer, rate, weightDecay);
        Regroup();
    }

    /// <summary>Moves the parameters by one step.</summary>
    /// <param name="gradient">g, in the shape of the parameters. It is read, not changed and not cleared.</param>
    /// <exception cref="ArgumentNullException"><paramref name="gradient"/> is null.</exception>
    /// <exception cref="ArgumentException">The buffer belongs to another network; nothing has been changed.</exception>
    /// <exception cref="ArithmeticException">The gradient has an element that is not finite; nothing has been changed.</exception>
    /// <exception cref="InvalidOperationException">2⁵³ steps have been taken; nothing has been changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The schedule, or a group, makes a learning rate something else than a number from 0 to 10¹⁸; nothing has been changed.</exception>
    public void Step(ParameterBuffer<T> gradient)
    {
        Require.Buffer(gradient, Parameters.Layout, nameof(gradient));
        if (!TryBegin(gradient, out Update update))
        {
            throw new ArithmeticException(
                "Expected a finite gradient, given one with an element that is NaN or infinite. The parameters are unchanged.");
        }

        Apply(update, gradient, ..);
        StepCount++;
    }

    /// <summary>Forgets all earlier steps; the parameters stay.</summary>
    public void Reset()
    {
        StepCount = 0;
        foreach (OptimizerState<T> state in _states)
        {
            state.Buffer.Clear();
        }
    }

    /// <summary>Creates an optimizer with the same settings of other parameters, which stands before its first step and moves nothing.</summary>
    /// <param name="parameters">The parameters.</param>
    internal Optimizer<T> CreateUnderstudy(ParameterBuffer<T> parameters)
    {
        // What it shares with this one does not depend on the steps that either takes.
        var other = (Optimizer<T>)MemberwiseClone();
        other.Parameters = parameters;

        // All of them, and with the largest decay, on which it depends how steps are taken: names and places of layers here are not those there.
        other._trained = new TrainedElements(parameters.Layout, LargestWeightDecay, [], decaysOnlyWeights: false);
        other._states = Array.ConvertAll(_states, state => new OptimizerState<T>(state.Name, parameters.Layout));
        other.StepCount = 0;
        other._learningRate = 0;
        other._schedule = LearningRateSchedule.Constant;
        return other;
    }

    /// <summary>Looks at a gradient before anything is changed.</summary>
    /// <returns>False when the gradient is not finite.</returns>
    internal bool TryBegin(ParameterBuffer<T> gradient, out Update update)
    {
        if (StepCount >= LargestStepCount)
        {
            throw new InvalidOperationException($"The optimizer has taken {StepCount} steps, as many as it counts. The parameters are unchanged.");
        }

        Clip clip = Clip.None;
        Sizes sizes = Sizes.Of(gradient);
        bool isFinite = sizes.AreFinite;
        if (_clipNorm is { } clipNorm)
        {
            double norm = gradient.Norm();
            isFinite &= double.IsFinite(norm);
            clip = clip with { Scale = GradientClipping.Scale(norm, clipNorm) };
        }
        else
        {
            clip = clip with { Limit = _clipValue ?? clip.Limit };
        }

        double rate = CurrentLearningRate;
        Check.Rate(rate * _trained.LargestRate, nameof(Group));
        Precautions precautions = _precautions ??= Precautions;
        bool isCareful = precautions.AreDue(StepCount, sizes.Smallest * clip.Scale, rate * _trained.LargestShrinkage);
        update = new Update(rate, WeightDecay, StepCount + 1, clip, isCareful);
        Begin(update);
        return isFinite;
    }

    /// <summary>When to look for numbers that are too small; asked once.</summary>
    private protected abstract Precautions Precautions { get; }

    /// <summary>Computes what all elements of a step share, before any thread applies it.</summary>
    private protected virtual void Begin(Update update)
    {
    }

    /// <summary>Moves a range of the parameters. All ranges together, in any order, and one more <see cref="StepCount"/> make a step.</summary>
    internal void Apply(Update update, ParameterBuffer<T> gradient, Range range)
    {
        (int first, int count) = range.GetOffsetAndLength(Parameters.Length);
        for (int run = 0; run < _trained.Count; run++)
        {
            (int start, int end) = _trained.Within(run, first, first + count);
            if (start < end)
            {
                Move(_trained.Of(run, update), gradient, start..end);
            }
        }
    }

    private TrainedElements Trained() => new(Parameters.Layout, WeightDecay, _groups.Values, _decaysOnlyWeights);

    private void Regroup()
    {
        _trained = Trained();
        _precautions = null;
    }

    /// <summary>Moves a range of parameters that are all trained.</summary>
    private protected abstract void Move(Update update, ParameterBuffer<T> gradient, Range range);

    private protected static string Text(double value) => value.ToString("R", CheckpointNames.Culture);

    private protected static string Text(bool value) => value ? "true" : "false";

    private static double? Limit(double? value, double? other, string otherName) => other is not null && value is not null
        ? throw new InvalidOperationException($"A gradient is clipped either by norm or by value; set {otherName} to null first.")
        : value is { } limit ? Check.FiniteAndPositive(limit, nameof(value)) : null;
}

/// <summary>What the elements of a step have in common.</summary>
/// <param name="LearningRate">η of this step, of those elements that are moved.</param>
/// <param name="WeightDecay">λ of these elements.</param>
/// <param name="Step">t, from 1.</param>
/// <param name="Clip">What happens to the gradient first.</param>
/// <param name="IsCareful">Whether numbers that are too small become 0.</param>
internal readonly record struct Update(double LearningRate, double WeightDecay, long Step, Clip Clip, bool IsCareful)
{
    /// <summary>Nothing but a clip.</summary>
    public static Update Of(Clip clip) => new(0, 0, 0, clip, IsCareful: false);
}
