using NetGen;

// The generator came with the library: what it made of a network here is used.
System.Console.Write(Own.ParameterCount == 2 ? "" : "! ");
System.Console.WriteLine(Shared.Workout.Run());

[Network(1)]
[Dense(1)]
internal sealed partial class Own { }
