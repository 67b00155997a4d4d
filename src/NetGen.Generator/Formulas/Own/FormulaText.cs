using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Own;

/// <summary>A formula as mathematics, for comments. What is read several times, and is no short text, has a letter of its own.</summary>
internal sealed class FormulaText
{
    /// <summary>Characters of a text that is written again rather than named.</summary>
    private const int Short = 12;

    /// <summary>Characters of a whole text that is still easy to read.</summary>
    private const int Longest = 140;

    private const string Names = "pqrstuvw";

    private const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private readonly FormulaGraph _graph;
    private readonly Func<int, string?> _given;
    private readonly Dictionary<int, int> _readers = new();
    private readonly Dictionary<int, (string Text, Rank Rank)> _texts = new();
    private readonly List<string> _lines = new();

    private FormulaText(FormulaGraph graph, Func<int, string?> given)
    {
        _graph = graph;
        _given = given;
    }

    /// <summary>How tightly the outermost operation of a text binds.</summary>
    private enum Rank
    {
        Selection,
        Sum,
        Product,
        Atom,
    }

    /// <summary>A node as text that can be a factor, followed by what its letters mean, or null where that would be too long.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="root">The node.</param>
    /// <param name="isFactor">Whether it stands in a product.</param>
    /// <param name="given">The text of a node that is known, or null.</param>
    public static string? Of(FormulaGraph graph, int root, bool isFactor, Func<int, string?> given)
    {
        var text = new FormulaText(graph, given);
        text.Count(root);
        string whole = text.Print(root, isFactor ? Rank.Product : Rank.Sum);
        string result = string.Join(", ", text._lines.Prepend(whole));
        return result.Length <= Longest && text._lines.Count <= Names.Length ? result : null;
    }

    private void Count(int node)
    {
        bool isNew = !_readers.ContainsKey(node);
        _readers[node] = isNew ? 1 : _readers[node] + 1;
        if (isNew && _given(node) is null)
        {
            foreach (int operand in _graph[node].Operands)
            {
                Count(operand);
            }
        }
    }

    private string Print(int node, Rank least)
    {
        (string text, Rank rank) = Text(node);
        return rank >= least ? text : $"({text})";
    }

    private (string Text, Rank Rank) Text(int node)
    {
        if (!_texts.TryGetValue(node, out (string Text, Rank Rank) known))
        {
            known = _given(node) is { } given ? (given, Rank.Atom) : Operation(_graph[node]);
            if (_readers[node] > 1 && known.Text.Length > Short)
            {
                // Beyond the letters that there are the text is not used.
                string name = Names[_lines.Count % Names.Length].ToString();
                _lines.Add($"{name} = {known.Text}");
                known = (name, Rank.Atom);
            }

            _texts[node] = known;
        }

        return known;
    }

    private (string Text, Rank Rank) Operation(FormulaNode node)
    {
        string X(Rank least) => Print(node.Operands[0], least);
        string Y(Rank least) => Print(node.Operands[1], least);
        switch (node.Operator)
        {
            case FormulaOperator.Number:
                return node.Value < 0 ? ("−" + Number(-node.Value), Rank.Sum) : (Number(node.Value), Rank.Atom);
            case FormulaOperator.Negate:
                return ("−" + X(Rank.Product), Rank.Sum);
            case FormulaOperator.Add:
                return ($"{X(Rank.Sum)} + {Y(Rank.Sum)}", Rank.Sum);
            case FormulaOperator.Subtract:
                return ($"{X(Rank.Sum)} − {Y(Rank.Product)}", Rank.Sum);
            case FormulaOperator.Multiply when _graph.ValueOf(node.Operands[0]) < 0:
                return ($"{X(Rank.Sum)} {Y(Rank.Product)}", Rank.Sum);
            case FormulaOperator.Multiply:
                return ($"{X(Rank.Product)} {Y(Rank.Product)}", Rank.Product);
            case FormulaOperator.Divide:
                return ($"{X(Rank.Product)} / {Y(Rank.Atom)}", Rank.Product);
            case FormulaOperator.Power:
                string exponent = string.Concat(node.Index.ToString(CultureInfo.InvariantCulture).Select(digit => Digits[digit - '0']));
                return (X(Rank.Atom) + exponent, Rank.Atom);
            case FormulaOperator.Minimum or FormulaOperator.Maximum:
                return ($"{(node.Operator == FormulaOperator.Minimum ? "min" : "max")}({X(Rank.Selection)}, {Y(Rank.Selection)})", Rank.Atom);
            case FormulaOperator.Apply:
                string argument = X(Rank.Selection);
                return (node.Function switch
                {
                    nameof(Function.Abs) => $"|{argument}|",
                    nameof(Function.Sqrt) => $"√({argument})",
                    nameof(Function.Log) => $"ln({argument})",
                    nameof(Function.Sigmoid) => $"σ({argument})",
                    _ => $"{node.Function.ToLowerInvariant()}({argument})",
                }, Rank.Atom);
            default:
                string sign = FormulaGraph.ComparisonOf(node) switch { Comparison.Below => "<", Comparison.AtMost => "≤", _ => "=" };
                return ($"{X(Rank.Sum)} {sign} {Y(Rank.Sum)} ? {Print(node.Operands[2], Rank.Sum)} : {Print(node.Operands[3], Rank.Selection)}", Rank.Selection);
        }
    }

    private static string Number(double value) => value.ToString("G15", CultureInfo.InvariantCulture);
}
