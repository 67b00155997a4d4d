using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Fuzz.Sources;

/// <summary>A list of layers with all that attributes have, written twice: as attributes and as a method, which must be the same network.</summary>
internal sealed class RandomList
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 8, 9, 17, 24];

    private static readonly string[] Losses = ["HalfSquaredError", "SquaredError", "Huber", "LogCosh", "Linear"];

    private readonly Random _random;
    private readonly string _prefix;
    private int _size;

    private RandomList(Random random, string prefix)
    {
        _random = random;
        _prefix = prefix;
    }

    /// <summary>The attributes of the layers.</summary>
    public List<AttributeText> Attributes { get; } = [];

    /// <summary>The same as a method.</summary>
    public WireText Wire { get; } = new();

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; private set; }

    /// <summary>The loss of the network, without heads.</summary>
    public string? Loss { get; private set; }

    /// <summary>Writes a network.</summary>
    /// <param name="random">Chooses it.</param>
    /// <param name="prefix">What stands before the names of types.</param>
    public static RandomList Create(Random random, string prefix)
    {
        var list = new RandomList(random, prefix);
        list.Create();
        return list;
    }

    private void Create()
    {
        Inputs = _size = Pick(Sizes);
        Wire.Inputs.Add(("input", Inputs));
        string trunk = $"w.Input(\"input\", {Inputs})" + Layers(1 + _random.Next(4));
        int heads = _random.Next(4);
        if (heads == 0)
        {
            Loss = Pick(Losses);
            AddOutput(trunk, "output", Loss, "");
            return;
        }

        Wire.Lines.Add($"var trunk = {trunk};");
        int width = _size;
        for (int head = 0; head < heads; head++)
        {
            string name = "Head" + head.ToString(CultureInfo.InvariantCulture);
            string? loss = head == 0 || _random.Next(3) > 0 ? Pick(Losses) : null;
            bool isWeighted = loss is not null && _random.Next(2) == 0;
            string[] arguments = [$"\"{name}\"", .. loss is null ? [] : (string[])[$"{_prefix}Loss.{loss}"], .. isWeighted ? (string[])["Weight = 0.25"] : []];
            Attributes.Add(new AttributeText($"{_prefix}Head", arguments));
            _size = width;
            AddOutput("trunk" + Layers(1 + _random.Next(2)), name, loss, isWeighted ? ", weight: 0.25" : "");
        }
    }

    private void AddOutput(string signal, string name, string? loss, string options)
    {
        Wire.Outputs.Add((name, _size));
        Wire.Lines.Add($"w.Output(\"{name}\", {signal}{(loss is null ? "" : $", {_prefix}Loss.{loss}{options}")});");
    }

    /// <summary>Adds layers to the attributes, and returns them as calls.</summary>
    private string Layers(int count)
    {
        string calls = "";
        for (int layer = 0; layer < count; layer++)
        {
            calls += Layer(mayChangeSize: true);
            if (_random.Next(5) == 0)
            {
                // Repeated may be what leaves the size as it is.
                int several = 1 + _random.Next(2);
                string repeated = string.Concat(Enumerable.Range(0, several).Select(_ => Layer(mayChangeSize: false)));
                int times = 2 + _random.Next(2);
                Attributes.Add(new AttributeText($"{_prefix}Repeat", [$"{times}", $"{several}"]));
                calls += string.Concat(Enumerable.Repeat(repeated, times));
            }
        }

        return calls;
    }

    private string Layer(bool mayChangeSize)
    {
        string activation = Pick(Kinds.Activations);
        string value = $"{_prefix}Activation.{activation}";
        (string name, List<(string Attribute, string Call)> options) = _random.Next(9) switch
        {
            0 when _size > 2 => ("LayerNorm", (List<(string, string)>)[(value, value), .. Some(3, "UseBias = false", "useBias: false"), .. Some(3, "Epsilon = 1e-3", "epsilon: 1e-3")]),
            1 when _size > 2 => ("RmsNorm", [(value, value), .. Some(3, "UseWeight = false", "useWeight: false")]),
            2 => ("Normalize", [($"activation: {value}", $"activation: {value}"), .. Some(2, "Clip = 1.25", "clip: 1.25")]),
            3 => ("Denormalize", [(value, value)]),
            4 => ("PRelu", [.. Some(2, "PerUnit = true", "perUnit: true"), .. Some(2, "Initial = 0.5", "initial: 0.5")]),
            5 => ("SoftmaxGroups", [Group(), .. Bounded()]),
            _ => ("Dense", [Units(mayChangeSize), (value, value), .. Some(4, "UseBias = false", "useBias: false")]),
        };
        if (activation == Kinds.Fast && name is not ("PRelu" or "SoftmaxGroups"))
        {
            options.Add(($"Alpha = {Kinds.Slow}", $"alpha: {Kinds.Slow}"));
        }

        if (name is not ("Normalize" or "Denormalize" or "SoftmaxGroups"))
        {
            options.AddRange(Some(8, "Frozen = true", "frozen: true"));
        }

        Attributes.Add(new AttributeText(_prefix + name, options.Select(option => option.Attribute)));
        return $".{name}({string.Join(", ", options.Select(option => option.Call))})";
    }

    private (string Attribute, string Call) Units(bool mayChangeSize)
    {
        _size = mayChangeSize ? Pick(Sizes) : _size;
        string units = _size.ToString(CultureInfo.InvariantCulture);
        return (units, units);
    }

    private (string Attribute, string Call) Group()
    {
        string group = Kinds.Group(_random, _size).ToString(CultureInfo.InvariantCulture);
        return (group, group);
    }

    /// <summary>The activation that grows too fast for other values than those between 0 and 1, now and then.</summary>
    private (string Attribute, string Call)[] Bounded()
    {
        string exponential = $"{_prefix}Activation.{Kinds.Growing}";
        return Some(3, exponential, exponential);
    }

    private (string Attribute, string Call)[] Some(int oneOf, string attribute, string call) => _random.Next(oneOf) == 0 ? [(attribute, call)] : [];

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
