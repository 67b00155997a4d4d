using System;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A test that the oldest compiler cannot pass; there it is counted as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NewerCompilerFactAttribute : FactAttribute
{
    public NewerCompilerFactAttribute(string why)
    {
        Skip = Compiled.IsOldest ? why : null;
    }
}

/// <summary>A theory that the oldest compiler cannot pass.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NewerCompilerTheoryAttribute : TheoryAttribute
{
    public NewerCompilerTheoryAttribute(string why)
    {
        Skip = Compiled.IsOldest ? why : null;
    }
}

/// <summary>What the oldest compiler lacks.</summary>
internal static class NewerCompiler
{
    public const string Driver = "The driver loses items when one comes or goes before them (dotnet/roslyn#66451).";
    public const string Syntax = "The compiler ends before C# 11.";
}
