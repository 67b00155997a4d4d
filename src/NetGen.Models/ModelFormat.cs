namespace NetGen.Models;

/// <summary>A format of model files.</summary>
public enum ModelFormat
{
    /// <summary>ONNX: layers and what they compute, with their weights (https://onnx.ai).</summary>
    Onnx,

    /// <summary>safetensors: weights with their names, and not what is computed of them (https://github.com/huggingface/safetensors).</summary>
    Safetensors,
}
