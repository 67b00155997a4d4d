using NetGen.Models.Safetensors;

namespace NetGen.Training;

/// <summary>What to do with the files that people take for checkpoints.</summary>
internal static class CheckpointAdvice
{
    public static readonly FileAdvice All = SafetensorsAdvice.All with
    {
        Gzip = "decompress it first; a GZipStream can be given to Checkpoint.Load as it is",
        Table = "parse the lines; samples are for Dataset.Create(network, inputs, targets), weights for network.Parameters.CopyFrom(values)",
    };
}
