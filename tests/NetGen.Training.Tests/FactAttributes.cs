using System;
using System.IO;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>A test of what only Linux has.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Needs Linux.";
        }
    }
}

/// <summary>Tests of what only Linux has.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Needs Linux.";
        }
    }
}

/// <summary>A test that acts for several users.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : LinuxFactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "Needs Linux and the rights of root.";
        }
    }
}

/// <summary>A test with data that looks at the calls of the system.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TraceTheoryAttribute : LinuxTheoryAttribute
{
    public TraceTheoryAttribute()
    {
        Skip ??= new TraceFactAttribute().Skip;
    }
}

/// <summary>A test that looks at the calls of the system.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TraceFactAttribute : LinuxFactAttribute
{
    public TraceFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace"))))
        {
            Skip = "Needs Linux and strace.";
        }
    }
}
