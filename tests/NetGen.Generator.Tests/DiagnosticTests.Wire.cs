using System;
using Xunit;

namespace NetGen.Generator.Tests;

public sealed partial class DiagnosticTests
{
    private const string Readable = "is not among what NetGen reads in Wire: calls of Wiring and Signal, locals, constants, operators, for loops over integers, and nameof";

    private const string TooLong = "NETGEN031: Wire takes more than 20000 statements, or declares more than 1024 nodes; let this loop have fewer turns";

    private const string WriteInputs = "; write [Network(inputs)] above layers, or 'static void Wire(Wiring w)'";

    private const string Length = "it must be at most 150 bytes of UTF-8 long, so that files have room for it";

    /// <summary>A name of 150 bytes.</summary>
    private static readonly string LongName = new('é', 75);

    /// <summary>What may be wrong in a method that declares a network.</summary>
    public static TheoryData<string, string[]> Wires => new()
    {
        // Statements and expressions that are not read.
        { Wire("var x = w.Input(\"x\", 3); ⟪⟦while⟧ (x.Size < 2) { x = x.Dense(2); }⇒⟫ w.Output(\"y\", x.Dense(1));"), [$"NETGEN026: 'while' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); ⟪⟦if⟧ (x.Size < 2) { x = x.Dense(2); }⇒⟫ w.Output(\"y\", x.Dense(1));"), [$"NETGEN026: 'if' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); ⟪⟦do⟧ { x = x.Dense(2); } while (x.Size > 2);⇒⟫ w.Output(\"y\", x.Dense(1));"), [$"NETGEN026: 'do' {Readable}"] },
        { Wire("⟪System.Func<Signal, Signal> f = x ⟦=>⟧ x.Dense(2); ⇒⟫w.Output(\"y\", w.Input(\"x\", 3).Dense(1));"), [$"NETGEN026: '=>' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); ⟪var f = (Signal s) ⟦=>⟧ s; ⇒⟫w.Output(\"y\", x.Dense(1));"), [$"NETGEN026: '=>' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); ⟪⟦try⟧ { } finally { } ⇒⟫w.Output(\"y\", x.Dense(1));"), [$"NETGEN026: 'try' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); ⟪⟦switch⟧ (x.Size) { default: break; } ⇒⟫w.Output(\"y\", x.Dense(1));"), [$"NETGEN026: 'switch' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); w.Output(\"y\", x.Dense(1)); ⟪⟦throw⟧ null!;⇒⟫"), [$"NETGEN026: 'throw' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); w.Output(\"y\", x.Dense(⟪x.Size > 2 ⟦?⟧ 1 : 2⇒1⟫));"), [$"NETGEN026: '?:' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); ⟪⟦goto⟧ end; end: ⇒⟫w.Output(\"y\", x.Dense(1));"), [$"NETGEN026: 'goto' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); ⟪⟦foreach⟧ (int n in new[] { 1 }) { x = x.Dense(n); }⇒⟫ w.Output(\"y\", x.Dense(1));"), [$"NETGEN026: 'foreach' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); w.Output(\"y\", x.Dense(1)); ⟪⟦return⟧;⇒⟫"), [$"NETGEN026: 'return' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); w.Output(\"y\", x.Dense(1)); ⟪void ⟦F⟧() { } F();⇒⟫"), [$"NETGEN026: 'F' {Readable}"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 3).Dense(⟪⟦(⟧(System.Func<int>)(() => 2))()⇒2⟫));"), [$"NETGEN026: '(' {Readable}"] },
        { Wire("⟪⟦long⟧⇒int⟫ n = 1; w.Output(\"y\", w.Input(\"x\", 3).Dense((int)n));"), [$"NETGEN026: 'long' {Readable}"] },
        { Wire("⟪⟦System⟧.Console.WriteLine();⇒⟫ w.Output(\"y\", w.Input(\"x\", 3).Dense(1));").Replace("⟦System⟧.Console.WriteLine", "System.Console.⟦WriteLine⟧"), [$"NETGEN026: 'WriteLine' {Readable}"] },
        { Wire("⟪⟦Wire⟧(w);⇒⟫ w.Output(\"y\", w.Input(\"x\", 3).Dense(1));"), [$"NETGEN026: 'Wire' {Readable}"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 3).Dense(⟪⟦Count⟧()⇒2⟫));", "static int Count() => 2;"), [$"NETGEN026: 'Count' {Readable}"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 3).Dense(⟪⟦Variable⟧⇒2⟫));", "static int Variable => 2;"), [$"NETGEN026: 'Variable' {Readable}"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 3).Dense(⟪⟦InputCount⟧⇒2⟫));"), [$"NETGEN026: 'InputCount' {Readable}"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 3).Dense(1 ⟪⟦<<⟧⇒+⟫ 2));"), [$"NETGEN026: '<<' {Readable}"] },
        { Wire("int n = int.MaxValue; n ⟪⟦+=⟧⇒-=⟫ 1; w.Output(\"y\", w.Input(\"x\", 3).Dense(⟪n⇒n - n + 1⟫));"), ["NETGEN015: The result of '+=' is 2147483648; it must be an int"] },
        { Wire("int n = 0; w.Output(\"y\", w.Input(\"x\", 3).Dense(6 ⟦/⟧ (⟪n⇒n + 2⟫)));"), ["NETGEN015: The divisor is 0; it must be another number"] },
        { Wire("string s = \"a\"; for (int i = 0; i < ⟪60⇒6⟫; i++) { s = s ⟦+⟧ s; } w.Output(\"y\", w.Input(\"x\", 3).Dense(1, name: s));"), ["NETGEN015: The length of a text is 2048; it must be at most 1024"] },
        { Wire("string s = \"a\"; for (int i = 0; i < ⟪60⇒6⟫; i++) { s = $\"{s}⟦{⟧s}\"; } w.Output(\"y\", w.Input(\"x\", 3).Dense(1, name: s));"), ["NETGEN015: The length of a text is 2048; it must be at most 1024"] },
        { Wire("var x = w.Input(\"x\", 3); w.Output(\"y\", ⟪⟦Twice⟧(x)⇒x.Dense(1)⟫);", "static Signal Twice(Signal x) => x + x;"), [$"NETGEN026: 'Twice' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); for (int i = 0; i < ⟪⟦Count⟧()⇒2⟫; i++) { x = x.LayerNorm(); } w.Output(\"y\", x.Dense(1));", "static int Count() => 2;"), [$"NETGEN026: 'Count' {Readable}"] },
        { Wire("var x = w.Input(\"x\", 3); ⟪⟦for⟧ (int i = 0; ; i++) { x = x.LayerNorm(); }⇒w.Output(\"y\", x.Dense(1));⟫"), [$"NETGEN026: 'for' {Readable}"] },
        { Wire("w.Output(⟪$\"{⇒⟫\"y\"⟪⟦,⟧5}\"⇒⟫, w.Input(\"x\", 3).Dense(1));"), [$"NETGEN026: ',' {Readable}"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 3).Dense((int)(⟪⟦long⟧⇒int⟫)2));"), [$"NETGEN026: 'long' {Readable}"] },

        // Reading goes on after an error, without the values that a statement would have given.
        {
            Wire("var x = w.Input(\"x\", 3); ⟪⟦if⟧ (x.Size > 2) { x = x.Dense(2); }⇒⟫ var z = w.Input(\"z\", 2); ⟪⟦while⟧ (z.Size > 9) { }⇒⟫ w.Output(\"q\", z.Dense(⟪⟦Count⟧()⇒2⟫)); w.Output(\"y\", x.Dense(1));", "static int Count() => 2;"),
            [$"NETGEN026: 'if' {Readable}", $"NETGEN026: 'while' {Readable}", $"NETGEN026: 'Count' {Readable}"]
        },
        {
            Wire("var x = w.Input(\"x\", 3); int n = 1; var h = x; ⟪⟦if⟧ (n > 0) { n = 2; h = x.Dense(3, name: \"a\"); }⇒h = x.Dense(3, name: \"a\");⟫ n++; n += 1; int s = h.Size + n; var g = x.Dense(3, sharesWith: \"a\"); w.Output(\"y\", (h + g).Dense(s));"),
            [$"NETGEN026: 'if' {Readable}"]
        },
        {
            Wire("var x = w.Input(\"x\", 3); for (int i = 0; i < 3; i++) { ⟪⟦if⟧ (i > 1) { }⇒⟫ x = x.Dense(⟪⟦Count⟧()⇒2⟫, Activation.Tanh); } w.Output(\"y\", x.Dense(1));", "static int Count() => 2;"),
            [$"NETGEN026: 'if' {Readable}", $"NETGEN026: 'Count' {Readable}"]
        },

        // Sizes and values.
        {
            Wire("var x = w.Input(\"x\", 17); w.Output(\"y\", x ⟦+⟧ x.Dense(⟪12⇒17⟫));"),
            ["NETGEN027: Add(identity) reads two nodes of one size, given 17 and 12 values"]
        },
        {
            Wire("var x = w.Input(\"x\", 5); x = x.⟦Multiply⟧(x.Dense(⟪2⇒5⟫), Activation.Tanh); w.Output(\"y\", x.Dense(1).LayerNorm());"),
            ["NETGEN027: Multiply(tanh) reads two nodes of one size, given 5 and 2 values"]
        },
        { Wire("w.Output(\"y\", w.Input(\"x\", 4).⟦Slice⟧(⟪3⇒2⟫, 2).Dense(1));"), ["NETGEN027: Slice(3, 2, identity) is no part of the 4 values that it is given"] },
        {
            Wire("var x = w.Input(\"x\", 2); w.Output(\"y\", x.⟦GaussianLogDensity⟧(x, w.Parameter(\"LogStd\", ⟪1⇒2⟫)));"),
            ["NETGEN027: GaussianLogDensity reads values, means and logarithms of deviations, as many of each, given 2, 2 and 1"]
        },
        {
            Wire("var x = w.Input(\"x\", 1); for (int i = 0; i < ⟪40⇒3⟫; i++) { x = x.⟦Concat⟧(x); } w.Output(\"y\", x.Slice(0, 1).Dense(1));"),
            ["NETGEN027: Concat(identity) has 2147483648 values; it can have at most 2147483647"]
        },
        { Wire("w.Output(\"y\", w.Input(\"x\", 8).⟦SoftmaxGroups⟧(⟪3⇒4⟫));"), ["NETGEN027: SoftmaxGroups(3, identity) reads whole groups, given 8 values"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 8).SoftmaxGroups(⟦⟪0⇒4⟫⟧));"), ["NETGEN004: The number of units of a group is 0; it must be at least 1"] },
        { Wire("var x = w.Input(\"x\", ⟪2000⇒20⟫); w.Output(\"y\", x.Experts(⟦x⟧, 3));"), ["NETGEN015: The number of experts is 2000; it must be so small that there are at most 1024 nodes"] },
        { Wire("var x = w.Input(\"x\", 3); w.Output(\"y\", x.Experts(x.Dense(2), ⟦⟪0⇒4⟫⟧));"), ["NETGEN004: The number of units is 0; it must be at least 1"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 3).PRelu(initial: ⟦⟪double.NaN⇒0.1⟫⟧));"), ["NETGEN015: initial is NaN; it must be a finite number"] },

        {
            Wire("var x = w.Input(\"x\", 3); var g = x.Dense(⟪1100⇒11⟫); w.Output(\"y\", x.Experts(⟦g⟧, 3, Activation.Tanh));"),
            ["NETGEN015: The number of experts is 1100; it must be so small that there are at most 1024 nodes"]
        },

        // Layers that share parameters.
        {
            Wire("var x = w.Input(\"x\", 3).Dense(4, name: \"code\"); w.Output(\"y\", x + w.Input(\"z\", 3).Dense(4, sharesWith: ⟦⟪\"coder\"⇒\"code\"⟫⟧));"),
            ["NETGEN015: sharesWith is 'coder'; it must be the name that was given to an earlier layer with parameters"]
        },
        {
            Wire("var x = w.Input(\"x\", 3).Slice(0, 2, name: \"code\"); w.Output(\"y\", x.Dense(3, Activation.Tanh⟪⇒, name: \"dense\"⟫).Dense(2, Activation.Tanh).Dense(3, Activation.Tanh, sharesWith: ⟦⟪\"code\"⇒\"dense\"⟫⟧));"),
            ["NETGEN015: sharesWith is 'code'; it must be the name that was given to an earlier layer with parameters"]
        },
        {
            Wire("var x = w.Input(\"x\", 3).Dense(4, Activation.Tanh, name: \"code\"); w.Output(\"y\", x - w.Input(\"z\", ⟪5⇒3⟫).Dense(4, Activation.Tanh, sharesWith: ⟦\"code\"⟧));"),
            ["NETGEN027: Dense(4, tanh) of 5 values cannot have the parameters of 'code', Dense(4, tanh) of 3 values: sizes and arguments must be the same"]
        },
        {
            Wire("var x = w.Input(\"x\", 4).Dense(4, Activation.Tanh, name: \"code\"); w.Output(\"y\", x.Dense(4, Activation.Tanh⟪, useBias: false⇒⟫, sharesWith: ⟦\"code\"⟧));"),
            ["NETGEN027: Dense(4, tanh) of 4 values cannot have the parameters of 'code', Dense(4, tanh) of 4 values: useBias must be the same"]
        },
        {
            Wire("var x = w.Input(\"x\", 4).PRelu(name: \"code\"); w.Output(\"y\", x.PRelu(⟪perUnit: true, initial: 0.1, ⇒⟫sharesWith: ⟦\"code\"⟧));"),
            ["NETGEN027: PRelu(identity) of 4 values cannot have the parameters of 'code', PRelu(identity) of 4 values: perUnit and initial must be the same"]
        },
        {
            Wire("var x = w.Input(\"x\", 4).LayerNorm(name: \"code\"); w.Output(\"y\", x - w.Input(\"z\", 4).⟪Rms⇒Layer⟫Norm(sharesWith: ⟦\"code\"⟧));"),
            ["NETGEN027: RmsNorm(identity) of 4 values cannot have the parameters of 'code', LayerNorm(identity) of 4 values: sizes and arguments must be the same"]
        },
        {
            Wire("var x = w.Input(\"x\", 4); var g = x.Dense(2); x = x.Experts(g, 4, name: \"mix\"); w.Output(\"y\", x.Experts(g, ⟪3⇒4⟫, sharesWith: ⟦\"mix\"⟧));"),
            ["NETGEN027: Dense(3, identity) of 4 values cannot have the parameters of 'mix', Dense(4, identity) of 4 values: sizes and arguments must be the same"]
        },
        {
            Wire("var x = w.Input(\"x\", 3).Dense(4, name: \"code\"); w.Output(\"y\", x + w.Input(\"z\", 3).Dense(4, sharesWith: \"code\"⟪, frozen: ⇒/*⟫⟦true⟧⟪⇒*/⟫));"),
            ["NETGEN016: A layer with sharesWith has no parameter frozen; remove it"]
        },
        { Wire("w.Output(\"y\", w.Input(\"x\", ⟦⟪0⇒2⟫⟧).Dense(⟦⟪-1⇒1⟫⟧));"), ["NETGEN004: The number of inputs is 0; it must be at least 1", "NETGEN004: The number of units is -1; it must be at least 1"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3, ⟦⟪(Activation)99⇒Activation.Tanh⟫⟧));"), ["NETGEN010: '99' is not a defined value of NetGen.Activation; use one of its members"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3), ⟦⟪(Loss)77⇒Loss.Huber⟫⟧);"), ["NETGEN010: '77' is not a defined value of NetGen.Loss; use one of its members"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).LayerNorm(epsilon: ⟦⟪0⇒1⟫⟧).Dense(3));"), ["NETGEN015: epsilon is 0; it must be a finite number above 0"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3, Activation.⟪Relu⇒Elu⟫, alpha: ⟦0.5⟧));"), ["NETGEN016: Activation.Relu has no parameter alpha; remove it"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3), Loss.Huber, ⟦⟪double.PositiveInfinity⇒2⟫⟧);"), ["NETGEN015: weight is Infinity; it must be a finite number"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3)⟪⇒, Loss.Huber⟫, weight: ⟦2⟧);"), ["NETGEN016: Loss.None has no parameter weight; remove it"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3), Loss.⟪SquaredError⇒Huber⟫, delta: ⟦2⟧);"), ["NETGEN016: Loss.SquaredError has no parameter delta; remove it"] },
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3⟪⇒, Activation.Sigmoid⟫), ⟦Loss.BinaryCrossEntropy⟧);"),
            ["NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has Activation.Identity; change one of the two"]
        },
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(⟦⟪int.MaxValue⇒70⟫⟧, Activation.Tanh).Dense(1));"),
            ["NETGEN005: With this size 'Net' needs 6442450976 parameters, padding included, and 268435456 is the limit; make the network smaller"]
        },

        // Names and ends.
        { Wire("w.Output(⟦⟪\"1st\"⇒\"First\"⟫⟧, w.Input(\"x\", 2).Dense(3));"), ["NETGEN015: The name of an output is '1st'; it must be an identifier of C#"] },
        { Wire("w.Output(\"y\", w.Input(⟦⟪\"\"⇒\"x\"⟫⟧, 2).Dense(3));").Replace("⟪\"\"⇒", "⟪\"-\"⇒"), ["NETGEN015: The name of an input is '-'; it must be an identifier of C#"] },
        { Wire("var x = w.Input(\"x\", 2); w.Output(\"q\", x.Dense(3)); w.Output(⟦⟪\"Q\"⇒\"z\"⟫⟧, x.Dense(3));"), ["NETGEN024: 'Q' is the name of another output; give each a name of its own"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3, name: ⟦⟪\"x\"⇒\"z\"⟫⟧));"), ["NETGEN024: 'x' is the name of another node; give each a name of its own"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Concat(w.Input(⟦⟪\"x\"⇒\"z\"⟫⟧, 2)).Dense(3));"), ["NETGEN024: 'x' is the name of another input; give each a name of its own"] },
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3, Activation.Tanh, name: \"a\").Dense(3, name: ⟦⟪\"a.weight\"⇒\"a.w\"⟫⟧));"),
            ["NETGEN024: 'a.weight' is the name of another block of parameters; give each a name of its own"]
        },
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3, Activation.Tanh, name: \"a.bias.0\").Dense(3, name: ⟦⟪\"a\"⇒\"b\"⟫⟧));"),
            ["NETGEN024: 'a.bias' is the name of another layer, or the beginning of it; give each a name of its own"]
        },
        {
            Wire("var x = w.Input(\"x\", 3); x = x.Experts(x.Dense(2), 4, Activation.Tanh, name: \"a\"); w.Output(\"y\", x.Dense(3, name: ⟦⟪\"a.0\"⇒\"a.2\"⟫⟧));"),
            ["NETGEN024: 'a.0' is the name of another node; give each a name of its own"]
        },
        {
            Wire("var x = w.Input(\"x\", 3).Dense(3, Activation.Tanh, name: \"a.0\"); w.Output(\"y\", x.Experts(x.Dense(2), 4, name: ⟦⟪\"a\"⇒\"b\"⟫⟧));"),
            ["NETGEN024: 'a.0' is the name of another node; give each a name of its own"]
        },
        {
            Wire("var x = w.Input(\"x\", 3); x = x.Experts(x.Dense(2), 4, Activation.Tanh, name: \"a\"); w.Output(\"y\", x.Dense(3, name: ⟦⟪\"a.1.weight\"⇒\"a.weight\"⟫⟧));"),
            ["NETGEN024: 'a.1.weight' is the name of another block of parameters; give each a name of its own"]
        },
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3, name: ⟦⟪\"\\ud800\"⇒\"\\ud83d\\ude00\"⟫⟧));"),
            ["NETGEN015: The name of a layer is no text, with half of a surrogate pair; it must be text that files can have"]
        },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3, name: ⟦\"⟪optimizer.⇒⟫y.weight\"⟧));"), ["NETGEN015: The name of a layer is 'optimizer.y.weight'; it must be another one, as what begins with 'optimizer.' is no parameter in a checkpoint"] },
        { Wire("var x = w.Input(\"x\", 2); w.Output(\"y\", x.Experts(x.Dense(2), 3, name: ⟦\"⟪extra⇒mix⟫\"⟧));"), ["NETGEN015: The name of a layer is 'extra'; it must be another one, as what begins with 'extra.' is no parameter in a checkpoint"] },
        { Wire($"w.Output(\"y\", w.Input(\"x\", 2).Dense(3, name: ⟦\"⟪{LongName}a⇒{LongName}⟫\"⟧));"), [$"NETGEN015: The name of a layer is 151 bytes long; {Length}"] },
        { Wire($"w.Output(\"y\", w.Input(⟦\"⟪{LongName}a⇒{LongName}⟫\"⟧, 2).Dense(3));"), [$"NETGEN015: The name of an input is 151 bytes long; {Length}"] },
        { Wire($"w.Output(⟦\"⟪{LongName}a⇒{LongName}⟫\"⟧, w.Input(\"x\", 2).Dense(3));"), [$"NETGEN015: The name of an output is 151 bytes long; {Length}"] },
        { Wire("var x = w.Input(\"x\", 2); w.Output(\"y\", x.Dense(3)); w.Output(⟦⟪\"y\"⇒\"z\"⟫⟧, x.Dense(3));"), ["NETGEN024: 'y' is the name of another output; give each a name of its own"] },
        { Wire("var x = w.Input(\"x\", 2); ⟪x.⟦Dense⟧(4); ⇒⟫w.Output(\"y\", x.Dense(3));"), ["NETGEN030: Nothing reads Dense(4, identity), and it is no output; remove it, or go on from what it returns"] },
        { Wire("⟪⇒w.Output(\"y\", w.Input(\"x\", 2).Dense(1));⟫").Replace("void Wire", "void ⟦Wire⟧"), ["NETGEN032: Wire of 'Net' declares no input; call w.Input(name, size)"] },
        {
            Wire("var x = w.Input(\"x\", 2)⟪; ⇒.Dense(1); w.Output(\"y\", x);⟫").Replace("void Wire", "void ⟦Wire⟧"),
            ["NETGEN032: Wire of 'Net' declares no output; call w.Output(name, signal, loss)"]
        },

        // Amounts: reading takes linear time, whatever the loops say.
        { Wire("var x = w.Input(\"x\", 2); ⟦for⟧ (int i = 0; i < ⟪1000000⇒10⟫; i++) { x = x.LayerNorm(); } w.Output(\"y\", x.Dense(3));"), [TooLong] },
        { Wire("⟪for (int i = 0; i < 1000000; i++) { ⟦for⟧ (int j = 0; j < 1000000; j++) { } } ⇒⟫w.Output(\"y\", w.Input(\"x\", 2).Dense(3));"), [TooLong] },
        { Wire("⟪⟦for⟧ (int i = 0; i < 1; i = 0) ; ⇒⟫w.Output(\"y\", w.Input(\"x\", 2).Dense(3));"), [TooLong] },

        // Formulas of the class.
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3, F));", "static float F(float z) => z ⟪⟦%⟧⇒/⟫ 2;"), [$"NETGEN042: '%' {Formula}"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3).Activate(⟪z ⟦=>⟧ z⇒F⟫));", "static float F(float z) => z / 2;"), [$"NETGEN026: '=>' {Readable}"] },
        { Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3), F);", "static float F(float a, float y) => ⟪⟦F⟧(y, a)⇒a - y⟫;"), ["NETGEN043: 'F' calls itself, and a formula is written out; write it without"] },

        // What stands beside the method.
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3));").Replace("[Network]", "[Network⟪(⇒/*⟫⟦2⟧⟪)⇒*/⟫]"),
            ["NETGEN028: 'Net' has a method Wire, which declares inputs and layers alone; remove this, or the method"]
        },
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3));").Replace("[Network]", "[Network⟪(⇒/*⟫⟦2⟧, Loss.SquaredError⟪)⇒*/⟫]"),
            ["NETGEN028: 'Net' has a method Wire, which declares inputs and layers alone; remove this, or the method"]
        },
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3));").Replace("[Network]", "[Network⟪, ⇒/*⟫⟦Dense(3)⟧⟪⇒*/⟫]"),
            ["NETGEN028: 'Net' has a method Wire, which declares inputs and layers alone; remove this, or the method"]
        },
        { "[⟦Network⟪⇒(2)⟫⟧, Dense(3)] sealed partial class Net { }".Replace("⟦Network⟪⇒(2)⟫⟧", "⟦Network⟧⟪⇒(2)⟫"), [$"NETGEN029: 'Net' has neither inputs nor a method Wire{WriteInputs}"] },
        { NearMiss("⟪⇒static ⟫void ⟦Wire⟧(Wiring w) { BODY }"), [$"NETGEN029: 'Net' has a Wire that is not static{WriteInputs}"] },
        { NearMiss("static void ⟦Wire⟧(⟪⇒Wiring w⟫) { ⟪⇒BODY⟫ }"), [$"NETGEN029: 'Net' has a Wire that does not take a Wiring alone{WriteInputs}"] },
        { NearMiss("static ⟪Signal⇒void⟫ ⟦Wire⟧(Wiring w) { BODY ⟪return w.Input(\"z\", 1);⇒⟫ }"), [$"NETGEN029: 'Net' has a Wire that returns something{WriteInputs}"] },
        { NearMiss("static void ⟦Wire⟧⟪<T>⇒⟫(Wiring w) { BODY }"), [$"NETGEN029: 'Net' has a Wire that has type parameters{WriteInputs}"] },
        { NearMiss("static ⟪System.Action<Wiring>⇒void⟫ ⟦Wire⟧⟪ = w⇒(Wiring w)⟫ => w.Output(\"y\", w.Input(\"x\", 2).Dense(3));"), [$"NETGEN029: 'Net' has a Wire that is no method{WriteInputs}"] },
        { NearMiss("static partial void ⟦Wire⟧(Wiring w); ⟪⇒static partial void Wire(Wiring w) { BODY }⟫"), [$"NETGEN029: 'Net' has a Wire that has no body{WriteInputs}"] },
        { "[⟦Network⟧⟪⇒(2), Dense(3)⟫] sealed partial class Net { }", [$"NETGEN029: 'Net' has neither inputs nor a method Wire{WriteInputs}"] },
        {
            Wire("w.Output(\"y\", w.Input(\"x\", 2).Dense(3)⟪⇒, Loss.Huber⟫);").Replace("[Network]", "[Network(⟪Loss = ⇒/*⟫⟦Loss.Huber⟧⟪⇒*/⟫)]"),
            ["NETGEN025: The outputs of 'Net' have names, and Loss.Huber does not say whose it is; move it to w.Output(name, signal, loss)"]
        },
    };

    private static string NearMiss(string member) => $"[Network] sealed partial class Net {{ {member.Replace("BODY", "w.Output(\"y\", w.Input(\"x\", 2).Dense(3));", StringComparison.Ordinal)} }}";

    private static string Wire(string body, string more = "") => $"[Network] sealed partial class Net {{ static void Wire(Wiring w) {{ {body} }} {more} }}";
}
