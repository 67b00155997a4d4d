using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>Reads the IL of emitted methods and holds it against the budget within which the JIT optimises.</summary>
public static class MethodBudget
{
    /// <summary>What leaves the budget in a network's class and the classes in it.</summary>
    /// <param name="network">The class.</param>
    /// <param name="isFloor">Whether it is in the floor dialect, which has smaller methods.</param>
    public static IEnumerable<string> Violations(Type network, bool isFloor = false)
    {
        int multiplyAdds = isFloor ? Limits.FloorMethodMultiplyAdds : Limits.MethodMultiplyAdds;
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
                (Il.Instructions(il).Count(instruction => instruction.Code == OpCodes.Mul), multiplyAdds, "multiplications"),
                (Il.Instructions(il).Count(instruction => IsVectorProduct(method, instruction)), Limits.MethodVectorProducts, "products of vectors"),
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

    private static bool IsVectorProduct(MethodInfo method, (OpCode Code, int Operand) instruction) =>
        instruction.Code == OpCodes.Call
        && method.Module.ResolveMethod(instruction.Operand, method.DeclaringType!.GetGenericArguments(), method.GetGenericArguments())?.Name is "op_Multiply" or "MultiplyAdd";
}
