namespace System.Runtime.CompilerServices;

/// <summary>Marks a type that the compiler fills with the parts of an interpolated string; netstandard2.0 lacks it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute
{
}

/// <summary>Names the parameters that go to the constructor of such a type, the empty name being the receiver; netstandard2.0 lacks it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InterpolatedStringHandlerArgumentAttribute(string argument) : Attribute
{
    /// <summary>The name.</summary>
    public string[] Arguments { get; } = { argument };
}
