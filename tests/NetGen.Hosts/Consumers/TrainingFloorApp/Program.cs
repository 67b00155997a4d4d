System.Console.WriteLine(TrainingFloor.Coach.Train());
