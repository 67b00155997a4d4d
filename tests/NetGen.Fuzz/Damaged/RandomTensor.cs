using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace NetGen.Fuzz.Damaged;

/// <summary>A tensor to write.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as a header has it.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Data">Its bytes.</param>
internal sealed record RandomTensor(string Name, string Type, long[] Shape, byte[] Data)
{
    /// <summary>A file with tensors in an order.</summary>
    public static byte[] File(IReadOnlyList<RandomTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var header = new StringBuilder($"{{\"__metadata__\":{{{string.Join(",", metadata.Select(entry => $"{JsonSerializer.Serialize(entry.Key)}:{JsonSerializer.Serialize(entry.Value)}"))}}}");
        long begin = 0;
        foreach (RandomTensor tensor in tensors)
        {
            header.Append($",{JsonSerializer.Serialize(tensor.Name)}:{{\"dtype\":\"{tensor.Type}\",\"shape\":[{string.Join(",", tensor.Shape)}],\"data_offsets\":[{begin},{begin + tensor.Data.Length}]}}");
            begin += tensor.Data.Length;
        }

        byte[] json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        using var file = new MemoryStream();
        file.Write(BitConverter.GetBytes((long)json.Length));
        file.Write(json);
        foreach (RandomTensor tensor in tensors)
        {
            file.Write(tensor.Data);
        }

        return file.ToArray();
    }
}
