using System;
using System.Numerics;
using System.Numerics.Tensors;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>What the functions of NetGen stand beside; null where a library lacks a function.</summary>
internal static class Libraries
{
    /// <summary>The functions of .NET for one number, of <c>MathF</c> or <c>Math</c>.</summary>
    public static BlockFunction<T>? Platform<T>(string name)
        where T : struct, IBinaryFloatingPointIeee754<T> => name switch
        {
            "Exp" => OneByOne<T>(T.Exp),
            "Expm1" => OneByOne<T>(T.ExpM1),
            "Log" => OneByOne<T>(T.Log),
            "Log1p" => OneByOne<T>(T.LogP1),
            "Tanh" => OneByOne<T>(T.Tanh),
            "Sin" => Within(name, OneByOne<T>(T.Sin)),
            "Cos" => Within(name, OneByOne<T>(T.Cos)),
            _ => null,
        };

    /// <summary>The functions of .NET for spans.</summary>
    public static BlockFunction<T>? Tensor<T>(string name)
        where T : struct, IBinaryFloatingPointIeee754<T> => name switch
        {
            "Exp" => TensorPrimitives.Exp,
            "Expm1" => TensorPrimitives.ExpM1,
            "Log" => TensorPrimitives.Log,
            "Log1p" => TensorPrimitives.LogP1,
            "Sigmoid" => TensorPrimitives.Sigmoid,
            "Tanh" => TensorPrimitives.Tanh,
            "Sin" => Within<T>(name, TensorPrimitives.Sin),
            "Cos" => Within<T>(name, TensorPrimitives.Cos),
            _ => null,
        };

    public static BlockFunction<T> OneByOne<T>(Func<T, T> function) => (x, y) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = function(x[i]);
        }
    };

    /// <summary>A function for the arguments that NetGen's is measured at.</summary>
    private static BlockFunction<T> Within<T>(string name, BlockFunction<T> function)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Func<double, double> argument = LibraryFunctions.Argument(name);
        return (x, y) =>
        {
            OneByOne<T>(value => T.CreateTruncating(argument(double.CreateTruncating(value))))(x, y);
            function(y, y);
        };
    }
}
