using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>
/// How much memory the parts of a file may take once they are objects. A name, a node, an attribute has a few bytes in the file and a hundred in memory, so
/// that a large file of small parts would need many times its own size. Numbers of tensors stay in the file and count for nothing.
/// </summary>
internal sealed class MemoryBudget
{
    /// <summary>A network with thousands of nodes needs a few MB.</summary>
    public const int Limit = 32 << 20;

    /// <summary>Bytes of tensors in other files, many of which can be one and the same part of a file.</summary>
    public const long ExternalLimit = 1 << 30;

    private long _used;
    private long _external;

    /// <summary>Takes memory that is about to be allocated.</summary>
    /// <param name="bytes">How much, roughly.</param>
    /// <exception cref="InvalidDataException">There is no more.</exception>
    public void Take(long bytes)
    {
        _used += bytes;
        if (_used > Limit)
        {
            throw new InvalidDataException($"its nodes, names and attributes need more than {Limit >> 20} MB of memory; those of a network need far less");
        }
    }

    /// <summary>Takes memory that a tensor in another file will need when it is asked for.</summary>
    /// <param name="bytes">How much.</param>
    /// <exception cref="InvalidDataException">There is no more.</exception>
    public void TakeExternal(long bytes)
    {
        _external += bytes;
        if (_external > ExternalLimit)
        {
            throw new InvalidDataException($"its tensors have more than {ExternalLimit >> 20} MB in other files");
        }
    }
}
