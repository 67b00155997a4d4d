using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace NetGen.TestKit;

/// <summary>Reads the instructions of a compiled method.</summary>
public static class Il
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The classes whose methods a method calls or names, and the types that these are made for.</summary>
    public static IEnumerable<Type> Called(MethodInfo method)
    {
        Type[] ofType = method.DeclaringType!.GetGenericArguments();
        Type[] ofMethod = method.GetGenericArguments();
        return method.GetMethodBody()?.GetILAsByteArray() is not { } il ? [] : Instructions(il)
            .Where(instruction => instruction.Code.OperandType == OperandType.InlineMethod)
            .Select(instruction => method.Module.ResolveMethod(instruction.Operand, ofType, ofMethod)!)
            .SelectMany(called => called.IsGenericMethod ? called.GetGenericArguments().Append(called.DeclaringType!) : [called.DeclaringType!])
            .Distinct();
    }

    /// <summary>The instructions, each with its operand where that takes four bytes, as that of a call does.</summary>
    public static IEnumerable<(OpCode Code, int Operand)> Instructions(byte[] il)
    {
        for (int place = 0; place < il.Length;)
        {
            short value = il[place] == 0xFE ? (short)(0xFE00 | il[place + 1]) : il[place];
            OpCode code = Codes[value];
            place += code.Size;
            int length = code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, place)),
                _ => 4,
            };
            yield return (code, length == 4 ? BitConverter.ToInt32(il, place) : 0);
            place += length;
        }
    }
}
