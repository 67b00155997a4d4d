using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the steps of a formula in a straight line of vectors: what exists for each unit in the elements of vectors, sums and maxima from unit to
/// unit as numbers.
/// </summary>
internal sealed class LineSteps
{
    private readonly EmitContext _context;
    private readonly LayerPlan _layer;
    private readonly VectorText _text;
    private readonly ExpressionCode _code;
    private readonly Dictionary<string, LineValue> _values = new();
    private readonly Dictionary<string, string> _scalars = new();

    public LineSteps(EmitContext context, LayerPlan layer, VectorText text)
    {
        _context = context;
        _layer = layer;
        _text = text;
        _code = new ExpressionCode(context, layer.Units);
    }

    /// <summary>Declares that a quantity has locals already.</summary>
    public void Given(string quantity, LineValue value) => _values[quantity] = value;

    /// <summary>The locals of a quantity.</summary>
    public LineValue Value(string quantity) => _values[quantity];

    public void Write(IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
        {
            switch (step.Kind)
            {
                case StepKind.Each when step.Value.Fold(_layer.Units) is Symbol same && _values.TryGetValue(same.Name, out LineValue? value):
                    Given(step.Name, value);
                    break;
                case StepKind.Each:
                    WriteEach(step.Name, step.Value);
                    break;
                case StepKind.Once:
                    WriteScalar(step.Name, _code.Render(step.Value, name => _scalars[name]));
                    break;
                default:
                    WriteReduction(step);
                    break;
            }
        }
    }

    private void WriteEach(string name, Expression expression)
    {
        LineValue result = LineValue.Of($"{name}{EmitContext.Text(_layer.Number)}", _layer.PaddedUnits, _text);
        for (int index = 0; index < result.Chunks.Count; index++)
        {
            Chunk chunk = result.Chunks[index];
            int place = index;
            string Name(string symbol) => _values.TryGetValue(symbol, out LineValue? value)
                ? value.Chunks[place].Local
                : _text.Broadcast(chunk.Type, _scalars[symbol]);
            _context.Writer.Line($"var {chunk.Local} = {new VectorCode(_context, _layer.Units, chunk.Type).Render(expression, Name)};");
        }

        Given(name, result);
    }

    private void WriteReduction(Step step)
    {
        Expression term = step.Value.Fold(_layer.Units);
        string name = term is Symbol symbol ? symbol.Name : step.Name + "Term";
        if (term is not Symbol)
        {
            WriteEach(name, term);
        }

        string[] elements = Enumerable.Range(0, _layer.Units).Select(unit => Element(name, unit)).ToArray();
        if (step.Kind == StepKind.Sum)
        {
            SumStatements.Write(_context, Scalar(step.Name), elements);
            _scalars[step.Name] = Scalar(step.Name);
            return;
        }

        WriteScalar(step.Name, elements[0]);
        string local = _scalars[step.Name];
        foreach (string element in elements.Skip(1))
        {
            _context.Writer.Line($"{local} = {local} < {element} ? {element} : {local};");
        }
    }

    private string Element(string quantity, int unit)
    {
        (Chunk chunk, int index) = _values[quantity].Find(unit);
        return _text.Element(chunk.Type, chunk.Local, index);
    }

    private void WriteScalar(string name, string value)
    {
        _scalars[name] = Scalar(name);
        _context.Writer.Line($"{_context.T} {_scalars[name]} = {value};");
    }

    private string Scalar(string name) => name == Quantity.Loss ? name : $"{name}{EmitContext.Text(_layer.Number)}";
}
