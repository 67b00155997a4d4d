using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>Puts a declaration on a class at a random place: what users write around a network and still compiles.</summary>
internal sealed class RandomClass(Random random, LanguageVersion language)
{
    private static readonly string[] Attributes =
    [
        "global::System.Serializable", "global::System.Obsolete(\"Old.\")", "global::System.ComponentModel.Description(\"d\")",
        "global::System.Diagnostics.DebuggerDisplay(\"{\")", "global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage",
    ];

    private static readonly string[] Members =
    [
        "private int p = 1; internal int Value => p;",
        "/// <summary>Documented.</summary>\npublic void Forward(float[] x) { }",
        "internal int Sigmoid => 1; internal int Exp(int x) => x; internal int At { get; set; }",
        "internal static int Math => 2; internal static int System => 3; internal static int NetGen => 4;",
        "internal sealed class Span { } internal enum Loss { A } internal delegate void Dense();",
        "internal int this[int i] => i;",
        "internal T Backward<T>(T x) => x; internal T Forward<T>(T x) => x;",
        "internal event global::System.EventHandler Changed = delegate { }; internal void Raise() => Changed(this, global::System.EventArgs.Empty);",
        "static int s_count; internal static int Next() => ++s_count;",
        "#if DEBUG || !DEBUG\ninternal const int Answer = 42;\n#endif",
        "#region Empty\n#endregion",
        "#pragma warning disable CS0169\nprivate int _unused;\n#pragma warning restore CS0169",
    ];

    /// <summary>Members that use what is generated.</summary>
    private static readonly string[] Uses =
    [
        "internal static int Twice => 2 * ParameterCount + Layout.Length;",
        "internal T_[] Run(T_[] x) { var a = new T_[OutputCount]; Forward(x, a); return a; }",
        "internal global::NetGen.ParameterBuffer<T_> Copy() { Initialize(3); var g = CreateGradient(); g.CopyFrom(Parameters); return g; }",
    ];

    /// <summary>Static initialisers with networks: <c>N_</c> is a class, <c>(A_)</c> what its constructor takes.</summary>
    private static readonly string[] Statics =
    [
        "internal static readonly N_ Shared = new N_(A_);",
        "internal static readonly N_[] All = { new N_(A_), new N_(A_) };",
        "internal static readonly global::System.Collections.Generic.Dictionary<string, N_> ByName = new global::System.Collections.Generic.Dictionary<string, N_> { [\"a\"] = new N_(A_) };",
        "internal static readonly int Held = new N_(A_).Parameters.Layout.ParameterCount;",
        "internal static readonly global::NetGen.ParameterLayout Taken = Layout;",
        "private static class Holder { internal static readonly N_ One = new N_(A_); }\ninternal static readonly object FromHolder = Holder.One;",
        "internal static readonly global::System.Lazy<N_> Late = new global::System.Lazy<N_>(() => new N_(A_));\ninternal static N_ Lately => Late.Value;",
    ];

    /// <summary>Creates a class.</summary>
    /// <param name="declaration">The network.</param>
    /// <param name="ending">What makes its name differ from all others of the compilation.</param>
    /// <param name="fileScoped">Whether a namespace may take the rest of the file.</param>
    public ClassText Create(Declaration declaration, string ending, bool fileScoped) =>
        Create(declaration.Precision, prefix => DeclarationText.Write(random, declaration, prefix), ending, fileScoped);

    /// <summary>Creates a class.</summary>
    /// <param name="precision">The network's number type.</param>
    /// <param name="attributes">The network and its layers, given what stands before the names of types.</param>
    /// <param name="ending">What makes its name differ from all others of the compilation.</param>
    /// <param name="fileScoped">Whether a namespace may take the rest of the file.</param>
    public ClassText Create(string precision, Func<string, IEnumerable<AttributeText>> attributes, string ending, bool fileScoped)
    {
        bool isGlobal = random.Next(7) == 0;
        var text = new ClassText { Name = Name.Next(random).With(isGlobal ? ending : "") };
        if (!isGlobal)
        {
            text.Namespace.Add(new Name("N" + ending, "N" + ending));
            text.Namespace.AddRange(Times(random.Next(3) == 0 ? random.Next(1, 3) : 0, () => Name.Next(random)));
            text.FileScoped = fileScoped && random.Next(2) == 0;
        }

        int depth = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        for (int level = 0; level < depth; level++)
        {
            text.Containers.Add(Container(level, text.Containers.LastOrDefault(), isGlobal && level == 0 ? ending : ""));
        }

        AvoidEqualNames(text);
        string access = Access(text.Containers.LastOrDefault());
        text.Modifiers = $"{access}{Choose("", "", "sealed ", "sealed ", "abstract ")}partial";
        text.IsDocumented = random.Next(3) != 0;
        text.OneList = random.Next(4) == 0;
        bool isQualified = text.Scope.Any(name => name.Shadows) || random.Next(4) == 0;
        text.Attributes.AddRange(attributes(isQualified ? "global::NetGen." : ""));
        AddMembers(text, precision, access, isQualified);
        if (random.Next(4) == 0)
        {
            // What names an obsolete class is warned of.
            string attribute = Choose(Attributes);
            text.Others.AddRange(text.Beside.Count > 0 && attribute.Contains("Obsolete", StringComparison.Ordinal) ? [] : [attribute]);
        }

        return text;
    }

    private void AddMembers(ClassText text, string precision, string access, bool isQualified)
    {
        string name = text.Name.Text;
        string number = precision == "Single" ? "float" : "double";
        if (text.Modifiers.Contains("abstract", StringComparison.Ordinal))
        {
            // What reflection can create in its place.
            text.Beside.Add($"/// <summary>Documented.</summary>\n{access}sealed class {name}Derived : {name} {{ }}");
        }
        else if (language >= LanguageVersion.CSharp12 && random.Next(6) == 0)
        {
            text.IsDocumented = true;
            text.Constructor = "(int first)";
            text.Members.Add("internal int First => first;");
        }
        else if (random.Next(6) == 0)
        {
            text.Members.Add($"private {name}() {{ }} static {name}() {{ }}");
        }

        // A member must not have the name of its class, nor stand for a type that the attributes name, nor hide one of a base.
        string member = Choose(Members);
        bool isDerived = isQualified && random.Next(4) == 0;
        if (isQualified && !isDerived && random.Next(2) == 0 && !member.Contains(text.Name.Value, StringComparison.Ordinal))
        {
            (random.Next(2) == 0 ? text.Members : text.SecondPart).Add(member);
        }

        var bases = new List<string>();
        if (isDerived)
        {
            bases.Add($"{name}Base");
            text.Beside.Add(HostileNames.Base(random, access, text.Name));
        }

        if (random.Next(6) == 0)
        {
            bases.Add("global::System.IDisposable");
            text.SecondPart.Add("/// <summary>Documented.</summary>\npublic void Dispose() { }");
        }

        text.Bases = bases.Count > 0 ? " : " + string.Join(", ", bases) : "";
        if (random.Next(6) == 0)
        {
            string created = text.Modifiers.Contains("abstract", StringComparison.Ordinal) ? $"{name}Derived" : name;
            (random.Next(2) == 0 ? text.Members : text.SecondPart).Add(Choose(Statics)
                .Replace("N_", created, StringComparison.Ordinal)
                .Replace("A_", text.Constructor.Length > 0 ? "0" : "", StringComparison.Ordinal));
        }

        if (random.Next(8) == 0)
        {
            AddTwins(text, access);
        }

        if (random.Next(6) == 0)
        {
            text.Members.Add(Choose(Uses).Replace("T_", number, StringComparison.Ordinal));
        }
    }

    /// <summary>Networks beside the first whose files' names would differ from its own in case only, or are what a hash makes of it.</summary>
    private static void AddTwins(ClassText text, string access)
    {
        string name = text.Name.Value;
        string other = string.Concat(name.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
        string hashed = $"{name}_{Compiled.HintHash($"{text.MetadataName.Replace('+', '.')}.g.cs")}";
        foreach (string twin in new[] { other, hashed }.Where(twin => twin != name && text.Containers.LastOrDefault()?.Name.Value != twin))
        {
            text.Beside.Add($"/// <summary>Documented.</summary>\n[global::NetGen.Network(2)] [global::NetGen.Dense(3)]\n{access}sealed partial class @{twin} {{ }}");
        }
    }

    private ContainerText Container(int level, ContainerText? outer, string ending)
    {
        string access = level == 0 ? Choose("public ", "internal ", "") : Access(outer);
        var kinds = new List<(string Modifiers, string Keyword)>
        {
            ("partial", "class"), ("static partial", "class"), ("abstract partial", "class"), ("sealed partial", "class"), ("partial", "struct"),
            ("readonly partial", "struct"), ("ref partial", "struct"), ("partial", "interface"), ("partial", "record"), ("sealed partial", "record"),
        };
        if (language >= LanguageVersion.CSharp10)
        {
            kinds.AddRange([("partial", "record class"), ("partial", "record struct"), ("readonly partial", "record struct")]);
        }

        (string modifiers, string keyword) = kinds[random.Next(kinds.Count)];
        return new ContainerText(access + modifiers, keyword, Name.Next(random).With(ending));
    }

    /// <summary>An accessibility that a member of a type may have.</summary>
    private string Access(ContainerText? outer) => outer switch
    {
        null => Choose("public ", "internal ", ""),
        { Keyword: "class" or "record" or "record class" } when !outer.Modifiers.Contains("static", StringComparison.Ordinal) && !outer.Modifiers.Contains("sealed", StringComparison.Ordinal) =>
            Choose("public ", "internal ", "private ", "protected ", "protected internal ", "private protected ", ""),
        { Keyword: "interface" } => Choose("public ", "internal ", "private ", ""),
        _ => Choose("public ", "internal ", "private ", ""),
    };

    /// <summary>A member must not have the name of its type.</summary>
    private static void AvoidEqualNames(ClassText text)
    {
        string outer = "";
        for (int level = 0; level < text.Containers.Count; level++)
        {
            ContainerText container = text.Containers[level];
            if (container.Name.Value == outer)
            {
                text.Containers[level] = new ContainerText(container.Modifiers, container.Keyword, container.Name.With("2"));
            }

            outer = text.Containers[level].Name.Value;
        }

        if (text.Name.Value == outer)
        {
            text.Name = text.Name.With("3");
        }
    }

    private string Choose(params string[] choices) => choices[random.Next(choices.Length)];

    private static IEnumerable<T> Times<T>(int count, Func<T> create)
    {
        for (int index = 0; index < count; index++)
        {
            yield return create();
        }
    }
}
