namespace NetGen.Models;

/// <summary>A format of model files.</summary>
public enum ModelFormat
{
    /// <summary>ONNX: layers and what they compute, with their weights (https://onnx.ai).</summary>
    Onnx,
}
