namespace NetGen.Generator.Emit;

/// <summary>A parameter of an emitted method.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
internal sealed record Parameter(string Type, string Name)
{
    /// <summary>What a method passes on that has the parameter itself.</summary>
    public string Argument => Type.StartsWith("ref ", System.StringComparison.Ordinal) ? "ref " + Name : Name;

    public override string ToString() => $"{Type} {Name}";
}
