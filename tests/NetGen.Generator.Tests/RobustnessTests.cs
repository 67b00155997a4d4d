using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Whatever the source, the generator and the analyzer do not throw.</summary>
public sealed class RobustnessTests
{
    public static TheoryData<string> Sources => new()
    {
        { "" },
        { "[Network] class" },
        { "[Network(] [Dense(3)] partial class Net { }" },
        { "[Network()] [Dense()] partial class Net { }" },
        { "[Network(\"two\")] [Dense(3)] partial class Net { }" },
        { "[Network(2.5)] [Dense(null)] partial class Net { }" },
        { "[Network(Missing)] [Dense(Missing)] partial class Net { }" },
        { "[Network(2, 3)] [Dense(3, 4, 5)] partial class Net { }" },
        { "[Network(2, Loss = 1)] [Dense(3, 2)] partial class Net { }" },
        { "[Network(2, Loss = null)] [Dense(3, null)] partial class Net { }" },
        { "[Network(2, Nothing = 1)] [Dense(3, Nothing = 2)] partial class Net { }" },
        { "[Network(2, Loss = Loss.Missing)] [Dense(3, Activation.Missing)] partial class Net { }" },
        { "[Network(2)] [Network(3)] [Dense(3)] partial class Net { }" },
        { "[Network(2)] [Dense(3)] partial class Net { } [Network(2)] [Dense(3)] partial class Net { }" },
        { "[Network(2)] [Dense(3)] partial class { }" },
        { "[Network(2)] [Dense(3)] partial class Net" },
        { "[Network(2)] [Dense(3)] partial struct Net { }" },
        { "[Network(2)] [Dense(3)] partial interface Net { }" },
        { "[Network(2)] [Dense(3)] enum Net { }" },
        { "[Network(2)] [Dense(3)] delegate void Net();" },
        { "[Network(2)] [Dense(3)] void F() { }" },
        { "[Network(1 / 0)] [Dense(int.MaxValue + 1)] partial class Net { }" },
        { "[assembly: Network(2)] [module: Dense(3)]" },
        { "partial class Net<T> { [Network(2)] [Dense(3)] void F() { } }" },
        { "[Network(2)] [Dense(3)] partial class Net : Net { }" },
        { "[Network(2)] [Dense(3)] partial class Net : Missing { }" },
        { "class A<T> { partial class B { [Network(0)] [Dense(-1, (Activation)77)] static class Net { } } }" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Never_throws(string source)
    {
        Compiled compiled = Compiled.From("using NetGen;\n" + source);
        Assert.All(compiled.GeneratorDiagnostics, diagnostic => Assert.StartsWith("NETGEN", diagnostic.Id));
        Assert.Null(compiled.Driver.GetRunResult().Results.Single().Exception);
        Assert.DoesNotContain(compiled.Findings(), diagnostic => diagnostic.Id.StartsWith("AD"));

        // Where the user's source is wrong nothing wrong is added to it.
        Assert.DoesNotContain(
            compiled.CompilerDiagnostics,
            diagnostic => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs") == true && diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
