using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// What a kernel calls of the library and of the runtime's vectors is part of its code: beyond some hundreds of candidates, or 512 locals, the JIT leaves the rest as calls, each of
/// which has it store and load what was in registers. The JIT is asked for the code that it made.
/// </summary>
public sealed partial class InliningTests
{
    private const string Listing = "; Assembly listing for method ";

    /// <summary>Layers with loops, unrolled and in lanes, and the largest straight lines of one layer and of several.</summary>
    private static readonly int[][] Shapes = [[4, 16, 3], [4, 64, 64, 2], [784, 128, 10], [5, 9, 9, 9], [4, 32, 4], [4, 64], [8, 24], [1, 88], [37, 5, 9, 1]];

    /// <summary>
    /// Straight lines alone have such calls, most of them of 128 bits, where more functions stand in one method than the JIT takes in. What it leaves was counted and must not become
    /// more: 26, and 2,258 where an arithmetic of 128 bits is a parameter whose operations are candidates themselves. A tenth is left for other processors.
    /// </summary>
    [Theory]
    [InlineData("Tanh", "HalfSquaredError", "Strict", "Single", 0)]
    [InlineData("Softmax", "CategoricalCrossEntropy", "Strict", "Single", 29)]
    [InlineData("LogSoftmax", "CategoricalCrossEntropyWithLogits", "Fused", "Single", 2484)]
    public void No_operation_on_vectors_is_left_a_call(string activation, string loss, string arithmetic, string precision, int most)
    {
        Declaration[] declarations = BudgetTests.Declare(Shapes, activation, new Declaration(1, [], loss, Precision: precision, Arithmetic: arithmetic));
        (_, Compiled compiled) = Networks.Compile(declarations, Form.Auto);
        string[] log = JitProcess.Log(compiled.Emit()!, ("DOTNET_JitDisasm", "*__Kernels*:*"), ("DOTNET_JitDisasmDiffable", "1"));
        Assert.True(log.Count(line => line.StartsWith(Listing, StringComparison.Ordinal)) > declarations.Length * 10);
        ILookup<bool, string> left = Left(log).ToLookup(call => Line().IsMatch(call));
        Assert.True(!left[false].Any(), string.Join('\n', left[false]));
        Assert.True(left[true].Count() <= most, $"{left[true].Count()} instead of {most}:\n{string.Join('\n', left[true].GroupBy(call => call[..call.IndexOf(':', call.IndexOf(':') + 1)]).Select(calls => $"{calls.Count()} {calls.Key}"))}");
    }

    /// <summary>The check sees calls: of functions of one number, which are meant to be some, the log has many.</summary>
    [Fact]
    public void Calls_are_seen()
    {
        string[] log =
        [
            Listing + "NetGen.Generated.<Net_g>F12__Kernels+Lines128:Forward(float):float (FullOpts)",
            "       call     [NetGen.Runtime.Vectors:Sum(System.Runtime.Intrinsics.Vector128`1[float]):float]",
            "       call     [NetGen.Runtime.Strict1:Tanh(System.Runtime.Intrinsics.Vector256`1[double]):System.Runtime.Intrinsics.Vector256`1[double]]",
            "       tail.jmp [System.Runtime.Intrinsics.Vector128:Shuffle(int):int]",
            "       call     [NetGen.Runtime.Strict1:Tanh(double):double]",
            "       call     CORINFO_HELP_OVERFLOW",
            Listing + "NetGen.Generated.<Net_g>F12__Kernels+Lines128`1[NetGen.Runtime.FusedArithmetic1]:Backward(float):float (FullOpts)",
            "       call     [NetGen.Runtime.FusedArithmetic1:MultiplyAdd(System.Runtime.Intrinsics.Vector128`1[float]):System.Runtime.Intrinsics.Vector128`1[float]]",
            "       call     [NetGen.Generated.<Net_g>F12__Kernels+Vectors128:Affine1(byref)]",
        ];
        Assert.Equal(4, Left(log).Count());
        Assert.All(Left(log), call => Assert.Matches(Line(), call));
    }

    /// <summary>The calls of operations on vectors that a log of code shows, each with the method around it.</summary>
    private static IEnumerable<string> Left(IEnumerable<string> log)
    {
        string method = "";
        foreach (string line in log)
        {
            if (line.StartsWith(Listing, StringComparison.Ordinal))
            {
                method = line[Listing.Length..];
            }
            else if (Call().Match(line) is { Success: true } call)
            {
                yield return $"{method}: {call.Groups[1].Value}";
            }
        }
    }

    /// <summary>A call of an operation on vectors, of the library or the runtime, or of a function of a vector; functions of one number are meant to be calls.</summary>
    [GeneratedRegex(@"^\s+(?:call|tail\.jmp|bl|blr|b)\s+\[?((?:NetGen\.Runtime\.Vectors:|System\.Runtime\.Intrinsics\.|NetGen\.Runtime\.(?:Strict|Fused)(?:Arithmetic)?\d+:\w+\(System\.Runtime\.Intrinsics\.).*)$")]
    private static partial Regex Call();

    [GeneratedRegex(@"Kernels\+(?:Fused\+)?Lines\d+(?:`1\[[\w.]+\])?:")]
    private static partial Regex Line();
}
