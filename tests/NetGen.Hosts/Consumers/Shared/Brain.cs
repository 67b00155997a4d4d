using System;
using NetGen;

namespace Shared
{
    /// <summary>A network that every consumer declares.</summary>
    [Network(3, Loss = Loss.HalfSquaredError)]
    [Dense(7, Activation.Tanh)]
    [Dense(2, Activation.Sigmoid)]
    public sealed partial class Brain { }

    /// <summary>Trains it, in C# 9.</summary>
    public static class Workout
    {
        /// <summary>What training made of the parameters, as a hash of their bits.</summary>
        /// <returns>The loss of the last step and the hash.</returns>
        public static string Run()
        {
            var brain = new Brain();
            brain.Initialize(1);
            float[] x = new float[Brain.InputCount];
            float[] y = new float[Brain.OutputCount];
            float first = 0;
            float last = 0;
            for (int step = 0; step < 400; step++)
            {
                for (int bit = 0; bit < x.Length; bit++)
                {
                    x[bit] = (step >> bit) & 1;
                }

                y[0] = (step ^ (step >> 1)) & 1;
                y[1] = (step >> 2) & 1;
                last = brain.SgdStep(x, y, 0.5);
                first = step == 0 ? last : first;
            }

            float[] parameters = new float[Brain.ParameterCount];
            brain.Parameters.CopyTo(parameters);
            int hash = 17;
            foreach (float parameter in parameters)
            {
                hash = unchecked((hash * 31) + BitConverter.SingleToInt32Bits(parameter));
            }

            return last < first ? "trained: " + hash.ToString("x8") : "not trained: the loss went from " + first + " to " + last;
        }
    }
}
