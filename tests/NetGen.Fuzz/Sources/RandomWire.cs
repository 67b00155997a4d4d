using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>Writes random networks as methods: up to 30 nodes with several inputs and outputs, in the many ways that mean the same.</summary>
internal sealed class RandomWire
{
    private const int MostNodes = 28;

    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 8, 9, 17, 24];

    private static readonly string[] Names = ["X", "State", "seen_before", "Größe"];

    private static readonly string[] Losses = ["None", "HalfSquaredError", "SquaredError", "Huber", "LogCosh", "Linear", "AbsoluteError", Own, "BinaryCrossEntropyWithLogits", "CategoricalCrossEntropyWithLogits", "BinaryCrossEntropy", "CategoricalCrossEntropy"];

    /// <summary>How many of the losses suit any values; the others want a layer without activation, or with their own.</summary>
    private const int LossesForAll = 8;

    /// <summary>An activation or a loss of the class's own.</summary>
    private const string Own = "Own";

    private readonly Random _random;
    private readonly string _prefix;
    private readonly WireText _text = new();
    private readonly List<(string Name, int Size)> _signals = [];
    private readonly HashSet<string> _unread = [];
    private int _next;

    private RandomWire(Random random, string prefix)
    {
        _random = random;
        _prefix = prefix;
    }

    /// <summary>Writes a network.</summary>
    /// <param name="random">Chooses it.</param>
    /// <param name="prefix">What stands before the names of types.</param>
    public static WireText Create(Random random, string prefix) => new RandomWire(random, prefix).Create();

    private WireText Create()
    {
        int inputs = 1 + _random.Next(3);
        for (int index = 0; index < inputs; index++)
        {
            AddInput(Names[index] + (_random.Next(3) == 0 ? "2" : ""));
        }

        int nodes = 1 + _random.Next(MostNodes);
        while (_next < nodes)
        {
            AddAny();
        }

        AddOutputs();
        return _text;
    }

    private void AddInput(string name)
    {
        int size = Pick(Sizes);
        _text.Inputs.Add((name, size));
        Declare($"w.Input({(_random.Next(4) == 0 ? $"size: {Integer(size)}, name: \"{name}\"" : $"\"{name}\", {Integer(size)}")})", size);
    }

    private void AddAny()
    {
        switch (_random.Next(9))
        {
            case 0:
                AddLoop();
                break;
            case 1:
                int size = Pick(Sizes);
                Declare($"w.Parameter(\"free{_next}\", {Integer(size)}{(_random.Next(2) == 0 ? ", initial: 0.25" : "")})", size);
                break;
            case 2:
                AddShared();
                break;
            case 3:
                // In place of what was read.
                (string name, int own) = Read();
                string sum = Expression(own, own, depth: 1);
                _text.Lines.Add(_random.Next(2) == 0 ? $"{name} += {Inside(name, sum)};" : $"{name} = {name} {Pick(["+", "-", "*"])} ({Inside(name, sum)});");
                _unread.Add(name);
                _next += 2;
                break;
            default:
                int units = Pick(Sizes);
                (string source, int count) = Read();
                Declare(Inside(source, Expression(count, units, depth: 1 + _random.Next(2))), units);
                break;
        }
    }

    /// <summary>Two layers with the same parameters, of two signals or of one.</summary>
    private void AddShared()
    {
        (string source, int size) = Read();
        string other = Same(size) ?? source;
        string name = "shared" + _next.ToString(CultureInfo.InvariantCulture);
        int units = Pick(Sizes);
        (string layer, string arguments, int result) = _random.Next(5) switch
        {
            0 when size > 2 => ("LayerNorm", "", size),
            1 when size > 2 => ("RmsNorm", "", size),
            2 => ("PRelu", "perUnit: true", size),
            _ => ("Dense", $"{Integer(units)}, {Activation()}", units),
        };
        Declare($"{source}.{layer}({Options(arguments, $"name: \"{name}\"")})", result);
        Declare($"{other}.{layer}({Options(arguments, $"sharesWith: \"{name}\"")})", result);
    }

    /// <summary>A residual block, several times.</summary>
    private void AddLoop()
    {
        (string name, int size) = Read();
        int turns = 1 + _random.Next(3);
        int hidden = Pick(Sizes);
        string index = "turn" + _next.ToString(CultureInfo.InvariantCulture);
        _text.Lines.Add(_random.Next(2) == 0
            ? $"for (int {index} = 0; {index} < {Integer(turns)}; {index}++)"
            : $"for (int {index} = {turns}; {index} > 0; {index} -= 1)");
        _text.Lines.Add("{");
        string norm = size > 2 ? $".{Pick(["LayerNorm", "RmsNorm"])}()" : "";
        _text.Lines.Add($"    {name} += {name}{norm}.Dense({hidden}, {Activation()}, name: $\"{index}_{{{index}}}\").Dense({Size(name, size)}, useBias: {Pick(["true", "false"])});");
        _text.Lines.Add("}");
        _unread.Add(name);
        _next += 3 * turns;
    }

    /// <summary>Everything that nothing reads leaves, by itself or with others.</summary>
    private void AddOutputs()
    {
        List<(string Name, int Size)> rest = [.. _signals.Where(signal => _unread.Contains(signal.Name))];
        while (rest.Count > 0)
        {
            int count = rest.Count > 4 ? rest.Count : 1 + _random.Next(rest.Count);
            (string Name, int Size)[] parts = [.. rest.Take(count)];
            rest.RemoveRange(0, count);
            string all = parts.Length == 1 ? parts[0].Name : $"{parts[0].Name}.Concat({string.Join(", ", parts.Skip(1).Select(part => part.Name))})";
            int size = Pick(Sizes);
            AddOutput(all, size, Losses.Length, $"Dense({Integer(size)})");
        }

        if (_random.Next(3) == 0)
        {
            (string name, int size) = Pick([.. _signals]);
            AddOutput(name, size, LossesForAll);
        }
    }

    /// <param name="signal">What leaves, or what its last layer reads.</param>
    /// <param name="size">How many values leave.</param>
    /// <param name="losses">Which losses there may be.</param>
    /// <param name="last">The call of a last layer without activation, or null.</param>
    private void AddOutput(string signal, int size, int losses, string? last = null)
    {
        string name = "Out" + _text.Outputs.Count.ToString(CultureInfo.InvariantCulture);

        // One has a loss at least, so that all of training is there.
        string loss = Losses[_random.Next(_text.Outputs.Count == 0 ? 1 : 0, losses)];
        string? activation = loss switch { "BinaryCrossEntropy" => "Sigmoid", "CategoricalCrossEntropy" => "Softmax", _ => null };
        string output = last is null ? signal : $"{signal}.{(activation is null ? last : $"{last[..^1]}, {_prefix}Activation.{activation})")}";
        string options = loss == "None" ? "" : _random.Next(3) switch
        {
            0 => ", weight: 0.5",
            1 when loss == Own || RandomDeclarations.HasReduction(loss) => $", reduction: {_prefix}Reduction.Sum",
            _ => loss switch { "Huber" => ", delta: 0.75", "CategoricalCrossEntropyWithLogits" => ", labelSmoothing: 0.125", _ => "" },
        };
        _text.Outputs.Add((name, size));
        _text.Lines.Add(loss == "None" && _random.Next(2) == 0 ? $"w.Output(\"{name}\", {output});" : $"w.Output(\"{name}\", {output}, {(loss == Own ? _text.Loss() : $"{_prefix}Loss.{loss}")}{options});");
    }

    /// <summary>What follows a signal of one size, <c>_</c>, and has another.</summary>
    private string Expression(int size, int units, int depth)
    {
        string text = "_";
        for (int level = 0; level < depth; level++)
        {
            (string More, int Size) next = _random.Next(15) switch
            {
                0 when size > 2 => ($".LayerNorm({Options(_random.Next(2) == 0 ? "useWeight: false" : "", _random.Next(3) == 0 ? "epsilon: 1e-3" : "")})", size),
                1 when size > 2 => ($".RmsNorm({Options(_random.Next(3) == 0 ? "useWeight: false" : "", _random.Next(3) == 0 ? $"activation: {Activation()}" : "")})", size),
                2 => ($".Normalize({Options(_random.Next(2) == 0 ? "clip: 0.75" : "")})", size),
                3 => ($".Denormalize({Options(_random.Next(3) == 0 ? $"activation: {Activation()}" : "")})", size),
                4 when Same(size) is { } other => ($".{Pick(["Add", "Subtract", "Multiply"])}({Options(other, _random.Next(3) == 0 ? $"activation: {Activation()}" : "")})", size),
                5 when Any() is var (name, count) => ($".Concat({name})", size + count),
                6 => Slice(size),
                7 => ($".PRelu({Options(_random.Next(2) == 0 ? "perUnit: true" : "", _random.Next(4) == 0 ? "initial: 0.5" : "")})", size),
                8 => ($".SoftmaxGroups({Integer(Kinds.Group(_random, size))}{(_random.Next(3) == 0 ? $", {_prefix}Activation.{Kinds.Growing}" : "")})", size),
                9 => ($".Activate({(_random.Next(2) == 0 ? Activation() : _text.Activation())})", size),
                10 => Experts(Pick(Sizes)),
                11 when Same(size) is { } drawn => Density(size, drawn),
                12 => ($".Dense({Integer(Pick(Sizes))}).Entropy()", 1),
                _ => Dense(Pick(Sizes)),
            };
            (text, size) = (text + next.More, next.Size);
        }

        return size == units ? text : text + Dense(units).More;
    }

    private (string More, int Size) Dense(int units)
    {
        string options = Options(
            _random.Next(3) == 0 ? "" : _random.Next(2) == 0 ? Activation() : $"activation: {Activation()}",
            _random.Next(5) == 0 ? "useBias: false" : "",
            _random.Next(8) == 0 ? "frozen: true" : "",
            _random.Next(8) == 0 ? $"name: \"layer\" + {_next++}" : "");
        return ($".Dense({Integer(units)}{(options.Length > 0 ? ", " + options : "")})", units);
    }

    private (string More, int Size) Experts(int units)
    {
        (string gate, int size) = Any();
        string softmax = $"{gate}{(size > 3 ? ".Slice(0, 3)" : "")}.Activate({_prefix}Activation.Softmax)";
        return ($".Experts({softmax}, {Integer(units)}{(_random.Next(3) == 0 ? $", activation: {Activation()}" : "")})", units);
    }

    /// <summary>The density of a signal with the means that come before; deviations are about 1, so that nothing is huge.</summary>
    private (string More, int Size) Density(int size, string drawn) =>
        ($".{Pick(["GaussianLogDensity", "TanhGaussianLogDensity"])}({drawn}.Dense({Integer(size)}, {_prefix}Activation.Tanh), {drawn}.Dense({Integer(size)}, {_prefix}Activation.Tanh))", 1);

    private (string More, int Size) Slice(int size)
    {
        int start = _random.Next(size);
        int count = 1 + _random.Next(size - start);
        return ($".Slice({Integer(start)}, {Integer(count)})", count);
    }

    private void Declare(string expression, int size)
    {
        string name = "h" + (_next++).ToString(CultureInfo.InvariantCulture);
        _text.Lines.Add($"{(_random.Next(2) == 0 ? "var" : _prefix + "Signal")} {name} = {expression};");
        _signals.Add((name, size));
        _unread.Add(name);
    }

    /// <summary>A signal, which is read by that.</summary>
    private (string Name, int Size) Read()
    {
        (string name, int size) = _signals[_random.Next(Math.Max(0, _signals.Count - 5), _signals.Count)];
        _unread.Remove(name);
        return (name, size);
    }

    private string? Same(int size)
    {
        string[] names = [.. _signals.Where(signal => signal.Size == size).Select(signal => signal.Name)];
        return names.Length == 0 ? null : Seen(Pick(names));
    }

    private (string Name, int Size) Any()
    {
        (string name, int size) = Pick([.. _signals]);
        return (Seen(name), size);
    }

    private string Seen(string name)
    {
        _unread.Remove(name);
        return name;
    }

    private static string Inside(string source, string expression) => source + expression[1..];

    private string Size(string name, int size) => _random.Next(2) == 0 ? $"{name}.Size" : Integer(size);

    private string Activation()
    {
        string name = Pick(Kinds.Activations);
        return $"{_prefix}Activation.{name}{(name == Kinds.Fast ? $", alpha: {Kinds.Slow}" : "")}";
    }

    private string Integer(int value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        if (_random.Next(10) == 0 && _text.Constants.Count < 3)
        {
            string name = $"Size{_text.Constants.Count}";
            _text.Constants.Add($"private const int {name} = {text};");
            return name;
        }

        return _random.Next(12) switch
        {
            0 => $"{value + 3} - 3",
            1 => $"(2 * {text}) / 2",
            2 => $"{text} % 1000",
            3 => $"0x{value:x}",
            _ => text,
        };
    }

    private static string Options(params string[] options) => string.Join(", ", options.Where(option => option.Length > 0));

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
