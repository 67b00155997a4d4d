using System;

namespace NetGen.TestKit;

/// <summary>
/// Elementary functions in double-double arithmetic (about 100 bits), the independent reference the generated
/// functions are measured against. Written to be obviously right rather than fast: argument reduction and power
/// series only. Each function returns the unevaluated sum Hi + Lo, Hi being the value rounded to double (where the
/// value is subnormal, Lo carries nothing and Hi is the rounded value).
/// </summary>
public static class Reference
{
    // ln 2 in full, and ln 2 = Ln2Head + Ln2Tail with a head of 32 bits, so that k * Ln2Head is exact.
    private static readonly Dd Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    private const double Ln2Head = 0.6931471803691238;
    private static readonly Dd Ln2Tail = new(1.9082149292705877e-10, 1.1612227229362532e-26);
    private static readonly Dd TwoOverSqrtPi = new(1.1283791670955126, 1.533545961316588e-17);
    private static readonly Dd One = new(1, 0);

    // pi/2 in parts of 33 bits and a rest of 106.
    private static readonly double[] HalfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21];
    private static readonly Dd HalfPiRest = new(8.4784276603689e-32, 7.398504768267704e-49);

    /// <summary>e to the power x.</summary>
    public static (double Hi, double Lo) Exp(double x)
    {
        if (double.IsNaN(x)) return (x, 0);
        if (x > 710) return (double.PositiveInfinity, 0);
        if (x < -746) return (0, 0);
        return ExpOf(new Dd(x, 0)).Pair;
    }

    /// <summary>e to the power x as (Hi + Lo) * 2^Exponent, for results that are subnormal or overflow (|x| up to 800).</summary>
    public static (double Hi, double Lo, int Exponent) ExpScaled(double x)
    {
        double k = Math.Round(x / Ln2.Hi);
        Dd r = new Dd(x, 0) - Dd.Product(k, Ln2Head) - Ln2Tail * new Dd(k, 0);
        Dd e = One + Expm1Series(r);
        return (e.Hi, e.Lo, (int)k);
    }

    /// <summary>e to the power x, less one.</summary>
    public static (double Hi, double Lo) Expm1(double x)
    {
        if (double.IsNaN(x) || x == 0) return (x, 0);
        if (x > 710) return (double.PositiveInfinity, 0);
        if (x < -80) return (-1, 0);
        return Expm1Of(x).Pair;
    }

    /// <summary>Natural logarithm.</summary>
    public static (double Hi, double Lo) Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return (double.NaN, 0);
        if (x == 0) return (double.NegativeInfinity, 0);
        if (double.IsPositiveInfinity(x)) return (x, 0);
        return LogOf(new Dd(x, 0)).Pair;
    }

    /// <summary>log(1 + x).</summary>
    public static (double Hi, double Lo) Log1p(double x)
    {
        if (double.IsNaN(x) || x < -1) return (double.NaN, 0);
        if (x == -1) return (double.NegativeInfinity, 0);
        if (x == 0 || double.IsPositiveInfinity(x)) return (x, 0);
        return (Math.Abs(x) < 0.3 ? LogNearOne(new Dd(x, 0)) : LogOf(Dd.Sum(1, x))).Pair;
    }

    /// <summary>Hyperbolic tangent.</summary>
    public static (double Hi, double Lo) Tanh(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) < 1e-150) return (x, 0);
        if (Math.Abs(x) > 40) return (Math.Sign(x), 0);
        Dd e = Expm1Of(2 * x);
        return (e / (e + new Dd(2, 0))).Pair;
    }

    /// <summary>Logistic function 1 / (1 + e^-x).</summary>
    public static (double Hi, double Lo) Sigmoid(double x)
    {
        if (double.IsNaN(x)) return (x, 0);
        if (x < -600) return Exp(x); // 1 + e^x is 1 to far more than 100 bits
        if (x > 80) return (1, 0);
        Dd e = ExpOf(new Dd(-Math.Abs(x), 0));
        return ((x < 0 ? e : One) / (One + e)).Pair;
    }

    /// <summary>log(1 + e^x).</summary>
    public static (double Hi, double Lo) Softplus(double x)
    {
        if (double.IsNaN(x) || x > 80) return (x, 0);
        if (x < -600) return Exp(x); // log(1 + y) is y to far more than 100 bits
        Dd e = ExpOf(new Dd(-Math.Abs(x), 0));
        Dd log = e.Hi < 0.4 ? LogNearOne(e) : LogNearOne((e - One).Scale(-1)) + Ln2;
        return (log + new Dd(Math.Max(x, 0), 0)).Pair;
    }

    /// <summary>Error function, by the all-positive series 2/sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!.</summary>
    public static (double Hi, double Lo) Erf(double x)
    {
        if (double.IsNaN(x) || x == 0) return (x, 0);
        if (Math.Abs(x) > 8.6) return (Math.Sign(x), 0);
        if (Math.Abs(x) < 1e-150) return (TwoOverSqrtPi * new Dd(x, 0)).Pair;
        Dd square = Dd.Product(x, x), term = One, sum = One;
        for (int n = 1; term.Hi > 1e-34 * sum.Hi; n++)
        {
            term = term * square.Scale(1) / new Dd(2 * n + 1, 0);
            sum += term;
        }
        return (TwoOverSqrtPi * new Dd(x, 0) * ExpOf(-square) * sum).Pair;
    }

    /// <summary>1 - erf(x); for large x by the continued fraction e^(-x^2) / sqrt(pi) / (x + 1/2 / (x + 2/2 / (x + 3/2 / (x + ...)))).</summary>
    public static (double Hi, double Lo) Erfc(double x)
    {
        if (double.IsNaN(x)) return (x, 0);
        if (x > 27.3) return (0, 0);
        if (x < 3) { (double hi, double lo) = Erf(x); return (One - new Dd(hi, lo)).Pair; }
        Dd number = new(x, 0), fraction = number;
        for (int n = 200; n >= 1; n--) fraction = number + new Dd(n, 0).Scale(-1) / fraction;
        return ((TwoOverSqrtPi / fraction * ExpOf(-Dd.Product(x, x))).Scale(-1)).Pair;
    }

    /// <summary>Sine, for |x| up to 2^50.</summary>
    public static (double Hi, double Lo) Sin(double x) => Turned(x, 0);

    /// <summary>Cosine, for |x| up to 2^50.</summary>
    public static (double Hi, double Lo) Cos(double x) => Turned(x, 1);

    // The sine of x plus so many quarters of a turn: x = n pi/2 + r, and the series of sin r or cos r by n.
    private static (double Hi, double Lo) Turned(double x, int quarters)
    {
        if (!double.IsFinite(x)) return (double.NaN, 0);
        if (Math.Abs(x) < 1e-150) return (quarters == 0 ? x : 1, 0);
        double n = Math.Round(x / (Math.PI / 2));
        var r = new Dd(x, 0);
        foreach (double part in HalfPi) r -= Dd.Product(n, part);
        r -= HalfPiRest * new Dd(n, 0);
        int quadrant = (int)((((n + quarters) % 4) + 4) % 4);
        Dd value = quadrant % 2 == 0 ? r * AlternatingSeries(r, 3) : AlternatingSeries(r, 2);
        return (quadrant < 2 ? value : -value).Pair;
    }

    // 1 - r^2/((first - 1) first) (1 - r^2/((first + 1) (first + 2)) (1 - ...)): cos r from 2, sin r / r from 3.
    private static Dd AlternatingSeries(Dd r, int first)
    {
        Dd square = r * r, sum = One;
        for (int n = first + 28; n >= first; n -= 2) sum = One - square * sum / new Dd((n - 1) * n, 0);
        return sum;
    }

    private static Dd ExpOf(Dd x)
    {
        double k = Math.Round(x.Hi / Ln2.Hi);
        Dd r = x - Dd.Product(k, Ln2Head) - Ln2Tail * new Dd(k, 0);
        return (One + Expm1Series(r)).Scale((int)k);
    }

    private static Dd Expm1Of(double x)
    {
        if (Math.Abs(x) < 1e-150) return new Dd(x, 0);
        if (x > 709) return ExpOf(new Dd(x, 0)); // e^x - 1 is e^x to far more than 100 bits
        return Math.Abs(x) < 0.4 ? Expm1Series(new Dd(x, 0)) : ExpOf(new Dd(x, 0)) - One;
    }

    // x + x^2/2! + x^3/3! + ... for |x| < 0.4
    private static Dd Expm1Series(Dd x)
    {
        Dd sum = One;
        for (int n = 28; n >= 2; n--) sum = One + x * sum / new Dd(n, 0);
        return x * sum;
    }

    // x = 2^k m with m near 1: log x = k ln 2 + log m
    private static Dd LogOf(Dd x)
    {
        int k = Math.ILogB(x.Hi);
        if (Math.ScaleB(x.Hi, -k) > 1.4) k++;
        if (k == 0) return LogNearOne(x - One);
        return Ln2 * new Dd(k, 0) + LogNearOne(x.Scale(-k) - One);
    }

    // log(1 + f) = 2 (s + s^3/3 + s^5/5 + ...), s = f / (2 + f), for -0.31 < f < 0.42
    private static Dd LogNearOne(Dd f)
    {
        if (Math.Abs(f.Hi) < 1e-150) return f;
        Dd s = f / (new Dd(2, 0) + f), square = s * s, sum = new Dd(0, 0);
        for (int n = 51; n >= 1; n -= 2) sum = sum * square + One / new Dd(n, 0);
        return (s * sum).Scale(1);
    }

    /// <summary>The unevaluated sum Hi + Lo with |Lo| at most half a unit in the last place of Hi.</summary>
    private readonly record struct Dd(double Hi, double Lo)
    {
        public (double Hi, double Lo) Pair => (Hi, Lo);

        public static Dd Sum(double a, double b)
        {
            double s = a + b, t = s - a;
            return new Dd(s, (a - (s - t)) + (b - t));
        }

        public static Dd Product(double a, double b)
        {
            double p = a * b;
            return new Dd(p, Math.FusedMultiplyAdd(a, b, -p));
        }

        public Dd Scale(int exponent)
        {
            double h = Math.ScaleB(Hi, exponent);
            return new Dd(h, double.IsInfinity(h) || Math.Abs(h) < 2.2250738585072014e-308 ? 0 : Math.ScaleB(Lo, exponent));
        }

        public static Dd operator -(Dd a) => new(-a.Hi, -a.Lo);

        public static Dd operator -(Dd a, Dd b) => a + -b;

        public static Dd operator +(Dd a, Dd b)
        {
            Dd s = Sum(a.Hi, b.Hi), t = Sum(a.Lo, b.Lo);
            s = Sum(s.Hi, s.Lo + t.Hi);
            return Sum(s.Hi, s.Lo + t.Lo);
        }

        public static Dd operator *(Dd a, Dd b)
        {
            Dd p = Product(a.Hi, b.Hi);
            return Sum(p.Hi, p.Lo + (a.Hi * b.Lo + a.Lo * b.Hi));
        }

        public static Dd operator /(Dd a, Dd b)
        {
            double q = a.Hi / b.Hi;
            Dd rest = a - b * new Dd(q, 0);
            double q2 = rest.Hi / b.Hi;
            rest -= b * new Dd(q2, 0);
            return Sum(q, q2) + new Dd(rest.Hi / b.Hi, 0);
        }
    }
}
