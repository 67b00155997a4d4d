using System;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Runtime;

namespace NetGen.TestKit;

/// <summary>The elementary functions of the library, to be called one by one.</summary>
public static class LibraryFunctions
{
    /// <summary>The functions of one argument that networks may use, Abs apart.</summary>
    public static string[] Names => Catalogue.ElementaryNames.ToArray();

    /// <summary>The activations that networks may have.</summary>
    public static string[] Activations => Catalogue.ActivationNames.ToArray();

    /// <summary>A function in single precision, for <see cref="Argument"/>.</summary>
    public static Func<float, float> Single(string name, bool fused = false)
    {
        var function = Get<Func<float, float>>(name, false, fused);
        Func<double, double> argument = Argument(name);
        return x => function((float)argument(x));
    }

    /// <summary>A function in double precision, likewise.</summary>
    public static Func<double, double> Double(string name, bool fused = false)
    {
        var function = Get<Func<double, double>>(name, true, fused);
        Func<double, double> argument = Argument(name);
        return x => function(argument(x));
    }

    /// <summary>What makes of a number the nearest one that a function is made for and has a bounded error at. NaN stays NaN, and so do infinities infinite but for a function with a least argument.</summary>
    public static Func<double, double> Argument(string name)
    {
        double least = Catalogue.Elementary(name).Least;
        double most = Catalogue.Elementary(name).Most;
        return x => double.IsInfinity(x) ? Math.Max(x, least) : Math.Max(Math.Clamp(x, -most, most), least);
    }

    /// <summary>The class with all functions: static methods that carry their names.</summary>
    public static Type Class(bool isFused) => isFused ? typeof(Fused1) : typeof(Strict1);

    private static T Get<T>(string name, bool isDouble, bool isFused)
        where T : Delegate => Class(isFused).GetMethod(name, [isDouble ? typeof(double) : typeof(float)])!.CreateDelegate<T>();
}
