using System;

namespace NetGen.Generator.Formulas;

/// <summary>Rules for the bound of uniformly distributed initial weights.</summary>
internal enum Initialization
{
    /// <summary>±√(6 / (inputs + units)). Source: X. Glorot, Y. Bengio, AISTATS 2010.</summary>
    Glorot,

    /// <summary>±√(6 / inputs). Source: K. He, X. Zhang, S. Ren, J. Sun, ICCV 2015.</summary>
    He,

    /// <summary>±√(3 / inputs), which has variance 1 / inputs. Source: Y. LeCun et al., "Efficient backprop", 1998.</summary>
    LeCun,
}

/// <summary>The bounds by those rules.</summary>
internal static class InitializationRules
{
    /// <summary>Initial weights are uniform in ± this bound.</summary>
    public static double Bound(this Initialization rule, int inputs, int units) => rule switch
    {
        Initialization.He => Math.Sqrt(6.0 / inputs),
        Initialization.LeCun => Math.Sqrt(3.0 / inputs),
        _ => Math.Sqrt(6.0 / ((double)inputs + units)),
    };
}
