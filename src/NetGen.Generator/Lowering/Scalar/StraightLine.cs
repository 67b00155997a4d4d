using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The passes of a small network, each as one kernel without a loop in which every value is a variable: <c>x0</c>,
/// <c>z1_2</c>, <c>a1_2</c>, <c>da1_2</c> for dL/da, <c>delta1_2</c> for dL/dz.
/// </summary>
internal sealed class StraightLine
{
    private readonly NetworkPlan _plan;
    private readonly NetworkBuffers _buffers;
    private readonly Buffer _kept;

    public StraightLine(NetworkPlan plan)
    {
        _plan = plan;
        _buffers = new NetworkBuffers(plan);
        _kept = new Buffer("kept", plan.TraceLength);
    }

    private LayerPlan Last => _plan.Last;

    /// <summary>All kernels; Forward is not among them where it stands in the user's class.</summary>
    public IEnumerable<KernelFunction> Kernels()
    {
        if (_plan.Head is { } head)
        {
            yield return Entry(_buffers.Backpropagate, ScalarKernels.BackpropagateComment, Backpropagate(head));
        }

        if (!_plan.ForwardIsInline)
        {
            yield return Entry(_buffers.Forward(withTrace: false), Array.Empty<string>(), ForwardBody(withTrace: false));
            yield return Entry(_buffers.Forward(withTrace: true), Array.Empty<string>(), ForwardBody(withTrace: true));
        }

        yield return Entry(_buffers.Backward, ScalarKernels.BackwardComment(_plan), Backward());
    }

    /// <summary>Forward where it stands in the user's class, which has the parameters as a property.</summary>
    public KernelFunction Forward(bool withTrace)
    {
        Buffer property = _buffers.Parameters with { Name = "Parameters" };
        Signature signature = _buffers.Forward(withTrace);
        return Entry(
            signature with { Parameters = signature.Parameters.Skip(1).Prepend(property).ToArray() }, Array.Empty<string>(), ForwardBody(withTrace, property));
    }

    private static KernelFunction Entry(Signature signature, IReadOnlyList<string> comment, IReadOnlyList<Statement> body) =>
        new(signature, comment, body) { IsEntry = true, IsHot = true };

    private IReadOnlyList<Statement> ForwardBody(bool withTrace, Buffer? parameters = null)
    {
        var body = new List<Statement>();
        Read(body, parameters ?? _buffers.Parameters, withBias: true);
        ReadInputs(body);
        foreach (LayerPlan layer in _plan.Layers)
        {
            body.Add(new Remark($"{Title(layer)}: {Notation.Forward(layer)}"));
            Affine(body, layer);
            var steps = new StraightSteps(layer, _buffers.Rounding);
            steps.Given(Quantity.Z, Prefix("z", layer));
            body.AddRange(steps.Lower(layer.Forward));
            if (withTrace)
            {
                Keep(body, Quantity.Z, layer.TraceZ, layer, steps);
                Keep(body, Quantity.A, layer.TraceA, layer, steps);
            }

            if (layer == Last)
            {
                body.Add(Gap.Line);
                body.AddRange(Units(layer).Select(unit => new Store(_buffers.Output, unit, Expression.Symbol(steps.Local(Quantity.A, unit)))));
            }
            else
            {
                Rename(body, layer, Quantity.A, steps);
            }
        }

        return body;
    }

    /// <summary>The vector-Jacobian product.</summary>
    private IReadOnlyList<Statement> Backward()
    {
        var body = new List<Statement>();
        Read(body, _buffers.Parameters, withBias: false);
        ReadGradient(body);
        ReadInputs(body);
        ReadTrace(body);
        var da = new Buffer("da", Last.Units);
        body.Add(new Remark($"dL/da{Text(Last.Number)}"));
        body.Add(new View(da, _buffers.OutputGradient, 0));
        body.AddRange(Units(Last).Select(unit => new Let(Local("da", Last)(unit), new Load(da, unit))));
        Delta(body, Last);
        Layers(body, isScaled: false);
        return body;
    }

    /// <summary>Forward, loss and Backward of one sample in one piece.</summary>
    private IReadOnlyList<Statement> Backpropagate(HeadPlan head)
    {
        var body = new List<Statement>();
        Read(body, _buffers.Parameters, withBias: true);
        ReadGradient(body);
        ReadInputs(body);
        foreach (LayerPlan layer in _plan.Layers)
        {
            string formula = layer == Last ? Notation.Affine(layer) : Notation.Forward(layer);
            body.Add(new Remark($"{Title(layer)}: {formula}"));
            Affine(body, layer);
            if (layer != Last)
            {
                var steps = new StraightSteps(layer, _buffers.Rounding);
                steps.Given(Quantity.Z, Prefix("z", layer));
                body.AddRange(steps.Lower(layer.Forward));
                Rename(body, layer, Quantity.A, steps);
            }
        }

        body.Add(new Remark("y"));
        body.Add(new View(_buffers.Y, _buffers.Target, 0));
        body.AddRange(Units(Last).Select(unit => new Let($"y{Text(unit)}", new Load(_buffers.Y, unit))));
        var loss = new StraightSteps(Last, _buffers.Rounding);
        loss.Given(Quantity.Z, Prefix("z", Last));
        loss.Given(Quantity.Y, "y");
        Terms(body, loss);
        body.AddRange(head.Lower(loss.Lower));
        Rename(body, Last, Quantity.Delta, loss);
        Layers(body, isScaled: true);
        body.Add(Gap.Line);
        body.Add(new Return(Expression.Symbol(Quantity.Loss)));
        return body;
    }

    /// <summary>What the loss reads beside the targets.</summary>
    private void Terms(List<Statement> body, StraightSteps loss)
    {
        foreach ((string quantity, QuantityPlace place) in NetworkBuffers.TargetPlaces(_buffers.Y, _plan.Outputs[0], _plan.Spec.BatchTerms).Skip(1))
        {
            int count = place.IsSingle ? 1 : _plan.Outputs[0].AllowedLength > 0 ? Last.Units : 0;
            body.AddRange(Enumerable.Range(0, count).Select(unit => new Let(quantity + Text(unit), place.Read(unit))));
            loss.Given(quantity, unit => Expression.Symbol(quantity + Text(place.IsSingle ? 0 : unit)));
        }
    }

    /// <summary>From the last delta back through all layers.</summary>
    private void Layers(List<Statement> body, bool isScaled)
    {
        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            InputGradient(body, layer);
            string number = Text(layer.Number);
            body.Add(new Remark($"{(isScaled ? $"s{number} = scale · delta{number}; " : "")}{Notation.ParameterGradient(layer)}"));
            if (isScaled)
            {
                body.AddRange(Units(layer).Select(unit => new Let(
                    Local("s", layer)(unit), new Binary(BinaryOperator.Multiply, Expression.Symbol("scale"), Expression.Symbol(Local("delta", layer)(unit))))));
            }

            body.AddRange(Statements(StraightProducts.ParameterGradient(
                layer, LayerBuffers.Of(layer, "g"), Local(isScaled ? "s" : "delta", layer), InputOf(layer))));
            if (!layer.ReadsInput)
            {
                Delta(body, _plan.Before(layer));
            }
        }
    }

    private void InputGradient(List<Statement> body, LayerPlan layer)
    {
        IEnumerable<Statement> Products(Func<int, string> dx, Buffer? results) => Statements(StraightProducts.InputGradient(
            layer, LayerBuffers.Of(layer), Symbols(Local("delta", layer)), dx, results, _buffers.Rounding));
        if (!layer.ReadsInput)
        {
            body.Add(new Remark(Notation.InputGradient(layer)));
            body.AddRange(Products(Local("da", _plan.Before(layer)), null));
            return;
        }

        body.Add(new Remark($"{Notation.InputGradient(layer)}, where it is asked for"));
        body.Add(Where.Wanted(_buffers.InputGradient, Products(input => $"dx{Text(input)}", _buffers.InputGradient).ToArray()));
    }

    private void Delta(List<Statement> body, LayerPlan layer)
    {
        body.Add(new Remark($"Layer {Text(layer.Number)}: {Notation.Delta(layer)}"));
        var steps = new StraightSteps(layer, _buffers.Rounding);
        steps.Given(Quantity.OutputGradient, Prefix("da", layer));
        steps.Given(Quantity.Z, Prefix("z", layer));
        steps.Given(Quantity.A, Prefix("a", layer));
        body.AddRange(steps.Lower(layer.Backward));
        Rename(body, layer, Quantity.Delta, steps);
    }

    private void Read(List<Statement> body, Buffer parameters, bool withBias)
    {
        body.Add(new Remark($"The weight from input i to unit j: {string.Join(", ", _plan.Layers.Select(WeightPlace))}"));
        body.Add(new View(_buffers.P, parameters, 0));
        body.AddRange(_plan.Layers.SelectMany(layer => LayerBuffers.Of(layer).Views(layer, _buffers.P, withBias)));
    }

    private void ReadGradient(List<Statement> body)
    {
        body.Add(new Remark("The same places in the buffer that receives the gradient"));
        body.Add(new View(_buffers.G, _buffers.Gradient, 0));
        body.AddRange(_plan.Layers.SelectMany(layer => LayerBuffers.Of(layer, "g").Views(layer, _buffers.G)));
    }

    private void ReadInputs(List<Statement> body)
    {
        body.Add(new Remark("x"));
        body.Add(new View(_buffers.X, _buffers.Input, 0));
        body.AddRange(Enumerable.Range(0, _plan.Spec.Inputs).Select(input => new Let($"x{Text(input)}", new Load(_buffers.X, input))));
    }

    private void ReadTrace(List<Statement> body)
    {
        if (_plan.TraceLength == 0)
        {
            return;
        }

        body.Add(new Remark("What Forward kept"));
        body.Add(new View(_kept, _buffers.KeptTrace, 0));
        foreach (LayerPlan layer in _plan.Layers)
        {
            ReadKept(body, Quantity.Z, layer.TraceZ, layer);
            ReadKept(body, Quantity.A, layer.TraceA, layer);
        }
    }

    private void ReadKept(List<Statement> body, string quantity, int? place, LayerPlan layer)
    {
        if (place is { } first)
        {
            body.AddRange(Units(layer).Select(unit => new Let(Local(quantity, layer)(unit), new Load(_kept, first + unit))));
        }
    }

    private void Keep(List<Statement> body, string quantity, int? place, LayerPlan layer, StraightSteps steps)
    {
        if (place is { } first)
        {
            body.AddRange(Units(layer).Select(unit => new Store(_buffers.Trace, first + unit, Expression.Symbol(steps.Local(quantity, unit)))));
        }
    }

    /// <summary>Later layers find a quantity of this one under its name, also where a formula only renames another.</summary>
    private static void Rename(List<Statement> body, LayerPlan layer, string quantity, StraightSteps steps)
    {
        Func<int, string> local = Local(quantity, layer);
        if (steps.Local(quantity, 0) != local(0))
        {
            body.AddRange(Units(layer).Select(unit => new Let(local(unit), Expression.Symbol(steps.Local(quantity, unit)))));
        }
    }

    private void Affine(List<Statement> body, LayerPlan layer) => body.AddRange(Statements(StraightProducts.Forward(
        layer, LayerBuffers.Of(layer), InputOf(layer), Local("z", layer), null, _buffers.Rounding)));

    private Func<int, Expression> InputOf(LayerPlan layer) =>
        Symbols(layer.ReadsInput ? input => $"x{Text(input)}" : Local("a", _plan.Before(layer)));

    private static IEnumerable<Statement> Statements(IReadOnlyList<Strand> strands) => strands.SelectMany(strand => strand.Statements);

    private static Func<int, Expression> Symbols(Func<int, string> name) => index => Expression.Symbol(name(index));

    private static IEnumerable<int> Units(LayerPlan layer) => Enumerable.Range(0, layer.Units);

    private static Func<int, string> Local(string quantity, LayerPlan layer)
    {
        string prefix = Prefix(quantity, layer);
        return unit => prefix + Text(unit);
    }

    private static string Prefix(string quantity, LayerPlan layer) => $"{quantity}{Text(layer.Number)}_";
}
