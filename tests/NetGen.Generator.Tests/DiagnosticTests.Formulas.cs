using Xunit;

namespace NetGen.Generator.Tests;

public sealed partial class DiagnosticTests
{
    private const string Formula = "is not among what NetGen reads in a formula: real numbers, locals, + - * /, ?:, comparisons, functions that it has itself, and static methods of these";

    /// <summary>What may be wrong with formulas that a class has itself.</summary>
    public static TheoryData<string, string[]> Formulas => new()
    {
        // Statements and expressions that are not read.
        { Own("float F(float z) { ⟪⟦if⟧ (z < 0) return 0; ⇒⟫return z; }"), [$"NETGEN042: 'if' {Formula}"] },
        { Own("float F(float z) { ⟪⟦for⟧ (int i = 0; i < 2; i++) z = z * z; ⇒⟫return z; }"), [$"NETGEN042: 'for' {Formula}"] },
        { Own("float F(float z) { ⟪z ⟦=⟧ 2 * z; return z;⇒return 2 * z;⟫ }"), [$"NETGEN042: '=' {Formula}"] },
        { Own("float F(float z) => ⟪z⟦++⟧⇒z + 1⟫;"), [$"NETGEN042: '++' {Formula}"] },
        { Own("float F(float z) { float q = z; ⟪q⟦++⟧⇒q += 1⟫; return q; }"), [$"NETGEN042: '++' {Formula}"] },
        { Own("float F(float z) => ⟪_last ⟦=⟧ ⇒⟫z;"), [$"NETGEN042: '=' {Formula}"] },
        { Own("float F(float z) => ⟦⟪_last⇒Slope⟫⟧ * z;").Replace("⟦⟪_last⇒Slope⟫⟧", "⟪⟦_last⟧⇒Slope⟫"), [$"NETGEN042: '_last' {Formula}"] },
        { Own("float F(float z) => System.MathF.⟪⟦Cosh⟧⇒Exp⟫(z);"), [$"NETGEN042: 'Cosh' {Formula}"] },
        { Own("float F(float z) => System.MathF.Pow(z, ⟦⟪z⇒2⟫⟧);"), ["NETGEN015: The exponent of Pow is no constant; it must be a constant integer from -64 to 64"] },
        { Own("float F(float z) => ⟪System.MathF.Pow(z, ⟦0.5f⟧)⇒System.MathF.Sqrt(z)⟫;"), ["NETGEN015: The exponent of Pow is 0.5; it must be a constant integer from -64 to 64"] },
        { Own("double F(double z) => z * ⟦⟪1e39⇒1e38⟫⟧;"), ["NETGEN015: A number of a formula is 1E+39; it must be one that single precision has"] },
        { Own("double F(double z) => z / (⟦⟪-1e-46⇒-1e-44⟫⟧ + z * z);"), ["NETGEN015: A number of a formula is -1E-46; it must be one that single precision has"] },
        { Own("float F(float z) => System.MathF.Pow(z, ⟦⟪65⇒64⟫⟧);"), ["NETGEN015: The exponent of Pow is 65; it must be a constant integer from -64 to 64"] },
        { Own("float F(float z) => z + System.MathF.⟦Pow⟧(0f, ⟪-1⇒1⟫);"), ["NETGEN044: The divisor is the constant 0, so that 'System.MathF.Pow(0f, -1)' is no number; divide by something else"] },
        { Own("float F(float z) => z ⟪⟦%⟧⇒/⟫ 2;"), [$"NETGEN042: '%' {Formula}"] },
        { Own("float F(float z) => ⟪(⟦int⟧)z⇒z⟫;"), [$"NETGEN042: 'int' {Formula}"] },
        { Own("float F(float z) { ⟪⟦int⟧⇒float⟫ n = 2; return n * z; }"), [$"NETGEN042: 'int' {Formula}"] },
        { Own("float F(float z) => G(⟪⟦ref⟧ z⇒z⟫); static float G(⟪ref ⇒⟫float z) => z;").Replace("⟪⟦ref⟧ z⇒z⟫", "⟪ref z⇒z⟫").Replace("=> G(", "=> ⟦G⟧("), [$"NETGEN042: 'G' {Formula}"] },
        { Own("float F(float z) => ⟪⟦G⟧(out float _)⇒z⟫; static float G(out float z) => z = 1;"), [$"NETGEN042: 'G' {Formula}"] },
        { Own("float F(float z) => ⟪⟦Old⟧()⇒1⟫ * z; static int Old() => 1;"), [$"NETGEN042: 'Old' {Formula}"] },
        { Own("float F(float z) => ⟪new ⟦System⟧.Random().Next()⇒1⟫ * z;").Replace("new ⟦System⟧.Random().Next()", "new System.Random().⟦Next⟧()"), [$"NETGEN042: 'Next' {Formula}"] },
        { Own("float F(float z) => ⟪⟦InputCount⟧⇒2⟫ * z;"), [$"NETGEN042: 'InputCount' {Formula}"] },
        { Own("float F(float z) => ⟪z ⟦is⟧ > 0⇒z > 0⟫ ? z : 0;"), [$"NETGEN042: 'is' {Formula}"] },
        { Own("float F(float z) => G(z); static float G(float z) { ⟪⟦while⟧ (true) { }⇒return z;⟫ }"), [$"NETGEN042: 'while' {Formula}"] },

        // What a formula is.
        { "[Network(2)] [Dense(3, ⟪⟦\"F\"⟧⇒Activation.Tanh⟫)] sealed partial class Net { }", ["NETGEN040: 'F' is no static method of 'Net'; write 'static float F(float z)', or name an activation or loss by its enum"] },
        { "[Network(2)] [Dense(3, ⟪⟦null!⟧⇒Activation.Tanh⟫)] sealed partial class Net { }", ["NETGEN040: null is no static method of 'Net'; write 'static float Name(float z)', or name an activation or loss by its enum"] },
        { "[Network(2, ⟪⟦\"M S E\"⟧⇒Loss.SquaredError⟫)] [Dense(3)] sealed partial class Net { }", ["NETGEN040: 'M S E' is no static method of 'Net'; write 'static float Name(float a, float y)', or name an activation or loss by its enum"] },
        { "[Network(2)] [Head(\"Q\", ⟪⟦nameof(F)⟧⇒Loss.Huber⟫)] [Dense(3)] sealed partial class Net { const int F = 1; }", ["NETGEN040: 'F' is no static method of 'Net'; write 'static float F(float a, float y)', or name an activation or loss by its enum"] },
        { Own("float ⟦F⟧(float z⟪, float y⇒⟫) => z;"), ["NETGEN041: 'F' cannot be an activation, since it takes 2 values and not 1; write 'static float F(float z)'"] },
        { Own("float ⟦F⟧(⟪ref ⇒⟫float z) => z;"), ["NETGEN041: 'F' cannot be an activation, since it takes or returns a reference; write 'static float F(float z)'"] },
        { Own("⟪int⇒float⟫ ⟦F⟧(float z) => ⟪(int)⇒⟫z;"), ["NETGEN041: 'F' cannot be an activation, since it does not return float, double or its type parameter; write 'static float F(float z)'"] },
        { Own("float ⟦F⟧(⟪int⇒float⟫ z) => z;"), ["NETGEN041: 'F' cannot be an activation, since it takes another type than it returns; write 'static float F(float z)'"] },
        { Own("⟪T⇒float⟫ ⟦F⟧⟪<T>⇒⟫(⟪T⇒float⟫ z) => z;"), ["NETGEN041: 'F' cannot be an activation, since it does not return float, double or its type parameter; write 'static float F(float z)'"] },
        { "[Network(2)] [Dense(3, nameof(F))] sealed partial class Net { ⟪⇒static ⟫float ⟦F⟧(float z) => z; }", ["NETGEN041: 'F' cannot be an activation, since it is not static; write 'static float F(float z)'"] },
        { "[Network(2)] [Dense(3, nameof(F))] sealed partial class Net { ⟪[System.Runtime.InteropServices.DllImport(\"a\")] ⇒⟫static ⟪extern ⇒⟫float ⟦F⟧(float z)⟪⇒ => z⟫; }", ["NETGEN041: 'F' cannot be an activation, since it has no body; write 'static float F(float z)'"] },
        {
            "[Network(2, nameof(F))] [Dense(3)] sealed partial class Net { static float ⟦F⟧(⟪⇒float a, ⟫float y) => ⟪⇒a - ⟫y; }",
            ["NETGEN041: 'F' cannot be a loss, since it takes 1 values and not 2; write 'static float F(float a, float y)'"]
        },

        // One that several layers have is read once.
        {
            "[Network(2, nameof(L))] [Dense(3, nameof(F))] [Dense(4, nameof(F))] [Dense(1)] sealed partial class Net { static double F(double z) => z ⟪⟦%⟧⇒*⟫ z; static float L(float a, float y) => a ⟪⟦%⟧⇒-⟫ y; }",
            [$"NETGEN042: '%' {Formula}", $"NETGEN042: '%' {Formula}"]
        },

        // Ends.
        { Own("float F(float z) => z < 0 ? ⟪⟦F⟧(-z)⇒-z⟫ : z;"), ["NETGEN043: 'F' calls itself, and a formula is written out; write it without"] },
        { Own("float F(float z) => G(z); static float G(float z) => ⟪⟦F⟧(z)⇒z⟫;"), ["NETGEN043: 'F' calls itself, and a formula is written out; write it without"] },
        { Own("float F(float z) => z ⟦/⟧ ⟪0⇒2⟫;"), ["NETGEN044: The divisor is the constant 0, so that 'z / 0' is no number; divide by something else"] },
        { Own("float F(float z) { float q = 1 - ⟪1⇒z⟫; return z ⟦/⟧ q; }"), ["NETGEN044: The divisor is the constant 0, so that 'z / q' is no number; divide by something else"] },
        { Own("float F(float z) => z * (1 ⟦/⟧ ⟪0f⇒2f⟫);"), ["NETGEN044: The divisor is the constant 0, so that '1 / 0f' is no number; divide by something else"] },
        { Own("float F(float z) { ⟪⇒return z; }} /*⟫float q = z; q ⟦/=⟧ 0; return q; }⟪⇒*/⟫").Replace("⟪⇒return z; }} /*⟫", "").Replace("⟪⇒*/⟫", "").Replace("⟦/=⟧ 0", "⟦/=⟧ ⟪0⇒2⟫"), ["NETGEN044: The divisor is the constant 0, so that 'q /= 0' is no number; divide by something else"] },

        // Amounts: reading takes linear time, however often methods call others.
        {
            Own("float ⟦F⟧(float z) => ⟪G(G(G(z)))⇒G(z)⟫; static float G(float z) => H(H(H(z))); static float H(float z) => I(I(I(z))); static float I(float z) => 3 * System.MathF.Tanh(z) + 1;"),
            ["NETGEN045: 'F' takes more than 64 operations, those of the methods that it calls included; make it shorter"]
        },
        {
            Own("float ⟦F⟧(float z) => ⟪G(G(G(G(z))))⇒G(z)⟫; static float G(float z) => H(H(H(H(z)))); static float H(float z) => I(I(I(I(z)))); static float I(float z) => J(J(J(J(z)))); static float J(float z) => K(K(K(K(z)))); static float K(float z) => z;"),
            ["NETGEN045: 'F' takes more than 64 operations, those of the methods that it calls included; make it shorter"]
        },
        { Own($"float ⟦F⟧(float z) => ⟪{new string('(', 300)}⇒⟫z⟪{new string(')', 300)}⇒⟫;").Replace("((", "-(-("), ["NETGEN045: 'F' takes more than 64 operations, those of the methods that it calls included; make it shorter"] },
        { Own("float F(float z) => z;").Replace("nameof(F)", "nameof(F)⟪, Alpha = ⟦2⟧⇒⟫"), ["NETGEN016: A formula has no parameter Alpha; remove it"] },
        {
            "[Network(2, nameof(L)⟪, Delta = ⟦2⟧⇒⟫)] [Dense(1)] sealed partial class Net { static float L(float a, float y) => (a - y) * (a - y); }",
            ["NETGEN016: A formula has no parameter Delta; remove it"]
        },
        {
            "[Network(2, ⟦Loss.BinaryCrossEntropy⟧)] [Dense(1, ⟪nameof(F)⇒Activation.Sigmoid⟫)] sealed partial class Net { static float F(float z) => z; }",
            ["NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has the formula F; change one of the two"]
        },
    };

    /// <summary>What is better written otherwise.</summary>
    public static TheoryData<string, string[]> UnstableFormulas => new()
    {
        { Own("float F(float z) => ⟪System.MathF.Exp(z) ⟦-⟧ 1⇒StrictMath.Expm1(z)⟫;"), ["NETGEN060: e^x − 1 loses digits, or is infinite, where StrictMath.Expm1(x) is right; write StrictMath.Expm1(x)"] },
        { Own("float F(float z) => ⟪1 ⟦-⟧ System.MathF.Exp(-z)⇒-StrictMath.Expm1(-z)⟫;"), ["NETGEN060: 1 − e^x loses digits, or is infinite, where -StrictMath.Expm1(x) is right; write -StrictMath.Expm1(x)"] },
        {
            Own("float F(float z) { float p = System.MathF.Exp(z); return ⟪p ⟦-⟧ System.MathF.Exp(-z)⇒StrictMath.Exp(-z) * StrictMath.Expm1(2 * z) + p⟫; }"),
            ["NETGEN060: e^x − e^y loses digits, or is infinite, where StrictMath.Exp(y) * StrictMath.Expm1(x - y) is right; write StrictMath.Exp(y) * StrictMath.Expm1(x - y)"]
        },
        { Own("float F(float z) => ⟪System.MathF.⟦Log⟧(1 + System.MathF.Exp(z))⇒StrictMath.Softplus(z)⟫;"), ["NETGEN060: ln (1 + e^x) loses digits, or is infinite, where StrictMath.Softplus(x) is right; write StrictMath.Softplus(x)"] },
        { Own("float F(float z) => ⟪StrictMath.⟦Log⟧(StrictMath.Sigmoid(z))⇒-StrictMath.Softplus(-z)⟫;"), ["NETGEN060: The logarithm of a sigmoid loses digits, or is infinite, where -StrictMath.Softplus(-x) is right; write -StrictMath.Softplus(-x)"] },
        { Own("float F(float z) => ⟪StrictMath.⟦Log⟧(1 - StrictMath.Sigmoid(z))⇒-StrictMath.Softplus(z)⟫;"), ["NETGEN060: ln (1 − σ(x)) loses digits, or is infinite, where -StrictMath.Softplus(x) is right; write -StrictMath.Softplus(x)"] },
        { Own("float F(float z) => ⟪StrictMath.⟦Log1p⟧(System.MathF.Exp(z))⇒StrictMath.Softplus(z)⟫;"), ["NETGEN060: ln (1 + e^x) loses digits, or is infinite, where StrictMath.Softplus(x) is right; write StrictMath.Softplus(x)"] },
        { Own("float F(float z) => ⟪1 ⟦-⟧ StrictMath.Erf(z)⇒StrictMath.Erfc(z)⟫;"), ["NETGEN060: 1 − erf x loses digits, or is infinite, where StrictMath.Erfc(x) is right; write StrictMath.Erfc(x)"] },
        { Own("float F(float z) => ⟪1 ⟦-⟧ StrictMath.Erfc(z)⇒StrictMath.Erf(z)⟫;"), ["NETGEN060: 1 − erfc x loses digits, or is infinite, where StrictMath.Erf(x) is right; write StrictMath.Erf(x)"] },
        {
            "[Network(2, ⟦nameof(L)⟧)] [Dense(3, Activation.⟪⇒Log⟫Softmax)] sealed partial class Net { static float L(float a, float y) => -y * ⟪StrictMath.Log(a)⇒a⟫; }",
            ["NETGEN060: The logarithm of Activation.Softmax loses digits, or is infinite, where Activation.LogSoftmax is right; write Activation.LogSoftmax"]
        },
        {
            "[Network(2)] [Head(\"Q\", ⟦nameof(L)⟧)] [Dense(3⟪, Activation.Sigmoid⇒⟫)] sealed partial class Net { static float L(float a, float y) => ⟪-y * StrictMath.Log(a)⇒y * StrictMath.Softplus(-a)⟫; }",
            ["NETGEN060: The logarithm of Activation.Sigmoid loses digits, or is infinite, where -StrictMath.Softplus(-a) of the logits is right; write -StrictMath.Softplus(-a) of the logits"]
        },
    };

    private static string Own(string method) =>
        $"[Network(2)] [Dense(3, nameof(F))] [Dense(1)] sealed partial class Net {{ public static float _last = 1; public const float Slope = 2; static {method} }}";
}
