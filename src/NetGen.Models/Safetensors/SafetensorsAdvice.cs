namespace NetGen.Models.Safetensors;

/// <summary>What to do with the files that people take for those of safetensors.</summary>
internal static class SafetensorsAdvice
{
    private const string TorchCode = "in Python, where the model is loaded: safetensors.torch.save_file(model.state_dict(), \"x.safetensors\")";
    private const string KerasCode = "in Python, where the model is loaded: safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, \"x.safetensors\")";
    private const string ArchiveCode = "in Python: safetensors.numpy.save_file(dict(numpy.load(\"x.npz\")), \"x.safetensors\")";
    private const string ArrayCode = "in Python: safetensors.numpy.save_file({\"layers.0.weight\": numpy.load(\"x.npy\")}, \"x.safetensors\")";
    private const string GiveIt = "give the path of the file of safetensors";

    public static readonly FileAdvice All = new(
        Gzip: "decompress it first",
        Torch: $"save it as safetensors, {TorchCode}",
        Keras: $"save its weights as safetensors, {KerasCode}",
        Hdf5: $"save the weights as safetensors, {KerasCode}",
        NumPyArchive: $"save it as safetensors, {ArchiveCode}",
        NumPyArray: $"save it as safetensors together with the others, {ArrayCode}",
        Gguf: $"save the model that it was made from as safetensors, {TorchCode}",
        TensorFlowLite: $"save the model that it was made from as safetensors, {KerasCode}",
        NoWeights: GiveIt,
        Table: GiveIt,
        Json: "the index of a model in several files names the files of safetensors to load; it has no weights itself",
        Onnx: $"save the weights of the model that it was made from as safetensors, {TorchCode}",
        Safetensors: null);
}
