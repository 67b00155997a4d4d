using System;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>The functions in double-double arithmetic, which double precision is measured against.</summary>
internal static class DoubleReference
{
    public static Exact Get(string name) => name switch
    {
        "Erf" => Reference.Erf,
        "Exp" => Reference.Exp,
        "Expm1" => Reference.Expm1,
        "Log" => Reference.Log,
        "LogFromOne" => x => Reference.Log(Math.Max(x, 1)),
        "Sigmoid" => Reference.Sigmoid,
        "Softplus" => Reference.Softplus,
        "SoftplusTail" => x => Reference.Softplus(-Math.Abs(x)),
        "Tanh" => Reference.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no reference for this function."),
    };
}
