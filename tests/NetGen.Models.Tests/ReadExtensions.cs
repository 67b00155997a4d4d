using NetGen.Models.Onnx;

namespace NetGen.Models.Tests;

/// <summary>What the reader makes of a file that is built.</summary>
internal static class ReadExtensions
{
    /// <summary>Reads the file.</summary>
    public static OnnxModel Read(this OnnxBuilder builder, IExternalData? external = null) => OnnxReader.Read(builder.ToBytes(), external);
}
