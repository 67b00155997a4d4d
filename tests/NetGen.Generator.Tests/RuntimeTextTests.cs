using System;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics;
using NetGen.Generator.Formulas;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// The functions of NetGen.dll are those of the formulas. A new function, or the next version, is written into the library with <c>NETGEN_UPDATE_SNAPSHOTS=1</c>; a change
/// of a function that is published needs a new version instead.
/// </summary>
public sealed class RuntimeTextTests
{
    private static readonly string Folder = Path.Combine(Paths.AttributeSources, "Runtime");

    [Fact]
    [Trait("Category", "Quick")]
    public void The_library_has_the_functions_of_the_formulas()
    {
        if (Environment.GetEnvironmentVariable("NETGEN_UPDATE_SNAPSHOTS") == "1")
        {
            foreach ((string name, string text) in RuntimeText.Files)
            {
                File.WriteAllText(Path.Combine(Folder, name), text);
            }
        }

        Assert.Equal(RuntimeText.Files.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(Folder, "*.g.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(RuntimeText.Files, file => Assert.Equal(file.Value, File.ReadAllText(Path.Combine(Folder, file.Key)), ignoreLineEndingDifferences: true));
    }

    /// <summary>Kernels that take their arithmetic find every function there that text for vectors calls, of which some is for one number.</summary>
    [Fact]
    [Trait("Category", "Quick")]
    public void Arithmetics_have_the_functions_of_the_formulas() => Assert.All(
        new[] { typeof(float), typeof(double), typeof(Vector128<float>), typeof(Vector128<double>) },
        real => Assert.All(Catalogue.ElementaryNames, name => Assert.NotNull(typeof(Runtime.IArithmetic).GetMethod(name, [real]))));

    /// <summary>Whoever names the instructions of Arm has the JIT load them before it compiles, elsewhere too, which takes milliseconds.</summary>
    [Fact]
    [Trait("Category", "Quick")]
    public void Only_one_class_names_the_instructions_of_Arm()
    {
        const string Arm = "Intrinsics.Arm";
        Assert.Equal(["ArmVectors.cs"], Directory.GetFiles(Folder).Where(file => File.ReadAllText(file).Contains(Arm, StringComparison.Ordinal)).Select(Path.GetFileName));
        Compiled network = Compiled.From("using NetGen; [Network(2, Loss = Loss.SquaredError, Arithmetic = Arithmetic.Fused)] [Dense(300)] [Dense(2)] partial class Net;");
        string text = Assert.Single(network.Files.Values);
        Assert.Contains("Intrinsics.X86", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Arm, text, StringComparison.Ordinal);
    }
}
