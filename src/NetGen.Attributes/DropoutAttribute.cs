using System;
using System.ComponentModel;

namespace NetGen;

/// <summary>Is there to be refused with a reason (NETGEN022): dropout draws random numbers while a network is trained; generated networks compute the same whenever they are given the same.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute : Attribute
{
    /// <summary>Whatever other libraries take.</summary>
    /// <param name="arguments">Anything.</param>
    public DropoutAttribute(params object[] arguments)
    {
        _ = arguments;
    }
}
