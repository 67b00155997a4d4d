using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>ln (1 + x)</c>, accurate for small x.</summary>
internal sealed class Log1P : ElementaryFunction
{
    public override string Text => "ln (1 + x) = n ln 2 + ln (1 + f) with n from 1 + x and f = 2⁻ⁿ x + (2⁻ⁿ − 1), which keeps the digits that 1 + x loses";

    public override FunctionBody Body(NumberType number)
    {
        int fraction = Exponential.FractionBits(number);
        var body = new FunctionBody();
        Expression bits = body.Let("bits", new IntegerBinary(IntegerOperator.Add, new BitsOf(body.Let("whole", 1 + X)), Logarithm.Centre(number)));
        Expression field = new IntegerBinary(IntegerOperator.And, bits, new Integer(ByType(number, 0x7F800000, 0x7FF0000000000000)));
        Expression exponent = body.Let("exponent", new IntegerBinary(IntegerOperator.Subtract, field, Exponential.One(number)));
        Expression shifted = new RealOf(new IntegerBinary(IntegerOperator.Add, new Shift(bits, -fraction), Logarithm.Shifted(number)));
        Expression n = body.Let("minusN", Logarithm.Bias(number) - shifted);
        Expression scaled = body.Let("scaled", new RealOf(new IntegerBinary(IntegerOperator.Subtract, new BitsOf(X), exponent)));
        Expression two = new Integer(ByType(number, 0x40000000, 0x4000000000000000));
        Expression power = body.Let("power", new RealOf(new IntegerBinary(IntegerOperator.Subtract, two, exponent)) * 0.5);
        Expression f = body.Let("f", scaled - (1 - power));
        Expression tail = Logarithm.Tail(body, f, number);
        Expression sum = body.Let("sum", Logarithm.Sum(n, f, tail, number));
        Expression large = body.Let("large", new Select(X, double.PositiveInfinity, sum, X, Comparison.Below));
        Expression below = body.Let("below", new Select(X, -1, double.NaN, large, Comparison.Below));
        return body.Return(new Select(X, -1, double.NegativeInfinity, below, Comparison.Equal));
    }
}
