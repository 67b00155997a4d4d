using System;
using System.Collections.Generic;

namespace NetGen.Models.Safetensors;

/// <summary>
/// The name of a layer as far as it says where the layer stands: <c>net.2</c> stands before <c>net.10</c>, and <c>dense</c>, which Keras does not
/// number, before <c>dense_1</c>. Names that differ in anything else before they differ in a number, such as <c>encoder</c> and <c>decoder</c>,
/// say nothing about each other.
/// </summary>
internal sealed class LayerName : IComparable<LayerName>
{
    private readonly List<(string Text, string Number)> _parts = [];

    public LayerName(string name)
    {
        Text = name;
        int start = 0;
        for (int end = 0; end <= name.Length; end++)
        {
            if (end == name.Length || name[end] is '.' or '/' or '\\')
            {
                Split(name, start, end);
                start = end;
            }
        }
    }

    /// <summary>The whole name.</summary>
    public string Text { get; }

    /// <summary>Whether the names say that this layer comes before another.</summary>
    public bool IsBefore(LayerName other) => Compare(other, out bool isNumber) < 0 && isNumber;

    /// <summary>Whether sorted names say of each layer that it comes before the next.</summary>
    public static bool AreOrdered(IReadOnlyList<LayerName> sorted)
    {
        for (int index = 1; index < sorted.Count; index++)
        {
            if (!sorted[index - 1].IsBefore(sorted[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An order that has every layer behind those that come before it.</summary>
    public int CompareTo(LayerName? other)
    {
        int order = Compare(other!, out _);
        return order != 0 ? order : string.CompareOrdinal(Text, other!.Text);
    }

    private int Compare(LayerName other, out bool isNumber)
    {
        for (int index = 0; index < Math.Min(_parts.Count, other._parts.Count); index++)
        {
            isNumber = false;
            (string text, string number) = _parts[index];
            (string otherText, string otherNumber) = other._parts[index];
            int order = string.CompareOrdinal(text, otherText);
            if (order != 0)
            {
                return order;
            }

            isNumber = true;
            order = number.Length != otherNumber.Length ? number.Length.CompareTo(otherNumber.Length) : string.CompareOrdinal(number, otherNumber);
            if (order != 0)
            {
                return order;
            }
        }

        isNumber = false;
        return _parts.Count.CompareTo(other._parts.Count);
    }

    /// <summary>Splits what stands between two dots, slashes or backslashes, the first of them included, into texts with the numbers behind them.</summary>
    private void Split(string name, int start, int end)
    {
        while (start < end)
        {
            int digits = start;
            while (digits < end && !IsDigit(name[digits]))
            {
                digits++;
            }

            int next = digits;
            while (next < end && IsDigit(name[next]))
            {
                next++;
            }

            // A text without number compares with the same text and "_1": the first of several layers has no number in Keras.
            bool isCounted = next == end && (digits == end || digits - 1 > start && name[digits - 1] == '_');
            string text = name.Substring(start, (isCounted && digits < end ? digits - 1 : digits) - start);
            _parts.Add((isCounted ? text : text + '#', digits == end ? "" : Significant(name.Substring(digits, next - digits))));
            start = next;
        }
    }

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    /// <summary>A number without leading zeros, but not without digits: an empty one stands for no number.</summary>
    private static string Significant(string digits)
    {
        string significant = digits.TrimStart('0');
        return significant.Length == 0 ? "0" : significant;
    }
}
