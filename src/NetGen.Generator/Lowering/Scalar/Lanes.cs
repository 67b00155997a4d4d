using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>A sum over the units of a layer in the order of a dot product, as loops over lanes in memory: unit j goes to lane j mod lanes, and the lanes are added by halves.</summary>
internal sealed class Lanes
{
    private readonly (VectorType Type, int Count)? _vectors;

    /// <summary>Whether they come to lie in memory: where units are left that fill no row of them.</summary>
    private readonly bool _isInMemory;

    /// <summary>Prepares a sum.</summary>
    /// <param name="name">What its memory is called.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="vectors">The vectors that hold the lanes, or null where they are numbers in memory.</param>
    public Lanes(string name, LayerPlan layer, StepVectors? vectors)
    {
        Memory = new Buffer(name, layer.UnitLanes, vectors is null ? BufferKind.Span : BufferKind.Reference);
        _vectors = vectors?.Width.LanesOf(layer.UnitLanes);
        _isInMemory = vectors is null || layer.Units % layer.UnitLanes != 0;
    }

    /// <summary>The lanes.</summary>
    public Buffer Memory { get; }

    /// <summary>Declares them, all 0.</summary>
    public IEnumerable<Statement> Declare()
    {
        if (_isInMemory)
        {
            yield return new Allocate(Memory);
        }

        if (_vectors is { } vectors)
        {
            foreach (string local in Locals)
            {
                yield return new Let(local, VectorOperation.Zero(vectors.Type), vectors.Type);
            }
        }
    }

    /// <summary>Adds a value for as many units as a vector of the lanes has.</summary>
    /// <param name="vector">Which of the vectors.</param>
    /// <param name="value">The value.</param>
    public Statement Add(int vector, Expression value) => Assign.Add(Locals[vector], value, _vectors!.Value.Type);

    /// <summary>Goes over the units in their order, first with vectors of whole rows of lanes.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="sums">All sums of the loop.</param>
    /// <param name="vectors">What happens for the units of a vector, which is told with its number.</param>
    /// <param name="body">What happens for a unit, whose lane it is told.</param>
    public static IEnumerable<Statement> Over(
        LayerPlan layer, IReadOnlyCollection<Lanes> sums, Func<Index, VectorType, int, IReadOnlyList<Statement>> vectors, Func<Index, Index, IReadOnlyList<Statement>> body)
    {
        (VectorType type, int count) = sums.First()._vectors!.Value;
        int lanes = layer.UnitLanes;
        int whole = layer.Units / lanes * lanes;
        IEnumerable<Statement> statements = whole == 0 ? Enumerable.Empty<Statement>() : Loops.Over("k", 0, whole, lanes, k => Enumerable.Range(0, count)
            .Select(vector => (Statement)new Scope(vectors(k + (vector * type.Count), type, vector)))
            .ToArray());
        return whole == layer.Units ? statements : statements
            .Concat(sums.SelectMany(sum => sum.Locals.Select((local, vector) => new Store(sum.Memory, vector * type.Count, Expression.Symbol(local), type))))
            .Concat(Row(whole, layer.Units - whole, body));
    }

    /// <summary>The sum of the lanes.</summary>
    public Expression Sum()
    {
        if (_vectors is not { } vectors)
        {
            return new Load(Memory, 0);
        }

        Expression[] lanes = Locals.Select((local, vector) => _isInMemory ? new LoadVector(vectors.Type, Memory, vector * vectors.Type.Count) : Expression.Symbol(local)).ToArray();
        return VectorOperation.Element(vectors.Type with { Bits = 128 }, VectorOperation.SumLanes(vectors.Type, new[] { lanes })[0], 0);
    }

    /// <summary>Goes over the units in their order.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="body">What happens for a unit, whose lane it is told.</param>
    public static IEnumerable<Statement> Over(LayerPlan layer, Func<Index, Index, IReadOnlyList<Statement>> body)
    {
        int lanes = layer.UnitLanes;
        int whole = layer.Units / lanes * lanes;
        if (whole > 0)
        {
            foreach (Statement statement in Loops.Over("k", 0, whole, lanes, k => Row(k, lanes, body)))
            {
                yield return statement;
            }
        }

        if (whole < layer.Units)
        {
            foreach (Statement statement in Row(whole, layer.Units - whole, body))
            {
                yield return statement;
            }
        }
    }

    /// <summary>Some units, of which the first is in the first lane; locals that happen once are kept apart.</summary>
    private static IReadOnlyList<Statement> Row(Index first, int count, Func<Index, Index, IReadOnlyList<Statement>> body) => count == 1
        ? new[] { new Scope(body(first, 0)) }
        : new List<Statement>(Loops.Over("lane", count, lane => body(first + lane, lane)));

    private string[] Locals => Enumerable.Range(0, _vectors!.Value.Count).Select(vector => $"{Memory.Name}Vector{Notation.Text(vector)}").ToArray();

    /// <summary>Adds the lanes in memory, where they are numbers; the first has the sum then.</summary>
    public IEnumerable<Statement> Fold()
    {
        if (_vectors is not null)
        {
            yield break;
        }

        for (int half = Memory.Length / 2; half > 0; half /= 2)
        {
            int upper = half;
            foreach (Statement statement in Loops.Over("lane", half, lane => new[] { Store.Add(Memory, lane, new Load(Memory, lane + upper)) }))
            {
                yield return statement;
            }
        }
    }
}
