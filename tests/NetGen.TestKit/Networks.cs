using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;

namespace NetGen.TestKit;

/// <summary>Networks from declarations: many of them in one compilation, each compiled once.</summary>
public static class Networks
{
    private static readonly ConcurrentDictionary<(string Source, Form Form), Type> Types = new();
    private static int _assemblies;

    /// <summary>Compiles all declarations together, so that <see cref="Create{T}"/> finds them.</summary>
    public static void Prepare(IEnumerable<Declaration> declarations, params Form[] forms)
    {
        foreach (Form form in forms)
        {
            lock (Types)
            {
                string[] missing = declarations
                    .Select(declaration => declaration.Source("Net"))
                    .Distinct()
                    .Where(source => !Types.ContainsKey((source, form)))
                    .ToArray();
                if (missing.Length > 0)
                {
                    Compile(missing, form);
                }
            }
        }
    }

    /// <summary>Creates a network of the number type T with parameters 0.</summary>
    public static INetwork<T> Create<T>(Declaration declaration, Form form = Form.Auto)
        where T : unmanaged
    {
        declaration = declaration with { Precision = typeof(T) == typeof(float) ? "Single" : "Double" };
        string source = declaration.Source("Net");
        if (!Types.ContainsKey((source, form)))
        {
            Prepare(new[] { declaration }, form);
        }

        return (INetwork<T>)Activator.CreateInstance(Types[(source, form)])!;
    }

    /// <summary>The class of a network.</summary>
    public static Type Type(Declaration declaration, Form form = Form.Auto)
    {
        Prepare(new[] { declaration }, form);
        return Types[(declaration.Source("Net"), form)];
    }

    private static void Compile(string[] sources, Form form)
    {
        _assemblies++;
        string space = $"Networks{_assemblies}";
        var text = new StringBuilder($"using NetGen;\n#pragma warning disable CS1591\nnamespace {space};\n");
        for (int index = 0; index < sources.Length; index++)
        {
            text.AppendLine(sources[index].Replace("partial class Net {", $"partial class Net{index} {{", StringComparison.Ordinal));
        }

        Assembly assembly = Compiled.From(text.ToString(), form).Load();
        for (int index = 0; index < sources.Length; index++)
        {
            Types[(sources[index], form)] = assembly.GetType($"{space}.Net{index}")
                ?? throw new InvalidOperationException($"Nothing was generated for:\n{sources[index]}");
        }
    }
}
