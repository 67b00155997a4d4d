using System;
using System.Linq;
using NetGen.Training;

namespace NetGen.Sample.CartPole;

/// <summary>
/// Trains a policy by the policy gradient <c>Σ A ∇ ln π(action)</c>. The advantage A says how much better an action turned out than the
/// critic expected (generalised advantage estimation, J. Schulman et al., ICLR 2016).
/// </summary>
internal sealed class PolicyGradient
{
    private const int StepsPerUpdate = 1000;
    private const double Discount = 0.99;
    private const double Smoothing = 0.95;
    private const int CriticPasses = 4;
    private const int CriticBatch = 50;
    private const int Window = 100;

    /// <summary>Brings the critic's output near 1: a pole that never falls is worth 1 / (1 − discount) steps.</summary>
    private const double ValueScale = 1 - Discount;

    private readonly SeededRandom _random;
    private readonly CartPoleWorld _world;
    private readonly CriticNet _critic = new();
    private readonly Adam<float> _policyOptimizer;
    private readonly Trainer<float> _criticTrainer;
    private readonly ParameterBuffer<float> _gradient;
    private readonly float[] _trace = new float[PolicyNet.TraceLength];

    private readonly float[] _states = new float[StepsPerUpdate * CartPoleWorld.StateCount];
    private readonly float[] _returns = new float[StepsPerUpdate];
    private readonly int[] _actions = new int[StepsPerUpdate];
    private readonly double[] _advantages = new double[StepsPerUpdate];
    private readonly double[] _values = new double[StepsPerUpdate + 1];
    private readonly bool[] _fell = new bool[StepsPerUpdate];
    private readonly bool[] _ended = new bool[StepsPerUpdate];
    private readonly double[] _endValues = new double[StepsPerUpdate];
    private readonly int[] _lengths = new int[Window];

    public PolicyGradient(ulong seed)
    {
        _random = new SeededRandom(seed);
        _world = new CartPoleWorld(_random);
        Policy.Initialize(seed);
        _critic.Initialize(seed + 1);
        _policyOptimizer = Adam.For(Policy, 0.01);
        _policyOptimizer.ClipNorm = 0.5;
        _gradient = Policy.CreateGradient();
        IDataset<float> samples = Dataset.Create(_critic, _states, _returns);
        _criticTrainer = Trainer.Create(_critic, Adam.For(_critic, 0.005), samples, new() { BatchSize = CriticBatch, Seed = seed });
    }

    public PolicyNet Policy { get; } = new();

    /// <summary>Episodes that have ended.</summary>
    public int Episodes { get; private set; }

    /// <summary>Steps of the simulation.</summary>
    public int Steps { get; private set; }

    /// <summary>The mean length of the last 100 episodes, or of all if there are fewer.</summary>
    public double MeanLength => Episodes == 0 ? 0 : (double)_lengths.Sum() / Math.Min(Episodes, Window);

    /// <summary>Whether the task is solved: 100 consecutive episodes of 475 steps or more on average.</summary>
    public bool IsSolved => Episodes >= Window && MeanLength >= 475;

    /// <summary>Plays until there is enough to learn from, or the task is solved, and learns.</summary>
    public void Update()
    {
        int count = Play();
        if (count == StepsPerUpdate)
        {
            Judge();
            TrainPolicy();
            _criticTrainer.Fit(_criticTrainer.Epoch + CriticPasses);
        }
    }

    /// <summary>The probability that the policy pushes to the right.</summary>
    private double ProbabilityOfRight(ReadOnlySpan<float> state, Span<float> logits)
    {
        Policy.Forward(state, logits, _trace);
        return 1 / (1 + Math.Exp(logits[0] - logits[1]));
    }

    private double Value(ReadOnlySpan<float> state)
    {
        Span<float> value = stackalloc float[1];
        _critic.Forward(state, value);
        return value[0] / ValueScale;
    }

    /// <returns>The number of steps played.</returns>
    private int Play()
    {
        Span<float> logits = stackalloc float[PolicyNet.OutputCount];
        Span<float> next = stackalloc float[CartPoleWorld.StateCount];
        for (int step = 0; step < StepsPerUpdate; step++)
        {
            Span<float> state = State(step);
            _world.Observe(state);
            _values[step] = Value(state);
            _actions[step] = _random.NextDouble() < ProbabilityOfRight(state, logits) ? 1 : 0;
            _world.Step(_actions[step]);
            Steps++;
            _fell[step] = _world.HasFallen;
            _ended[step] = _world.IsOver || step == StepsPerUpdate - 1;
            if (!_ended[step])
            {
                continue;
            }

            // What would have followed had the time not run out.
            _world.Observe(next);
            _endValues[step] = _fell[step] ? 0 : Value(next);
            if (_world.IsOver)
            {
                _lengths[Episodes++ % Window] = _world.Steps;
                _world.Reset();
                if (IsSolved)
                {
                    return step + 1;
                }
            }
        }

        return StepsPerUpdate;
    }

    /// <summary>Computes advantages and what the critic should have said.</summary>
    private void Judge()
    {
        double advantage = 0;
        for (int step = StepsPerUpdate - 1; step >= 0; step--)
        {
            double next = _ended[step] ? _endValues[step] : _values[step + 1];
            double surprise = 1 + Discount * next - _values[step];
            advantage = surprise + (_ended[step] ? 0 : Discount * Smoothing * advantage);
            _advantages[step] = advantage;
            _returns[step] = (float)((advantage + _values[step]) * ValueScale);
        }

        double mean = _advantages.Average();
        double deviation = Math.Sqrt(_advantages.Average(value => (value - mean) * (value - mean))) + 1e-8;
        for (int step = 0; step < StepsPerUpdate; step++)
        {
            _advantages[step] = (_advantages[step] - mean) / deviation;
        }
    }

    private void TrainPolicy()
    {
        Span<float> logits = stackalloc float[PolicyNet.OutputCount];
        Span<float> outputGradient = stackalloc float[PolicyNet.OutputCount];
        _gradient.Clear();
        for (int step = 0; step < StepsPerUpdate; step++)
        {
            // L = −A ln π(action), so dL/dlogit = A (π − 1 for the action that was taken).
            double right = ProbabilityOfRight(State(step), logits);
            double weight = _advantages[step] / StepsPerUpdate;
            outputGradient[1] = (float)(weight * (right - _actions[step]));
            outputGradient[0] = -outputGradient[1];
            Policy.Backward(State(step), _trace, outputGradient, _gradient);
        }

        _policyOptimizer.Step(_gradient);
    }

    private Span<float> State(int step) => _states.AsSpan(step * CartPoleWorld.StateCount, CartPoleWorld.StateCount);
}
