using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using NetGen.TestKit;

// Takes the path of an assembly of networks and prints how many methods the JIT compiled.
IReadOnlyList<MethodInfo> methods = GeneratedMethods.Instances(GeneratedMethods.Of(AssemblyLoadContext.Default.LoadFromAssemblyPath(args[0])));
foreach (MethodInfo method in methods)
{
    IEnumerable<Type> arguments = method.DeclaringType!.GetGenericArguments().Concat(method.GetGenericArguments());
    RuntimeHelpers.PrepareMethod(method.MethodHandle, arguments.Select(argument => argument.TypeHandle).ToArray());
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{methods.Count} methods"));
