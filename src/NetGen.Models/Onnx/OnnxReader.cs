using System.Collections.Generic;
using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>
/// Reads a file of ONNX that may be damaged or hostile: all that a network can need is checked, and nothing is allocated because a file claims to have it.
/// What no network needs, as quantised numbers and graphs in nodes of control flow, can be read past.
/// </summary>
internal static class OnnxReader
{
    /// <summary>The newest version of ONNX's operators that is known (ONNX 1.20).</summary>
    public const int NewestOpset = 25;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">Its content, which must not change as long as the model is used: numbers of tensors are read from it.</param>
    /// <param name="external">The files beside the model; null if there are none.</param>
    /// <exception cref="InvalidDataException">It is no file of ONNX, or damaged; the message goes on from the name of the file and a colon.</exception>
    public static OnnxModel Read(byte[] bytes, IExternalData? external)
    {
        if (bytes.Length == 0)
        {
            throw new InvalidDataException("it is empty");
        }

        try
        {
            return ReadModel(new ProtobufReader(bytes, "the model", new MemoryBudget()), external);
        }
        catch (InvalidDataException error)
        {
            string? foreign = ForeignFile.Describe(bytes, bytes.Length, OnnxAdvice.All);
            throw new InvalidDataException(foreign is null ? FileText.Harmless(error.Message) : $"it {foreign}");
        }
    }

    private static OnnxModel ReadModel(ProtobufReader reader, IExternalData? external)
    {
        long version = 0;
        string producer = "";
        string producerVersion = "";
        OnnxGraph? graph = null;
        var opsets = new Dictionary<string, long>();
        var metadata = new List<KeyValuePair<string, string>>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    version = reader.Integer();
                    break;
                case 2:
                    producer = reader.Text();
                    break;
                case 3:
                    producerVersion = reader.Text();
                    break;
                case 7:
                    graph = graph is null ? OnnxGraphReader.Read(reader.Message("the graph"), external) : throw new InvalidDataException("it has two graphs");
                    break;
                case 8:
                    AddOpset(opsets, reader.Message("an opset"));
                    break;
                case 14:
                    metadata.Add(OnnxText.ReadEntry(reader.Message("an entry of the metadata")));
                    break;
                case 25:
                    throw new InvalidDataException("it has functions of its own, which NetGen does not read; export it with all of them inlined");
                default:
                    reader.Skip();
                    break;
            }
        }

        if (version <= 0)
        {
            throw new InvalidDataException("it is no model in ONNX: it does not say its ir_version");
        }

        CheckOpset(opsets);
        return graph is null
            ? throw new InvalidDataException("it has no graph")
            : new(version, producerVersion.Length > 0 ? $"{producer} {producerVersion}" : producer, opsets, metadata, graph);
    }

    private static void AddOpset(Dictionary<string, long> opsets, ProtobufReader reader)
    {
        reader.Budget.Take(100);
        string domain = "";
        long version = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = OnnxText.Domain(reader.Text());
                    break;
                case 2:
                    version = reader.Integer();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (opsets.TryGetValue(domain, out long other) && other != version)
        {
            throw new InvalidDataException($"it has two versions of the operators of {DomainName(domain)} (opset_import), {other} and {version}");
        }

        opsets[domain] = version;
    }

    private static void CheckOpset(Dictionary<string, long> opsets)
    {
        if (!opsets.TryGetValue("", out long version))
        {
            string domains = opsets.Count == 0 ? "nothing" : FileText.List([.. opsets.Keys]);
            throw new InvalidDataException($"it does not say which version of ONNX's operators it has: opset_import has {domains}");
        }

        if (version is < 1 or > NewestOpset)
        {
            throw new InvalidDataException($"it has version {version} of ONNX's operators (opset_import), known are 1 to {NewestOpset}");
        }
    }

    private static string DomainName(string domain) => domain.Length == 0 ? "ONNX" : $"'{FileText.Short(domain)}'";
}
