using System;
using NetGen.Training;
using Spectre.Console;

namespace NetGen.Sample.CartPole;

/// <summary>The command that lets the policy of a file play.</summary>
internal static class PolicyReport
{
    private const ulong Seed = 1;
    private const int Episodes = 100;
    private const double Enough = 475;

    /// <param name="console">The console.</param>
    /// <returns>The exit code: 1 when the policy does not balance the pole.</returns>
    public static int Run(IAnsiConsole console)
    {
        console.WriteLine($"Cart and pole: the network of the file policy.onnx, which is part of this program, plays {Episodes} episodes.");
        double steps = (double)Play(new CartPoleWorld(new SeededRandom(Seed))) / Episodes;
        console.WriteLine($"policy: {steps:0.0} of {CartPoleWorld.MaximumSteps} steps on average");
        return steps >= Enough ? 0 : 1;
    }

    /// <returns>Steps of all episodes.</returns>
    private static int Play(CartPoleWorld world)
    {
        Span<float> state = stackalloc float[CartPoleWorld.StateCount];
        Span<float> logits = stackalloc float[2];
        int steps = 0;
        for (int episode = 0; episode < Episodes; episode++)
        {
            for (world.Reset(); !world.IsOver; steps++)
            {
                world.Observe(state);
                TrainedPolicy.Shared.Forward(state, logits);
                world.Step(logits[1] > logits[0] ? 1 : 0);
            }
        }

        return steps;
    }
}
