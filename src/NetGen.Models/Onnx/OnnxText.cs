using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Onnx;

/// <summary>Texts of files that occur in several places, and words for messages.</summary>
internal static class OnnxText
{
    private const int ShownDimensions = 16;

    /// <summary>Reads a key and a text (<c>StringStringEntryProto</c>).</summary>
    public static KeyValuePair<string, string> ReadEntry(ProtobufReader reader)
    {
        reader.Budget.Take(100);
        string key = "";
        string text = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.Text();
                    break;
                case 2:
                    text = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(key, text);
    }

    /// <summary>The name of a domain of operators: ONNX's own has two.</summary>
    public static string Domain(string name) => name == "ai.onnx" ? "" : name;

    /// <summary>Dimensions, as messages show them.</summary>
    public static string List(IReadOnlyList<long> dimensions) =>
        $"[{string.Join(", ", dimensions.Take(ShownDimensions))}{(dimensions.Count > ShownDimensions ? ", …" : "")}]";

    /// <summary>A number of things.</summary>
    public static string Count(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
