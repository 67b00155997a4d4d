using System;
using System.Linq;
using NetGen.Training;

namespace NetGen.Sample.CartPole;

/// <summary>
/// Trains actor and critic by proximal policy optimisation: the surrogate <c>min(r A, clip(r, 1 ± ε) A)</c>, where r is how much more probable an action has become since it was taken
/// (J. Schulman et al., "Proximal Policy Optimization Algorithms", arXiv:1707.06347). The advantage A says how much better an action turned out than the critic expected
/// (generalised advantage estimation, J. Schulman et al., ICLR 2016). The gradient of both goes through the network as one vector-Jacobian product.
/// </summary>
internal sealed class ProximalPolicy
{
    private const int StepsPerUpdate = 1000;
    private const double Discount = 0.99;
    private const double Smoothing = 0.95;
    private const double Clip = 0.2;
    private const double ValueWeight = 0.5;
    private const int Passes = 6;
    private const int BatchSize = 50;
    private const int Window = 100;

    /// <summary>Brings the critic's output near 1: a pole that never falls is worth 1 / (1 − discount) steps.</summary>
    private const double ValueScale = 1 - Discount;

    private readonly SeededRandom _random;
    private readonly CartPoleWorld _world;
    private readonly Adam<float> _optimizer;
    private readonly ParameterBuffer<float> _gradient;
    private readonly float[] _trace = new float[ActorCritic.TraceLength];
    private readonly float[] _output = new float[ActorCritic.OutputCount];
    private readonly float[] _outputGradient = new float[ActorCritic.OutputCount];

    private readonly float[] _states = new float[StepsPerUpdate * CartPoleWorld.StateCount];
    private readonly float[] _returns = new float[StepsPerUpdate];
    private readonly int[] _actions = new int[StepsPerUpdate];
    private readonly int[] _order = new int[StepsPerUpdate];
    private readonly double[] _probabilities = new double[StepsPerUpdate];
    private readonly double[] _advantages = new double[StepsPerUpdate];
    private readonly double[] _values = new double[StepsPerUpdate + 1];
    private readonly bool[] _fell = new bool[StepsPerUpdate];
    private readonly bool[] _ended = new bool[StepsPerUpdate];
    private readonly double[] _endValues = new double[StepsPerUpdate];
    private readonly int[] _lengths = new int[Window];

    public ProximalPolicy(ulong seed)
    {
        _random = new SeededRandom(seed);
        _world = new CartPoleWorld(_random);
        Network.Initialize(seed);
        _optimizer = Adam.For(Network, 0.002);
        _optimizer.ClipNorm = 0.5;
        _gradient = Network.CreateGradient();
        for (int step = 0; step < StepsPerUpdate; step++)
        {
            _order[step] = step;
        }
    }

    public ActorCritic Network { get; } = new();

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
        if (Play() < StepsPerUpdate)
        {
            return;
        }

        Judge();
        for (int pass = 0; pass < Passes; pass++)
        {
            Shuffle();
            for (int first = 0; first < StepsPerUpdate; first += BatchSize)
            {
                Learn(_order.AsSpan(first, BatchSize));
            }
        }
    }

    private Span<float> Logits => _output.AsSpan(ActorCritic.PolicyOutput);

    private double Value => _output.AsSpan(ActorCritic.ValueOutput)[0];

    /// <summary>The probability of a push to the right.</summary>
    private double ProbabilityOfRight => 1 / (1 + Math.Exp(Logits[0] - Logits[1]));

    /// <returns>The number of steps played.</returns>
    private int Play()
    {
        Span<float> next = stackalloc float[CartPoleWorld.StateCount];
        for (int step = 0; step < StepsPerUpdate; step++)
        {
            _world.Observe(State(step));
            Network.Forward(State(step), _output);
            double right = ProbabilityOfRight;
            _values[step] = Value / ValueScale;
            _actions[step] = _random.NextDouble() < right ? 1 : 0;
            _probabilities[step] = _actions[step] == 1 ? right : 1 - right;
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
            Network.Forward(next, _output);
            _endValues[step] = _fell[step] ? 0 : Value / ValueScale;
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

    private void Shuffle()
    {
        for (int last = StepsPerUpdate - 1; last > 0; last--)
        {
            int other = (int)(_random.NextDouble() * (last + 1));
            (_order[last], _order[other]) = (_order[other], _order[last]);
        }
    }

    private void Learn(ReadOnlySpan<int> steps)
    {
        _gradient.Clear();
        foreach (int step in steps)
        {
            Network.Forward(State(step), _output, _trace);
            double right = ProbabilityOfRight;
            double ratio = (_actions[step] == 1 ? right : 1 - right) / _probabilities[step];
            double advantage = _advantages[step];

            // Beyond the clip the surrogate is constant: there is nothing to gain by going further.
            bool isClipped = advantage > 0 ? ratio > 1 + Clip : ratio < 1 - Clip;
            double weight = isClipped ? 0 : advantage * ratio / steps.Length;

            // L = −r A, and d ln π(action)/dlogit is 1 − π for the action that was taken, −π for the other.
            Span<float> logits = _outputGradient.AsSpan(ActorCritic.PolicyOutput);
            logits[1] = (float)(weight * (right - _actions[step]));
            logits[0] = -logits[1];
            _outputGradient.AsSpan(ActorCritic.ValueOutput)[0] = (float)(ValueWeight * (Value - _returns[step]) / steps.Length);
            Network.Backward(State(step), _trace, _outputGradient, _gradient);
        }

        _optimizer.Step(_gradient);
    }

    private Span<float> State(int step) => _states.AsSpan(step * CartPoleWorld.StateCount, CartPoleWorld.StateCount);
}
