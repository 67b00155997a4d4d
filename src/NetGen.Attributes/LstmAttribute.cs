using System;
using System.ComponentModel;

namespace NetGen;

/// <summary>Is there to be refused with a reason (NETGEN022): a long short-term memory keeps a state between calls; generated networks keep none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LstmAttribute : Attribute
{
    /// <summary>Whatever other libraries take.</summary>
    /// <param name="arguments">Anything.</param>
    public LstmAttribute(params object[] arguments)
    {
        _ = arguments;
    }
}
