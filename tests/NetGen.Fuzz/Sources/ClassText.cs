using System.Collections.Generic;
using System.Linq;

namespace NetGen.Fuzz.Sources;

/// <summary>A type around a network.</summary>
internal sealed class ContainerText(string modifiers, string keyword, Name name)
{
    public string Modifiers { get; set; } = modifiers;

    public string Keyword { get; } = keyword;

    public Name Name { get; } = name;

    public string TypeParameters { get; set; } = "";
}

/// <summary>A network's class with everything around it, whose parts can still be changed.</summary>
internal sealed class ClassText
{
    /// <summary>The namespace, outermost name first; empty for the global one.</summary>
    public List<Name> Namespace { get; } = [];

    public bool FileScoped { get; set; }

    public List<ContainerText> Containers { get; } = [];

    /// <summary>The network, then its layers.</summary>
    public List<AttributeText> Attributes { get; } = [];

    /// <summary>Other attributes.</summary>
    public List<string> Others { get; } = [];

    /// <summary>All attributes stand in one pair of brackets.</summary>
    public bool OneList { get; set; }

    public bool IsDocumented { get; set; } = true;

    public string Modifiers { get; set; } = "partial";

    public string Keyword { get; set; } = "class";

    public required Name Name { get; set; }

    public string TypeParameters { get; set; } = "";

    /// <summary>A primary constructor.</summary>
    public string Constructor { get; set; } = "";

    public string Bases { get; set; } = "";

    public List<string> Members { get; } = [];

    /// <summary>Further members, in a declaration of their own.</summary>
    public List<string> SecondPart { get; } = [];

    /// <summary>Attributes of the second declaration.</summary>
    public string SecondAttributes { get; set; } = "";

    /// <summary>Text after everything else.</summary>
    public string After { get; set; } = "";

    /// <summary>Text in the scope of the class.</summary>
    public List<string> Beside { get; } = [];

    /// <summary>The name by which reflection finds the class.</summary>
    public string MetadataName => string.Join('.', Namespace.Select(name => name.Value).Append(string.Join('+', Containers.Select(outer => outer.Name).Append(Name).Select(name => name.Value))));

    /// <summary>Every name in whose scope the attributes stand.</summary>
    public IEnumerable<Name> Scope => Namespace.Concat(Containers.Select(outer => outer.Name)).Append(Name);

    public override string ToString()
    {
        var lines = new List<string>();
        string space = string.Join('.', Namespace.Select(name => name.Text));
        if (space.Length > 0)
        {
            lines.Add(FileScoped ? $"namespace {space};" : $"namespace {space}\n{{");
        }

        Open(lines, isFirst: true);
        if (IsDocumented)
        {
            lines.Add("/// <summary>Documented.</summary>");
        }

        IEnumerable<string> attributes = Others.Concat(Attributes.Select(attribute => attribute.ToString()));
        if (OneList)
        {
            lines.Add($"[{string.Join(", ", attributes)}]");
        }
        else
        {
            lines.AddRange(attributes.Select(attribute => $"[{attribute}]"));
        }

        lines.Add($"{Modifiers} {Keyword} {Name.Text}{TypeParameters}{Constructor}{Bases}\n{{");
        lines.AddRange(Members);
        lines.Add("}");
        lines.AddRange(Beside);
        lines.AddRange(Containers.Select(_ => "}"));
        if (SecondPart.Count > 0 || SecondAttributes.Length > 0)
        {
            Open(lines, isFirst: false);
            lines.Add($"{SecondAttributes} partial {Keyword} {Name.Text}{TypeParameters}\n{{");
            lines.AddRange(SecondPart);
            lines.Add("}");
            lines.AddRange(Containers.Select(_ => "}"));
        }

        if (space.Length > 0 && !FileScoped)
        {
            lines.Add("}");
        }

        return string.Join('\n', lines.Append(After));
    }

    private void Open(List<string> lines, bool isFirst)
    {
        foreach (ContainerText outer in Containers)
        {
            string modifiers = isFirst ? "/// <summary>Documented.</summary>\n" + outer.Modifiers : "partial";
            lines.Add($"{modifiers} {outer.Keyword} {outer.Name.Text}{outer.TypeParameters}\n{{");
        }
    }
}
