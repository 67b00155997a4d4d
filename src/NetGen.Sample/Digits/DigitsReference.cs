using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Training;

namespace NetGen.Sample.Digits;

/// <summary>Two trainings that PyTorch did: where it began, in which order it took the images, and how many it knew in the end.</summary>
internal sealed class DigitsReference
{
    private readonly List<Run> _runs;

    private DigitsReference(JsonElement json)
    {
        TrainingRows = Indices(json.GetProperty("train_indices"));
        TestRows = Indices(json.GetProperty("test_indices"));
        Order = json.GetProperty("order").EnumerateArray().Select(Indices).ToList();
        _runs = json.GetProperty("runs").EnumerateArray().Select(run => new Run(run)).ToList();
    }

    public int[] TrainingRows { get; }

    public int[] TestRows { get; }

    /// <summary>The rows that each epoch takes.</summary>
    public IReadOnlyList<int[]> Order { get; }

    public IReadOnlyList<Run> Runs => _runs;

    public static DigitsReference Load()
    {
        using Stream stream = Resource.Open("digits_training.json");
        using var json = JsonDocument.Parse(stream);
        return new DigitsReference(json.RootElement);
    }

    private static int[] Indices(JsonElement json) => json.EnumerateArray().Select(index => index.GetInt32()).ToArray();

    /// <summary>One of the trainings.</summary>
    public sealed class Run
    {
        private readonly string _optimizer;
        private readonly double _learningRate;

        public Run(JsonElement json)
        {
            JsonElement optimizer = json.GetProperty("optimizer");
            JsonElement batch = json.GetProperty("batch");
            JsonElement expected = json.GetProperty("float64");
            _optimizer = optimizer.GetProperty("name").GetString()!;
            _learningRate = optimizer.GetProperty("lr").GetDouble();
            BatchSize = batch.GetProperty("batch_size").GetInt32();
            Epochs = batch.GetProperty("epochs").GetInt32();
            InitialParameters = json.GetProperty("initial_parameters").EnumerateArray()
                .SelectMany(layer => layer.GetProperty("weight").EnumerateArray().SelectMany(row => row.EnumerateArray())
                    .Concat(layer.GetProperty("bias").EnumerateArray()))
                .Select(value => value.GetSingle())
                .ToArray();
            TrainingCorrect = expected.GetProperty("final_correct").GetProperty("train").GetInt32();
            TestCorrect = expected.GetProperty("final_correct").GetProperty("test").GetInt32();
        }

        public string Title => $"{_optimizer}, learning rate {_learningRate}, {Epochs} epochs";

        public int BatchSize { get; }

        public int Epochs { get; }

        public float[] InitialParameters { get; }

        public int TrainingCorrect { get; }

        public int TestCorrect { get; }

        public Optimizer<float> CreateOptimizer(DigitsNet network) => _optimizer switch
        {
            "sgd" => new Sgd<float>(network.Parameters, _learningRate),
            "adam" => new Adam<float>(network.Parameters, _learningRate),
            _ => throw new InvalidDataException($"The stored training uses the optimizer '{_optimizer}', expected sgd or adam."),
        };
    }
}
