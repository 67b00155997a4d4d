using System;
using System.Linq;
using System.Reflection;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Networks with formulas of their own, compiled in every form of code: one set of bits, the slopes of differences, and what named activations and losses give.</summary>
public sealed class OwnFormulaNetworkTests
{
    /// <summary>Networks with short and long formulas, with infinities and NaN at 0, where padding is, and with heads; the loss of each is its own.</summary>
    private const string Source = """
        using System; using NetGen;
        [Network(3, nameof(Cauchy))] [Dense(9, nameof(Bent))] [Dense(2, nameof(Odd))]
        public sealed partial class Net0 : Formulas { FORMULAS }
        [Network(4, nameof(Far), Reduction = Reduction.Sum)] [Dense(5, nameof(Root))] [Dense(17, nameof(Logs))] [Dense(3, nameof(Root))]
        public sealed partial class Net1 : Formulas { FORMULAS }
        [Network(8, nameof(Cauchy))] [Dense(16, nameof(Long))] [Dense(6, nameof(Bent))] [Dense(5, nameof(Logs))]
        public sealed partial class Net2 : Formulas { FORMULAS }
        [Network(3, nameof(Cauchy))] [Dense(4, nameof(Long))] [Dense(1)]
        public sealed partial class Net3 : Formulas { FORMULAS }
        [Network(5)] [LayerNorm(nameof(Bent))] [Dense(7, nameof(Logs))] [Head("A", nameof(Cauchy), Weight = 0.5)] [Dense(2, nameof(Long))] [Head("B", nameof(Far))] [RmsNorm(nameof(Root))]
        public sealed partial class Net4 : Formulas { FORMULAS }
        [Network(130, nameof(Cauchy))] [Dense(70, nameof(Half))] [Dense(40, nameof(Long))] [Dense(10, nameof(Half))]
        public sealed partial class Net5 : Formulas { FORMULAS }
        public class Formulas { }
        """;

    private const string Own = """
        const float C = 0.1f;
        static float Half(float z) => z < 0 ? 0.5f * z : 1 + z;
        static float Bent(float z) { float s = StrictMath.Sigmoid(z); var q = z * s; return z > 0 ? q + C * MathF.Pow(z, 5) : MathF.Max(q, -C) + q * q; }
        static double Odd(double x) => Helper(x) * x;
        static double Helper(double y) => Math.Tanh(2 * y) + Math.Abs(y);
        static float Root(float z) => MathF.Sqrt(MathF.Abs(z));
        static float Logs(float z) => MathF.Log(z * z) / 8 + StrictMath.Erf(z) * StrictMath.Log1p(z * z);
        static float Long(float z) { float a = MathF.Exp(-z * z), b = MathF.Tanh(z - a), c = MathF.Min(a, b) * StrictMath.Softplus(a + b), d = MathF.Max(c, b * z); return a * b - c / (1 + d * d) + StrictMath.Erfc(a * z) * MathF.Log(2 + c * c) + StrictMath.Expm1(b * d); }
        static float Cauchy(float a, float y) { float e = a - y; return MathF.Log(1 + e * e); }
        static float Far(float a, float y) => MathF.Log((a - y) * (a - y));
        """;

    private const int Count = 6;

    private static readonly Form[] Forms =
    [
        Form.Auto, Form.Scalar, Form.Unrolled, Form.Looped, Form.Vectors512, Form.Vectors256, Form.Vectors128, Form.LoopedVectors, Form.Unrolled256, Form.Narrow, Form.Lanes512, Form.Lanes256, Form.Lanes128,
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_forms_have_the_same_bits(bool isDouble)
    {
        string[]? expected = null;
        foreach (Form form in isDouble ? [Form.Auto, Form.Scalar, Form.Vectors128, Form.LoopedVectors, Form.Lanes256] : Forms)
        {
            Type[] types = Compile(form, isDouble ? ", Precision = Precision.Double" : "");
            string[] bits = [.. types.Select(type => isDouble ? Bits<double>(type) : Bits<float>(type))];
            expected ??= bits;
            for (int net = 0; net < Count; net++)
            {
                Assert.True(expected[net] == bits[net], $"Net{net}, {form}:\n{expected[net]}\n{bits[net]}");
            }
        }
    }

    /// <summary>Networks whose formulas have no infinity find themselves right, in both dialects, both precisions and fused.</summary>
    [Theory]
    [InlineData(Form.Auto, "")]
    [InlineData(Form.Auto, ", Arithmetic = Arithmetic.Fused")]
    [InlineData(Form.Scalar, ", Precision = Precision.Double")]
    [InlineData(Form.Vectors256, ", Precision = Precision.Double, Arithmetic = Arithmetic.Fused")]
    public void They_pass_their_self_tests(Form form, string options)
    {
        Type[] types = Compile(form, options + ", SelfTest = true");
        foreach (int net in new[] { 0, 3, 5 })
        {
            object network = Activator.CreateInstance(types[net])!;
            var report = (SelfTestReport)types[net].GetMethod("SelfTest")!.Invoke(network, null)!;
            Assert.True(report.Passed, $"Net{net} {form}: {report}");
        }
    }

    /// <summary>A formula that is written as the named one gives what that gives.</summary>
    [Fact]
    public void They_compute_what_named_activations_and_losses_do()
    {
        string[] pairs =
        [
            "[Network(3, Loss.Huber)] [Dense(6, Activation.Silu)] [Dense(4, Activation.Tanh)] [Dense(2, Activation.Softsign)]",
            "[Network(3, nameof(Cost))] [Dense(6, nameof(Swish))] [Dense(4, nameof(Bend))] [Dense(2, nameof(Sign))]",
        ];
        Type[] types = Load(
            string.Concat(pairs.Select((attributes, index) => $$"""
                {{attributes}}
                public sealed partial class Net{{index}}
                {
                    static float Swish(float z) => z * StrictMath.Sigmoid(z);
                    static float Bend(float z) => MathF.Tanh(z);
                    static float Sign(float z) => z / (1 + MathF.Abs(z));
                    static float Cost(float a, float y) { float e = MathF.Abs(a - y); return e <= 1 ? 0.5f * e * e : e - 0.5f; }
                }

                """)).Replace("[Network(", "[NetGen.Network(", StringComparison.Ordinal),
            Form.Auto,
            pairs.Length);
        double[] parameters = Parameters<float>(types[0]);
        double[] named = Run<float>(types[0], parameters);
        double[] own = Run<float>(types[1], parameters);
        Assert.Equal(named.Length, own.Length);
        double largest = named.Max(Math.Abs);
        Assert.All(named.Zip(own), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 2e-6 * largest));
    }

    private static Type[] Compile(Form form, string options)
    {
        string source = Source.Replace("FORMULAS", Own, StringComparison.Ordinal);
        for (int inputs = 1; inputs <= 130 && options.Length > 0; inputs++)
        {
            foreach (string loss in new[] { ")]", ", nameof(Cauchy))]", ", nameof(Far), Reduction = Reduction.Sum)]" })
            {
                source = source.Replace($"[Network({inputs}{loss}", $"[Network({inputs}{loss[..^2]}{options})]", StringComparison.Ordinal);
            }
        }

        return Load(source, form, Count);
    }

    private static Type[] Load(string source, Form form, int count)
    {
        Assembly assembly = Compiled.From(source.Contains("using NetGen;", StringComparison.Ordinal) ? source : "using System; using NetGen;\n" + source, form, onlyCode: true).Load();
        return [.. Enumerable.Range(0, count).Select(index => assembly.GetType($"Net{index}", throwOnError: true)!)];
    }

    private static string Bits<T>(Type type)
        where T : unmanaged
    {
        double[] all = Run<T>(type, Parameters<T>(type));
        Assert.All(all, value => Assert.True(double.IsFinite(value), $"{type.Name}: {value}"));
        return string.Join(" ", all.Select(value => BitConverter.DoubleToInt64Bits(value).ToString("x16", null)));
    }

    private static double[] Parameters<T>(Type type)
        where T : unmanaged
    {
        var network = (INetwork<T>)Activator.CreateInstance(type)!;
        network.Initialize(7);
        var parameters = new T[network.Parameters.Layout.ParameterCount];
        network.Parameters.CopyTo(parameters);
        return Array.ConvertAll(parameters, value => Convert.ToDouble(value));
    }

    private static double[] Run<T>(Type type, double[] parameters)
        where T : unmanaged
    {
        ParameterLayout layout = ((INetwork<T>)Activator.CreateInstance(type)!).Parameters.Layout;
        var random = new Random(3);
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)((2 * random.NextDouble()) - 1))];

        // Nine samples are no multiple of any number of lanes.
        GraphResults results = GraphNetworks.Run<T>(type, parameters, Numbers(9 * layout.InputCount), Numbers(9 * layout.OutputCount), 0.01);
        return [.. results.All];
    }
}
