using System;
using NetGen;
using NetGen.Training;

// The package for training is enough: NetGen and its generator come with it.
var brain = new Shared.Brain();
brain.Initialize(1);
using var trainer = new Trainer<float>(
    brain, new Adam<float>(brain.Parameters, learningRate: 0.01), Dataset.Create(brain, new float[] { 0, 0, 1, 1, 0, 1 }, new float[] { 0, 1, 1, 0 }));
trainer.Fit(untilEpoch: 1);
double first = trainer.LastEpoch!.Value.Loss;
trainer.Fit(untilEpoch: 200);
Console.WriteLine(trainer.LastEpoch!.Value.Loss < first && Own.ParameterCount == 3 ? Shared.Workout.Run() : "not trained");

[Model("own.onnx", Trainable = true)]
internal sealed partial class Own { }
