using System;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>A test that needs ONNX Runtime, which does not load on every system.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = OnnxRuntimeSession.Complaint;
}
