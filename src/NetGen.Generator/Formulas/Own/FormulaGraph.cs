using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Own;

/// <summary>
/// Formulas as they grow: nodes by their numbers, each equal operation once. What is written here is simplified by rules of the real numbers that lose no accuracy: constants
/// are computed and go first, signs go outward, factors that are one become powers.
/// </summary>
internal sealed class FormulaGraph
{
    private readonly List<FormulaNode> _nodes = new();
    private readonly Dictionary<FormulaNode, int> _known = new();

    /// <summary>The graph of a formula.</summary>
    public static FormulaGraph Of(OwnFormula formula)
    {
        var graph = new FormulaGraph();
        foreach (FormulaNode node in formula.Nodes)
        {
            graph._known[node] = graph._nodes.Count;
            graph._nodes.Add(node);
        }

        return graph;
    }

    /// <summary>Number of nodes.</summary>
    public int Count => _nodes.Count;

    /// <summary>A node.</summary>
    public FormulaNode this[int node] => _nodes[node];

    /// <summary>The formula of a node, with what it needs alone.</summary>
    public OwnFormula Formula(string name, int root)
    {
        var needed = new bool[root + 1];
        needed[root] = true;
        var places = new int[root + 1];
        for (int node = root; node >= 0; node--)
        {
            foreach (int operand in needed[node] ? _nodes[node].Operands : default)
            {
                needed[operand] = true;
            }
        }

        var kept = new List<FormulaNode>();
        for (int node = 0; node <= root; node++)
        {
            if (needed[node])
            {
                places[node] = kept.Count;
                kept.Add(_nodes[node] with { Operands = new EquatableArray<int>(_nodes[node].Operands.Select(operand => places[operand])) });
            }
        }

        return new OwnFormula(name, new EquatableArray<FormulaNode>(kept));
    }

    /// <summary>A variable.</summary>
    public int Variable(int index) => Add(new FormulaNode(FormulaOperator.Variable, Bits: index));

    /// <summary>A number.</summary>
    public int Number(double value) => Add(FormulaNode.Number(value));

    /// <summary>The value of a number, or null.</summary>
    public double? ValueOf(int node) => _nodes[node].Operator == FormulaOperator.Number ? _nodes[node].Value : null;

    /// <summary>Whether a node is an elementary function, and of what.</summary>
    public int? ArgumentOf(int node, Function function) =>
        _nodes[node].Operator == FormulaOperator.Apply && _nodes[node].Function == function.ToString() ? _nodes[node].Operands[0] : null;

    /// <summary>x + y.</summary>
    public int Sum(int x, int y) => (ValueOf(x), ValueOf(y)) switch
    {
        ({ } a, { } b) => Number(a + b),
        (0, _) => y,
        (_, 0) => x,
        (_, < 0 and { } b) => Difference(x, Number(-b)),
        _ when x == y => Product(Number(2), x),
        _ when Opposite(FormulaOperator.Negate, y) is { } b => Difference(x, b),
        _ when Opposite(FormulaOperator.Negate, x) is { } a => Difference(y, a),
        _ => Commutative(FormulaOperator.Add, x, y),
    };

    /// <summary>x − y.</summary>
    public int Difference(int x, int y) => (ValueOf(x), ValueOf(y)) switch
    {
        ({ } a, { } b) => Number(a - b),
        (_, 0) => x,
        (0, _) => Negative(y),
        (_, < 0 and { } b) => Sum(x, Number(-b)),
        _ when Opposite(FormulaOperator.Negate, y) is { } b => Sum(x, b),
        _ => Operation(FormulaOperator.Subtract, x, y),
    };

    /// <summary>x y.</summary>
    public int Product(int x, int y)
    {
        switch (ValueOf(x), ValueOf(y))
        {
            case ({ } a, { } b):
                return Number(a * b);
            case (_, { } constant):
                return Multiple(constant, y, x);
            case ({ } constant, _):
                return Multiple(constant, x, y);
        }

        if (Opposite(FormulaOperator.Negate, x) is { } minusX)
        {
            return Negative(Product(minusX, y));
        }

        if (Opposite(FormulaOperator.Negate, y) is { } minusY)
        {
            return Negative(Product(x, minusY));
        }

        // Constants of factors go first; a slope of 0 beyond a kink stays 0 whatever it is multiplied with.
        if (Factor(x) is { } left)
        {
            return Product(left.Constant, Product(left.Other, y));
        }

        if (Factor(y) is { } right)
        {
            return Product(right.Constant, Product(x, right.Other));
        }

        if (SelectsConstant(y))
        {
            return Selected(y, constant => Product(x, constant));
        }

        if (SelectsConstant(x))
        {
            return Selected(x, constant => Product(constant, y));
        }

        (int @base, int exponent) = Base(x);
        (int otherBase, int otherExponent) = Base(y);
        return @base == otherBase && exponent + otherExponent <= MostExponent ? Power(@base, exponent + otherExponent) : Commutative(FormulaOperator.Multiply, x, y);
    }

    /// <summary>The largest exponent of a power.</summary>
    public const int MostExponent = 64;

    /// <summary>x / y.</summary>
    public int Quotient(int x, int y) => (ValueOf(x), ValueOf(y)) switch
    {
        ({ } a, { } b and not 0) => Number(a / b),
        (_, 1) => x,
        (_, -1) => Negative(x),
        (0, _) => x,
        _ when Opposite(FormulaOperator.Negate, x) is { } a => Negative(Quotient(a, y)),
        _ when Opposite(FormulaOperator.Negate, y) is { } b => Negative(Quotient(x, b)),
        _ => Operation(FormulaOperator.Divide, x, y),
    };

    /// <summary>−x.</summary>
    public int Negative(int x)
    {
        FormulaNode node = _nodes[x];
        return node.Operator switch
        {
            FormulaOperator.Number => Number(-node.Value),
            FormulaOperator.Negate => node.Operands[0],
            FormulaOperator.Subtract => Difference(node.Operands[1], node.Operands[0]),
            FormulaOperator.Multiply when ValueOf(node.Operands[0]) is { } constant => Product(Number(-constant), node.Operands[1]),
            _ => Operation(FormulaOperator.Negate, x),
        };
    }

    /// <summary>x to the power of an integer whose size is at most <see cref="MostExponent"/>.</summary>
    public int Power(int x, int exponent)
    {
        FormulaNode node = _nodes[x];
        return (exponent, node.Operator) switch
        {
            (0, _) => Number(1),
            (1, _) => x,
            ( < 0, _) => Quotient(Number(1), Power(x, -exponent)),
            (_, FormulaOperator.Number) => Number(Enumerable.Repeat(node.Value, exponent).Aggregate((product, factor) => product * factor)),
            (_, FormulaOperator.Negate) => exponent % 2 == 0 ? Power(node.Operands[0], exponent) : Negative(Power(node.Operands[0], exponent)),
            (_, FormulaOperator.Power) when node.Index * exponent <= MostExponent => Power(node.Operands[0], node.Index * exponent),
            _ => Add(new FormulaNode(FormulaOperator.Power, EquatableArray<int>.Of(x), exponent)),
        };
    }

    /// <summary>An elementary function. Its value at a constant is that of generated code, which no other library has to the bit.</summary>
    public int Apply(Function function, int x) => (function, ValueOf(x)) switch
    {
        (Function.Abs, { } value) => Number(Math.Abs(value)),
        (Function.Sqrt, { } value) => Number(Math.Sqrt(value)),
        (Function.Abs, _) when Opposite(FormulaOperator.Negate, x) is { } opposite => Apply(function, opposite),
        _ => Add(new FormulaNode(FormulaOperator.Apply, EquatableArray<int>.Of(x), 0, function.ToString())),
    };

    /// <summary>The smaller of two values.</summary>
    public int Minimum(int x, int y) => Extreme(FormulaOperator.Minimum, x, y, Math.Min);

    /// <summary>The larger of two values.</summary>
    public int Maximum(int x, int y) => Extreme(FormulaOperator.Maximum, x, y, Math.Max);

    /// <summary>One of two values, by a comparison of two others.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="x">Its left side.</param>
    /// <param name="y">Its right side.</param>
    /// <param name="whenTrue">The value where it holds.</param>
    /// <param name="whenFalse">The value where it does not, as where a side is NaN.</param>
    public int Select(Comparison comparison, int x, int y, int whenTrue, int whenFalse)
    {
        if (whenTrue == whenFalse)
        {
            return whenTrue;
        }

        if (ValueOf(x) is { } a && ValueOf(y) is { } b)
        {
            return (comparison switch { Comparison.Below => a < b, Comparison.AtMost => a <= b, _ => a == b }) ? whenTrue : whenFalse;
        }

        FormulaOperator @operator = comparison switch { Comparison.Below => FormulaOperator.IfBelow, Comparison.AtMost => FormulaOperator.IfAtMost, _ => FormulaOperator.IfEqual };
        return Operation(@operator, x, y, whenTrue, whenFalse);
    }

    /// <summary>Whether a node is a selection.</summary>
    public static bool IsSelect(FormulaNode node) => node.Operator is FormulaOperator.IfBelow or FormulaOperator.IfAtMost or FormulaOperator.IfEqual;

    /// <summary>The comparison of a selection.</summary>
    public static Comparison ComparisonOf(FormulaNode node) =>
        node.Operator == FormulaOperator.IfBelow ? Comparison.Below : node.Operator == FormulaOperator.IfAtMost ? Comparison.AtMost : Comparison.Equal;

    private int Extreme(FormulaOperator @operator, int x, int y, Func<double, double, double> choose) =>
        ValueOf(x) is { } a && ValueOf(y) is { } b ? Number(choose(a, b)) : x == y ? x : Operation(@operator, x, y);

    /// <summary>The product with a constant.</summary>
    private int Multiple(double constant, int number, int x)
    {
        switch (constant)
        {
            case 0 or double.NaN:
                return number;
            case 1:
                return x;
            case -1:
                return Negative(x);
        }

        if (Opposite(FormulaOperator.Negate, x) is { } opposite)
        {
            return Product(Number(-constant), opposite);
        }

        if (Factor(x) is { } factor && constant * ValueOf(factor.Constant)!.Value is var product && product != 0 && !double.IsInfinity(product))
        {
            return Product(Number(product), factor.Other);
        }

        return SelectsConstant(x) ? Selected(x, value => Product(number, value)) : Operation(FormulaOperator.Multiply, number, x);
    }

    private int? Opposite(FormulaOperator @operator, int x) => _nodes[x].Operator == @operator ? _nodes[x].Operands[0] : null;

    /// <summary>A constant and what it is multiplied with.</summary>
    private (int Constant, int Other)? Factor(int x) =>
        _nodes[x].Operator == FormulaOperator.Multiply && ValueOf(_nodes[x].Operands[0]) is not null ? (_nodes[x].Operands[0], _nodes[x].Operands[1]) : null;

    private (int Base, int Exponent) Base(int x) => _nodes[x].Operator == FormulaOperator.Power ? (_nodes[x].Operands[0], _nodes[x].Index) : (x, 1);

    /// <summary>Whether a value is one of some constants, of which at most one is anything but 0 or NaN.</summary>
    private bool SelectsConstant(int x)
    {
        int others = 0;
        bool Selects(int node) => IsSelect(_nodes[node]) ? Selects(_nodes[node].Operands[2]) && Selects(_nodes[node].Operands[3])
            : ValueOf(node) is { } value && (value is 0 or double.NaN || ++others == 1);
        return IsSelect(_nodes[x]) && Selects(x);
    }

    private int Selected(int x, Func<int, int> map) => IsSelect(_nodes[x])
        ? Select(ComparisonOf(_nodes[x]), _nodes[x].Operands[0], _nodes[x].Operands[1], Selected(_nodes[x].Operands[2], map), Selected(_nodes[x].Operands[3], map))
        : map(x);

    /// <summary>A sum or product, which may be there with its operands in the other order.</summary>
    private int Commutative(FormulaOperator @operator, int x, int y) =>
        _known.TryGetValue(new FormulaNode(@operator, EquatableArray<int>.Of(y, x)), out int known) ? known : Operation(@operator, x, y);

    private int Operation(FormulaOperator @operator, params int[] operands) => Add(new FormulaNode(@operator, EquatableArray<int>.Of(operands)));

    private int Add(FormulaNode node)
    {
        if (!_known.TryGetValue(node, out int known))
        {
            known = _nodes.Count;
            _known[node] = known;
            _nodes.Add(node);
        }

        return known;
    }
}
