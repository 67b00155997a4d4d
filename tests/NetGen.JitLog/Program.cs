using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Loader;

// Takes the path of an assembly of networks and prints how many methods the JIT compiled.
const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

int widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
int compiled = 0;
foreach (Type type in AssemblyLoadContext.Default.LoadFromAssemblyPath(args[0]).GetTypes().Where(type => !type.IsInterface && !type.ContainsGenericParameters && IsUsed(type.Name)))
{
    foreach (MethodInfo method in type.GetMethods(Own).Where(method => IsUsed(method.Name) && method.GetMethodBody() is not null))
    {
        foreach (RuntimeTypeHandle[] arguments in Arguments(method))
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. type.GenericTypeArguments.Select(argument => argument.TypeHandle), .. arguments]);
            compiled++;
        }
    }
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{compiled} methods, vectors of {widest} bits"));

// Names end in the width of their vectors; without the hardware nothing calls them.
bool IsUsed(string name) => !new[] { 256, 512 }.Any(width => width > widest && name.EndsWith(width.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

// A pass is compiled for the kernels of every width, which stand beside it or in a class beside it.
IEnumerable<RuntimeTypeHandle[]> Arguments(MethodInfo method)
{
    if (!method.IsGenericMethodDefinition)
    {
        return [[]];
    }

    Type kernels = method.GetGenericArguments().Single().GetInterfaces().Single();
    return Nested(kernels.DeclaringType!).Where(type => type.IsValueType && kernels.IsAssignableFrom(type) && IsUsed(type.Name)).Select(type => new[] { type.TypeHandle });
}

static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(nested => Nested(nested).Append(nested));
