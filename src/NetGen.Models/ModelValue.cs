namespace NetGen.Models;

/// <summary>An input or an output of a model.</summary>
public sealed class ModelValue
{
    internal ModelValue(string name, int size, bool isInteger)
    {
        Name = name;
        Size = size;
        IsInteger = isInteger;
    }

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    /// <summary>Values of one sample.</summary>
    public int Size { get; }

    /// <summary>Whether they are whole numbers: the indices of the largest of some values, from 0, which stand for a choice.</summary>
    public bool IsInteger { get; }
}
