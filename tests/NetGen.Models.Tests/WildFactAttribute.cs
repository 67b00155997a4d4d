using System;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>A test of files that are not in the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WildFactAttribute : FactAttribute
{
    public WildFactAttribute()
    {
        if (ModelFiles.Wild is null)
        {
            Skip = "Needs a folder of model files, which NETGEN_WILD_MODELS names.";
        }
    }
}
