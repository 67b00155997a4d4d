using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Fuzz.Sources;

/// <summary>Makes the cases whose networks are graphs: methods, and lists as attributes with the same list as a method beside them.</summary>
internal static class Graphs
{
    /// <summary>Statements that no network has, each with the mistake; <c>w</c> and the first input are in scope.</summary>
    private static readonly string[] Mistakes =
    [
        "while (true) { }", "do { } while (false);", "if (w != null) { }", "goto end; end: ;", "foreach (var one in new int[3]) { }", "for (;;) { }", "for (int i = 0; ; i++) { }",
        "for (int i = 0; i < 1000000000; i++) { }", "for (int i = 0; i < 4; i--) { }", "for (int i = 0; i < w.GetHashCode(); i++) { }", "global::System.Console.WriteLine();", "Wire(w);",
        "int a = 1 / 0;", "int a = int.MaxValue; a = a + 1;", "global::System.Action a = () => { };", "static int Local() => 1;", "throw null;", "w = null;", "try { } finally { }",
        "w.Input(\"New\", 0);", "w.Input(\"New\", -3).Dense(2);", "w.Input(\"9\", 2);", "w.Input(null, 2);", "w.Input(\"New\", 2).Dense(2);", "w.Missing();", "w.Output(\"New\", null);",
        "w.Output(\"New\", w.Parameter(\"P\", 2) + w.Parameter(\"Q\", 3));", "w.Output(\"New\", w.Parameter(\"P\", 2).Slice(1, 2));", "w.Output(\"New\", w.Parameter(\"P\", 2).Slice(-1, 2));",
        "w.Output(\"Out0\", w.Parameter(\"P\", 2));", "w.Output(\"New\", w.Parameter(\"P\", 2).Dense(0));", "w.Output(\"New\", w.Parameter(\"P\", 2).Dense(2, Missing));",
        "w.Output(\"New\", w.Parameter(\"P\", 2).Dense(2, (Activation)99));", "w.Output(\"New\", w.Parameter(\"P\", 2, double.NaN));", "w.Output(\"New\", w.Parameter(\"P\", 2).LayerNorm(epsilon: 0));",
        "w.Output(\"New\", w.Parameter(\"P\", 2).Dense(2, name: \"same\").Dense(2, name: \"same\"));", "w.Output(\"New\", w.Parameter(\"P\", 2), (Loss)77);", "w.Output(\"New\", w.Parameter(\"P\", 2), weight: 1 / 0.0);",
        "w.Output(\"New\", w.Parameter(\"P\", global::System.DateTime.Now.Year));", "w.Output(\"New\", true ? w.Parameter(\"P\", 2) : null);", "Signal s = w.Parameter(\"P\", 2); s.Dense(3);",
    ];

    /// <summary>Makes a case.</summary>
    /// <param name="random">Chooses it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="language">The version of C#.</param>
    public static FuzzCase Create(Random random, int number, CaseKind kind, LanguageVersion language)
    {
        var create = new RandomClass(random, language);
        string precision = random.Next(2) == 0 ? "Single" : "Double";
        int networkSeed = random.Next();
        bool isList = random.Next(2) == 0;
        ClassText wired = Wired(create, random, precision, networkSeed, isList, $"_{number}_0", out WireText wire);
        ClassText? listed = isList
            ? create.Create(precision, prefix => Listed(new Random(networkSeed), precision, prefix), $"_{number}_1", fileScoped: false)
            : null;
        List<ClassText> classes = listed is null ? [wired] : [wired, listed];
        string mistake = "";
        if (kind == CaseKind.Wrong)
        {
            mistake = Mistakes[random.Next(Mistakes.Length)];
            wired.Members[^1] = wired.Members[^1].Replace("w)\n{\n", $"w)\n{{\n    {mistake}\n", StringComparison.Ordinal);
        }

        string source = FuzzCase.Write(random, classes);
        if (kind == CaseKind.Damaged)
        {
            (source, mistake) = Damage.Apply(random, source);
        }

        return new FuzzCase(number, kind, source, [], mistake)
        {
            Graph = kind == CaseKind.Right ? new FuzzGraph(Class(wired), listed is null ? null : Class(listed), wire, precision) : null,
        };
    }

    private static ClassText Wired(RandomClass create, Random random, string precision, int seed, bool isList, string ending, out WireText wire)
    {
        string before = "";
        bool hasTerms = random.Next(4) == 0;
        ClassText text = create.Create(
            precision,
            prefix =>
            {
                before = prefix;
                return [Network(prefix, [], precision, null, hasTerms)];
            },
            ending,
            fileScoped: false);
        wire = isList ? RandomList.Create(new Random(seed), before).Wire : RandomWire.Create(new Random(seed), before);
        text.Members.Add(wire.Members(before));
        return text;
    }

    private static IEnumerable<AttributeText> Listed(Random random, string precision, string prefix)
    {
        var list = RandomList.Create(random, prefix);
        return list.Attributes.Prepend(Network(prefix, [list.Inputs.ToString(CultureInfo.InvariantCulture)], precision, list.Loss));
    }

    private static AttributeText Network(string prefix, IEnumerable<string> inputs, string precision, string? loss, bool hasTerms = false) => new(
        prefix + "Network",
        inputs.Concat(loss is null ? [] : [$"Loss = {prefix}Loss.{loss}"]).Append($"Precision = {prefix}Precision.{precision}").Append("SelfTest = true").Concat(hasTerms ? ["BatchTerms = true"] : []));

    private static FuzzClass Class(ClassText text) =>
        new(text.MetadataName + (text.Modifiers.Contains("abstract", StringComparison.Ordinal) ? "Derived" : ""), text.MetadataName);
}
