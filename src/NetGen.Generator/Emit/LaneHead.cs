using System;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the output of a batch whose layers have many units, or output, loss and delta: a group of samples at a time, one in every lane. From unit to unit a
/// sample's sums and maxima wait for each other, and its functions fill no vector; those of different samples do neither, and keep their order.
/// </summary>
internal sealed class LaneHead
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly VectorText _text;
    private readonly LaneMemory _memory;
    private readonly LaneRows _rows;
    private readonly LaneSteps _steps;

    public LaneHead(EmitContext context, VectorText text)
    {
        _context = context;
        _writer = context.Writer;
        _text = text;
        _memory = new LaneMemory(context, text);
        _rows = new LaneRows(context, text, _memory);
        _steps = new LaneSteps(context, Last, text, _memory);
    }

    private LayerPlan Last => _context.Plan.Last;

    private VectorType Type => _text.Widest;

    /// <summary>Elements that the targets of a group of samples take.</summary>
    public static int TargetElements(VectorType type, int units) => (LaneRows.Length(type, units) + type.Count - 1) / type.Count * type.Count;

    /// <summary>Writes the body that puts the output in the place of z.</summary>
    public void WriteOutput() => Write(
        () =>
        {
            _writer.Comment($"From a row for each sample to a vector for each unit");
            LoadZ();
            _writer.Comment($"{Notation.Print("{a} = " + Last.Activation.ValueText, Last)}, and back");
            _steps.Write(Last.Forward);
            _rows.Store(Quantity.Z, Last.Units, _steps.Of(Quantity.A), Last.PaddedUnits, _steps.Place(Quantity.A));
            Advance(Quantity.Z, Last.PaddedUnits);
        },
        () => { });

    /// <summary>Writes the body from z, targets and the sum of losses so far to delta and that sum.</summary>
    public void WriteLoss(HeadPlan head) => Write(
        () =>
        {
            // Whole vectors of targets are read, and the caller's memory ends with the last one.
            _writer.Line($"int count = {_context.Minimum("samples - s", EmitContext.Text(Type.Count))};");
            string y = _memory.ReserveElements(Quantity.Y, TargetElements(Type, Last.Units));
            _writer.Line($"{Targets("target")}.CopyTo({Targets(y)});");
            _writer.Comment($"From a row for each sample to a vector for each unit");
            LoadZ();
            _steps.Given(Quantity.Y, _rows.Load(y, Last.Units, LanePasses.Lanes(Quantity.Y, Last.Number)));
            _steps.Write(head);
            _rows.Store(Quantity.Delta, Last.Units, _steps.Of(Quantity.Delta), Last.PaddedUnits, _steps.Place(Quantity.Delta));
            string losses = _memory.ReserveElements(LanePasses.Losses, Type.Count);
            _writer.Line($"{_text.Store(Type, Quantity.Loss, losses, 0)}");
            _writer.Open($"for (int i = 0; i < count; i++)");
            _writer.Line($"sum += {_context.At(losses, "i")};");
            _writer.Close();
            _writer.Line();
            Advance(Quantity.Z, Last.PaddedUnits);
            Advance("target", Last.Units);
            Advance(Quantity.Delta, Last.PaddedUnits);
        },
        () =>
        {
            _writer.Line();
            _writer.Line($"return sum;");
        });

    private void Write(Action group, Action end) => _writer.Body(
        body: () =>
        {
            _writer.Open($"for (int s = 0; s < samples; s += {Type.Count})");
            _memory.WriteBody(group);
            _writer.Close();
            end();
        },
        before: () =>
        {
            var scratch = new Scratch(_context);
            if (_memory.Length > 0)
            {
                scratch.Add("t", _memory.Length);
            }

            scratch.Write("t0");
        });

    private void LoadZ() =>
        _steps.Given(Quantity.Z, _rows.Load(Quantity.Z, Last.Units, LanePasses.Lanes(Quantity.Z, Last.Number), Last.PaddedUnits));

    private void Advance(string place, int elements) => _writer.Line($"{place} = ref {_context.At(place, Type.Count * elements)};");

    private string Targets(string place) =>
        _context.SpanOver(place, EmitContext.Product("count", Last.Units));
}
