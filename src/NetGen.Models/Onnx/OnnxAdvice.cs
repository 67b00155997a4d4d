namespace NetGen.Models.Onnx;

/// <summary>What to do with the files that people take for those of ONNX.</summary>
internal static class OnnxAdvice
{
    private const string TorchCode = "in Python, where the model is loaded: torch.onnx.export(model, (example_input,), \"x.onnx\")";
    private const string KerasCode = "in Python, where the model is loaded: model.export(\"x.onnx\", format=\"onnx\")";

    public static readonly FileAdvice All = new(
        Gzip: "decompress it first",
        Torch: $"export it, {TorchCode}",
        Keras: $"export it, {KerasCode}",
        Hdf5: $"export the model, {KerasCode}",
        NumPyArchive: "it has weights alone; export the model that they are of",
        NumPyArray: "it has weights alone; export the model that they are of",
        Gguf: "NetGen has no language models",
        TensorFlowLite: $"export the model that it was made from, {KerasCode}",
        NoWeights: "give the path of the model",
        Table: "give the path of the model",
        Json: "export the model as ONNX",
        Onnx: null,
        Safetensors: "it has weights alone; export the model that they are of");
}
