using System;
using System.Diagnostics;
using NetGen.Training;

namespace NetGen.Sample.Swarm;

/// <summary>Agents that follow a moving goal, each at a distance of its own. All of them share one network.</summary>
internal sealed class SwarmWorld
{
    private const float FrameSeconds = 1f / GameClock.FramesPerSecond;
    private const float Acceleration = 1.5f;

    private readonly SwarmNet _brain;
    private readonly float[] _inputs;
    private readonly float[] _outputs;
    private readonly float[] _positions;
    private readonly float[] _speeds;
    private readonly float[] _offsets;
    private float _time;

    /// <param name="brain">What steers the agents.</param>
    /// <param name="agents">How many there are.</param>
    public SwarmWorld(SwarmNet brain, int agents)
    {
        _brain = brain;
        Agents = agents;
        _inputs = new float[agents * SwarmNet.InputCount];
        _outputs = new float[agents * SwarmNet.OutputCount];
        _positions = new float[agents * 2];
        _speeds = new float[agents * 2];
        _offsets = new float[agents * 2];
        var random = new SeededRandom(2);
        for (int agent = 0; agent < agents; agent++)
        {
            (double sine, double cosine) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
            double distance = 0.3 * random.NextDouble();
            _offsets[2 * agent] = (float)(distance * cosine);
            _offsets[2 * agent + 1] = (float)(distance * sine);
            _positions[2 * agent] = (float)(random.NextDouble() * 2 - 1);
            _positions[2 * agent + 1] = (float)(random.NextDouble() * 2 - 1);
        }
    }

    public int Agents { get; }

    /// <summary>Where the agents are: x and y of each, about −1 to 1.</summary>
    public ReadOnlySpan<float> Positions => _positions;

    /// <summary>Moves all agents by one frame.</summary>
    /// <returns>Ticks that the networks took of it.</returns>
    public long Advance()
    {
        _time += FrameSeconds;
        Span<float> goal = [0.6f * MathF.Sin(0.9f * _time), 0.6f * MathF.Sin(1.3f * _time)];
        for (int agent = 0; agent < Agents; agent++)
        {
            Span<float> input = _inputs.AsSpan(agent * SwarmNet.InputCount, SwarmNet.InputCount);
            for (int axis = 0; axis < 2; axis++)
            {
                int index = 2 * agent + axis;
                input[axis] = Math.Clamp(goal[axis] + _offsets[index] - _positions[index], -1, 1);
                input[axis + 2] = _speeds[index];
            }
        }

        long start = Stopwatch.GetTimestamp();
        _brain.ForwardBatch(_inputs, _outputs);
        long ticks = Stopwatch.GetTimestamp() - start;

        for (int i = 0; i < _positions.Length; i++)
        {
            _speeds[i] = Math.Clamp(_speeds[i] + Acceleration * FrameSeconds * _outputs[i], -1, 1);
            _positions[i] += FrameSeconds * _speeds[i];
        }

        return ticks;
    }
}
