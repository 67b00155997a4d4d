using System;
using NetGen.Training;

namespace NetGen.Sample.CartPole;

/// <summary>
/// A pole on a cart that is pushed to the left or to the right 50 times a second (A. G. Barto, R. S. Sutton, C. W. Anderson, "Neuronlike
/// adaptive elements that can solve difficult learning control problems", 1983), with the constants of OpenAI Gym's CartPole-v1.
/// </summary>
internal sealed class CartPoleWorld
{
    public const int StateCount = 4;
    public const int MaximumSteps = 500;
    public const int StepsPerSecond = 50;

    /// <summary>Metres from the middle at which the cart leaves the track.</summary>
    public const double TrackEnd = 2.4;

    private const double Gravity = 9.8;
    private const double PoleMass = 0.1;
    private const double TotalMass = 1 + PoleMass;
    private const double HalfPoleLength = 0.5;
    private const double PoleMassLength = PoleMass * HalfPoleLength;
    private const double Force = 10;
    private const double StepSeconds = 1.0 / StepsPerSecond;
    private const double FallAngle = 12 * Math.PI / 180;
    private const double StartRange = 0.05;

    private readonly SeededRandom _random;
    private double _speed;
    private double _spin;

    public CartPoleWorld(SeededRandom random)
    {
        _random = random;
        Reset();
    }

    /// <summary>Metres from the middle of the track.</summary>
    public double Position { get; private set; }

    /// <summary>Radians from upright.</summary>
    public double Angle { get; private set; }

    /// <summary>Steps that the pole has stood.</summary>
    public int Steps { get; private set; }

    public bool HasFallen => Math.Abs(Position) > TrackEnd || Math.Abs(Angle) > FallAngle;

    public bool IsOver => HasFallen || Steps >= MaximumSteps;

    /// <summary>Begins an episode near rest.</summary>
    public void Reset()
    {
        Position = Start();
        _speed = Start();
        Angle = Start();
        _spin = Start();
        Steps = 0;
    }

    /// <summary>What the networks see: position, speed, angle and angular speed.</summary>
    public void Observe(Span<float> state)
    {
        state[0] = (float)Position;
        state[1] = (float)_speed;
        state[2] = (float)Angle;
        state[3] = (float)_spin;
    }

    /// <summary>Pushes for 20 ms, integrated as the original does.</summary>
    /// <param name="action">0: to the left, 1: to the right.</param>
    public void Step(int action)
    {
        double force = action == 1 ? Force : -Force;
        double sine = Math.Sin(Angle);
        double cosine = Math.Cos(Angle);
        double common = (force + PoleMassLength * _spin * _spin * sine) / TotalMass;
        double spinRate = (Gravity * sine - cosine * common) / (HalfPoleLength * (4.0 / 3.0 - PoleMass * cosine * cosine / TotalMass));
        double speedRate = common - PoleMassLength * spinRate * cosine / TotalMass;
        Position += StepSeconds * _speed;
        _speed += StepSeconds * speedRate;
        Angle += StepSeconds * _spin;
        _spin += StepSeconds * spinRate;
        Steps++;
    }

    private double Start() => (_random.NextDouble() * 2 - 1) * StartRange;
}
