using System;
using System.ComponentModel;

namespace NetGen;

/// <summary>Is there to be refused with a reason (NETGEN022): batch normalisation computes a sample from the other samples of its batch; generated networks compute every sample by itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormAttribute : Attribute
{
    /// <summary>Whatever other libraries take.</summary>
    /// <param name="arguments">Anything.</param>
    public BatchNormAttribute(params object[] arguments)
    {
        _ = arguments;
    }
}
