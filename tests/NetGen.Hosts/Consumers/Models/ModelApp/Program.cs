System.Console.WriteLine(Models.Policies.Run());
