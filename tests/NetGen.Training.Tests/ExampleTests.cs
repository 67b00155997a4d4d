using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using NetGen.TestKit;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>The code of the documentation is code that runs.</summary>
public sealed class ExampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("training.md", 13)]
    [InlineData("checkpoints.md", 2)]
    [InlineData("embedding-weights.md", 4)]
    [InlineData("recipes.md", 12, "ExampleRecipes.cs")]
    public void Every_block_is_in_the_examples(string page, int blocks, string file = "Examples.cs")
    {
        string examples = Unindented(Read(file));
        MatchCollection found = Regex.Matches(Read(page), "```csharp\n(.*?)```", RegexOptions.Singleline);
        Assert.Equal(blocks, found.Count);
        Assert.All(found, block => Assert.Contains(Unindented(block.Groups[1].Value), examples));
    }

    [Fact]
    public void Twenty_lines_are_enough()
    {
        string[][] rows = Golden.Rows("iris").ToArray();
        File.WriteAllLines(_folder["iris.csv"], rows.Select(row => string.Join(",", row)).Prepend("header"));
        IrisNet network = Examples.TwentyLines(_folder["iris.csv"], _folder["iris.safetensors"]);
        var loaded = new IrisNet();
        Checkpoint.Load(_folder["iris.safetensors"], loaded);
        Assert.Equal(network.Parameters.Canonical(), loaded.Parameters.Canonical());
        float[] output = new float[3];
        int correct = rows.Count(row =>
        {
            loaded.Forward(Values.To<float>(row[..4].Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))), output);
            return Array.IndexOf(output, output.Max()) == int.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture);
        });
        Assert.InRange(correct, 140, 150);
    }

    [Fact]
    public void Targets_may_be_numbers()
    {
        IDataset<float> data = Examples.Targets(new IrisNet(), [[1, 2, 3, 4, 0.5f, 0.25f, 0.25f], [5, 6, 7, 8, 0, 1, 0]]);
        float[] inputs = new float[8];
        float[] targets = new float[6];
        data.Read([1, 0], inputs, targets);
        Assert.Equal([5, 6, 7, 8, 1, 2, 3, 4], inputs);
        Assert.Equal([0, 1, 0, 0.5f, 0.25f, 0.25f], targets);
    }

    [Fact]
    public void A_training_resumes()
    {
        using Trainer<float> straight = Trainer(Network());
        straight.Fit(50);
        using Trainer<float> first = Trainer(Network());
        first.Fit(7);
        first.Save(_folder["training"]);
        IrisNet network = Network(2);
        using Trainer<float> second = Trainer(network);
        Assert.Equal(43, Examples.Resume(second, _folder["training"], CancellationToken.None).Epochs.Count);
        Assert.Equal(straight.LastEpoch, second.LastEpoch);
    }

    /// <summary>The same layers twice: in the order of their numbers, and with names that say none.</summary>
    [Fact]
    public void Networks_are_loaded_by_name_or_in_order()
    {
        float[][] layers = [.. Enumerable.Range(0, 3).Select(index => Values.Random(index, 6))];
        Write("numbered", "net.10", "net.0", "net.2");
        Write("policy", "action_net", "mlp_extractor.policy_net.0", "mlp_extractor.policy_net.2");
        var network = new ThreeLayers();
        var policy = new ThreeLayers();
        Examples.Load(_folder["numbered"], network, _folder["policy"], policy);
        Assert.Equal([.. layers[1], .. layers[2], .. layers[0]], network.Parameters.Canonical());
        Assert.Equal([.. layers[1], .. layers[2], .. layers[0]], policy.Parameters.Canonical());
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["policy"], policy));

        void Write(string file, params string[] names)
        {
            var writer = new SafetensorsWriter<float>();
            for (int index = 0; index < names.Length; index++)
            {
                writer.Add($"{names[index]}.weight", layers[index].AsMemory(0, 4), 2, 2);
                writer.Add($"{names[index]}.bias", layers[index].AsMemory(4, 2), 2);
            }

            using FileStream stream = File.Create(_folder[file]);
            writer.Write(stream);
        }
    }

    [Fact]
    public void Extras_travel_with_the_network()
    {
        (float[] mean, string[] classes) = Examples.Extras(_folder["net"], Network(), [1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4]);
        Assert.Equal([1, 2, 3, 4], mean);
        Assert.Equal(["setosa", "versicolor", "virginica"], classes);
        IrisNet loaded = Network(2);
        Checkpoint.Load(_folder["net"], loaded);
        Assert.Equal(Network().Parameters.Canonical(), loaded.Parameters.Canonical());
    }

    /// <summary>As a resource, compressed, as bytes and from a server: the same weights.</summary>
    [Fact]
    public async Task Weights_come_from_streams()
    {
        var expected = new IrisNet();
        Checkpoint.Load(Path.Combine(AppContext.BaseDirectory, "models", "iris.safetensors"), expected);
        IrisNet network = Examples.FromResource(typeof(ExampleTests).Assembly);
        Assert.Equal(expected.Parameters.Canonical(), network.Parameters.Canonical());
        Assert.Throws<FileNotFoundException>(() => Examples.FromResource(typeof(string).Assembly));

        byte[] bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models", "iris.safetensors"));
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        compressed.Position = 0;
        network.Parameters.Clear();
        Examples.FromCompressed(compressed, network);
        Assert.Equal(expected.Parameters.Canonical(), network.Parameters.Canonical());
        network.Parameters.Clear();
        Examples.FromBytes(bytes, network);
        Assert.Equal(expected.Parameters.Canonical(), network.Parameters.Canonical());
        network.Parameters.Clear();
        using var client = new HttpClient(new Server(bytes));
        await Examples.FromServer(client, new Uri("http://localhost/iris.safetensors"), network);
        Assert.Equal(expected.Parameters.Canonical(), network.Parameters.Canonical());
    }

    [Fact]
    public void What_went_well_becomes_likelier_among_what_is_legal()
    {
        var player = new Player();
        player.Initialize(1);
        ParameterBuffer<float> gradient = player.CreateGradient();
        float[] states = [1, 2, 3, 4, 4, 3, 2, 1];
        float before = Examples.Learn(player, states, [0, 2], [1, -0.5f], [true, true, false, true, true, true], gradient);
        player.Parameters.AddScaled(gradient, -0.05);
        gradient.Clear();
        Assert.True(Examples.Learn(player, states, [0, 2], [1, -0.5f], [true, true, false, true, true, true], gradient) < before);
    }

    /// <summary>A class that is rare and counts five times as much is found where it would not be.</summary>
    [Fact]
    public void A_rare_class_can_count_more()
    {
        var player = new Player();
        player.Initialize(1);
        int[] labels = [0, 1, 2, 0];
        float[] inputs = [1, 2, 3, 4, 4, 3, 2, 1, 1, 2, 3, 4, 1, 2, 3, 4];
        IDataset<float> data = Examples.Weighted(player, inputs, labels, [.. Enumerable.Repeat(true, 12)]);
        using Trainer<float> trainer = NetGen.Training.Trainer.Create(player, Adam.For(player, 0.05), data);
        trainer.Fit(100);
        float[] output = new float[3];
        player.Forward(inputs.AsSpan(0, 4), output);
        Assert.Equal(2, Array.IndexOf(output, output.Max()));
    }

    [Fact]
    public void Layers_have_rates_of_their_own_and_come_from_another_network()
    {
        var teacher = new GraphNet();
        teacher.Initialize(1);
        Assert.Equal(["Value", "layers"], Examples.Groups(teacher).Groups.Select(group => group.Layer));
        var student = new OtherGraphNet();
        student.Initialize(2);
        Optimizer<float> optimizer = Examples.Transfer(teacher, student);
        Assert.Equal(teacher.Parameters.Weight(0, 3, 2), student.Parameters.Weight(0, 3, 2));
        Assert.Equal(0.1, optimizer.Groups.Single().Rate);
    }

    [Fact]
    public void Statistics_come_from_the_data()
    {
        var network = new ScaledNet();
        network.Initialize(1);
        float[] inputs = [.. Enumerable.Range(0, 12).Select(value => (float)value * 100)];
        Examples.Statistics(network, Dataset.Create(network, inputs, new float[] { 1, 2, 3, 4 }));
        Assert.Contains(network.Parameters.AsSpan().ToArray(), value => value > 400);
    }

    [Fact]
    public void Frames_and_loops_train()
    {
        IrisNet learner = Network();
        Trainer<float> trainer = Trainer(learner);
        using var opponent = new Examples.Opponent(learner, trainer);
        opponent.Load();
        while (trainer.Epoch < 100)
        {
            opponent.Update();
        }

        IrisNet network = Network();
        float first = Examples.PlainLoop(network, new Adam<float>(network.Parameters, 0.01), Inputs, Labels, 1);
        Assert.True(Examples.PlainLoop(network, new Adam<float>(network.Parameters, 0.01), Inputs, Labels, 100) < 0.5 * first);
        Assert.Equal(1, Examples.Settings(network).ClipNorm);
    }

    [Fact]
    public void Files_are_a_dataset()
    {
        for (int sample = 0; sample < 8; sample++)
        {
            using var file = new BinaryWriter(File.Create(_folder[$"{sample}"]));
            Array.ForEach(Inputs[(sample * 4)..(sample * 4 + 4)], file.Write);
            Array.ForEach(new float[3], (value) => file.Write(value + 1f / 3));
        }

        var data = new Examples.Recordings(Enumerable.Range(0, 8).Select(sample => _folder[$"{sample}"]).ToList());
        float[] inputs = new float[8];
        float[] targets = new float[6];
        data.Read([3, 1], inputs, targets);
        Assert.Equal([.. Inputs[12..16], .. Inputs[4..8]], inputs);
        IrisNet network = Network();
        using var trainer = new Trainer<float>(network, new Adam<float>(network.Parameters), data);
        Assert.Equal(StopReason.Completed, trainer.Fit(2).Reason);
    }

    /// <summary>Answers with a file.</summary>
    private sealed class Server(byte[] content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new ForwardStream(content, 100)) });
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ExampleTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Unindented(string text) => string.Join("\n", text.Split('\n').Select(line => line.Trim()));
}
