using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the gradient of the parameters over a group of samples, first sample first: vectors over neighbouring parameters, as many at a time as stay
/// in registers.
/// </summary>
internal sealed class LaneGradient
{
    /// <summary>Layers whose gradients fit in the line that names them.</summary>
    private const int MostNamedLayers = 6;

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly VectorText _text;
    private readonly LaneMemory _memory;

    public LaneGradient(EmitContext context, VectorText text, LaneMemory memory)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _text = text;
        _memory = memory;
    }

    private Parameter[] Parameters => new[]
    {
        _context.Reference("x"),
        _context.Reference("t"),
        _context.Reference("g"),
        new Parameter("int", LanePasses.Step),
        new Parameter("int", "samples"),
        new Parameter("double", "loss"),
    };

    /// <summary>Writes the method, and more of them where there are so many parameters that its locals exceed the budget.</summary>
    public void Write()
    {
        string gradients = _plan.Layers.Count <= MostNamedLayers ? string.Join(", ", _plan.Layers.Select(ParameterGradient)) : "dL/dθ of every layer";
        _writer.Comment($"g += Σ over the samples: {gradients}, with s for delta; returns loss + Σ L");
        List<Piece> pieces = _plan.Layers.SelectMany(Pieces).ToList();
        int most = Limits.GradientRegisters * Limits.LaneGradientGroups;
        for (int first = 0; first < pieces.Count; first += most)
        {
            if (first > 0)
            {
                _writer.Comment($"The same for further parameters");
            }

            WriteMethod(first / most, pieces.Skip(first).Take(most).ToList(), isLast: first + most >= pieces.Count);
        }
    }

    private static string Name(int part) => part == 0 ? "ParameterGradient" : $"ParameterGradient{EmitContext.Text(part + 1)}";

    private void WriteMethod(int part, List<Piece> pieces, bool isLast)
    {
        _context.WriteKernelAttribute();
        _context.OpenMethod($"private static double {Name(part)}", Parameters);
        int size = Limits.GradientRegisters;
        for (int first = 0; first < pieces.Count; first += size)
        {
            if (pieces.Count > size)
            {
                _writer.Open($"");
            }

            Write(pieces.Skip(first).Take(size).ToList(), withLoss: part == 0 && first == 0);
            if (pieces.Count > size)
            {
                _writer.Close();
            }
        }

        _writer.Line();
        if (!isLast)
        {
            _writer.Line($"loss = {Name(part + 1)}({string.Join(", ", Parameters.Select(parameter => parameter.Argument))});");
        }

        _writer.Line($"return loss;");
        _writer.Close();
    }

    private void Write(IReadOnlyList<Piece> pieces, bool withLoss)
    {
        List<Source> sources = pieces.SelectMany(piece => new[] { piece.Row, piece.Factor?.Source }).OfType<Source>().Distinct().ToList();
        if (withLoss)
        {
            sources.Add(new Source("l", "t", _memory[LanePasses.Losses], 1));
        }

        for (int index = 0; index < pieces.Count; index++)
        {
            _writer.Line($"var g{index} = {_text.Load(pieces[index].Type, "g", pieces[index].Offset)};");
        }

        int lanes = _text.Widest.Count;
        _writer.Line($"ref {_context.T} group = ref t;");
        _writer.Open($"for (int first = 0; first < samples; first += {lanes})");
        foreach (Source source in sources)
        {
            string place = source.Memory == "t" ? _context.At("group", source.Offset) : _context.At(source.Memory, EmitContext.Product("first", source.Step));
            _writer.Line($"ref {_context.T} {source.Name} = ref {place};");
        }

        _writer.Line($"int count = {_context.Minimum("samples - first", EmitContext.Text(lanes))};");
        _writer.Open($"for (int s = 0; s < count; s++)");
        var locals = new Dictionary<(string, int, int, bool), string>();
        string Local(VectorType type, Source source, int element, bool isFactor)
        {
            if (!locals.TryGetValue((source.Name, element, type.Bits, isFactor), out string? local))
            {
                local = $"v{EmitContext.Text(locals.Count)}";
                locals.Add((source.Name, element, type.Bits, isFactor), local);
                string value = isFactor ? _text.LoadAll(type, source.Name, element) : _text.Load(type, source.Name, element);
                _writer.Line($"var {local} = {value};");
            }

            return local;
        }

        for (int index = 0; index < pieces.Count; index++)
        {
            Piece piece = pieces[index];
            string row = Local(piece.Type, piece.Row, piece.Element, isFactor: false);
            string sum = $"g{EmitContext.Text(index)}";
            string line = piece.Factor is { } factor
                ? _text.AddProduct(piece.Type, sum, Local(piece.Type, factor.Source, factor.Element, isFactor: true), row)
                : $"{sum} += {row};";
            _writer.Line($"{line}");
        }

        if (withLoss)
        {
            _writer.Line($"loss += l;");
        }

        foreach (Source source in sources)
        {
            _writer.Line($"{source.Name} = ref {_context.At(source.Name, source.Step)};");
        }

        _writer.Close();
        _writer.Line($"group = ref {_context.At("group", LanePasses.Step)};");
        _writer.Close();
        _writer.Line();
        for (int index = 0; index < pieces.Count; index++)
        {
            Piece piece = pieces[index];
            string sum = $"g{EmitContext.Text(index)}";
            string kept = piece.Used < piece.Type.Count ? _text.KeepFirst(piece.Type, sum, Math.Max(0, piece.Used)) : sum;
            _writer.Line($"{_text.Store(piece.Type, kept, "g", piece.Offset)}");
        }
    }

    /// <summary>The vectors of a layer's parameters.</summary>
    private IEnumerable<Piece> Pieces(LayerPlan layer)
    {
        string n = EmitContext.Text(layer.Number);
        string b = EmitContext.Text(layer.Source);
        var s = new Source($"s{n}", "t", _memory[LanePasses.Rows(LanePasses.Scaled, layer.Number)], layer.PaddedUnits);
        int rows = layer.IsUnitMajor ? layer.Units : layer.Inputs;
        for (int index = 0; index < rows; index++)
        {
            foreach ((VectorType type, int element) in Vectors(layer.RowLength))
            {
                int offset = layer.WeightOffset + (index * layer.RowLength) + element;
                if (layer.IsUnitMajor)
                {
                    var a = new Source($"a{b}", "t", _memory[LanePasses.Rows(Quantity.A, layer.Source)], layer.RowLength);
                    yield return new Piece(type, offset, a, element, layer.Inputs - element, new Factor(s, index));
                }
                else if (layer.ReadsInput)
                {
                    yield return new Piece(type, offset, s, element, layer.Units - element, new Factor(new Source("xs", "x", 0, layer.Inputs), index));
                }
                else
                {
                    var a = new Source($"a{b}", "t", _memory[LanePasses.Lanes(Quantity.A, layer.Source)], 1);
                    yield return new Piece(type, offset, s, element, layer.Units - element, new Factor(a, index * _text.Widest.Count));
                }
            }
        }

        if (layer.UseBias)
        {
            foreach ((VectorType type, int element) in Vectors(layer.PaddedUnits))
            {
                yield return new Piece(type, layer.BiasOffset + element, s, element, layer.Units - element, null);
            }
        }
    }

    private IEnumerable<(VectorType Type, int Element)> Vectors(int length) => _text.Width.Blocks(length, length, 1)
        .SelectMany(block => Enumerable.Range(0, (block.End - block.Start) / block.Type.Count)
            .Select(index => (block.Type, block.Start + (index * block.Type.Count))));

    /// <summary>
    /// A vector of parameters, to which a row of every sample is added, or its product with a number of the sample; what lies beyond the used elements is
    /// padding and stays zero.
    /// </summary>
    private sealed record Piece(VectorType Type, int Offset, Source Row, int Element, int Used, Factor? Factor);

    /// <summary>A number of a sample.</summary>
    private sealed record Factor(Source Source, int Element);

    /// <summary>Values in memory that lie some elements further on for the next sample.</summary>
    private sealed record Source(string Name, string Memory, int Offset, int Step);
}
