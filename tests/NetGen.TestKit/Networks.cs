using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.TestKit;

/// <summary>
/// Networks from declarations: many of them in one compilation, each compiled once. They are there to be run; whether the compiler has anything to say of their
/// nulls and documentation, the tests of the texts and the fuzzer ask.
/// </summary>
public static class Networks
{
    private static readonly ConcurrentDictionary<(string Source, Form Form), Lazy<Type>> Types = new();

    private static readonly Dictionary<(string Text, bool IsFloor), Lazy<Type>> Texts = [];

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
        Lazy<IReadOnlyDictionary<string, Lazy<Type>>> types;
        lock (Types)
        {
            string[] missing = sources.Where(source => !Types.ContainsKey((source, form))).ToArray();
            if (missing.Length == 0)
            {
                return;
            }

            types = new Lazy<IReadOnlyDictionary<string, Lazy<Type>>>(() => TypesOf(missing, form));
            foreach (string source in missing)
            {
                Types[(source, form)] = new Lazy<Type>(() => types.Value[source].Value);
            }
        }

        foreach (Lazy<Type> type in types.Value.Values)
        {
            _ = type.Value;
        }
    }

    /// <summary>The classes of networks in a form. A network that has the same text in another form is compiled for one of them.</summary>
    private static Dictionary<string, Lazy<Type>> TypesOf(string[] sources, Form form)
    {
        Dictionary<string, string> names = sources.ToDictionary(source => source, source => "Net" + Hash(source)[..16]);
        Compiled generated = Compiled.From(Compiled.Compilation(sources.Select(source => ($"{names[source]}.cs", Text(source, names[source]))), form, onlyCode: true), form, onlyCode: true);
        if (!generated.GeneratorDiagnostics.IsEmpty)
        {
            throw new InvalidOperationException(generated.GeneratorDiagnostics[0].ToString());
        }

        ILookup<string, SyntaxTree> trees = generated.Output.SyntaxTrees.ToLookup(tree => Path.GetFileName(tree.FilePath));
        IReadOnlyDictionary<string, string> texts = generated.Files;
        var news = new List<SyntaxTree>();
        var assembly = new Lazy<Assembly>(() => generated.Of(news).Load());
        var types = new Dictionary<string, Lazy<Type>>();
        lock (Texts)
        {
            foreach (string source in sources)
            {
                string file = $"Networks.{names[source]}.g.cs";
                (string, bool) key = (Hash(texts[file]), Compiled.IsFloor(form));
                if (!Texts.TryGetValue(key, out Lazy<Type>? type))
                {
                    type = Texts[key] = new Lazy<Type>(() => assembly.Value.GetType($"Networks.{names[source]}", throwOnError: true)!);
                    news.AddRange([.. trees[$"{names[source]}.cs"], .. trees[file]]);
                }

                types[source] = type;
            }
        }

        return types;
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static List<Type> TypesOf(Assembly assembly, int count) =>
        Enumerable.Range(0, count).Select(index => assembly.GetType($"Networks.Net{index}", throwOnError: true)!).ToList();

    private static Compiled From(string[] sources, Form form) => Compiled.From(Text(sources), form, onlyCode: true);

    private static string Text(string[] sources) => string.Concat(sources.Select((source, index) => Text(source, $"Net{index}")));

    private static string Text(string source, string name) =>
        $"namespace Networks\n{{\nusing NetGen;\n{source.Replace("partial class Net {", $"partial class {name} {{", StringComparison.Ordinal)}}}\n";
}
