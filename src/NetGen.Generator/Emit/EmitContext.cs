using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>What all parts of the emitter share while they write one network.</summary>
internal sealed class EmitContext
{
    /// <summary>The type parameter of kernels that stand once for strict and fused arithmetic.</summary>
    public const string Arithmetic = "A";

    /// <summary>The namespace of kernels that stand outside of the user's class.</summary>
    public const string Namespace = "NetGen.Generated";

    private readonly VectorType _narrowest;
    private readonly Dictionary<int, VectorCode> _codes = new();

    /// <summary>Prepares the text of a stub.</summary>
    public EmitContext(StubPlan stub)
        : this(stub.Plan)
    {
        Sizes = stub.Sizes;
        Reason = stub.Reason;
    }

    public EmitContext(NetworkPlan plan)
    {
        Plan = plan;
        Sizes = NetworkSizes.Of(plan);
        _narrowest = new VectorType(128, plan.Spec.Number);
        T = plan.Spec.Number == NumberType.Single ? "float" : "double";
        Cast = $"({T})";
        Functions = new RuntimeNames(this);
        Code = new ExpressionCode(this);
    }

    public NetworkPlan Plan { get; }

    /// <summary>What the constants of the class tell.</summary>
    public NetworkSizes Sizes { get; }

    /// <summary>Why the members throw; null where they compute.</summary>
    public string? Reason { get; }

    public SourceWriter Writer { get; } = new();

    /// <summary>What the kernels being written call in NetGen.dll.</summary>
    public RuntimeNames Functions { get; }

    /// <summary>Writes what kernels do with numbers.</summary>
    public ExpressionCode Code { get; }

    /// <summary>
    /// Kernels stand in a namespace of their own, where usings keep names short, in a class that only the generated file sees; the floor dialect has no such classes, and
    /// there they are nested in the user's class.
    /// </summary>
    public bool KernelsAreApart => Plan.Spec.Target.Dialect == Dialect.Modern;

    /// <summary>The class of kernels, as the user's class names it.</summary>
    public string KernelsName => KernelsAreApart ? $"global::{Namespace}.{NetworkMember.Kernels}" : NetworkMember.Kernels;

    /// <summary>What is written stands in that namespace.</summary>
    public bool UsesShortNames { get; private set; }

    /// <summary>The kernels being written contract multiply-adds, or leave it to their type parameter.</summary>
    public bool IsFused { get; private set; }

    /// <summary>The kernels being written have their products and functions from their type parameter.</summary>
    public bool TakesArithmetic { get; private set; }

    /// <summary>The network has fused kernels.</summary>
    public bool HasFusedKernels => Plan.Spec.IsFused && Plan.IsVectorised;

    /// <summary>Every operation is rounded by a cast.</summary>
    public bool RoundsByCast => Plan.RoundsByCast;

    /// <summary>
    /// Writes memory of the stack that is zero. The runtime clears it, unless the user's project has that turned off for speed; then the text does.
    /// </summary>
    public void WriteMemory(string name, string length) => WriteSpan(name, Memory(length));

    /// <summary>Writes a span of memory of the stack, which an expression with <see cref="Memory"/> chooses, that is zero.</summary>
    public void WriteSpan(string name, string memory)
    {
        Writer.Line($"{Span} {name} = {memory};");
        if (Plan.Spec.Target.MustClear)
        {
            Writer.Line($"{name}.Clear();");
        }
    }

    /// <summary>Memory of the stack. The runtime clears it much faster where the length is constant.</summary>
    public string Memory(string length) => $"stackalloc {T}[{length}]";

    /// <summary>Begins the kernels: nothing of the user's is in sight any more.</summary>
    public void BeginKernels() => UsesShortNames = KernelsAreApart;

    /// <summary>Begins fused kernels, whose functions are their own.</summary>
    /// <param name="orStrict">Whether their type parameter decides.</param>
    public void BeginFusedKernels(bool orStrict = false)
    {
        IsFused = true;
        TakesArithmetic = orStrict;
    }

    /// <summary>The head of a class of kernels, with their type parameter where they take one.</summary>
    /// <param name="name">The class.</param>
    /// <param name="bases">A colon and what it implements, or nothing.</param>
    public string WithArithmetic(string name, string bases = "") =>
        TakesArithmetic ? $"{name}<{Arithmetic}>{bases} where {Arithmetic} : struct, {RuntimeNames.Arithmetic}" : name + bases;

    /// <summary>What a comment on such a class says of the type parameter.</summary>
    public string OfArithmetic => TakesArithmetic ? $"; {Arithmetic} rounds each product with the addition after it, or by itself where the hardware cannot" : "";

    /// <summary>A type that is not the user's: by its name alone where nothing of the user's can hide it, else with its namespace.</summary>
    public string Name(string @namespace, string type) => UsesShortNames ? type : $"global::{@namespace}.{type}";

    /// <summary>A single operation, or one on such, as it rounds.</summary>
    public string Rounded(string operation) => RoundsByCast ? $"{Cast}({operation})" : operation;

    /// <summary>The cast that rounds.</summary>
    public string Cast { get; }

    /// <summary>
    /// Values that a kernel reads, as a span of known length. In the floor dialect it is not a <c>ReadOnlySpan</c>, whose indexer some builds of Mono lack.
    /// </summary>
    public string Elements(string values, int count) => Elements(values, Text(count));

    /// <summary>The same for a length that is computed.</summary>
    public string Elements(string values, string count) => $"{Functions.Use(nameof(Elements))}({values}, {count})";

    /// <summary>An integer literal as wide as the number type; bit patterns in hexadecimal.</summary>
    public string Integer(long value)
    {
        bool single = Plan.Spec.Number == NumberType.Single;
        if (value == (single ? int.MinValue : long.MinValue))
        {
            return single ? "int.MinValue" : "long.MinValue";
        }

        string text = value > byte.MaxValue
            ? "0x" + value.ToString("X", CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture);
        return single ? text : text + "L";
    }

    /// <summary>The number type, <c>float</c> or <c>double</c>.</summary>
    public string T { get; }

    public string Span => Name("System", $"Span<{T}>");

    public string ReadOnlySpan => Name("System", $"ReadOnlySpan<{T}>");

    public string Buffer => Name("NetGen", $"ParameterBuffer<{T}>");

    /// <summary>The class with the mathematics of the number type.</summary>
    public string MathClass => Name("System", Plan.Spec.Number == NumberType.Single ? "MathF" : "Math");

    private string MemoryMarshal => Name("System.Runtime.InteropServices", "MemoryMarshal");

    /// <summary>The attribute of a function small enough to be part of its caller.</summary>
    public string InliningAttribute => MethodImpl("AggressiveInlining");

    /// <summary>A number of double precision, rounded to the network's.</summary>
    public string Narrowed(string value) => Plan.Spec.Number == NumberType.Single ? $"({T})({value})" : value;

    public string Number(double value) => Literal.Of(value, Plan.Spec.Number);

    /// <summary>Opens a method; a long list of parameters gets a line for each.</summary>
    public void OpenMethod(string method, params Parameter[] parameters) => OpenMethod(method, "", parameters);

    /// <summary>Opens a method with a constraint on its type parameter.</summary>
    public void OpenMethod(string method, string constraint, params Parameter[] parameters) =>
        Writer.Open($"{Head(method, parameters, constraint)}");

    /// <summary>Writes a method of the network's interface, documented before.</summary>
    /// <param name="method">Everything before the parameters.</param>
    /// <param name="isKernel">Whether it computes by itself, rather than check and call.</param>
    /// <param name="body">Writes what it does; a stub does nothing.</param>
    /// <param name="parameters">The parameters.</param>
    public void WritePublic(string method, bool isKernel, Action body, params Parameter[] parameters)
    {
        if (Reason is not null)
        {
            WriteExpression("public " + method, Stub.Throw(this), parameters);
            return;
        }

        if (isKernel)
        {
            WriteKernelAttribute();
        }

        OpenMethod("public " + method, parameters);
        body();
        Writer.Close();
    }

    /// <summary>Writes a method of one expression; a long list of parameters gets a line for each.</summary>
    public void WriteExpression(string method, string expression, params Parameter[] parameters) =>
        Writer.Line($"{Head(method, parameters, $" => {expression};")}");

    /// <summary>The body of a member of one expression, which a stub does not compute.</summary>
    public string Computed(string expression) => Reason is null ? expression : Stub.Throw(this);

    /// <summary>Writes the lines of a method's name and parameters but for the last, which is returned.</summary>
    private string Head(string method, Parameter[] parameters, string end)
    {
        string line = $"{method}({string.Join<Parameter>(", ", parameters)}){end}";
        if (Writer.Fits(line.Length))
        {
            return line;
        }

        Writer.Line($"{method}(");
        foreach (Parameter parameter in parameters.Take(parameters.Length - 1))
        {
            Writer.Line($"    {parameter},");
        }

        return $"    {parameters.Last()}){end}";
    }

    /// <summary>A parameter that is read.</summary>
    public Parameter Values(string name) => new(ReadOnlySpan, name);

    /// <summary>A parameter that is written.</summary>
    public Parameter Result(string name) => new(Span, name);

    /// <summary>A buffer in the shape of the parameters.</summary>
    public Parameter InBuffer(string name) => new(Buffer, name);

    /// <summary>The classes of samples, or nothing where their targets are given.</summary>
    public Parameter Labels() => new(Name("System", "ReadOnlySpan<int>"), "labels");

    /// <summary>Terms of a batch.</summary>
    public Parameter Terms() => new($"in global::NetGen.BatchTerms<{T}>", "terms");

    /// <summary>A number.</summary>
    public Parameter Scalar(string name) => new(T, name);

    /// <summary>The place where dL/dx goes.</summary>
    public Parameter InputGradient => Result("inputGradient");

    /// <summary>Writes the attribute that has a method optimised before its first call, where the consumer has it.</summary>
    /// <param name="isApart">Whether the method must not become part of its caller either.</param>
    public void WriteKernelAttribute(bool isApart = false)
    {
        if (Plan.Spec.Target.AggressiveOptimization)
        {
            Writer.Line($"{(isApart ? MethodImpl("AggressiveOptimization", "NoInlining") : MethodImpl("AggressiveOptimization"))}");
        }
    }

    /// <summary>A place in memory some elements after another, as an expression that <c>ref</c> may stand before.</summary>
    public string At(string reference, string offset) => offset == "0" ? reference : $"{MoveReference}(ref {reference}, {offset})";

    /// <summary>The function that lets a reference go some elements further on.</summary>
    public string MoveReference => Functions.Use(VectorHelpers.At, _narrowest);

    /// <summary>The same, by a number of elements that is known.</summary>
    public string At(string reference, int offset) => At(reference, Text(offset));

    /// <summary>Writes what they do with vectors of a type.</summary>
    public VectorCode CodeOf(VectorType type)
    {
        if (!_codes.TryGetValue(type.Bits, out VectorCode? code))
        {
            code = new VectorCode(this, type);
            _codes.Add(type.Bits, code);
        }

        return code;
    }

    /// <summary>The first element of a span, as an expression that <c>ref</c> may stand before.</summary>
    public string FirstOf(string span) => $"{MemoryMarshal}.GetReference({span})";

    /// <summary>A span over values in memory.</summary>
    public string SpanOver(string reference, int length) => SpanOver(reference, Text(length));

    /// <summary>The same for a length that is computed.</summary>
    public string SpanOver(string reference, string length) => $"{MemoryMarshal}.CreateSpan(ref {reference}, {length})";

    /// <summary>The smaller of two integers.</summary>
    public string Minimum(string x, string y) => $"{Name("System", "Math")}.Min({x}, {y})";

    private string MethodImpl(params string[] options)
    {
        string attribute = Name("System.Runtime.CompilerServices", "MethodImpl");
        return $"[{attribute}({string.Join(" | ", options.Select(option => $"{attribute}Options.{option}"))})]";
    }

    /// <summary>An index times a number, as a factor or the whole of an index.</summary>
    public static string Product(string index, int number) => number == 1 ? index : $"{index} * {Text(number)}";

    /// <summary>An integer as text.</summary>
    public static string Text(int value) => Notation.Text(value);
}
