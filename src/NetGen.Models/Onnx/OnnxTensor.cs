using System.Collections.Generic;

namespace NetGen.Models.Onnx;

/// <summary>Constant numbers (<c>TensorProto</c>), checked: as many of them are there as the dimensions say. Those in another file, and of a type that no network has, are checked when they are asked for.</summary>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Type">Their type.</param>
/// <param name="Dimensions">The dimensions; none for a single number.</param>
internal abstract record OnnxTensor(string Name, OnnxType Type, IReadOnlyList<int> Dimensions)
{
    /// <summary>How many numbers it has.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int dimension in Dimensions)
            {
                count *= dimension;
            }

            return count;
        }
    }

    /// <summary>The numbers, the last dimension fastest; each type is exact in double but for whole numbers above 2⁵³. A new array each time.</summary>
    /// <exception cref="System.IO.InvalidDataException">They are of a type that no network has, or in another file, which cannot be read.</exception>
    public abstract double[] ToDoubles();

    /// <summary>The whole numbers, the last dimension fastest. A new array each time.</summary>
    /// <exception cref="System.IO.InvalidDataException">They are no whole numbers, or in another file, which cannot be read.</exception>
    public abstract long[] ToIntegers();

    /// <summary>As messages name it.</summary>
    public sealed override string ToString() => Name.Length > 0 ? $"the tensor '{Name}'" : "the tensor";
}

/// <summary>The numbers that a model has in files beside it (<c>external_data</c>).</summary>
internal interface IExternalData
{
    /// <summary>Reads a part of a file.</summary>
    /// <param name="location">The path of the file, as the model has it: relative to its folder, and hostile until checked.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many bytes; null for all up to the end.</param>
    /// <exception cref="System.IO.InvalidDataException">The path leaves the folder, the file is not there or is no regular file, or does not have so many bytes.</exception>
    byte[] Read(string location, long offset, long? length);
}
