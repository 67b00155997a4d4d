using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The losses of several outputs by themselves.</summary>
public sealed partial class GraphNetworkTests
{
    private static readonly HashSet<string> Heads = [.. GraphCase.All("heads").Where(golden => golden.Losses is not null).Select(golden => golden.Name)];

    /// <summary>In both dialects they are those of PyTorch, in the order of the outputs, and their sum by weights is the loss; a wrong length is refused before anything is written.</summary>
    [Theory]
    [InlineData("Floor")]
    [InlineData("Modern")]
    public void Losses_of_outputs_are_told_apart(string dialect)
    {
        Assert.InRange(Heads.Count, 9, 17);
        IReadOnlyList<Type> types = Types[Enum.Parse<Dialect>(dialect)].Value;
        for (int index = 0; index < Graphs.Length; index++)
        {
            if (Heads.Contains(Graphs[index].Case.Name))
            {
                Action<Type, GraphCase, NumberType> check = Graphs[index].Number == NumberType.Single ? CheckLosses<float> : CheckLosses<double>;
                check(types[index], Graphs[index].Case, Graphs[index].Number);
            }
        }
    }

    private static void CheckLosses<T>(Type type, GraphCase golden, NumberType number)
        where T : unmanaged
    {
        Assert.Empty(Verify.Faults([.. OutputLosses.Of(Planner.Plan(GraphNetworks.Spec(golden.Graph, number)))]));
        T[] Numbers(double[] values) => Array.ConvertAll(values, value => (T)Convert.ChangeType(value, typeof(T)));
        var network = (ITrainable<T>)Activator.CreateInstance(type)!;
        network.Parameters.CopyFrom(Numbers(golden.Parameters));
        T[] targets = Numbers(golden.Targets);
        var outputs = new T[targets.Length];
        network.ForwardBatch(Numbers(golden.Inputs), outputs);
        var tell = type.GetMethod(NetworkMember.OutputLosses)!.CreateDelegate<LossesOfOutputs<T>>(network);
        var losses = new T[golden.Losses!.Length];
        long before = GC.GetAllocatedBytesForCurrentThread();
        tell(outputs, targets, losses);
        tell(outputs, targets, losses);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        double[] Doubles(T[] values) => Array.ConvertAll(values, value => Convert.ToDouble(value));
        double tolerance = golden.Tolerance(number);
        AssertClose(golden.Losses, Doubles(losses), tolerance, 0);
        T total = network.BackwardBatch(Numbers(golden.Inputs), targets, network.CreateGradient());
        AssertClose([Convert.ToDouble(total)], [golden.Graph.Outputs.Zip(Doubles(losses), (output, loss) => output.Loss.Weight * loss).Sum()], tolerance, 0);

        // A batch has the mean of its samples.
        int count = outputs.Length / golden.BatchSize;
        double[][] each = [.. outputs.Chunk(count).Zip(targets.Chunk(count), (output, target) =>
        {
            var one = new T[losses.Length];
            tell(output, target, one);
            return Doubles(one);
        })];
        AssertClose(losses.Select((_, loss) => each.Average(sample => sample[loss])), Doubles(losses), tolerance, 0);
        T[] wrong = Numbers([7, .. golden.Losses]);
        Assert.Throws<ArgumentException>("losses", () => tell(outputs, targets, wrong));
        Assert.Throws<ArgumentException>("targets", () => tell(outputs, targets.AsSpan(1), wrong.AsSpan(1)));
        Assert.Equal(Numbers([7, .. golden.Losses]), wrong);
    }

    private delegate void LossesOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> losses);
}
