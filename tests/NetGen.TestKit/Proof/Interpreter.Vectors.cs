using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.TestKit;

/// <summary>What vectors mean: an operation on numbers happens in each element, and what works on whole vectors is spelled out here.</summary>
internal sealed partial class Interpreter
{
    private const int NarrowBits = 128;

    private double[] Vector(Expression expression, VectorType type, Frame frame)
    {
        switch (expression)
        {
            case Constant constant:
                return Filled(type, Rounded(constant.Value));
            case Symbol symbol:
                double[] local = (double[])frame.Values[symbol.Name];
                return local.Length == type.Count ? local : throw new InvalidOperationException($"{symbol.Name} is no vector of {type.Bits} bits.");
            case LoadVector load:
                return frame.At(load.Buffer).Slice(frame.At(load.Index), Same(load.Type, type).Count).Span.ToArray();
            case LoadAll load:
                return Filled(Same(load.Type, type), frame.At(load.Buffer)[frame.At(load.Index)]);
            case VectorOperation operation:
                return Apply(operation, type, frame);
            default:
                double[][] parts = expression.Operands().Select(part => Vector(part, type, frame)).ToArray();
                return Enumerable.Range(0, type.Count).Select(element => Combined(expression, parts.Select(part => part[element]).ToArray())).ToArray();
        }
    }

    private double[] Apply(VectorOperation operation, VectorType result, Frame frame)
    {
        VectorType type = operation.Type;
        if (operation.Kind is VectorOperator.Splat or VectorOperator.Elements)
        {
            double[] numbers = operation.Operands.Select(number => Value(number, frame)).ToArray();
            return operation.Kind == VectorOperator.Splat ? Filled(Same(type, result), numbers[0]) : numbers;
        }

        VectorType ofParts = operation.Kind == VectorOperator.Join ? type.Half : type;
        double[][] x = operation.Operands.Select(part => Vector(part, ofParts, frame)).ToArray();
        int half = type.Count / 2;
        double[] vector = operation.Kind switch
        {
            VectorOperator.Spread => Filled(type, x[0][operation.Number]),
            VectorOperator.KeepFirst => x[0].Select((number, element) => element < operation.Number ? number : 0).ToArray(),
            VectorOperator.FirstProduct => Pairs(x[0], x[1], (a, b) => _isFused ? Joined(a, b, 0) : Rounded(a * b)),
            VectorOperator.EndDot => _isFused ? x[0] : x[0].Select(number => number == 0 ? 0 : number).ToArray(),
            VectorOperator.Halve => Halved(x[0]),
            VectorOperator.Sum => ByHalves(x[0]).Concat(new double[type.Count - 1]).ToArray(),
            VectorOperator.SumPair => x.SelectMany(ByHalves).Concat(new double[type.Count - 2]).ToArray(),
            VectorOperator.Sums => SumEach(type, x),
            VectorOperator.FoldFour => x.SelectMany(part => Narrowed(type, part)).ToArray(),
            VectorOperator.Transpose => Enumerable.Range(0, 16).Select(element => x[0][(element % 4 * 4) + (element / 4)]).ToArray(),
            VectorOperator.Lower => x[0][..half],
            VectorOperator.Upper => x[0][half..],
            VectorOperator.Join => x[0].Concat(x[1]).ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No meaning for this operation."),
        };
        return vector.Length == result.Count ? vector : throw new InvalidOperationException($"{operation.Kind} gives {vector.Length} elements where {result.Count} are expected.");
    }

    /// <summary>The sums of the elements of some vectors; wider ones are divided into parts of 128 bits, each with sums of its own.</summary>
    private double[] SumEach(VectorType type, double[][] vectors)
    {
        int narrow = (type with { Bits = NarrowBits }).Count;
        return Enumerable.Range(0, type.Count / narrow)
            .SelectMany(part => vectors.SelectMany(vector => ByHalves(vector.AsSpan(part * narrow, narrow).ToArray())))
            .ToArray();
    }

    private double[] Narrowed(VectorType type, double[] vector)
    {
        for (; type.Bits > NarrowBits; type = type.Half)
        {
            vector = Halved(vector);
        }

        return vector;
    }

    private double[] ByHalves(double[] vector) => vector.Length == 1 ? vector : ByHalves(Halved(vector));

    private double[] Halved(double[] vector) => Pairs(vector[..(vector.Length / 2)], vector[(vector.Length / 2)..], (a, b) => Rounded(a + b));

    private static double[] Pairs(double[] x, double[] y, Func<double, double, double> each) => x.Zip(y, each).ToArray();

    private static double[] Filled(VectorType type, double number) => Enumerable.Repeat(number, type.Count).ToArray();

    private static VectorType Same(VectorType own, VectorType expected) =>
        own == expected ? own : throw new InvalidOperationException($"A vector of {own.Bits} bits where {expected.Bits} are expected.");

    /// <summary>Makes what the losses read of some samples.</summary>
    private static void Fill(FillTargets fill, Frame frame)
    {
        Memory targets = frame.At(fill.Targets);
        Memory labels = fill.Labels is null ? Array.Empty<double>() : frame.At(fill.Labels);
        Memory weights = frame.At(fill.Weights);
        Memory allowed = frame.At(fill.Allowed);
        int outputs = fill.Outputs.Sum(output => output.Layer.Units);
        double[] rows = [.. Enumerable.Range(frame.At(fill.First), frame.At(fill.Samples)).SelectMany(sample => fill.Outputs.Where(output => output.Head is not null).SelectMany(output =>
        {
            int units = output.Layer.Units;
            int first = (sample * outputs) + output.Start;
            IEnumerable<double> target = Enumerable.Range(0, units).Select(unit => labels.Length > 0 ? (labels[sample] == unit ? 1 : 0) : targets[first + unit]);
            IEnumerable<double> legal = Enumerable.Range(0, output.AllowedLength).Select(unit => unit >= units ? 0 : allowed.Length > 0 ? allowed[first + unit] : 1);
            return target.Append(weights.Length > 0 ? weights[sample] : 1).Concat(legal);
        }))];
        rows.CopyTo(frame.At(fill.Rows).Slice(0, rows.Length).Span);
    }
}
