using System.Collections.Generic;
using System.Globalization;
using System.IO;
using NetGen.Benchmarks.Reporting;

namespace NetGen.Hosts.Running;

/// <summary>What a network adds to a native program.</summary>
internal static class SizeReport
{
    public const string Section = "size";

    private const string Framework = "net9.0";

    private static readonly (string Name, string What, string Source)[] Programs =
    [
        ("empty", "prints a number", "System.Console.WriteLine(args.Length);\n"),
        ("iris", "the same after `Forward` and `SgdStep` of 4-16-3 (tanh, softmax)", """
            var network = new Net();
            network.Initialize(1);
            float[] output = new float[3];
            network.Forward([args.Length, 1, 2, 3], output);
            System.Console.WriteLine(output[0] + network.SgdStep([args.Length, 1, 2, 3], 1, 0.1));

            [NetGen.Network(4, Loss = NetGen.Loss.CategoricalCrossEntropy)]
            [NetGen.Dense(16, NetGen.Activation.Tanh)]
            [NetGen.Dense(3, NetGen.Activation.Softmax)]
            internal sealed partial class Net;

            """),
        ("agent", "the same of 8-128-128-4 (relu)", """
            var network = new Net();
            network.Initialize(1);
            float[] output = new float[4];
            network.Forward([args.Length, 1, 2, 3, 4, 5, 6, 7], output);
            System.Console.WriteLine(output[0] + network.SgdStep([args.Length, 1, 2, 3, 4, 5, 6, 7], output, 0.1));

            [NetGen.Network(8, Loss = NetGen.Loss.SquaredError)]
            [NetGen.Dense(128, NetGen.Activation.Relu)]
            [NetGen.Dense(128, NetGen.Activation.Relu)]
            [NetGen.Dense(4)]
            internal sealed partial class Net;

            """),
        ("training", "the first with 10 epochs of `Trainer` with Adam over 2-8-1, saved and loaded by `Checkpoint`", """
            var network = new Net();
            network.Initialize(1);
            var adam = new NetGen.Training.Adam<float>(network.Parameters, 0.05);
            using var trainer = new NetGen.Training.Trainer<float>(
                network, adam, NetGen.Training.Dataset.Create(network, new float[] { 0, 0, 0, 1, 1, 0, 1, 1 }, new float[] { 0, 1, 1, args.Length }));
            trainer.Fit(10);
            NetGen.Training.Checkpoint.Save("net.safetensors", network, adam);
            NetGen.Training.Checkpoint.Load("net.safetensors", network, adam);
            System.Console.WriteLine(trainer.LastEpoch);

            [NetGen.Network(2, Loss = NetGen.Loss.BinaryCrossEntropy)]
            [NetGen.Dense(8, NetGen.Activation.Tanh)]
            [NetGen.Dense(1, NetGen.Activation.Sigmoid)]
            internal sealed partial class Net;

            """),
    ];

    public static Report Create(Session session)
    {
        var rows = new List<IReadOnlyList<string>>();
        long empty = 0;
        foreach ((string name, string what, string source) in Programs)
        {
            Outcome outcome = session.Checks.Run($"size of {name}", () =>
            {
                long size = Publish(session, name, source);
                empty = empty == 0 ? size : empty;
                rows.Add([what, Text(size), Text(size - empty)]);
                return $"{size} bytes";
            });
            if (outcome != Outcome.Passed)
            {
                break;
            }
        }

        var table = new ReportTable("NativeAOT, .NET 9, default settings, bytes of the executable", 1, ["program", "bytes", "more than the first"], rows);
        table.Show(session.Console);
        return new Report(Section, table, "dotnet run -c Release --project tests/NetGen.Hosts -- size");
    }

    /// <summary>That a native program trains, saves and loads, which the program of the hosts does not.</summary>
    public static void CheckTraining(Session session)
    {
        (string name, _, string source) = Programs[^1];
        session.Checks.Run($"native {name}", () => $"{Publish(session, name, source)} bytes");
    }

    /// <summary>Publishes and runs a native program, and returns its size.</summary>
    private static long Publish(Session session, string name, string source)
    {
        string folder = ProgramProject.Create(session, $"size-{name}", Framework, source, NativeHost.Properties, ProgramProject.Packages);
        if ((NativeHost.Linker() ?? ProgramProject.Restore(folder)) is { } why)
        {
            throw new NotAvailableException(why);
        }

        NativeHost.Publish(folder);
        Workspace.Run(folder, NativeHost.Executable(folder), []).Expect();
        return new FileInfo(NativeHost.Executable(folder)).Length;
    }

    private static string Text(long bytes) => bytes.ToString("#,0", CultureInfo.InvariantCulture);
}
