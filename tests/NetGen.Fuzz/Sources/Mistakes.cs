using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>Makes one mistake in a declaration that someone must name.</summary>
internal static class Mistakes
{
    private static readonly string[] Sizes =
    [
        "0", "-1", "-5", "int.MinValue", "default", "default(int)", "null", "\"2\"", "2.5", "2.5f", "3L", "3000000000", "Missing", "Missing.Value", "(int)Missing",
        "1 / 0", "int.MaxValue + 1", "typeof(int)", "new[] { 2 }", "", "true", "Compute()", "nameof(Missing)", "new object()", "(object)2", "2m", "int", "x => x",
        "sizeof(string)", "0x", "@", "int.MaxValue", "$\"{2}\"", "(2, 3)", "await 2", "throw null", "2!!", "stackalloc int[2]", "default(string)", "this", "base",
        "new() { }", "[2]", "2..3", "^1", "ref 2", "out var x", "-2147483649",
    ];

    private static readonly (string Property, string[] Values)[] Enums =
    [
        ("Loss", ["(Loss)99", "(Loss)(-1)", "(Loss)int.MaxValue", "1", "null", "\"Huber\"", "Loss.Missing", "Loss", "Activation.Tanh", "true", "(Loss)2.5 + 90"]),
        ("Precision", ["(Precision)2", "(Precision)(-1)", "Precision.Half", "7", "typeof(float)", "Precision.Single.Missing"]),
        ("Arithmetic", ["(Arithmetic)2", "(Arithmetic)int.MinValue", "Arithmetic.Fast", "null"]),
        ("Unroll", ["(Unroll)3", "(Unroll)(-2)", "Unroll.Some", "true", "Unroll.Auto + 7"]),
        ("Reduction", ["(Reduction)2", "(Reduction)(-9)", "Reduction.Max", "\"Mean\""]),
        ("Delta", ["0", "-1", "-0.0", "double.NaN", "double.PositiveInfinity", "1e309", "null", "\"1\"", "1m", "Missing", "1 / 0.0", "-double.Epsilon"]),
        ("MaxParameters", ["-1", "int.MinValue", "null", "1.5", "\"9\"", "long.MaxValue", "Loss.Huber", "Missing"]),
        ("MaxStackBytes", ["-1", "1", "null", "2L", "true", "int.MaxValue + 1"]),
        ("SelfTest", ["1", "null", "\"true\"", "Missing", "(bool)1"]),
        ("Nothing", ["1"]),
        ("Inputs", ["4"]),
        ("TypeId", ["null"]),
    ];

    private static readonly string[] Activations =
    [
        "(Activation)99", "(Activation)(-1)", "(Activation)int.MaxValue", "1", "null", "\"Tanh\"", "Activation.Missing", "Activation", "Loss.None", "Tanh", "",
        "Activation.Tanh.Relu", "(Activation)Missing", "typeof(Activation)", "new Activation[0]", "Activation.Tanh, Activation.Relu",
    ];

    private static readonly string[] LayerProperties =
    [
        "UseBias = 1", "UseBias = null", "UseBias = \"true\"", "UseBias = Missing", "Alpha = double.NaN", "Alpha = null", "Alpha = double.NegativeInfinity", "Nothing = 3",
        "Alpha = \"1\"", "Units = 3", "UseBias = true, UseBias = true", "UseBias =", "UseBias", "= true", "UseBias = = true", "UseBias : true",
    ];

    private static readonly (string Name, Func<Random, ClassText, Declaration, bool> Make)[] All =
    [
        ("inputs", (random, text, _) => Replace(text.Attributes[0], 0, Choose(random, Sizes))),
        ("units", (random, text, _) => ReplaceUnits(random, text)),
        ("activation", (random, text, _) => AddActivation(random, text)),
        ("option", AddOption),
        ("option of a layer", (random, text, _) => Add(Any(random, text.Attributes.Skip(1)), Choose(random, LayerProperties))),
        ("repeated option", (_, text, _) => Add(text.Attributes[0], "Precision = Precision.Single, Precision = Precision.Single")),
        ("loss that does not fit", MisfitLoss),
        ("no layer", (_, text, _) => Do(() => text.Attributes.RemoveRange(1, text.Attributes.Count - 1))),
        ("no network", (_, text, _) => Do(() => text.Attributes.RemoveAt(0))),
        ("second network", (_, text, _) => Do(() => text.Attributes.Insert(1, new AttributeText("global::NetGen.Network", ["2"])))),
        ("not partial", (_, text, _) => Do(() => text.Modifiers = text.Modifiers.Replace("partial", "", StringComparison.Ordinal))),
        ("other type", (random, text, _) => Do(() =>
        {
            text.Keyword = Choose(random, ["struct", "record", "interface", "enum", "record struct", "record class", "union", "delegate"]);
            text.Beside.Clear();
        })),
        ("static", (_, text, _) => Do(() => text.Modifiers = "static partial")),
        ("file", (_, text, _) => Do(() => text.Modifiers = "file partial")),
        ("generic", (random, text, _) => Do(() => text.TypeParameters = Choose(random, ["<T>", "<T, U>", "<>", "<in T>", "<int>"]))),
        ("container", SpoilContainer),
        ("spread layers", (_, text, _) => Do(() => text.SecondAttributes = "[global::NetGen.Dense(2)]")),
        ("repeated class", (_, text, _) => Do(() => text.SecondAttributes = string.Join("\n", text.Attributes.Select(attribute => $"[{attribute}]")))),
        ("member", (random, text, declaration) => Do(() => text.Members.Add(Conflict(random, declaration)))),
        ("name of a member", (random, text, _) => Do(() =>
        {
            string name = Choose(random, ["Forward", "Layout", "Parameters", "TraceLength", "CreateGradient", "InputCount", "Initialize"]);
            text.Name = new Name(name, name);
            text.Beside.Clear();
        })),
        ("hidden word", (random, text, _) => HideWord(random, text)),
        ("number beyond single precision", SpoilNumber),
        ("namespace and class of one name", (_, text, _) => RepeatName(text)),
        ("extra argument", (random, text, _) => Add(Any(random, text.Attributes), Choose(random, ["3", "inputs: 3", "units: 3", "missing: 3", "params: 1", ",", "3 4", "(", ")", "]", "/*", "\"", "'"]))),
        ("no arguments", (random, text, _) => Do(Any(random, text.Attributes).Arguments.Clear)),
        ("other name", (random, text, _) => Do(() => text.Attributes[0].Name = Choose(random, ["Netwerk", "NetGen.", "NetGen.Missing.Network", "Network<int>", "Network[]", "Network.Network", "int", "", "return: Network", "assembly: Network", "Missing: Network"]))),
        ("other name of a layer", (random, text, _) => Do(() => Any(random, text.Attributes.Skip(1)).Name = Choose(random, ["Dens", "Dense<int>", "Dense()", "field: Dense", "method: Dense", "Dense.", "void"]))),
    ];

    /// <summary>Makes a mistake and says which.</summary>
    public static string Make(Random random, ClassText text, Declaration declaration)
    {
        while (true)
        {
            (string name, Func<Random, ClassText, Declaration, bool> make) = All[random.Next(All.Length)];
            if (make(random, text, declaration))
            {
                return name;
            }
        }
    }

    private static bool ReplaceUnits(Random random, ClassText text)
    {
        AttributeText layer = Any(random, text.Attributes.Skip(1));
        int place = layer.Arguments.FindIndex(argument => argument.StartsWith("units:", StringComparison.Ordinal));
        return Replace(layer, Math.Max(place, 0), Choose(random, Sizes));
    }

    private static bool AddActivation(Random random, ClassText text)
    {
        AttributeText layer = Any(random, text.Attributes.Skip(1));
        int place = layer.Arguments.FindIndex(argument => argument.Contains("Activation", StringComparison.Ordinal));
        return place >= 0 && Replace(layer, place, Choose(random, Activations));
    }

    private static bool AddOption(Random random, ClassText text, Declaration declaration)
    {
        (string property, string[] values) = Enums[random.Next(Enums.Length)];
        text.Attributes[0].Arguments.RemoveAll(argument => argument.StartsWith(property, StringComparison.Ordinal));
        return Add(text.Attributes[0], $"{property} = {Choose(random, values)}");
    }

    private static bool MisfitLoss(Random random, ClassText text, Declaration declaration)
    {
        (string loss, string[]? last) = RandomDeclarations.Losses[random.Next(RandomDeclarations.Losses.Length)];
        if (last is null || last.Contains(declaration.Layers[^1].Activation))
        {
            return false;
        }

        text.Attributes[0].Arguments.RemoveAll(argument => argument.StartsWith("Loss", StringComparison.Ordinal));
        return Add(text.Attributes[0], $"Loss = global::NetGen.Loss.{loss}");
    }

    private static bool SpoilContainer(Random random, ClassText text, Declaration declaration)
    {
        if (text.Containers.Count == 0)
        {
            return false;
        }

        ContainerText container = text.Containers[random.Next(text.Containers.Count)];
        switch (random.Next(3))
        {
            case 0:
                container.TypeParameters = "<T>";
                return true;
            case 1 when container == text.Containers[0]:
                container.Modifiers = "file partial";
                return true;
            default:
                container.Modifiers = container.Modifiers.Replace("partial", "", StringComparison.Ordinal);
                return true;
        }
    }

    private static bool HideWord(Random random, ClassText text)
    {
        string word = Choose(random, ["var", "nint"]);
        var name = new Name("@" + word, word);
        switch (random.Next(4))
        {
            case 0:
                text.Members.Add($"internal class @{word} {{ }}");
                return true;
            case 1:
                text.Beside.Add($"internal class @{word} {{ }}");
                return text.Containers.Count == 0 || text.Containers[^1].Keyword != "interface";
            case 2:
                text.Namespace.Insert(0, name);
                return true;
            default:
                text.Containers.Insert(0, new ContainerText("partial", "class", name));
                return true;
        }
    }

    private static bool SpoilNumber(Random random, ClassText text, Declaration declaration)
    {
        int layer = declaration.Layers.ToList().FindIndex(layer => layer.Alpha is not null);
        if (declaration.Precision != "Single" || layer < 0)
        {
            return false;
        }

        text.Attributes[layer + 1].Arguments.RemoveAll(argument => argument.StartsWith("Alpha", StringComparison.Ordinal));
        return Add(text.Attributes[layer + 1], $"Alpha = {Choose(random, ["1e39", "-3.5e38", "double.MaxValue", "1e300"])}");
    }

    /// <summary>Both hold the network's class, which then is there twice.</summary>
    private static bool RepeatName(ClassText text)
    {
        if (text.Namespace.Count == 0 || text.FileScoped)
        {
            return false;
        }

        string attributes = string.Join("\n", text.Attributes.Select(attribute => $"[{attribute}]"));
        string outer = string.Concat(text.Containers.Select(container => $"partial {container.Keyword} {container.Name.Text} {{ "));
        string inner = string.Concat(text.Namespace.Skip(1).Select(name => $"partial class {name.Text} {{ "));
        text.After = $"partial class {text.Namespace[0].Text} {{ {inner}{outer}{attributes} partial {text.Keyword} {text.Name.Text} {{ }} {new string('}', text.Containers.Count + text.Namespace.Count)}";
        return true;
    }

    private static string Conflict(Random random, Declaration declaration)
    {
        string t = declaration.Precision == "Single" ? "float" : "double";
        return Choose(random,
        [
            "int InputCount;", "internal const int OutputCount = 1;", "internal int Layout { get; set; }", "internal class Prepare { }", "internal void Initialize(ulong seed) { }",
            $"internal void Forward(global::System.ReadOnlySpan<{t}> x, global::System.Span<{t}> a) {{ }}", "internal event global::System.Action Parameters;",
            "internal int CreateGradient() => 1;", "internal enum TraceLength { }", "internal delegate void Forward();", "internal int ParameterCount() => 1;",
        ]);
    }

    private static bool Replace(AttributeText attribute, int place, string value)
    {
        string old = attribute.Arguments[place];
        string name = old.Contains(": ", StringComparison.Ordinal) && !old.Contains("::", StringComparison.Ordinal) ? old[..(old.IndexOf(':', StringComparison.Ordinal) + 2)] : "";
        attribute.Arguments[place] = name + value;
        return true;
    }

    private static bool Add(AttributeText attribute, string argument)
    {
        attribute.Arguments.Add(argument);
        return true;
    }

    private static bool Do(Action action)
    {
        action();
        return true;
    }

    private static T Any<T>(Random random, IEnumerable<T> items)
    {
        T[] all = items.ToArray();
        return all[random.Next(all.Length)];
    }

    private static string Choose(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
