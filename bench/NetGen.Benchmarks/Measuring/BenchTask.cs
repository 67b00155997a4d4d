using System.Collections.Generic;

namespace NetGen.Benchmarks.Measuring;

/// <summary>What kind of call is measured.</summary>
internal enum TaskKind
{
    /// <summary>Forward of one sample; which sample comes next depends on the output, so that calls cannot overlap.</summary>
    Latency,

    /// <summary>Forward of one sample after another; the processor may overlap the calls.</summary>
    Throughput,

    /// <summary>Forward of a batch.</summary>
    ForwardBatch,

    /// <summary>The mean gradient of a batch, added to a buffer.</summary>
    Gradient,

    /// <summary>The same, after the buffer has been cleared.</summary>
    NewGradient,

    /// <summary>A whole step of gradient descent.</summary>
    Step,

    /// <summary>The update of Adam alone, for a gradient that is there.</summary>
    Adam,
}

/// <summary>One column of the comparison.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Kind">What is called.</param>
/// <param name="Batch">Samples of one call.</param>
internal sealed record BenchTask(string Name, string Title, TaskKind Kind, int Batch)
{
    public static IReadOnlyList<BenchTask> All { get; } =
    [
        new("latency", "forward, latency", TaskKind.Latency, 1),
        new("throughput", "forward, throughput", TaskKind.Throughput, 1),
        new("forward32", "forward, batch 32", TaskKind.ForwardBatch, 32),
        new("forward256", "forward, batch 256", TaskKind.ForwardBatch, 256),
        new("gradient1", "gradient, batch 1", TaskKind.Gradient, 1),
        new("gradient1-new", "gradient, batch 1, cleared first", TaskKind.NewGradient, 1),
        new("gradient32", "gradient, batch 32", TaskKind.Gradient, 32),
        new("gradient256", "gradient, batch 256", TaskKind.Gradient, 256),
        new("step1", "SGD step, batch 1", TaskKind.Step, 1),
        new("step256", "SGD step, batch 256", TaskKind.Step, 256),
        new("adam", "Adam step, the gradient given", TaskKind.Adam, 1),
    ];

    public bool IsForward => Kind is TaskKind.Latency or TaskKind.Throughput or TaskKind.ForwardBatch;

    /// <summary>The name, as help and messages show it.</summary>
    public override string ToString() => Name;
}
