using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace NetGen.Sample.Iris;

/// <summary>Fisher's Iris data: four measurements and the species of 150 flowers.</summary>
internal sealed class IrisData
{
    public static readonly string[] Citation =
    [
        "Data: R. A. Fisher, \"The use of multiple measurements in taxonomic problems\",",
        "Annals of Eugenics 7 (1936), 179-188; flowers measured by E. Anderson.",
    ];

    /// <summary>Measurements per flower: length and width of sepal and petal, in cm.</summary>
    public const int Features = IrisNet.InputCount;

    public static readonly string[] Species = ["setosa", "versicolor", "virginica"];

    private readonly double[] _measurements;

    private IrisData(double[] measurements, int[] labels)
    {
        _measurements = measurements;
        Labels = labels;
    }

    public int Count => Labels.Length;

    /// <summary>The species of each flower, as an index into <see cref="Species"/>.</summary>
    public int[] Labels { get; }

    public static IrisData Load()
    {
        using var reader = new StreamReader(Resource.Open("iris.csv"));
        var measurements = new List<double>();
        var labels = new List<int>();
        reader.ReadLine(); // the names of the columns
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] fields = line.Split(',');
            for (int feature = 0; feature < Features; feature++)
            {
                measurements.Add(double.Parse(fields[feature], CultureInfo.InvariantCulture));
            }

            labels.Add(int.Parse(fields[Features], CultureInfo.InvariantCulture));
        }

        return new IrisData([.. measurements], [.. labels]);
    }

    /// <summary>
    /// The measurements of all flowers, scaled so that those of <paramref name="rows"/> have mean 0 and standard deviation 1. Only
    /// the flowers that a network is trained on may decide about the scale: the others count as unknown.
    /// </summary>
    public float[] Standardise(IReadOnlyCollection<int> rows)
    {
        float[] scaled = new float[_measurements.Length];
        for (int feature = 0; feature < Features; feature++)
        {
            double sum = 0;
            foreach (int row in rows)
            {
                sum += _measurements[row * Features + feature];
            }

            double mean = sum / rows.Count;
            double squares = 0;
            foreach (int row in rows)
            {
                double difference = _measurements[row * Features + feature] - mean;
                squares += difference * difference;
            }

            double deviation = Math.Sqrt(squares / rows.Count);
            for (int i = feature; i < scaled.Length; i += Features)
            {
                scaled[i] = (float)((_measurements[i] - mean) / deviation);
            }
        }

        return scaled;
    }
}
