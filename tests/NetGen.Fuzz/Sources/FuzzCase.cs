using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>What a case is.</summary>
internal enum CaseKind
{
    /// <summary>Declarations without a mistake.</summary>
    Right,

    /// <summary>A declaration with a mistake that the compiler or NetGen must name.</summary>
    Wrong,

    /// <summary>Text with random damage, which may or may not still compile.</summary>
    Damaged,
}

/// <summary>A network of a case.</summary>
/// <param name="MetadataName">The class to create.</param>
/// <param name="GeneratedName">The class with the generated members, which the former may derive from.</param>
/// <param name="Declaration">What is declared.</param>
internal sealed record FuzzNetwork(string MetadataName, string GeneratedName, Declaration Declaration)
{
    /// <summary>Whether it has so many layers that what grows faster than they do would show.</summary>
    public bool IsDeep => Declaration.Layers.Count >= 12;
}

/// <summary>A network of a case that is a graph.</summary>
/// <param name="Wired">The class whose method declares it.</param>
/// <param name="Listed">The class whose attributes declare the same network, where there is one.</param>
/// <param name="Wire">What the method declares.</param>
/// <param name="Precision">The number type.</param>
internal sealed record FuzzGraph(FuzzClass Wired, FuzzClass? Listed, WireText Wire, string Precision);

/// <summary>A class of a case.</summary>
/// <param name="MetadataName">The class to create.</param>
/// <param name="GeneratedName">The class with the generated members, which the former may derive from.</param>
internal sealed record FuzzClass(string MetadataName, string GeneratedName);

/// <summary>One source file, made from a seed and a number alone.</summary>
/// <param name="Number">The number.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Source">The text.</param>
/// <param name="Networks">What a right one declares.</param>
/// <param name="Mistake">What is wrong with a wrong or damaged one.</param>
internal sealed record FuzzCase(int Number, CaseKind Kind, string Source, IReadOnlyList<FuzzNetwork> Networks, string Mistake)
{
    /// <summary>Of how many cases one has networks that are graphs.</summary>
    private const int OneGraphIn = 4;

    /// <summary>The name of the file in a compilation.</summary>
    public string Path => $"Case{Number}.cs";

    /// <summary>What a right one declares as a graph; then it has no other networks.</summary>
    public FuzzGraph? Graph { get; init; }

    /// <summary>The classes of the graph.</summary>
    public IEnumerable<FuzzClass> Classes => Graph is null ? [] : Graph.Listed is null ? [Graph.Wired] : [Graph.Wired, Graph.Listed];

    /// <summary>Makes the case with a number.</summary>
    public static FuzzCase Create(int seed, int number, LanguageVersion language)
    {
        var random = new Random(HashCode(seed, number));
        CaseKind kind = random.Next(10) switch { < 5 => CaseKind.Right, < 8 => CaseKind.Wrong, _ => CaseKind.Damaged };
        if (number % OneGraphIn == OneGraphIn - 1)
        {
            return Graphs.Create(random, number, kind, language);
        }

        int count = random.Next(6) == 0 ? random.Next(2, 4) : 1;
        var classes = new List<ClassText>();
        var networks = new List<FuzzNetwork>();
        var create = new RandomClass(random, language);
        for (int index = 0; index < count; index++)
        {
            Declaration declaration = RandomNetworks.Next(random);
            ClassText text = create.Create(declaration, $"_{number}_{index}", fileScoped: count == 1 && language >= LanguageVersion.CSharp10);
            classes.Add(text);
            bool isAbstract = text.Modifiers.Contains("abstract", StringComparison.Ordinal);
            networks.Add(new FuzzNetwork(text.MetadataName + (isAbstract ? "Derived" : ""), text.MetadataName, declaration));
        }

        string mistake = kind == CaseKind.Wrong ? Mistakes.Make(random, classes[^1], networks[^1].Declaration) : "";
        string source = Write(random, classes);
        if (kind == CaseKind.Damaged)
        {
            (source, mistake) = Damage.Apply(random, source);
        }

        return new FuzzCase(number, kind, source, kind == CaseKind.Right ? networks : [], mistake);
    }

    /// <summary>Writes a file.</summary>
    public static string Write(Random random, IReadOnlyList<ClassText> classes)
    {
        var text = new StringBuilder();
        if (random.Next(8) == 0)
        {
            text.Append("// A file.\r\n#nullable disable\n");
        }

        text.Append("using global::NetGen;\n");
        text.AppendJoin("\n\n", classes.Select(one => one.ToString())).Append('\n');
        return random.Next(8) == 0 ? text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal) : text.ToString();
    }

    /// <summary>The same on every run, and far apart for neighbouring numbers.</summary>
    private static int HashCode(int seed, int number) => unchecked((int)((((uint)seed * 2654435761u) ^ (uint)number) * 2246822519u));
}
