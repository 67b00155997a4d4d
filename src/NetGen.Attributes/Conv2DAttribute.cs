using System;
using System.ComponentModel;

namespace NetGen;

/// <summary>Is there to be refused with a reason (NETGEN022): convolutions are not generated.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DAttribute : Attribute
{
    /// <summary>Whatever other libraries take.</summary>
    /// <param name="arguments">Anything.</param>
    public Conv2DAttribute(params object[] arguments)
    {
        _ = arguments;
    }
}
