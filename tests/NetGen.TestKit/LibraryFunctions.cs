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

    /// <summary>A function in single precision, for x, or for the least argument that it is made for if x is below.</summary>
    public static Func<float, float> Single(string name, bool fused = false)
    {
        var function = Get<Func<float, float>>(name, false, fused);
        var least = (float)Least(name);
        return float.IsFinite(least) ? x => function(Math.Max(x, least)) : function;
    }

    /// <summary>A function in double precision, likewise.</summary>
    public static Func<double, double> Double(string name, bool fused = false)
    {
        var function = Get<Func<double, double>>(name, true, fused);
        double least = Least(name);
        return double.IsFinite(least) ? x => function(Math.Max(x, least)) : function;
    }

    /// <summary>The least argument that a function is made for.</summary>
    public static double Least(string name) => Catalogue.Elementary(name).Least;

    /// <summary>The class with all functions: static methods that carry their names.</summary>
    public static Type Class(bool isFused) => isFused ? typeof(Fused1) : typeof(Strict1);

    private static T Get<T>(string name, bool isDouble, bool isFused)
        where T : Delegate => Class(isFused).GetMethod(name, [isDouble ? typeof(double) : typeof(float)])!.CreateDelegate<T>();
}
