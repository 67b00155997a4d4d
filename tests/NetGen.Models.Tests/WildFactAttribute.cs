using System;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>A test of files that are not in the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WildFactAttribute : FactAttribute
{
    /// <param name="isLong">It takes minutes, and so runs where somebody names the folder.</param>
    public WildFactAttribute(bool isLong = false)
    {
        if (ModelFiles.Wild is null || (isLong && Environment.GetEnvironmentVariable(ModelFiles.Variable) is null))
        {
            Skip = $"Needs a folder of model files, which {ModelFiles.Variable} names.";
        }
    }
}
