using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>Writes the attributes of a declaration in one of the many ways that mean the same.</summary>
internal static class DeclarationText
{
    /// <summary>Writes the network and its layers.</summary>
    /// <param name="random">Chooses the way.</param>
    /// <param name="declaration">What they say.</param>
    /// <param name="prefix">What stands before the names of types.</param>
    public static IEnumerable<AttributeText> Write(Random random, Declaration declaration, string prefix)
    {
        string ending = random.Next(6) == 0 ? "Attribute" : "";
        IEnumerable<string> Properties(IEnumerable<(string Name, string Value)> options)
        {
            (string Name, string Value)[] given = options.Where(option => !IsDefault(option) || random.Next(3) == 0).ToArray();
            random.Shuffle(given);
            return given.Select(option => $"{option.Name} = {Value(random, option.Value, prefix)}");
        }

        yield return new AttributeText(
            $"{prefix}Network{ending}",
            Properties(random.Next(6) == 0 ? declaration.Options.Append(("MaxParameters", "1 << 20")).Append(("MaxStackBytes", "0x7FFFFFFF")) : declaration.Options).Prepend((random.Next(5) == 0 ? "inputs: " : "") + Integer(random, declaration.Inputs)));
        foreach (Layer layer in declaration.Layers)
        {
            string units = Integer(random, layer.Units);
            string activation = Value(random, $"Activation.{layer.Activation}", prefix);
            string[] arguments = random.Next(6) switch
            {
                0 => [$"activation: {activation}", $"units: {units}"],
                1 => [$"units: {units}", $"activation: {activation}"],
                2 when layer.Activation == "Identity" => [units],
                _ => [units, activation],
            };
            IEnumerable<(string Name, string Value)> options = layer.UseBias ? layer.Options.Append(("UseBias", "true")) : layer.Options;
            yield return new AttributeText($"{prefix}Dense{ending}", arguments.Concat(Properties(options)));
        }
    }

    private static bool IsDefault((string Name, string Value) option) => option is { Value: "Loss.None" or "Precision.Single" } or { Name: "UseBias", Value: "true" };

    private static string Integer(Random random, int value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        return random.Next(14) switch
        {
            0 => "0x" + value.ToString("X", CultureInfo.InvariantCulture),
            1 => $"{value - 1} + 1",
            2 => $"(int){text}L",
            3 when value < 256 => $"(byte){text}",
            4 when value < 0x10000 => $"'\\u{value:X4}'",
            5 => $"unchecked((int){text}u)",
            _ => text,
        };
    }

    /// <summary>A number, a truth value, or a member of an enumeration.</summary>
    private static string Value(Random random, string value, string prefix)
    {
        if (value is "true" or "false")
        {
            return random.Next(3) == 0 ? value == "true" ? "!false" : "1 > 2" : value;
        }

        string[] member = value.Split('.');
        if (!char.IsLetter(value[0]) || typeof(Activation).Assembly.GetType("NetGen." + member[0]) is not { } type)
        {
            return random.Next(6) == 0 ? $"+{value}" : value;
        }

        return random.Next(8) == 0
            ? $"({prefix}{member[0]})({Convert.ToInt32(Enum.Parse(type, member[1]), CultureInfo.InvariantCulture)})"
            : prefix + value;
    }
}
