using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Products of a layer stored by units: few units, each with a long row of weights. W·x multiplies rows with x and sums over the lanes; Wᵀ·delta
/// and delta ⊗ x add multiples of rows and of x, inputs side by side in vectors.
/// </summary>
internal sealed class UnitMajorProducts : VectorProducts
{
    public UnitMajorProducts(NetworkPlan plan, VectorWidth width, LayerPlan layer)
        : base(plan, width, layer)
    {
    }

    /// <summary>Inputs with padding: the length of a weight row.</summary>
    private int P => Layer.RowLength;

    private int[] Units => Enumerable.Range(0, Layer.Units).ToArray();

    /// <summary>The units whose dot products are summed over their lanes together.</summary>
    private IEnumerable<int[]> Groups => Units.GroupBy(unit => unit / Tuning.DotGroup).Select(group => group.ToArray());

    public override IEnumerable<Statement> ForwardBatch()
    {
        View w = Reference("w", All("p"), Layer.WeightOffset);
        yield return w;

        // Where all weights stay in registers, they are read once for all samples.
        VectorType type = Lanes.Type;
        int vectors = P / type.Count;
        bool isHeld = Layer.Units <= Tuning.DotGroup && vectors * Layer.Units <= Width.Accumulators / 2;
        if (isHeld)
        {
            foreach ((int unit, int v) in Units.SelectMany(unit => Enumerable.Range(0, vectors), (unit, v) => (unit, v)))
            {
                yield return new Let($"w{Text(unit)}_{Text(v)}", new LoadVector(type, w.Part, (unit * P) + (v * type.Count)), type);
            }
        }

        yield return EachSample(1, s =>
        {
            View xs = Reference("xs", All("x"), s * InputStride);
            View zs = Reference("zs", All("z"), s * Layer.PaddedUnits);
            return new Statement[] { xs, zs }.Concat(Dots(w.Part, xs.Part, zs.Part, isStraight: isHeld, isHeld));
        });
    }

    public override IEnumerable<Statement> InputGradientBatch()
    {
        View w = Reference("w", All("p"), Layer.WeightOffset);
        return Blocks(P, Layer.Inputs, 1, (block, i) => Units
            .Select(unit => (Statement)new Let($"w{Text(unit)}", new LoadVector(block.Type, w.Part, i + (unit * P)), block.Type))
            .Append(EachSample(1, s =>
            {
                View ds = Reference("ds", All("delta"), s * Layer.PaddedUnits);
                return new Statement[] { ds, new Let("sum", VectorOperation.Zero(block.Type), block.Type) }
                    .Concat(Units.Select(unit => Assign.AddProduct(block.Type, "sum", new LoadAll(block.Type, ds.Part, unit), Local($"w{Text(unit)}"))))
                    .Append(new Store(All("dx"), (s * P) + i, Keep(block, 0, WithOtherParts(block.Type, All("dx"), (s * P) + i, Local("sum"))), block.Type));
            }))).Prepend(w);
    }

    protected override IEnumerable<Statement> WeightGradientBatch()
    {
        View gw = Reference("gw", All("g"), Layer.WeightOffset);
        return Blocks(P, Layer.Inputs, 1, (block, i) => Units
            .Select(unit => (Statement)new Let($"g{Text(unit)}", new LoadVector(block.Type, gw.Part, i + (unit * P)), block.Type))
            .Append(EachSample(1, s =>
            {
                View ds = Reference("ds", All("delta"), s * Layer.PaddedUnits);
                return new Statement[] { ds, new Let("x0", new LoadVector(block.Type, All("x"), (s * InputStride) + i), block.Type) }
                    .Concat(Units.Select(unit => Assign.AddProduct(block.Type, $"g{Text(unit)}", new LoadAll(block.Type, ds.Part, unit), Local("x0"))));
            }))
            .Append(Gap.Line)
            .Concat(Units.Select(unit => new Store(gw.Part, i + (unit * P), Keep(block, 0, Local($"g{Text(unit)}")), block.Type)))).Prepend(gw);
    }

    protected override IEnumerable<Statement> Forward()
    {
        View w = Reference("w", One("p"), Layer.WeightOffset);
        return Dots(w.Part, One("x"), One("z"), isStraight: Layer.Form == LayerForm.UnrolledInputs).Prepend(w);
    }

    protected override IEnumerable<Strand> ForwardStrands()
    {
        (VectorType type, int lanes) = Lanes;
        return Groups.Select(units => new Strand(
            Array.Empty<Statement>(),
            Lines(Zeros(units)),
            Enumerable.Range(0, P / type.Count)
                .Select(vector => (Input: vector * type.Count, Lane: vector % lanes))
                .Select(vector => Step(units.Length, 1, Products(
                    units, One("x"), vector.Input, vector.Lane, $"x{Text(vector.Input)}", unit => Weight(One("p"), Layer.WeightOffset, unit, vector.Input))))
                .ToList(),
            Results(units, One("z")).ToList(),
            Cost(0, DotValues(units.Length, lanes))));
    }

    protected override IEnumerable<Statement> Backward(bool inputGradient, bool parameterGradient)
    {
        View w = Reference("w", One("p"), Layer.WeightOffset);
        View gw = Reference("gw", One("g"), Layer.WeightOffset);
        return (inputGradient ? new[] { w } : Array.Empty<View>()).Concat(parameterGradient ? new[] { gw } : Array.Empty<View>())
            .Concat(Factors(Width.Widest, inputGradient, parameterGradient))
            .Concat(Blocks(P, Layer.Inputs, 1, (block, i) => Column(
                block.Type, i, block.Used, (w.Part, gw.Part), i, ("sum", "x0"), name => Narrowed(block.Type, Local(name)), inputGradient, parameterGradient)));
    }

    /// <summary>The gradients of the vectors of inputs and of their weights, those of a type in one strand.</summary>
    protected override IEnumerable<Strand> BackwardStrands(bool inputGradient, bool parameterGradient)
    {
        int kinds = (inputGradient ? 1 : 0) + (parameterGradient ? 1 : 0);
        return EachBlock(P, P, 1).GroupBy(block => block.Type).Select(vectors => Strand.Of(
            Factors(vectors.Key, inputGradient, parameterGradient).ToList(),
            vectors.Select(vector => Step(
                kinds * Layer.Units,
                (inputGradient ? 2 : 0) + (parameterGradient ? Layer.Units + 1 : 0),
                Column(
                    vector.Type,
                    vector.Start,
                    Layer.Inputs - vector.Start,
                    (One("p"), One("g")),
                    Layer.WeightOffset + vector.Start,
                    ($"sum{Text(vector.Start)}", $"x{Text(vector.Start)}"),
                    Local,
                    inputGradient,
                    parameterGradient))).ToList(),
            Cost(0, 2 * kinds * Layer.Units)));
    }

    /// <summary>The dot products of the weight rows with x, group by group.</summary>
    private IEnumerable<Statement> Dots(Buffer w, Buffer x, Buffer z, bool isStraight, bool isHeld = false)
    {
        (VectorType type, int count) = Lanes;
        int steps = P / Layer.Lanes;
        foreach (int[] units in Groups)
        {
            IReadOnlyList<Statement> Together(Index i) => Enumerable.Range(0, count)
                .SelectMany(lane =>
                {
                    Index place = i + (lane * type.Count);
                    string local = $"x{(i.IsNumber ? Text(place.Constant) : $"i{Text(lane)}")}{(units[0] == 0 ? "" : "_")}";
                    return Products(
                        units, x, place, lane, local, unit => isHeld ? Local($"w{Text(unit)}_{Text(place.Constant / type.Count)}") : Weight(w, 0, unit, place));
                })
                .ToList();
            IEnumerable<Statement> products = isStraight || steps == 1
                ? Enumerable.Range(0, steps).SelectMany(step => Together(step * Layer.Lanes))
                : Loops.Over("i", 0, P, Layer.Lanes, Together).Append(Gap.Line);
            foreach (Statement statement in Zeros(units).Concat(products).Concat(Results(units, z)))
            {
                yield return statement;
            }
        }
    }

    private Expression Weight(Buffer weights, int first, int unit, Index input) => new LoadVector(Lanes.Type, weights, input + (first + (unit * P)));

    private IEnumerable<Let> Zeros(int[] units) => units.SelectMany(Dot).Select(dot => new Let(dot, VectorOperation.Zero(Lanes.Type), Lanes.Type));

    /// <summary>The products of a vector of inputs with some weight rows.</summary>
    private IEnumerable<Statement> Products(int[] units, Buffer x, Index input, int lane, string local, Func<int, Expression> weight) => units
        .Select(unit => (Statement)Assign.AddProduct(Lanes.Type, Dot(unit)[lane], weight(unit), Local(local)))
        .Prepend(new Let(local, new LoadVector(Lanes.Type, x, input), Lanes.Type));

    /// <summary>The sums of such products, and the bias.</summary>
    private IEnumerable<Statement> Results(int[] units, Buffer z) => StoreSums(Lanes.Type, units.Select(Dot), z, units[0], (type, sum, offset) => Layer.UseBias
        ? new Binary(BinaryOperator.Add, new LoadVector(type, One("p"), Layer.BiasOffset + units[0] + offset), sum)
        : sum);

    private IReadOnlyList<string> Dot(int unit) => Enumerable.Range(0, Lanes.Count).Select(lane => Numbered($"dot{Text(unit)}", lane, Lanes.Count, "_")).ToArray();

    /// <summary>The delta of each unit in every element, as <c>d0</c>, and scaled, as <c>s0</c>.</summary>
    private IEnumerable<Statement> Factors(VectorType type, bool inputGradient, bool parameterGradient)
    {
        Buffer delta = One("delta");
        return Units.Where(_ => inputGradient).Select(unit => new Let($"d{Text(unit)}", new LoadAll(type, delta, unit), type))
            .Concat(Units.Where(_ => parameterGradient).Select(unit => new Let(
                $"s{Text(unit)}", VectorOperation.Splat(type, new Binary(BinaryOperator.Multiply, Scale, new Load(delta, unit))), type)));
    }

    /// <summary>
    /// The gradients of a vector of inputs, multiples of the weight rows, first unit first, and of their weights; a weight is read before its place in g changes.
    /// </summary>
    /// <param name="type">The type of the vector.</param>
    /// <param name="i">The first input.</param>
    /// <param name="used">Inputs from there to the padding.</param>
    /// <param name="memory">Weights and their gradient.</param>
    /// <param name="place">Where the first row has that input, in both.</param>
    /// <param name="local">Variables for the sum and for x.</param>
    /// <param name="factor">A factor, by its name.</param>
    /// <param name="inputGradient">Whether the gradient of the inputs is computed.</param>
    /// <param name="parameterGradient">Whether that of the weights is.</param>
    private IEnumerable<Statement> Column(
        VectorType type,
        Index i,
        int used,
        (Buffer W, Buffer Gradient) memory,
        Index place,
        (string Sum, string X) local,
        Func<string, Expression> factor,
        bool inputGradient,
        bool parameterGradient)
    {
        if (inputGradient)
        {
            foreach (int unit in Units)
            {
                Expression d = factor($"d{Text(unit)}");
                var w = new LoadVector(type, memory.W, place + (unit * P));
                yield return unit == 0 ? new Let(local.Sum, new MultiplyAdd(d, w, VectorOperation.Zero(type)), type) : Assign.AddProduct(type, local.Sum, d, w);
            }

            yield return new Store(One("dx"), i, VectorOperation.Keep(type, WithOtherParts(type, One("dx"), i, Local(local.Sum)), used), type);
        }

        if (parameterGradient)
        {
            yield return new Let(local.X, new LoadVector(type, One("x"), i), type);
            foreach (int unit in Units)
            {
                yield return AddTo(type, memory.Gradient, place + (unit * P), (factor($"s{Text(unit)}"), Local(local.X)), used);
            }
        }
    }

    /// <summary>A vector of the widest type whose elements are the same, as wide as another.</summary>
    private Expression Narrowed(VectorType narrow, Expression vector)
    {
        for (VectorType type = Width.Widest; type.Bits > narrow.Bits; type = type.Half)
        {
            vector = VectorOperation.Of(VectorOperator.Lower, type, vector);
        }

        return vector;
    }
}
