using System.Collections.Generic;

namespace NetGen.Generator.Model;

/// <summary>
/// Something that a layer computes for a sample from quantities that go by names: what it reads, its parameters by the names of their blocks, and what it computed before.
/// The gradient of a quantity has its name with a <c>d</c> before it.
/// </summary>
internal abstract record Computation
{
    /// <summary>The quantities that it computes, in order.</summary>
    public abstract IEnumerable<string> Results { get; }

    /// <summary>The quantities that it takes from elsewhere.</summary>
    public abstract IEnumerable<string> Operands { get; }
}
