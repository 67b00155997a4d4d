using System;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A test that old compilers cannot pass; there it is counted as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NewerCompilerFactAttribute : FactAttribute
{
    public NewerCompilerFactAttribute(string why)
    {
        Skip = NewerCompiler.Lacks(why) ? why : null;
    }
}

/// <summary>A theory that old compilers cannot pass.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NewerCompilerTheoryAttribute : TheoryAttribute
{
    public NewerCompilerTheoryAttribute(string why)
    {
        Skip = NewerCompiler.Lacks(why) ? why : null;
    }
}

/// <summary>What old compilers lack.</summary>
internal static class NewerCompiler
{
    public const string Driver = "The driver loses items when one comes or goes before them (dotnet/roslyn#66451).";
    public const string Syntax = "The compiler ends before C# 11.";

    /// <summary>Whether this compiler lacks it.</summary>
    public static bool Lacks(string what) => what == Driver ? typeof(CSharpCompilation).Assembly.GetName().Version < new Version(4, 8) : Compiled.IsOldest;
}
