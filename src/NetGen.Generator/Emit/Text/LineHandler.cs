using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NetGen.Generator.Emit;

/// <summary>
/// Takes the parts of an interpolated string straight to the writer: a line costs no string of its own. The parts wait beside the text until the
/// line is complete, so that a part may itself write lines.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct LineHandler
{
    private readonly TextBuffer _parts;

    public LineHandler(int literalLength, int formattedCount, SourceWriter writer)
    {
        _parts = writer.Parts;
        Start = _parts.Length;
    }

    public LineHandler(int literalLength, int formattedCount, ExpressionCode code)
        : this(literalLength, formattedCount, code.Context.Writer)
    {
    }

    /// <summary>Where the parts of this line begin.</summary>
    public int Start { get; }

    public void AppendLiteral(string text) => _parts.Append(text);

    public void AppendFormatted(string? text) => _parts.Append(text ?? "");

    public void AppendFormatted(int number) => _parts.Append(number);

    public void AppendFormatted(CodePart part) => part.Write();

    public void AppendFormatted(Lowering.Index index)
    {
        if (index.IsNumber)
        {
            _parts.Append(index.Constant);
        }
        else
        {
            _parts.Append(index.ToString());
        }
    }

    public void AppendFormatted<T>(T value, string? format = null) => _parts.Append(
        value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "");
}
