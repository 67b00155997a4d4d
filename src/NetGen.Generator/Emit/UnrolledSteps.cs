using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the steps of a formula with one local for each unit: <c>a1_0</c>, <c>a1_1</c>, … A step that only renames a quantity
/// writes nothing.
/// </summary>
internal sealed class UnrolledSteps
{
    private readonly EmitContext _context;
    private readonly LayerPlan _layer;
    private readonly ExpressionCode _code;
    private readonly Dictionary<string, string> _names = new();
    private readonly HashSet<string> _perUnit = new();

    public UnrolledSteps(EmitContext context, LayerPlan layer)
    {
        _context = context;
        _layer = layer;
        _code = new ExpressionCode(context, layer.Units);
    }

    /// <summary>Declares that a quantity of each unit already has locals, called <c>local0</c> or <c>local_0</c>.</summary>
    public void Given(string quantity, string local)
    {
        _names[quantity] = local;
        _perUnit.Add(quantity);
    }

    /// <summary>The local of a unit's quantity.</summary>
    public string Local(string quantity, int unit) => _names[quantity] + EmitContext.Text(unit);

    public void Write(IEnumerable<Step> steps)
    {
        foreach (Step step in _context.RoundsByCast ? steps.SelectMany(step => NamedParts.Split(step, _layer.Units)) : steps)
        {
            switch (step.Kind)
            {
                case StepKind.Each when step.Value.Fold(_layer.Units) is Symbol same && _perUnit.Contains(same.Name):
                    Given(step.Name, _names[same.Name]);
                    break;
                case StepKind.Each:
                    WriteEach(step);
                    break;
                case StepKind.Max:
                    WriteMax(step);
                    break;
                case StepKind.Sum when _context.RoundsByCast:
                    WriteScalar(step, Render(step, 0));
                    _context.WriteStatements(Enumerable.Range(1, _layer.Units - 1).Select(unit => _context.AddTo(_names[step.Name], Term(step, unit))));
                    break;
                case StepKind.Sum:
                    WriteSum(step);
                    break;
                default:
                    WriteScalar(step, Render(step, 0));
                    break;
            }
        }
    }

    private void WriteEach(Step step)
    {
        string local = $"{step.Name}{EmitContext.Text(_layer.Number)}_";
        for (int unit = 0; unit < _layer.Units; unit++)
        {
            _context.Writer.Line($"{_context.T} {local}{unit} = {Render(step, unit)};");
        }

        Given(step.Name, local);
    }

    private void WriteMax(Step step)
    {
        string local = $"{step.Name}{EmitContext.Text(_layer.Number)}";
        _context.Writer.Line($"{_context.T} {local} = {Render(step, 0)};");
        for (int unit = 1; unit < _layer.Units; unit++)
        {
            string value = Render(step, unit);
            _context.Writer.Line($"{local} = {value} > {local} ? {value} : {local};");
        }

        _names[step.Name] = local;
    }

    private void WriteSum(Step step)
    {
        string local = Scalar(step);
        SumStatements.Write(_context, local, Enumerable.Range(0, _layer.Units).Select(unit => Term(step, unit)));
        _names[step.Name] = local;
    }

    private void WriteScalar(Step step, string value)
    {
        string local = Scalar(step);
        _context.Writer.Line($"{_context.T} {local} = {value};");
        _names[step.Name] = local;
    }

    private string Scalar(Step step) => step.Name == Quantity.Loss ? step.Name : $"{step.Name}{EmitContext.Text(_layer.Number)}";

    /// <summary>A term of a sum; terms are added one by one, so a difference needs no parentheses only when it comes first.</summary>
    private string Term(Step step, int unit)
    {
        string text = Render(step, unit);
        bool isSum = step.Value is Select || (!_context.RoundsByCast && step.Value is Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract });
        return isSum ? $"({text})" : text;
    }

    private string Render(Step step, int unit) =>
        _code.Render(step.Value, name => _perUnit.Contains(name) ? Local(name, unit) : _names[name]);
}
