using NetGen.Training;

namespace TrainingFloor
{
    /// <summary>Trains in C# 9, against the assemblies for netstandard2.1.</summary>
    public static class Coach
    {
        public static string Train()
        {
            var brain = new Shared.Brain();
            brain.Initialize(1);
            using var trainer = new Trainer<float>(
                brain, new Adam<float>(brain.Parameters, 0.01), Dataset.Create(brain, new float[] { 0, 0, 1, 1, 0, 1 }, new float[] { 0, 1, 1, 0 }));
            trainer.Fit(1);
            double first = trainer.LastEpoch!.Value.Loss;
            trainer.Fit(200);
            return trainer.LastEpoch!.Value.Loss < first ? Shared.Workout.Run() : "not trained";
        }
    }
}
