using NetGen;

// The generator came with the library: what it made of a network and a model here is used.
System.Console.Write(Own.ParameterCount == 2 && OwnModel.ParameterCount == 3 ? "" : "! ");
System.Console.WriteLine(Shared.Workout.Run());

[Network(1)]
[Dense(1)]
internal sealed partial class Own { }

[Model("own.onnx")]
internal sealed partial class OwnModel { }
