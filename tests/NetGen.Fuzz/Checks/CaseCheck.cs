using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using NetGen.Fuzz.Sources;
using NetGen.TestKit;

namespace NetGen.Fuzz.Checks;

/// <summary>Checks cases: right ones many at a time, the others one by one.</summary>
internal static class CaseCheck
{
    /// <summary>What is wrong with right cases, compiled together.</summary>
    public static IReadOnlyList<string> Right(IReadOnlyList<FuzzCase> cases, Setting setting)
    {
        Compiled compiled = setting.Compile(cases);
        compiled.Emit();
        List<string> problems = [.. CompilationCheck.Problems(compiled, hasMistake: false)];
        problems.AddRange(compiled.CompilerDiagnostics.Select(diagnostic => $"The compiler: {diagnostic}"));
        problems.AddRange(compiled.Findings().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(diagnostic => $"NetGen: {diagnostic}"));
        if (problems.Count == 0)
        {
            problems.AddRange(cases.SelectMany(one => one.Networks).Where(network => network.IsDeep).SelectMany(network => CostProblems(compiled, network)));
            problems.AddRange(Run(cases, compiled, setting));
        }

        return problems;
    }

    /// <summary>What is wrong with a case on its own.</summary>
    public static IReadOnlyList<string> Alone(FuzzCase one, Setting setting) => one.Kind == CaseKind.Right
        ? Right([one], setting)
        : CompilationCheck.Problems(setting.Compile([one]), one.Kind == CaseKind.Wrong).ToList();

    private static IEnumerable<string> CostProblems(Compiled compiled, FuzzNetwork network) =>
        GeneratorCost.Problem(compiled.Input, network.GeneratedName) is { } problem ? [$"{network.Declaration}: {problem}"] : [];

    private static IReadOnlyList<string> Run(IReadOnlyList<FuzzCase> cases, Compiled compiled, Setting setting)
    {
        var context = new AssemblyLoadContext("Fuzz", isCollectible: true);
        try
        {
            Assembly assembly = compiled.Load(context);
            return cases.SelectMany(one => one.Networks.SelectMany((network, index) => Run(assembly, network, unchecked((one.Number * 31) + index), setting.IsFloor))).ToList();
        }
        finally
        {
            context.Unload();
        }
    }

    private static IReadOnlyList<string> Run(Assembly assembly, FuzzNetwork network, int seed, bool isFloor)
    {
        Type type = assembly.GetType(network.MetadataName) ?? throw new InvalidOperationException($"There is no class {network.MetadataName}.");
        try
        {
            return (network.Declaration.Precision == "Single"
                ? NumberCheck.Problems<float>(type, network.Declaration, seed, isFloor)
                : NumberCheck.Problems<double>(type, network.Declaration, seed, isFloor)).Where(problem => problem.Length > 0).ToList();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or TargetInvocationException or InvalidProgramException or TypeLoadException)
        {
            return [$"{network.Declaration}: {exception}"];
        }
    }
}
