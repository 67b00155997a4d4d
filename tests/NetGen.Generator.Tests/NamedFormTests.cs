using System;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Members that take each input and each output as a span of its own compute what those do that take them one after another.</summary>
[Trait("Category", "Quick")]
public sealed class NamedFormTests
{
    /// <summary>A program that compares both, returning what differs, and what each call allocates.</summary>
    private const string Program = """
        #pragma warning disable CS1591
        using System;
        using NetGen;

        [Network(Precision = Precision.Double)]
        public sealed partial class Net
        {
            static void Wire(Wiring w)
            {
                Signal state = w.Input("State", 3);
                Signal h = state.Concat(w.Input("event", 2)).Dense(5, Activation.Tanh);
                w.Output("Q", h.Dense(2), Loss.HalfSquaredError);
                w.Output("State", h.Dense(3, Activation.Softplus));
                w.Output("Risk", h.Dense(1), Loss.SquaredError, 0.5);
            }

            public static string Compare()
            {
                var net = new Net();
                net.Initialize(3);
                double[] x = { 0.3, -0.2, 0.9, 1.1, -0.7 };
                double[] y = { 0.5, -0.5, 0, 0, 0, 0.25 };
                double[] d = { 0.1, 0.2, -0.3, 0.4, 0.5, -0.6 };
                var a = new double[OutputCount];
                var trace = new double[TraceLength];
                var traced = new double[TraceLength];
                var (q, state, risk) = (new double[2], new double[3], new double[1]);
                var (dState, dEvent, dx) = (new double[3], new double[2], new double[InputCount]);
                ParameterBuffer<double> expected = net.CreateGradient(), found = net.CreateGradient();
                string differences = "";
                void Check(string what, bool isSame) => differences += isSame ? "" : what + " ";
                bool Outputs() => a.AsSpan(QOutput).SequenceEqual(q) && a.AsSpan(StateOutput).SequenceEqual(state) && a.AsSpan(RiskOutput).SequenceEqual(risk);
                bool Inputs() => dx.AsSpan(StateInput).SequenceEqual(dState) && dx.AsSpan(EventInput).SequenceEqual(dEvent);

                net.Forward(x, a);
                net.ForwardNamed(state: x.AsSpan(0, 3), @event: x.AsSpan(3), q: q, stateOutput: state, risk: risk);
                Check("outputs", Outputs());
                net.Forward(x, a, trace);
                net.ForwardNamed(x.AsSpan(0, 3), x.AsSpan(3), q, state, risk, traced);
                Check("trace", Outputs() && trace.AsSpan().SequenceEqual(traced));
                net.Backward(x, trace, d, expected, dx);
                net.BackwardNamed(x.AsSpan(0, 3), x.AsSpan(3), trace, qGradient: d.AsSpan(0, 2), stateOutputGradient: d.AsSpan(2, 3), riskGradient: d.AsSpan(5), found, dState, dEvent);
                Check("product", Inputs() && expected.AsSpan().SequenceEqual(found.AsSpan()));
                net.Backward(x, trace, d, expected);
                net.BackwardNamed(x.AsSpan(0, 3), x.AsSpan(3), trace, d.AsSpan(0, 2), d.AsSpan(2, 3), d.AsSpan(5), found);
                Check("product of parameters", expected.AsSpan().SequenceEqual(found.AsSpan()));
                double loss = net.Backward(x, y, expected, dx);
                Check("loss", loss == net.BackwardNamed(x.AsSpan(0, 3), x.AsSpan(3), qTarget: y.AsSpan(0, 2), riskTarget: y.AsSpan(5), found, dState, dEvent));
                Check("gradient", loss > 0 && Inputs() && expected.AsSpan().SequenceEqual(found.AsSpan()));
                Check("loss again", net.Backward(x, y, expected) == net.BackwardNamed(x.AsSpan(0, 3), x.AsSpan(3), y.AsSpan(0, 2), y.AsSpan(5), found));
                Check("gradient again", expected.AsSpan().SequenceEqual(found.AsSpan()));
                var other = new Net();
                other.Parameters.CopyFrom(net.Parameters);
                Check("step", net.SgdStep(x, y, 0.1) == other.SgdStepNamed(x.AsSpan(0, 3), x.AsSpan(3), y.AsSpan(0, 2), y.AsSpan(5), 0.1));
                Check("parameters", net.Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan()));

                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int call = 0; call < 10; call++)
                {
                    net.ForwardNamed(x.AsSpan(0, 3), x.AsSpan(3), q, state, risk, traced);
                    net.BackwardNamed(x.AsSpan(0, 3), x.AsSpan(3), trace, d.AsSpan(0, 2), d.AsSpan(2, 3), d.AsSpan(5), found, dState, dEvent);
                    net.BackwardNamed(x.AsSpan(0, 3), x.AsSpan(3), y.AsSpan(0, 2), y.AsSpan(5), found, dState, dEvent);
                    net.SgdStepNamed(x.AsSpan(0, 3), x.AsSpan(3), y.AsSpan(0, 2), y.AsSpan(5), 0.1);
                }

                Check("allocated", GC.GetAllocatedBytesForCurrentThread() == before);
                return differences;
            }

            public static string Refuse()
            {
                var net = new Net();
                double[] a = { 7, 7 }, b = { 7, 7, 7 }, c = { 7 };
                try
                {
                    net.ForwardNamed(new double[3], new double[2], a, b, new double[2]);
                }
                catch (ArgumentException e)
                {
                    return e.ParamName + (a[0] == 7 && b[0] == 7 ? "" : " written");
                }

                return "nothing";
            }
        }
        """;

    [Theory]
    [InlineData(nameof(Form.Auto), LanguageVersion.Latest)]
    [InlineData(nameof(Form.Scalar), LanguageVersion.Latest)]
    [InlineData(nameof(Form.Auto), LanguageVersion.CSharp9)]
    public void Compute_the_same(string form, LanguageVersion language)
    {
        Type type = Compiled.From(Program, Enum.Parse<Form>(form), language).Load().GetType("Net", throwOnError: true)!;
        type.GetMethod("Prepare")!.Invoke(Activator.CreateInstance(type), null);
        Assert.Equal("", type.GetMethod("Compare")!.Invoke(null, null));
        Assert.Equal("risk", type.GetMethod("Refuse")!.Invoke(null, null));
    }

    [Theory]
    [InlineData("[Network(2)] [Dense(3)] sealed partial class Net { }", "")]
    [InlineData("[Network(2)] [Head(\"trace\")] [Dense(3)] sealed partial class Net { }", "")]
    [InlineData("[Network(2)] [Head(\"Trace\")] [Dense(3)] [Head(\"Input\", Loss.Huber)] [Dense(1)] sealed partial class Net { }", "BackwardNamed(input, inputTarget, gradient), BackwardNamed(input, inputTarget, gradient, inputGradient), BackwardNamed(input, trace, traceGradient, inputOutputGradient, gradient), BackwardNamed(input, trace, traceGradient, inputOutputGradient, gradient, inputGradient), ForwardNamed(input, traceOutput, inputOutput), ForwardNamed(input, traceOutput, inputOutput, trace), SgdStepNamed(input, inputTarget, learningRate)")]
    [InlineData("[Network] sealed partial class Net { static void Wire(Wiring w) => w.Output(\"y\", w.Input(\"a\", 3) + w.Input(\"b\", 3)); }", "BackwardNamed(a, b, trace, yGradient, gradient), BackwardNamed(a, b, trace, yGradient, gradient, aGradient, bGradient), ForwardNamed(a, b, y), ForwardNamed(a, b, y, trace)")]
    public void Are_there_where_values_have_names(string declaration, string expected)
    {
        Compiled compiled = Compiled.From("using NetGen; " + declaration);
        Assert.DoesNotContain(compiled.Findings(), finding => finding.Severity > Microsoft.CodeAnalysis.DiagnosticSeverity.Info);
        Assert.Empty(compiled.CompilerDiagnostics);
        MethodInfo[] methods = compiled.Load().GetType("Net", throwOnError: true)!.GetMethods();
        Assert.Equal(expected, string.Join(", ", methods.Where(method => method.Name.EndsWith("Named", StringComparison.Ordinal))
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Memory_is_cleared_where_the_runtime_does_not()
    {
        string program = Program.Replace("public sealed", "[System.Runtime.CompilerServices.SkipLocalsInit] public sealed", StringComparison.Ordinal);
        Assert.Contains("targets.Clear();", Assert.Single(Compiled.From(program).Files).Value);
        Assert.DoesNotContain("targets.Clear();", Assert.Single(Compiled.From(Program).Files).Value);
    }

    [Fact]
    public void A_member_of_the_class_may_not_be_one_of_them()
    {
        Compiled compiled = Compiled.From("using System; using NetGen; [Network(2)] [Head(\"A\")] [Dense(3)] [Head(\"B\")] [Dense(1)] sealed partial class Net { void ForwardNamed(ReadOnlySpan<float> x, Span<float> y, Span<float> z) { } void ForwardNamed(int x) { } }");
        Assert.Equal("NETGEN009", Assert.Single(compiled.GeneratorDiagnostics).Id);
    }
}
