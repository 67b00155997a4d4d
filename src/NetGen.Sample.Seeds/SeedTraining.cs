using System.Collections.Generic;
using System.Text.Json;

namespace NetGen.Sample.Seeds;

/// <summary>A gradient descent with stored results.</summary>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Inputs">The samples.</param>
/// <param name="Targets">Their targets.</param>
/// <param name="Snapshots">The parameters after numbers of updates, in rising order.</param>
/// <param name="Float32Error">The relative error of another float implementation.</param>
internal sealed record SeedTraining(
    double LearningRate, double[] Inputs, double[] Targets, IReadOnlyList<Snapshot> Snapshots, double Float32Error)
{
    /// <summary>Updates with the mean gradient of the case's own samples, which are therefore not stored again.</summary>
    public static SeedTraining FromBatch(JsonElement json, double float32Error) => new(
        json.GetProperty("optimizer").Number("lr"), [], [], json.GetProperty("parameters_after").Snapshots(), float32Error);

    /// <summary>Updates with one sample after another.</summary>
    public static SeedTraining FromOnline(JsonElement json) => new(
        json.Number("learning_rate"),
        json.GetProperty("samples").Numbers(),
        json.GetProperty("targets").Numbers(),
        json.GetProperty("after_update").Snapshots(),
        json.Number("float32_rel_error"));
}

/// <summary>A gradient descent on the batch that stops when the cost falls below a threshold.</summary>
internal sealed class SeedThreshold
{
    public SeedThreshold(JsonElement json)
    {
        JsonElement costs = json.GetProperty("cost_after_update");
        LearningRate = json.Number("learning_rate");
        Cost = json.Number("stop_when_cost_below");
        Reached = json.GetProperty("reaches_threshold").GetBoolean();
        LastUpdate = (int)costs.GetProperty("update").Numbers()[^1];
        LastCost = costs.GetProperty("cost").Numbers()[^1];
        LastParameters = json.GetProperty("final_parameters").GetProperty("float64").Tensors();
    }

    public double LearningRate { get; }

    /// <summary>The threshold.</summary>
    public double Cost { get; }

    /// <summary>Whether the cost falls below the threshold; one of the stored draws never gets there.</summary>
    public bool Reached { get; }

    /// <summary>The update that brings the cost below the threshold, or the last one that was tried.</summary>
    public int LastUpdate { get; }

    public double LastCost { get; }

    public double[][] LastParameters { get; }
}
