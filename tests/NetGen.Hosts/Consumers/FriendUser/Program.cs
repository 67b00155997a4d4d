using System;

// Everything that a friend generates is visible here, and nothing of it clashes.
var brain = new Friend.Brain();
brain.Initialize(1);
float[] output = new float[Friend.Brain.OutputCount];
brain.Forward([1, 2], output);
Console.WriteLine(output[0] > 0 ? Shared.Workout.Run() : "no output");
