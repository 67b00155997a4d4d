using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;
using NetGen.Generator.Emit;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>The elementary functions as they are emitted, compiled, to be called one by one.</summary>
public static class EmittedFunctions
{
    private static readonly ConcurrentDictionary<(bool IsDouble, bool IsFused), Type> Classes = new();

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
    public static Type Class(bool isDouble, bool isFused) => Classes.GetOrAdd((isDouble, isFused), key => Compile(key.IsDouble, key.IsFused));

    private static T Get<T>(string name, bool isDouble, bool isFused)
        where T : Delegate => Class(isDouble, isFused).GetMethod(name, [isDouble ? typeof(double) : typeof(float)])!.CreateDelegate<T>();

    private static Type Compile(bool isDouble, bool isFused)
    {
        var spec = new NetworkSpec(
            new TypeSpec("", default, "None", "None.g.cs"),
            1,
            new EquatableArray<LayerSpec>([new LayerSpec(1, "Identity", false)]),
            "None",
            false,
            null,
            isDouble ? NumberType.Double : NumberType.Single,
            isFused,
            Unrolling.Auto,
            new TargetSpec(Dialect.Modern, Contract.Static, AggressiveOptimization: true));
        var context = new EmitContext(Planner.Plan(spec));
        if (isFused)
        {
            context.BeginFusedKernels();
        }

        foreach (string name in Names)
        {
            context.Functions.Use(name);
        }

        context.Functions.Write(context.Writer);
        context.Helpers.Write(context.Writer);
        string source = $"public static class Functions\n{{\n{context.Writer}\n}}".Replace("internal static", "public static", StringComparison.Ordinal);
        Assembly assembly = Compiled.From("#pragma warning disable CS1591\n" + source).Load();
        return assembly.GetType("Functions")!;
    }
}
