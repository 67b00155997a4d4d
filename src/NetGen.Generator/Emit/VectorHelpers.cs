using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>
/// The small operations on vectors that the kernels call: one line each, inlined, written only where used. They keep the long names of the
/// runtime out of the kernels, and members of <c>Kernels</c> collide with nothing of the user's.
/// </summary>
internal static class VectorHelpers
{
    private const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

    private const string Intrinsics = "global::System.Runtime.Intrinsics";

    /// <summary>Vector of n elements of x in memory, from element i.</summary>
    public const string Load = nameof(Load);

    /// <summary>Writes a vector to memory, from element i.</summary>
    public const string Store = nameof(Store);

    /// <summary>One number in every element.</summary>
    public const string Broadcast = nameof(Broadcast);

    /// <summary><c>x·y + z</c> rounded once.</summary>
    public const string MultiplyAdd = nameof(MultiplyAdd);

    /// <summary><c>−x·y + z</c> rounded once: the JIT does not see this instruction in a multiply-add once it has moved the sign out of a loop.</summary>
    public const string NegativeMultiplyAdd = nameof(NegativeMultiplyAdd);

    /// <summary>One of two numbers in each element.</summary>
    public const string Choose = nameof(Choose);

    /// <summary>Where x ≤ y.</summary>
    public const string AtMost = nameof(AtMost);

    /// <summary>Where x &lt; y.</summary>
    public const string Below = nameof(Below);

    /// <summary>Where x = y.</summary>
    public const string Same = nameof(Same);

    /// <summary>x where x &lt; y, else y: one instruction where there is one that says so.</summary>
    public const string Least = nameof(Least);

    /// <summary>x where x &gt; y, else y.</summary>
    public const string Largest = nameof(Largest);

    /// <summary>A shift to the right that fills with zeros.</summary>
    public const string ShiftRight = nameof(ShiftRight);

    /// <summary>The sum of the two halves of a vector.</summary>
    public const string Halve = nameof(Halve);

    /// <summary>The sums of the elements of several vectors.</summary>
    public const string Sums = nameof(Sums);

    /// <summary>The sum of the elements of one vector, and zeros.</summary>
    public const string Sum = nameof(Sum);

    /// <summary>The sums of the elements of two, and zeros.</summary>
    public const string SumPair = nameof(SumPair);

    /// <summary>Four vectors of 512 bits, each with its halves added down to 128 bits, side by side.</summary>
    public const string FoldFour = nameof(FoldFour);

    /// <summary>A vector of four rows of four elements, with the columns as rows.</summary>
    public const string Transpose = nameof(Transpose);

    /// <summary>The first address from a place that starts a cache line.</summary>
    public const string Align = nameof(Align);

    /// <summary>The place some elements further on.</summary>
    public const string At = nameof(At);

    /// <summary>One element of a vector in every element.</summary>
    public const string Spread = nameof(Spread);

    /// <summary>A vector with 0 in place of −0.</summary>
    public const string WithoutMinusZero = nameof(WithoutMinusZero);

    /// <summary>One element of a vector.</summary>
    public const string Element = nameof(Element);

    /// <summary>A vector with zeros after its first elements.</summary>
    public const string KeepFirst = nameof(KeepFirst);

    /// <summary>One number of memory in every element.</summary>
    public const string LoadAll = nameof(LoadAll);

    /// <summary>Two vectors as the halves of one twice as wide.</summary>
    public const string Join = nameof(Join);

    /// <summary>The lower half of a vector.</summary>
    public const string Lower = nameof(Lower);

    /// <summary>The upper half of a vector.</summary>
    public const string Upper = nameof(Upper);

    /// <summary>In every 128 bits the elements of the lower halves of two vectors in turn.</summary>
    public const string ZipLow = nameof(ZipLow);

    /// <summary>In every 128 bits the elements of the upper halves of two vectors in turn.</summary>
    public const string ZipHigh = nameof(ZipHigh);

    /// <summary>In every 128 bits the lower halves of two vectors.</summary>
    public const string LowHalves = nameof(LowHalves);

    /// <summary>In every 128 bits the upper halves of two vectors.</summary>
    public const string HighHalves = nameof(HighHalves);

    /// <summary>What was rendered: there are few helpers, and every network needs most of them.</summary>
    private static readonly ConcurrentDictionary<(string Name, VectorType Type), IReadOnlyList<string>> Rendered = new();

    /// <summary>The lines of a helper.</summary>
    /// <param name="name">One of the names above, or of a scalar function that vectors share.</param>
    /// <param name="v">The type; for <see cref="Halve"/>, <see cref="Lower"/> and <see cref="Upper"/> that of the argument.</param>
    public static IReadOnlyList<string> Render(string name, VectorType v) => Rendered.GetOrAdd((name, v), static key => RenderNew(key.Name, key.Type));

    private static IReadOnlyList<string> RenderNew(string name, VectorType v)
    {
        string t = v.Number == NumberType.Single ? "float" : "double";
        string integer = v.Number == NumberType.Single ? "int" : "long";
        string real = v.Number == NumberType.Single ? "Single" : "Double";
        return name switch
        {
            Load => Inlined($"{v.Name} {v.Helper(name)}(ref {t} x, int i) => {Unsafe}.As<{t}, {v.Name}>(ref {Unsafe}.Add(ref x, i));"),
            Store => Inlined($"void {name}({v.Name} v, ref {t} x, int i) => {Unsafe}.As<{t}, {v.Name}>(ref {Unsafe}.Add(ref x, i)) = v;"),
            Broadcast => Inlined($"{v.Name} {v.Helper(name)}({t} x) => {v.Static}.Create(x);"),
            nameof(Formulas.BitsOf) => Inlined($"{v.Integers} {name}({v.Name} x) => {v.Static}.As{(integer == "int" ? "Int32" : "Int64")}(x);"),
            nameof(Formulas.RealOf) => Inlined($"{v.Name} {name}({v.Integers} x) => {v.Static}.As{real}(x);"),
            nameof(Formulas.Integer) => Inlined($"{v.Integers} {v.Helper(name)}({integer} x) => {v.Static}.Create(x);"),
            nameof(Formulas.Function.Abs) => Inlined($"{v.Name} {name}({v.Name} x) => {v.Static}.Abs(x);"),
            nameof(Flush) or Small.FlushInner => Inlined($"{v.Name} {name}({v.Name} x) => {WithoutSmall(v, $"{v.Static}.Abs(x)", name == Small.FlushInner, false, "x")};"),
            nameof(Damp) or Small.DampInner => Inlined(
                new[] { "// g times slope, and 0 where that is small; scaled up to compare, so that nothing is subnormal" },
                $"{v.Name} {name}({v.Name} g, {v.Name} slope)",
                $"var size = {v.Static}.Abs(g * {Constant(v, Small.Scale)} * slope);",
                $"return g * {WithoutSmall(v, "size", name == Small.DampInner, true, "slope")};"),
            Choose => Inlined($"{v.Name} {name}({v.Name} mask, {v.Name} x, {v.Name} y) => {v.Static}.ConditionalSelect(mask, x, y);"),
            AtMost => Inlined($"{v.Name} {name}({v.Name} x, {v.Name} y) => {v.Static}.LessThanOrEqual(x, y);"),
            Below => Inlined($"{v.Name} {name}({v.Name} x, {v.Name} y) => {v.Static}.LessThan(x, y);"),
            Least or Largest => Inlined($"{v.Name} {name}({v.Name} x, {v.Name} y) => {Extreme(v, name == Least)};"),
            Same => Inlined($"{v.Name} {name}({v.Name} x, {v.Name} y) => {v.Static}.Equals(x, y);"),
            ShiftRight => Inlined($"{v.Integers} {name}({v.Integers} x, int n) => {v.Static}.ShiftRightLogical(x, n);"),
            MultiplyAdd => Inlined($"{v.Name} {name}({v.Name} x, {v.Name} y, {v.Name} z) => {Fused(v, "MultiplyAdd", "Add")};"),
            NegativeMultiplyAdd => Inlined($"{v.Name} {name}({v.Name} x, {v.Name} y, {v.Name} z) => {Fused(v, "MultiplyAddNegated", "Subtract")};"),
            Halve => Inlined($"{v.Half.Name} {name}({v.Name} v) => {v.Static}.GetLower(v) + {v.Static}.GetUpper(v);"),
            WithoutMinusZero => Inlined(
                new[] { "// −0 + 0 is 0, and every other number stays what it is" }, $"{v.Name} {name}({v.Name} v)", $"return v + {v.Name}.Zero;"),
            Spread => Inlined($"{v.Name} {name}({v.Name} v, int i) => {v.Static}.Shuffle(v, {v.Static}.Create(({integer})i));"),
            Element => Inlined($"{t} {name}({v.Name} v, int i) => {v.Static}.GetElement(v, i);"),
            KeepFirst => Inlined($"{v.Name} {name}({v.Name} v, int n) => {v.Static}.ConditionalSelect({v.Static}.LessThan({Ramp(v)}, {v.Static}.Create(({t})n)), v, {v.Name}.Zero);"),
            LoadAll => Inlined($"{v.Name} {v.Helper(name)}(ref {t} x, int i) => {BroadcastFromMemory(v, t, integer, real)};"),
            Join => Inlined($"{v.Name} {name}({v.Half.Name} low, {v.Half.Name} high) => {v.Static}.Create(low, high);"),
            Lower or Upper => Inlined($"{v.Half.Name} {name}({v.Name} v) => {v.Static}.Get{name}(v);"),
            ZipLow or ZipHigh or LowHalves or HighHalves => Inlined($"{v.Name} {name}({v.Name} a, {v.Name} b) => {Interleaved(name, v)};"),
            Sum => SumOfOne(v),
            SumPair => SumsOfPair(v),
            Sums when v.Bits == 512 => SumsInQuarters(v),
            Sums => v.Number == NumberType.Single ? SumsOfFour(v) : SumsOfTwo(v),
            FoldFour => FoldToQuarters(v),
            Transpose => TransposeFour(v),
            At => Inlined($"ref {t} {name}(ref {t} x, int i) => ref {Unsafe}.Add(ref x, i);"),
            Align => AlignLines(t),
            VectorSquares.Load or VectorSquares.Store => VectorSquares.Render(name, v, t),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such helper."),
        };
    }

    /// <summary>
    /// The bits of a number of memory in every element. As integers, because a processor broadcasts those while it loads them: of 59 products and
    /// sums a nanosecond 46 remain beside one <c>vbroadcastss zmm, m32</c> for two of them, all beside <c>vpbroadcastd zmm, m32</c> (AMD Zen 4).
    /// </summary>
    private static string BroadcastFromMemory(VectorType v, string t, string integer, string real) => v.Bits == 128
        ? $"{v.Static}.Create({Unsafe}.Add(ref x, i))"
        : $"{v.Static}.As{real}({v.Static}.Create({Unsafe}.As<{t}, {integer}>(ref {Unsafe}.Add(ref x, i))))";

    private static string Extreme(VectorType v, bool least)
    {
        string x86 = X86(v);
        string comparison = least ? "LessThan" : "GreaterThan";
        return $"{x86}.IsSupported ? {x86}.{(least ? "Min" : "Max")}(x, y) : {v.Static}.ConditionalSelect({v.Static}.{comparison}(x, y), x, y)";
    }

    /// <summary>0 where a size is below a bound, else a value.</summary>
    private static string WithoutSmall(VectorType v, string size, bool isInner, bool isScaled, string value)
    {
        string bound = Constant(v, single => Small.Bound(single, isInner) * (isScaled ? Small.Scale(single) : 1));
        return $"{v.Static}.ConditionalSelect({v.Static}.LessThan({size}, {bound}), {v.Name}.Zero, {value})";
    }

    /// <summary>The class of the processor's instructions on such vectors.</summary>
    private static string X86(VectorType v) => Intrinsics + ".X86." + v.Bits switch { 512 => "Avx512F", 256 => "Avx", _ => v.Number == NumberType.Single ? "Sse" : "Sse2" };

    /// <summary>A number that depends on the type, in every element.</summary>
    private static string Constant(VectorType v, Func<bool, double> value) => $"{v.Static}.Create({Literal.Of(value(v.Number == NumberType.Single), v.Number)})";

    /// <summary>The vector 0, 1, 2, …</summary>
    private static string Ramp(VectorType v) => $"{v.Static}.Create({string.Join(", ", Enumerable.Range(0, v.Count).Select(index => Literal.Of(index, v.Number)))})";

    private static string Fused(VectorType v, string name, string armName)
    {
        const string X86 = Intrinsics + ".X86";
        string arm = v.Number == NumberType.Single ? ".Arm.AdvSimd" : ".Arm.AdvSimd.Arm64";
        return v.Bits switch
        {
            512 => $"{X86}.Avx512F.Fused{name}(x, y, z)",
            256 => $"{X86}.Fma.{name}(x, y, z)",
            _ => $"{X86}.Fma.IsSupported ? {X86}.Fma.{name}(x, y, z) : {Intrinsics}{arm}.FusedMultiply{armName}(z, x, y)",
        };
    }

    /// <summary>The instruction where there is one, otherwise the two halves of a vector by themselves.</summary>
    private static string Interleaved(string name, VectorType v)
    {
        string x86 = X86(v);
        string call = name switch
        {
            ZipLow => "UnpackLow(a, b)",
            ZipHigh => "UnpackHigh(a, b)",
            LowHalves => "Shuffle(a, b, 0x44)",
            _ => "Shuffle(a, b, 0xEE)",
        };
        if (v.Bits > 128)
        {
            string Half(string half) => $"{name}({v.Static}.Get{half}(a), {v.Static}.Get{half}(b))";
            return $"{x86}.IsSupported ? {x86}.{call} : {v.Static}.Create({Half(Lower)}, {Half(Upper)})";
        }

        if (name is LowHalves or HighHalves)
        {
            string half = name == LowHalves ? Lower : Upper;
            return $"{x86}.IsSupported ? {x86}.{call} : {v.Static}.Create({v.Static}.Get{half}(a), {v.Static}.Get{half}(b))";
        }

        int first = name == ZipLow ? 0 : v.Count / 2;
        IEnumerable<string> elements = Enumerable.Range(first, v.Count / 2).SelectMany(index => new[] { $"a[{index}]", $"b[{index}]" });
        const string Arm = Intrinsics + ".Arm.AdvSimd.Arm64";
        return $"{x86}.IsSupported ? {x86}.{call} : {Arm}.IsSupported ? {Arm}.{name}(a, b) : {v.Static}.Create({string.Join(", ", elements)})";
    }

    private static IReadOnlyList<string> SumsOfFour(VectorType v)
    {
        string type = v.Name;
        const string Sse = Intrinsics + ".X86.Sse";
        const string Arm = Intrinsics + ".Arm.AdvSimd";
        return Inlined(
            new[] { "// The sums of the elements of four vectors, each (v0 + v2) + (v1 + v3)" },
            $"{type} {Sums}({type} a, {type} b, {type} c, {type} d)",
            $"if ({Sse}.IsSupported)",
            "{",
            $"    var ab = {Sse}.UnpackLow(a, b) + {Sse}.UnpackHigh(a, b);",
            $"    var cd = {Sse}.UnpackLow(c, d) + {Sse}.UnpackHigh(c, d);",
            $"    return {Sse}.MoveLowToHigh(ab, cd) + {Sse}.MoveHighToLow(cd, ab);",
            "}",
            "",
            $"if ({Arm}.Arm64.IsSupported)",
            "{",
            $"    var ab = {Arm}.Arm64.ZipLow(a, b) + {Arm}.Arm64.ZipHigh(a, b);",
            $"    var cd = {Arm}.Arm64.ZipLow(c, d) + {Arm}.Arm64.ZipHigh(c, d);",
            $"    return {v.Static}.Create({v.Static}.GetLower(ab), {v.Static}.GetLower(cd)) + {v.Static}.Create({v.Static}.GetUpper(ab), {v.Static}.GetUpper(cd));",
            "}",
            "",
            $"return {v.Static}.Create({string.Join(", ", "abcd".Select(x => $"({x}[0] + {x}[2]) + ({x}[1] + {x}[3])"))});");
    }

    private static IReadOnlyList<string> SumOfOne(VectorType v)
    {
        const string Sse = Intrinsics + ".X86.Sse";
        return Inlined(
            new[] { "// The sum of the elements, (v0 + v2) + (v1 + v3), and zeros" },
            $"{v.Name} {Sum}({v.Name} v)",
            $"if ({Sse}.IsSupported)",
            "{",
            $"    var halves = v + {Sse}.MoveHighToLow(v, v);",
            $"    return {Sse}.MoveScalar({v.Name}.Zero, halves + {Sse}.Shuffle(halves, halves, 1));",
            "}",
            "",
            $"return {v.Static}.CreateScalar((v[0] + v[2]) + (v[1] + v[3]));");
    }

    private static IReadOnlyList<string> SumsOfPair(VectorType v)
    {
        const string Sse = Intrinsics + ".X86.Sse";
        return Inlined(
            new[] { "// The sums of the elements of two vectors, each (v0 + v2) + (v1 + v3), and zeros" },
            $"{v.Name} {SumPair}({v.Name} a, {v.Name} b)",
            $"if ({Sse}.IsSupported)",
            "{",
            $"    var halves = {Sse}.UnpackLow(a, b) + {Sse}.UnpackHigh(a, b);",
            $"    return {Sse}.MoveLowToHigh(halves + {Sse}.MoveHighToLow(halves, halves), {v.Name}.Zero);",
            "}",
            "",
            $"return {v.Static}.Create((a[0] + a[2]) + (a[1] + a[3]), (b[0] + b[2]) + (b[1] + b[3]), 0f, 0f);");
    }

    private static IReadOnlyList<string> SumsInQuarters(VectorType v)
    {
        const string Avx = Intrinsics + ".X86.Avx512F";
        return Inlined(
            new[] { "// In every 128 bits the sums of the elements of four vectors, each (v0 + v2) + (v1 + v3)" },
            $"{v.Name} {Sums}({v.Name} a, {v.Name} b, {v.Name} c, {v.Name} d)",
            $"var ab = {Avx}.UnpackLow(a, b) + {Avx}.UnpackHigh(a, b);",
            $"var cd = {Avx}.UnpackLow(c, d) + {Avx}.UnpackHigh(c, d);",
            $"return {Avx}.Shuffle(ab, cd, 0x44) + {Avx}.Shuffle(ab, cd, 0xEE);");
    }

    private static IReadOnlyList<string> FoldToQuarters(VectorType v)
    {
        const string Avx = Intrinsics + ".X86.Avx512F";
        return Inlined(
            new[] { "// The halves of four vectors added, and the halves of that, side by side" },
            $"{v.Name} {FoldFour}({v.Name} a, {v.Name} b, {v.Name} c, {v.Name} d)",
            $"var ab = {Avx}.Shuffle4x128(a, b, 0x44) + {Avx}.Shuffle4x128(a, b, 0xEE);",
            $"var cd = {Avx}.Shuffle4x128(c, d, 0x44) + {Avx}.Shuffle4x128(c, d, 0xEE);",
            $"return {Avx}.Shuffle4x128(ab, cd, 0x88) + {Avx}.Shuffle4x128(ab, cd, 0xDD);");
    }

    private static IReadOnlyList<string> TransposeFour(VectorType v) => Inlined(
        new[] { "// Four rows of four elements: the columns become rows" },
        $"{v.Name} {Transpose}({v.Name} rows)",
        $"return {v.Static}.Shuffle(rows, {v.Static}.Create({string.Join(", ", Enumerable.Range(0, 16).Select(index => (4 * (index % 4)) + (index / 4)))}));");

    private static IReadOnlyList<string> SumsOfTwo(VectorType v)
    {
        string type = v.Name;
        const string Sse = Intrinsics + ".X86.Sse2";
        const string Arm = Intrinsics + ".Arm.AdvSimd.Arm64";
        return Inlined(
            new[] { "// The sums of the elements of two vectors, each v0 + v1" },
            $"{type} {Sums}({type} a, {type} b)",
            $"if ({Sse}.IsSupported)",
            "{",
            $"    return {Sse}.UnpackLow(a, b) + {Sse}.UnpackHigh(a, b);",
            "}",
            "",
            $"if ({Arm}.IsSupported)",
            "{",
            $"    return {Arm}.ZipLow(a, b) + {Arm}.ZipHigh(a, b);",
            "}",
            "",
            $"return {v.Static}.Create(a[0] + a[1], b[0] + b[1]);");
    }

    private static IReadOnlyList<string> AlignLines(string t) => Inlined(
        new[] { "// The first place from x on that starts a cache line" },
        $"ref {t} {Align}(ref {t} x)",
        $"nint address = {Unsafe}.ByteOffset(ref {Unsafe}.NullRef<{t}>(), ref x);",
        $"return ref {Unsafe}.AddByteOffset(ref x, -address & 63);");

    private static IReadOnlyList<string> Inlined(string line) => new[] { EmitContext.InliningAttribute, "internal static " + line };

    private static IReadOnlyList<string> Inlined(IEnumerable<string> comment, string head, params string[] body) => comment
        .Concat(new[] { EmitContext.InliningAttribute, "internal static " + head, "{" })
        .Concat(body.Select(line => line.Length == 0 ? "" : "    " + line))
        .Append("}")
        .ToList();
}
