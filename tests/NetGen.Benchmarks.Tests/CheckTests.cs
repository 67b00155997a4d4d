using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.Benchmarks.Comparing;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>Right contestants are right and wrong ones are wrong.</summary>
public sealed class CheckTests
{
    public static TheoryData<string> SmallNetworks { get; } = [.. Networks.Select(network => network.Name).Except(["mnist", "lmm"])];

    private static IEnumerable<MeasuredNetwork> Networks => MeasuredNetwork.Every;

    public static TheoryData<string> Tasks { get; } = [.. BenchTask.All.Select(task => task.Name)];

    [Theory]
    [MemberData(nameof(SmallNetworks))]
    public void All_contestants_are_right_in_all_tasks(string network)
    {
        MeasuredNetwork subject = Networks.Single(subject => subject.Name == network);
        using var samples = new Samples(subject.Shape);
        var check = new Check(samples, new Expected(samples));
        foreach (Contestant contestant in Roster.Create(subject, samples, plugins: null))
        {
            foreach (BenchTask task in BenchTask.All.Where(task => contestant.Call(task, 0) is not null))
            {
                double error = check.Error(contestant, task);
                Assert.True(error <= Check.Tolerance, $"{contestant.Name}, {task.Title}: {error}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_small_mistake_is_found(string name)
    {
        BenchTask task = BenchTask.All.Single(task => task.Name == name);
        Topology topology = Subject.Find("iris").Topology;
        using var samples = new Samples(topology);
        var check = new Check(samples, new Expected(samples));
        var careless = new PlainContestant("careless", Group.Library, new CarelessNetwork(topology), topology.Inputs, topology.Outputs);
        double error = check.Error(careless, task);
        Assert.InRange(error, 10 * Check.Tolerance, 0.1);
        Assert.True(CellOf(task, error).IsWrong);
        Assert.True(CellOf(task, double.NaN).IsWrong);
        Assert.False(CellOf(task, Check.Tolerance).IsWrong);
    }

    [Fact]
    public void Declarations_say_what_the_topologies_say()
    {
        foreach (Subject subject in Subject.All.Concat(GraphSubject.All.Select(graph => graph.Chain)))
        {
            Compare(subject.Topology, subject.CreateStrict().GetType(), Arithmetic.Strict);
            Compare(subject.Topology, subject.CreateFused().GetType(), Arithmetic.Fused);
        }
    }

    [Fact]
    public void Graphs_have_the_parameters_that_their_data_say_and_chains_their_products()
    {
        foreach (GraphSubject subject in GraphSubject.All)
        {
            Assert.Equal(subject.Graph.ParameterCount, subject.CreateStrict().Parameters.Layout.ParameterCount);
            Assert.Equal(subject.Graph.ParameterCount, subject.CreateFused().Parameters.Layout.ParameterCount);

            // But for the gate of the experts.
            Assert.InRange((double)subject.Chain.Shape.MultiplyAdds / subject.Shape.MultiplyAdds, 0.99, 1);
            Assert.InRange(
                (double)Gradients(subject.Chain.Shape, subject.NeedsInputGradient) / Gradients(subject.Shape, givesInputGradient: false), 0.99, 1);
        }

        // Products of a gradient: those forward, of dL/dW, and of dL/dx but, where it is not asked for, of what reads the input.
        static long Gradients(NetworkShape shape, bool givesInputGradient) => (3 * shape.MultiplyAdds) - (givesInputGradient ? 0 : shape.FirstMultiplyAdds);
    }

    private static void Compare(Topology topology, Type type, Arithmetic arithmetic)
    {
        NetworkAttribute network = type.GetCustomAttribute<NetworkAttribute>()!;
        List<DenseAttribute> layers = type.GetCustomAttributes<DenseAttribute>().ToList();
        Assert.Equal(topology.Sizes, layers.Select(layer => layer.Units).Prepend(network.Inputs));
        Assert.Equal(topology.Activations, layers.Select(layer => layer.Activation));
        Assert.Equal((topology.Loss, Reduction.Mean, arithmetic), (network.Loss, network.Reduction, network.Arithmetic));
    }

    private static Cell CellOf(BenchTask task, double error) => new("iris", task, "careless", Group.Library, error, null, null, 0);

    /// <summary>Right but for a thousandth.</summary>
    private sealed class CarelessNetwork(Topology topology) : PlainNetwork
    {
        private const float Factor = 1.001f;
        private readonly NaiveNetwork _network = new(topology);

        public override void Load(ReadOnlySpan<float> parameters) => _network.Load(parameters);

        public override void Forward(ReadOnlySpan<float> input, Span<float> output)
        {
            _network.Forward(input, output);
            output[^1] *= Factor;
        }

        public override void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs)
        {
            _network.ForwardBatch(inputs, outputs);
            outputs[0] *= Factor;
        }

        public override void AddGradient(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _network.AddGradient(inputs, targets);

        public override void ClearGradient() => _network.ClearGradient();

        public override void Update(float learningRate) => _network.Update(learningRate * Factor);

        public override NaiveAdam CreateAdam(float learningRate) => _network.CreateAdam(learningRate * Factor);

        public override void CopyGradient(Span<float> destination)
        {
            _network.CopyGradient(destination);
            foreach (ref float value in destination)
            {
                value *= Factor;
            }
        }

        public override void CopyParameters(Span<float> destination) => _network.CopyParameters(destination);
    }
}
