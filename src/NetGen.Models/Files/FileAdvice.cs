namespace NetGen.Models;

/// <summary>What to do with a file of another format than the one that is wanted; each goes on from "it is …: ".</summary>
/// <param name="Gzip">With one that is compressed.</param>
/// <param name="Torch">With one of PyTorch's.</param>
/// <param name="Keras">With a model of Keras'.</param>
/// <param name="Hdf5">With weights that Keras saved.</param>
/// <param name="NumPyArchive">With several arrays.</param>
/// <param name="NumPyArray">With one array.</param>
/// <param name="Gguf">With a language model.</param>
/// <param name="TensorFlowLite">With a model of TensorFlow Lite.</param>
/// <param name="NoWeights">With one that has no weights.</param>
/// <param name="Table">With a table of numbers.</param>
/// <param name="Json">With a text in JSON.</param>
/// <param name="Onnx">With a model in ONNX; null if that is what is wanted.</param>
/// <param name="Safetensors">With a file of safetensors; null if that is what is wanted.</param>
internal sealed record FileAdvice(
    string Gzip,
    string Torch,
    string Keras,
    string Hdf5,
    string NumPyArchive,
    string NumPyArray,
    string Gguf,
    string TensorFlowLite,
    string NoWeights,
    string Table,
    string Json,
    string? Onnx,
    string? Safetensors);
