using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using NetGen.Benchmarks.Contestants;

namespace NetGen.Benchmarks.Training;

/// <summary>A training in a Python process, either operation by operation or with the network compiled by TorchScript.</summary>
internal sealed class PyTorchTraining(string name, PyTorch process, bool isScripted) : TrainingContestant(name, Group.Library)
{
    public override void Start(int batch, float learningRate) =>
        process.Ask(new { command = "start", id = Name, scripted = isScripted, batch, rate = learningRate });

    public override long Train(long epochs)
    {
        double nanoseconds = process.Ask(new { command = "train", id = Name, epochs }).GetProperty("nanoseconds").GetDouble();
        return (long)(nanoseconds * (Stopwatch.Frequency / 1e9));
    }

    public override float[] Parameters() =>
        MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(process.Ask(new { command = "parameters", id = Name }).GetProperty("parameters").GetString()!))
            .ToArray();
}
