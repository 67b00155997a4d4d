using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Fuzz.Sources;
using NetGen.TestKit;

namespace NetGen.Fuzz.Checks;

/// <summary>Checks cases: right ones many at a time, the others one by one.</summary>
internal static class CaseCheck
{
    /// <summary>What is wrong with a case on its own.</summary>
    public static Verdict Alone(FuzzCase one, Setting setting) => Verdict.Of(
        () => one.Kind == CaseKind.Right ? Right([one], setting) : CompilationCheck.Problems(setting.Compile([one]), one.Kind == CaseKind.Wrong).ToList(),
        () => CompileAlone(one, setting));

    /// <summary>Whether nothing is wrong with right cases, compiled together; each on its own tells what is.</summary>
    public static bool AreRight(IReadOnlyList<FuzzCase> cases, Setting setting) =>
        Verdict.Of(() => Right(cases, setting), () => { }) is { Problems.Count: 0 };

    /// <summary>What the compiler does for the user's part, without NetGen.</summary>
    private static void CompileAlone(FuzzCase one, Setting setting)
    {
        CSharpCompilation compilation = setting.Compilation([one]);
        _ = compilation.GetDiagnostics();
        _ = compilation.Emit(Stream.Null);
    }

    /// <summary>What is wrong with right cases, compiled together.</summary>
    private static IReadOnlyList<string> Right(IReadOnlyList<FuzzCase> cases, Setting setting)
    {
        Compiled compiled = setting.Compile(cases);
        compiled.Emit();
        List<string> problems = [.. CompilationCheck.Problems(compiled, hasMistake: false)];
        problems.AddRange(compiled.CompilerDiagnostics.Select(diagnostic => $"The compiler: {diagnostic}"));
        problems.AddRange(compiled.Findings().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(diagnostic => $"NetGen: {diagnostic}"));
        if (problems.Count == 0)
        {
            problems.AddRange(cases.SelectMany(one => one.Networks).Where(network => network.IsDeep).SelectMany(network => CostProblems(compiled, network)));
            problems.AddRange(cases.SelectMany(one => one.Networks).SelectMany(network => Unproven(compiled, network.GeneratedName)));
            problems.AddRange(cases.SelectMany(one => one.Classes).SelectMany(one => Unproven(compiled, one.GeneratedName)));
            problems.AddRange(Run(cases, compiled, setting));
        }

        return problems;
    }

    private static IEnumerable<string> CostProblems(Compiled compiled, FuzzNetwork network) =>
        GeneratorCost.Problem(compiled.Input, network.GeneratedName) is { } problem ? [$"{network.Declaration}: {problem}"] : [];

    private static IEnumerable<string> Unproven(Compiled compiled, string generatedName) =>
        KernelProof.Faults(compiled.Input, generatedName).Select(fault => $"{generatedName}, {fault}");

    private static IReadOnlyList<string> Run(IReadOnlyList<FuzzCase> cases, Compiled compiled, Setting setting)
    {
        var context = new AssemblyLoadContext("Fuzz", isCollectible: true);
        try
        {
            Assembly assembly = compiled.Load(context);
            return cases
                .SelectMany(one => one.Networks.SelectMany((network, index) => Run(assembly, network, unchecked((one.Number * 31) + index), setting.IsFloor)))
                .Concat(cases.Where(one => one.Graph is not null).SelectMany(one => Run(assembly, one.Graph!, one.Number, setting.IsFloor)))
                .ToList();
        }
        finally
        {
            context.Unload();
        }
    }

    private static IReadOnlyList<string> Run(Assembly assembly, FuzzNetwork network, int seed, bool isFloor)
    {
        Type type = assembly.GetType(network.MetadataName) ?? throw new InvalidOperationException($"There is no class {network.MetadataName}.");
        return Run(network.Declaration, () => network.Declaration.Precision == "Single"
            ? NumberCheck.Problems<float>(type, network.Declaration, seed, isFloor)
            : NumberCheck.Problems<double>(type, network.Declaration, seed, isFloor));
    }

    private static IReadOnlyList<string> Run(Assembly assembly, FuzzGraph graph, int seed, bool isFloor) => Run(graph.Wired, () => graph.Precision == "Single"
        ? new GraphCheck<float>(assembly, graph, isFloor).Problems(seed)
        : new GraphCheck<double>(assembly, graph, isFloor).Problems(seed));

    private static IReadOnlyList<string> Run(object network, Func<IEnumerable<string>> check)
    {
        try
        {
            return check().Where(problem => problem.Length > 0).ToList();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or TargetInvocationException or InvalidProgramException or TypeLoadException)
        {
            return [$"{network}: {exception}"];
        }
    }
}
