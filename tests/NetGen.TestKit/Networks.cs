using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.TestKit;

/// <summary>
/// Networks from declarations: many of them in one compilation, each compiled once. They are there to be run; whether the compiler has anything to say of their
/// nulls and documentation, the tests of the texts and the fuzzer ask.
/// </summary>
public static class Networks
{
    private static readonly ConcurrentDictionary<(string Source, Form Form), Lazy<Type>> Types = new();

    /// <summary>Compiles all declarations together, so that <see cref="Create{T}"/> finds them; the forms at the same time.</summary>
    public static void Prepare(IEnumerable<Declaration> declarations, params Form[] forms)
    {
        string[] sources = declarations.Select(declaration => declaration.Source("Net")).Distinct().ToArray();
        Parallel.ForEach(forms, form => Prepare(sources, form));
    }

    /// <summary>Creates a network of the number type T with parameters 0.</summary>
    public static INetwork<T> Create<T>(Declaration declaration, Form form = Form.Auto)
        where T : unmanaged
    {
        declaration = declaration with { Precision = typeof(T) == typeof(float) ? "Single" : "Double" };
        string source = declaration.Source("Net");
        return (INetwork<T>)Activator.CreateInstance(Type(source, form))!;
    }

    /// <summary>Compiles networks by themselves.</summary>
    /// <returns>The class of each, and what they were compiled from and to.</returns>
    public static (IReadOnlyList<Type> Types, Compiled Compiled) Compile(IReadOnlyList<Declaration> declarations, Form form)
    {
        Compiled compiled = From(declarations.Select(declaration => declaration.Source("Net")).ToArray(), form);
        Assembly assembly = compiled.Load();
        return (TypesOf(assembly, declarations.Count), compiled);
    }

    /// <summary>The classes of networks in a project that does not let the runtime clear memory of the stack.</summary>
    public static IReadOnlyList<Type> TypesWithoutClearing(IReadOnlyList<Declaration> declarations, Form form)
    {
        string text = Text(declarations.Select(declaration => declaration.Source("Net")).ToArray());
        CSharpCompilation compilation = Compiled.Compilation("[module: System.Runtime.CompilerServices.SkipLocalsInit]\n" + text, onlyCode: true);
        compilation = compilation.WithOptions(compilation.Options.WithAllowUnsafe(true));
        return TypesOf(Compiled.From(compilation, form, onlyCode: true).Load(), declarations.Count);
    }

    /// <summary>The class of a network.</summary>
    public static Type Type(Declaration declaration, Form form = Form.Auto) => Type(declaration.Source("Net"), form);

    private static Type Type(string source, Form form)
    {
        if (!Types.ContainsKey((source, form)))
        {
            Prepare([source], form);
        }

        return Types[(source, form)].Value;
    }

    /// <summary>Whoever asks first compiles, without keeping others from compiling something else.</summary>
    private static void Prepare(string[] sources, Form form)
    {
        Lazy<Assembly> assembly;
        lock (Types)
        {
            string[] missing = sources.Where(source => !Types.ContainsKey((source, form))).ToArray();
            if (missing.Length == 0)
            {
                return;
            }

            assembly = new Lazy<Assembly>(() => From(missing, form).Load());
            for (int index = 0; index < missing.Length; index++)
            {
                string name = $"Networks.Net{index}";
                Types[(missing[index], form)] = new Lazy<Type>(() => assembly.Value.GetType(name, throwOnError: true)!);
            }
        }

        _ = assembly.Value;
    }

    private static List<Type> TypesOf(Assembly assembly, int count) =>
        Enumerable.Range(0, count).Select(index => assembly.GetType($"Networks.Net{index}", throwOnError: true)!).ToList();

    private static Compiled From(string[] sources, Form form) => Compiled.From(Text(sources), form, onlyCode: true);

    private static string Text(string[] sources)
    {
        var text = new StringBuilder("namespace Networks\n{\nusing NetGen;\n");
        for (int index = 0; index < sources.Length; index++)
        {
            text.AppendLine(sources[index].Replace("partial class Net {", $"partial class Net{index} {{", StringComparison.Ordinal));
        }

        return text.AppendLine("}").ToString();
    }
}
