using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>Reads the IL of emitted methods and holds it against the budget within which the JIT optimises.</summary>
public static class MethodBudget
{
    /// <summary>What leaves the budget in a network's class and the classes in it.</summary>
    public static IEnumerable<string> Violations(Type network)
    {
        foreach (MethodInfo method in Methods(network))
        {
            if (method.GetMethodBody() is not { } body)
            {
                continue;
            }

            byte[] il = body.GetILAsByteArray()!;
            foreach ((int count, int limit, string what) in new[]
            {
                (il.Length, Limits.MethodIlBytes, "bytes of IL"),
                (body.LocalVariables.Count, Limits.MethodLocals, "locals"),
                (Multiplications(il), Limits.MethodMultiplyAdds, "multiplications"),
                (VectorProducts(method, il), Limits.MethodVectorProducts, "products of vectors"),
            })
            {
                if (count > limit)
                {
                    yield return $"{method.DeclaringType!.Name}.{method.Name} has {count} {what}; the budget is {limit}.";
                }
            }
        }
    }

    private static IEnumerable<MethodInfo> Methods(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Concat(type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).SelectMany(Methods));

    /// <summary>
    /// Counts the byte of the <c>mul</c> instruction. A byte of an operand may look the same, so this may count too many, not too few.
    /// </summary>
    private static int Multiplications(byte[] il) => il.Count(code => code == 0x5A);

    /// <summary>Counts the calls that multiply vectors, with the same caution.</summary>
    private static int VectorProducts(MethodInfo method, byte[] il)
    {
        const byte Call = 0x28;
        int products = 0;
        for (int place = 0; place + 4 < il.Length; place++)
        {
            if (il[place] == Call && Name(method, BitConverter.ToInt32(il, place + 1)) is "op_Multiply" or "MultiplyAdd")
            {
                products++;
            }
        }

        return products;
    }

    private static string? Name(MethodInfo method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), method.GetGenericArguments())?.Name;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
