using System;
using System.CodeDom.Compiler;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.TestKit;

/// <summary>
/// Finds the methods that NetGen wrote, in a compiled assembly, by the mark that its members and classes bear, wherever they stand and whatever they are called:
/// those of a network are what its members reach.
/// </summary>
public static class GeneratedMethods
{
    private const string Tool = "NetGen";
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, int> Widths = new()
    {
        [typeof(Vector128<>)] = 128,
        [typeof(Vector256<>)] = 256,
        [typeof(Vector512<>)] = 512,
    };

    /// <summary>The methods of all networks of an assembly, as they stand in the text.</summary>
    public static IReadOnlyList<MethodInfo> Of(Assembly assembly) => assembly.GetTypes().SelectMany(In).ToList();

    /// <summary>The methods of a network: its members and whatever they call.</summary>
    public static IReadOnlyList<MethodInfo> Of(Type network) => Types(network).SelectMany(In).ToList();

    /// <summary>The class of a network and the classes that its members reach.</summary>
    public static IReadOnlyList<Type> Types(Type network)
    {
        var seen = new HashSet<Type> { network };
        var open = new Queue<Type>(seen);
        var marked = network.Assembly.GetTypes().Where(IsMarked).ToList();
        while (open.Count > 0)
        {
            // What is called through an interface may be any type that has it.
            Type type = open.Dequeue();
            IEnumerable<Type> reached = In(type).SelectMany(Il.Called).Select(Definition)
                .SelectMany(called => called.IsInterface ? marked.Where(other => other.GetInterfaces().Select(Definition).Contains(called)).Append(called) : [called]);
            foreach (Type next in reached.Where(next => next.Assembly == network.Assembly && IsMarked(next) && seen.Add(next)))
            {
                open.Enqueue(next);
            }
        }

        return seen.ToList();
    }

    /// <summary>Methods as they are called: for generic ones an instance for every type that their parameters may be, of those that this machine has the vectors for.</summary>
    public static IReadOnlyList<MethodInfo> Instances(IEnumerable<MethodInfo> methods) =>
        methods.Where(method => method.GetMethodBody() is not null).SelectMany(Instances).Where(IsForThisMachine).ToList();

    private static IEnumerable<MethodInfo> Instances(MethodInfo method)
    {
        Type[] parameters = [.. Parameters(method.DeclaringType!), .. method.IsGenericMethodDefinition ? method.GetGenericArguments() : []];
        foreach (Type[] chosen in Choices(parameters, [.. method.Module.Assembly.GetTypes(), .. typeof(NetworkAttribute).Assembly.GetTypes()]))
        {
            int outer = Parameters(method.DeclaringType!).Length;
            MethodInfo instance = outer == 0
                ? method
                : (MethodInfo)MethodBase.GetMethodFromHandle(method.MethodHandle, method.DeclaringType!.MakeGenericType(chosen[..outer]).TypeHandle)!;
            yield return method.IsGenericMethodDefinition ? instance.MakeGenericMethod(chosen[outer..]) : instance;
        }
    }

    /// <summary>Every choice of types for some parameters; of a generic type that fits each of its instances is one.</summary>
    private static IReadOnlyList<Type[]> Choices(Type[] parameters, Type[] types)
    {
        IReadOnlyList<Type[]> choices = [[]];
        foreach (Type parameter in parameters)
        {
            Type[] arguments = types.Where(type => Fits(type, parameter))
                .SelectMany(type => type.IsGenericTypeDefinition ? Choices(type.GetGenericArguments(), types).Select(chosen => type.MakeGenericType(chosen)) : [type])
                .ToArray();
            choices = choices.SelectMany(chosen => arguments.Select(argument => (Type[])[.. chosen, argument])).ToList();
        }

        return choices;
    }

    /// <summary>A type as the log of the JIT writes it; of a generic one up to what its instances are made for.</summary>
    public static string InLog(Type type) => !type.IsGenericType ? type.FullName!
        : $"{type.GetGenericTypeDefinition().FullName}[{(type.IsGenericTypeDefinition ? "" : $"{string.Join(',', type.GetGenericArguments().Select(InLog))}]")}";

    private static Type[] Parameters(Type type) => type.IsGenericTypeDefinition ? type.GetGenericArguments() : [];

    private static bool Fits(Type type, Type parameter) => type.IsValueType
        && parameter.GetGenericParameterConstraints() is { Length: > 0 } constraints
        && constraints.All(constraint => constraint == typeof(ValueType) || type.GetInterfaces().Select(Definition).Contains(Definition(constraint)))
        && constraints.Any(constraint => constraint.IsInterface);

    /// <summary>Bits of the widest vectors that the methods of a class work with; 0 where there are none.</summary>
    public static int Width(Type type) => type.GetMethods(Own).Select(Width).DefaultIfEmpty().Max();

    /// <summary>Whether a method, and the types that it is made for, work with vectors of this machine. Without them nothing calls it.</summary>
    private static bool IsForThisMachine(MethodInfo method)
    {
        int widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return Width(method) <= widest && method.GetGenericArguments().Concat(method.DeclaringType!.GetGenericArguments()).All(type => Width(type) <= widest);
    }

    private static int Width(MethodInfo method) => Used(method).Max(type => Widths.GetValueOrDefault(Definition(type)));

    /// <summary>The types of a method's values.</summary>
    private static IEnumerable<Type> Used(MethodInfo method) =>
    [
        method.ReturnType,
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
    ];

    private static IEnumerable<MethodInfo> In(Type type) => type.GetMethods(Own)
        .Where(method => !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && (IsMarked(type) || IsMarked((MemberInfo)method)));

    private static bool IsMarked(Type type) => IsMarked((MemberInfo)type) || (type.DeclaringType is { } outer && IsMarked(outer));

    private static bool IsMarked(MemberInfo member) => member.GetCustomAttribute<GeneratedCodeAttribute>(inherit: false)?.Tool == Tool;

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
