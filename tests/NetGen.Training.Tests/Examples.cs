using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace NetGen.Training.Tests;

/// <summary>The code of docs/training.md, docs/checkpoints.md and docs/embedding-weights.md. A test compares the two, others run it.</summary>
internal static class Examples
{
    public static (float[] Mean, string[] Classes) Extras(string file, IrisNet network, float[] mean, double[] deviation)
    {
        var extras = new CheckpointExtras
        {
            Names = ["trunk", "head"],
            Tensors = { ["mean"] = mean, ["deviation"] = deviation },
            Metadata = { ["classes"] = "setosa,versicolor,virginica" },
        };
        Checkpoint.Save(file, network, extras);

        CheckpointExtras saved = Checkpoint.ReadExtras(file);
        float[] savedMean = saved.Tensors["mean"].ToSingles();
        string[] classes = saved.Metadata["classes"].Split(',');
        return (savedMean, classes);
    }

    public static IrisNet FromResource(Assembly assembly)
    {
        var network = new IrisNet();
        using Stream weights = assembly.GetManifestResourceStream("iris.safetensors")
            ?? throw new FileNotFoundException("The assembly has no resource iris.safetensors.");
        Checkpoint.Load(weights, network);
        return network;
    }

    public static void FromCompressed(Stream compressed, IrisNet network)
    {
        using var unpacked = new GZipStream(compressed, CompressionMode.Decompress);
        Checkpoint.Load(unpacked, network);
    }

    public static void FromBytes(byte[] bytes, IrisNet network)
    {
        Checkpoint.Load(new MemoryStream(bytes), network);
    }

    public static async Task FromServer(HttpClient client, Uri address, IrisNet network)
    {
        using Stream answer = await client.GetStreamAsync(address);
        Checkpoint.Load(answer, network);
    }

    public static IDataset<float> Weighted(Player player, float[] inputs, int[] labels, bool[] legal)
    {
        float[] weights = Dataset.WeightsOfClasses(labels, 1f, 1f, 5f);
        IDataset<float> data = Dataset.Create(player, inputs, labels, weights, allowed: legal);
        return data;
    }

    /// <summary>REINFORCE: actions that went well become likelier, among those that were legal.</summary>
    public static float Learn(Player player, float[] states, int[] actions, float[] advantages, bool[] legal, ParameterBuffer<float> gradient) =>
        player.BackwardBatch(states, actions, gradient, new BatchTerms<float>(weights: advantages, allowed: legal));

    public static void Statistics(ScaledNet network, IDataset<float> data)
    {
        Normalization.SetInputs(network, data);
        Normalization.SetOutputs(network, data);
    }

    public static IrisNet TwentyLines(string csv, string file)
    {
        string[][] rows = File.ReadLines(csv).Skip(1).Select(line => line.Split(',')).ToArray();
        float[] inputs = rows.SelectMany(row => row[..4]).Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        int[] labels = rows.Select(row => int.Parse(row[4], CultureInfo.InvariantCulture)).ToArray();

        var network = new IrisNet();
        network.Initialize(seed: 1);
        var optimizer = Adam.For(network, learningRate: 0.01);
        var options = new TrainerOptions<float>
        {
            BatchSize = 16,
            ValidationSplit = 0.2,
            EarlyStopping = new EarlyStopping { Patience = 20 },
        };
        using var trainer = Trainer.Create(network, optimizer, Dataset.Create(network, inputs, labels), options);
        TrainingResult result = trainer.Fit(untilEpoch: 200);
        Console.WriteLine(result.Epochs[^1]);
        Checkpoint.Save(file, network);
        return network;
    }

    public static IDataset<float> Targets(IrisNet network, float[][] rows)
    {
        // A row has four inputs and then a target for each output.
        float[] inputs = rows.SelectMany(row => row[..4]).ToArray();
        float[] targets = rows.SelectMany(row => row[4..]).ToArray();
        IDataset<float> data = Dataset.Create(network, inputs, targets);
        return data;
    }

    public static TrainingResult Resume(Trainer<float> trainer, string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            trainer.Load(file);
        }

        TrainingResult result = trainer.Fit(untilEpoch: 50, cancellationToken: cancellationToken);
        trainer.Save(file);
        return result;
    }

    public static float PlainLoop(IrisNet network, Optimizer<float> optimizer, float[] inputs, int[] labels, int steps)
    {
        ParameterBuffer<float> gradient = network.CreateGradient();
        float loss = 0;
        for (int step = 0; step < steps; step++)
        {
            gradient.Clear();
            loss = network.BackwardBatch(inputs, labels, gradient);
            optimizer.Step(gradient);
        }

        return loss;
    }

    public static Optimizer<float> Settings(IrisNet network)
    {
        var optimizer = new AdamW<float>(network.Parameters, learningRate: 3e-4, weightDecay: 0.01)
        {
            ClipNorm = 1,
            Schedule = new CosineSchedule(steps: 10_000, warmupSteps: 500),
        };
        return optimizer;
    }

    public static Optimizer<float> Groups(GraphNet network)
    {
        var optimizer = new AdamW<float>(network.Parameters, learningRate: 3e-4, weightDecay: 0.01) { DecaysOnlyWeights = true };
        optimizer.Group("layers", rate: 0.1);
        optimizer.Group("Value", rate: 2, weightDecay: 0);
        return optimizer;
    }

    public static Optimizer<float> Transfer(GraphNet teacher, OtherGraphNet student)
    {
        teacher.Parameters.CopyTo(student.Parameters, "layers");
        var optimizer = Adam.For(student, learningRate: 1e-3);
        optimizer.Group("layers", rate: 0.1);
        return optimizer;
    }

    public static void Load(string file, INetwork<float> network, string policies, INetwork<float> policy)
    {
        // By the names of the network, or everything in the file that has weights, in the order of the numbers in the names.
        Checkpoint.Load(file, network);

        // One of several networks in a file.
        Checkpoint.Load(policies, policy, ["mlp_extractor.policy_net.0", "mlp_extractor.policy_net.2", "action_net"]);
    }

    public sealed class Opponent : IDisposable
    {
        private readonly IrisNet _network;
        private readonly Trainer<float> _trainer;
        private bool _isLearning = true;

        public Opponent(IrisNet network, Trainer<float> trainer)
        {
            _network = network;
            _trainer = trainer;
        }

        // Called once, while the game loads.
        public void Load()
        {
            _network.Prepare();
            _trainer.Prepare();
        }

        // Called once in every frame.
        public void Update()
        {
            if (_isLearning)
            {
                _isLearning = _trainer.RunFor(TimeSpan.FromMilliseconds(2), untilEpoch: 100);
            }
        }

        public void Dispose() => _trainer.Dispose();
    }

    public sealed class Recordings(IReadOnlyList<string> files) : IDataset<float>
    {
        public int Count => files.Count;

        public int InputCount => IrisNet.InputCount;

        public int TargetCount => IrisNet.OutputCount;

        public void Read(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                using var file = new BinaryReader(File.OpenRead(files[samples[i]]));
                foreach (ref float value in inputs.Slice(i * InputCount, InputCount))
                {
                    value = file.ReadSingle();
                }

                foreach (ref float value in targets.Slice(i * TargetCount, TargetCount))
                {
                    value = file.ReadSingle();
                }
            }
        }
    }
}
