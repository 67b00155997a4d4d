using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using NetGen.Benchmarks.Cold;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Models;
using NetGen.Benchmarks.Networks;
using NetGen.Models.Tests;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>The networks of model files are those of their files.</summary>
public sealed class ModelTests
{
    private const string Update = "NETGEN_UPDATE_SNAPSHOTS";

    private static string Repository => typeof(ModelTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!;

    /// <summary>The files are written by the code beside them: with NETGEN_UPDATE_SNAPSHOTS=1 by this test.</summary>
    [Fact]
    public void Policies_are_what_their_code_writes()
    {
        foreach ((string name, byte[] content) in PolicyFiles.All)
        {
            string path = Path.Combine(Repository, "bench", "NetGen.Benchmarks", "Networks", name);
            if (Environment.GetEnvironmentVariable(Update) == "1")
            {
                File.WriteAllBytes(path, content);
            }

            Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(path)), $"{name} is another file than the one that {Update}=1 writes.");
        }
    }

    /// <summary>Classes and data are of the same file, the second in fused arithmetic.</summary>
    [Fact]
    public void Classes_are_of_the_file_that_their_data_name()
    {
        foreach (ModelSubject subject in ModelSubject.All)
        {
            ModelAttribute Of(Func<IPredictor<float>> create) => create().GetType().GetCustomAttribute<ModelAttribute>()!;
            Assert.Equal((subject.Model.File, Arithmetic.Strict), (Of(subject.CreateStrict).File, Of(subject.CreateStrict).Arithmetic));
            Assert.Equal((subject.Model.File, Arithmetic.Fused), (Of(subject.CreateFused).File, Of(subject.CreateFused).Arithmetic));
        }
    }

    /// <summary>Each comes to an output in a process of its own, and makes no objects from then on.</summary>
    [Fact]
    public void A_fresh_process_tells_its_first_call()
    {
        IEnumerable<string> contestants = new[] { Roster.Strict, Roster.OnnxRuntime }.Where(name => name != Roster.OnnxRuntime || OnnxRuntimeSession.Complaint is null);
        foreach (string contestant in contestants)
        {
            double[] numbers = ChildProcess.Model("ball_onnx", contestant);
            Assert.Equal(4, numbers.Length);
            Assert.InRange(numbers[0] + numbers[1], 1, numbers[2]);
            Assert.Equal(0, numbers[3]);
        }
    }

    /// <summary>A file that is read has an error and times, another the reason.</summary>
    [Fact]
    public void A_file_of_a_folder_is_measured_or_refused()
    {
        string folder = Path.Combine(Repository, "data", "models");
        MeasuredModel measured = MeasuredModel.Measure(folder, "burn-onnx/external_data.onnx", rounds: 1);
        Assert.Equal("", measured.Refusal);
        Assert.InRange(measured.Error!.Value, 0, ModelCase.Tolerance);
        Assert.True(measured.Nanoseconds > 0);
        Assert.Equal(OnnxRuntimeSession.Complaint is null, measured.OnnxRuntimeNanoseconds > 0);
        Assert.StartsWith("Node 19 (LSTM) is not supported: ", MeasuredModel.Measure(folder, "burn-onnx/lstm.onnx", rounds: 1).Refusal);
    }
}
