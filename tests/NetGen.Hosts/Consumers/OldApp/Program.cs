System.Console.WriteLine(Shared.Workout.Run());
