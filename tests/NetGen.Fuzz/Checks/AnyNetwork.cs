using System;
using System.Linq;
using System.Numerics;
using System.Reflection;
using NetGen.TestKit;

namespace NetGen.Fuzz.Checks;

/// <summary>A generated network by its members' names, for consumers whose language is too old for the contracts.</summary>
internal sealed class AnyNetwork<T> : ITrainable<T>
    where T : unmanaged, INumber<T>
{
    private readonly object _network;

    /// <summary>Creates a network, whatever its constructor and accessibility.</summary>
    public AnyNetwork(Type type)
    {
        ConstructorInfo constructor = type
            .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .OrderBy(one => one.GetParameters().Length)
            .First();
        _network = constructor.Invoke(constructor.GetParameters().Select(_ => (object?)0).ToArray());
    }

    private delegate void Method2(ReadOnlySpan<T> a, Span<T> b);

    private delegate void Method3(ReadOnlySpan<T> a, Span<T> b, Span<T> c);

    private delegate ReadOnlySpan<T> Part(ReadOnlySpan<T> a, int b);

    private delegate void Product(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ParameterBuffer<T> d);

    private delegate void FullProduct(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ParameterBuffer<T> d, Span<T> e);

    private delegate T Gradient(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ParameterBuffer<T> c);

    private delegate T FullGradient(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ParameterBuffer<T> c, Span<T> d);

    private delegate T LabelGradient(ReadOnlySpan<T> a, int b, ParameterBuffer<T> c);

    private delegate T LabelsGradient(ReadOnlySpan<T> a, ReadOnlySpan<int> b, ParameterBuffer<T> c);

    private delegate T Step(ReadOnlySpan<T> a, ReadOnlySpan<T> b, double c);

    private delegate T FullStep(ReadOnlySpan<T> a, ReadOnlySpan<T> b, double c, Span<T> d);

    private delegate T LabelStep(ReadOnlySpan<T> a, int b, double c);

    public ParameterBuffer<T> Parameters => (ParameterBuffer<T>)Property("Parameters").GetValue(_network)!;

    public int TraceLength => (int)Generated.GetField("TraceLength", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>Whether targets may be labels.</summary>
    public bool HasLabels => Find(typeof(LabelStep), "SgdStep") is not null;

    /// <summary>The class with the generated members: the network's own, or the one that it derives from.</summary>
    private Type Generated
    {
        get
        {
            Type type = _network.GetType();
            while (type.GetField("TraceLength", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly) is null)
            {
                type = type.BaseType ?? throw new InvalidOperationException("The class has no generated members.");
            }

            return type;
        }
    }

    public ParameterBuffer<T> CreateGradient() => Get<Func<ParameterBuffer<T>>>("CreateGradient")();

    public void Initialize(ulong seed) => Get<Action<ulong>>("Initialize")(seed);

    public void Forward(ReadOnlySpan<T> input, Span<T> output) => Get<Method2>("Forward")(input, output);

    public void Forward(ReadOnlySpan<T> input, Span<T> output, Span<T> trace) => Get<Method3>("Forward")(input, output, trace);

    public ReadOnlySpan<T> Activations(ReadOnlySpan<T> trace, int layer) => Get<Part>("Activations")(trace, layer);

    public void ForwardBatch(ReadOnlySpan<T> inputs, Span<T> outputs) => Get<Method2>("ForwardBatch")(inputs, outputs);

    public void Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> trace, ReadOnlySpan<T> outputGradient, ParameterBuffer<T> gradient) =>
        Get<Product>("Backward")(input, trace, outputGradient, gradient);

    public void Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> trace, ReadOnlySpan<T> outputGradient, ParameterBuffer<T> gradient, Span<T> inputGradient) =>
        Get<FullProduct>("Backward")(input, trace, outputGradient, gradient, inputGradient);

    public T Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> target, ParameterBuffer<T> gradient) => Get<Gradient>("Backward")(input, target, gradient);

    public T Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> target, ParameterBuffer<T> gradient, Span<T> inputGradient) =>
        Get<FullGradient>("Backward")(input, target, gradient, inputGradient);

    public T Backward(ReadOnlySpan<T> input, int label, ParameterBuffer<T> gradient) => Get<LabelGradient>("Backward")(input, label, gradient);

    public T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient) =>
        Get<Gradient>("BackwardBatch")(inputs, targets, gradient);

    public T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient, Span<T> inputGradients) =>
        Get<FullGradient>("BackwardBatch")(inputs, targets, gradient, inputGradients);

    public T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ParameterBuffer<T> gradient) =>
        Get<LabelsGradient>("BackwardBatch")(inputs, labels, gradient);

    public Loss LossOf(int output) => throw new NotSupportedException("Only the contracts tell it.");

    public T SgdStep(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T learningRate) => Get<Step>("SgdStep")(input, target, double.CreateChecked(learningRate));

    public T SgdStep(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T learningRate, Span<T> inputGradient) =>
        Get<FullStep>("SgdStep")(input, target, double.CreateChecked(learningRate), inputGradient);

    public T SgdStep(ReadOnlySpan<T> input, int label, T learningRate) => Get<LabelStep>("SgdStep")(input, label, double.CreateChecked(learningRate));

    public SelfTestReport SelfTest() => Get<Func<SelfTestReport>>("SelfTest")();

    /// <summary>What leaves the budget of a method.</summary>
    public string[] BudgetViolations(bool isFloor) => MethodBudget.Violations(Generated, isFloor).ToArray();

    private TDelegate Get<TDelegate>(string name)
        where TDelegate : Delegate => (Find(typeof(TDelegate), name) ?? throw new InvalidOperationException($"The network has no {name} as {typeof(TDelegate).Name}."))
            .CreateDelegate<TDelegate>(_network);

    private MethodInfo? Find(Type type, string name) => Generated.GetMethod(
        name,
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly,
        type.GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType).ToArray());

    private PropertyInfo Property(string name) => Generated.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)!;
}
