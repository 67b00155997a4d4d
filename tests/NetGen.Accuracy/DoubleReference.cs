using System;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>The functions in double-double arithmetic, which double precision is measured against.</summary>
internal static class DoubleReference
{
    public static Exact Get(string name)
    {
        Func<double, double> argument = LibraryFunctions.Argument(name);
        return name switch
        {
            "Erf" => Reference.Erf,
            "Erfc" => x => Normal(Reference.Erfc(x)),
            "Exp" => x => Normal(Reference.Exp(x)),
            "Expm1" => Reference.Expm1,
            "Log" => Reference.Log,
            "Log1p" => Reference.Log1p,
            "LogFromOne" => x => Reference.Log(argument(x)),
            "Sigmoid" => x => Normal(Reference.Sigmoid(x)),
            "Softplus" => x => Normal(Reference.Softplus(x)),
            "SoftplusTail" => x => Normal(Reference.Softplus(-Math.Abs(x))),
            "Tanh" => Reference.Tanh,
            "Sin" => x => Reference.Sin(argument(x)),
            "Cos" => x => Reference.Cos(argument(x)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no reference for this function."),
        };
    }

    /// <summary>What tends to 0 is 0 below the normal range.</summary>
    private static (double Hi, double Lo) Normal((double Hi, double Lo) value) => value.Hi < 2.2250738585072014e-308 ? (0, 0) : value;
}
