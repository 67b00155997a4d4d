using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace NetGen.Sample.Digits;

/// <summary>1797 handwritten digits of 8×8 pixels.</summary>
internal sealed class DigitsData
{
    public static readonly string[] Citation =
    [
        "Data: E. Alpaydin, C. Kaynak, \"Optical Recognition of Handwritten Digits\", UCI Machine",
        "Learning Repository (1998), doi:10.24432/C50P49; CC BY 4.0.",
    ];

    public const int Side = 8;
    public const int Pixels = Side * Side;
    private const float Brightest = 16;

    private DigitsData(float[] pixels, int[] labels)
    {
        Images = pixels;
        Labels = labels;
    }

    public int Count => Labels.Length;

    /// <summary>All pixels, row by row and image by image, from 0 to 1.</summary>
    public float[] Images { get; }

    /// <summary>The digit that each image shows.</summary>
    public int[] Labels { get; }

    public static DigitsData Load()
    {
        using var reader = new StreamReader(Resource.Open("digits.csv"));
        var pixels = new List<float>();
        var labels = new List<int>();
        reader.ReadLine(); // the names of the columns
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] fields = line.Split(',');
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                pixels.Add(int.Parse(fields[pixel], CultureInfo.InvariantCulture) / Brightest);
            }

            labels.Add(int.Parse(fields[Pixels], CultureInfo.InvariantCulture));
        }

        return new DigitsData([.. pixels], [.. labels]);
    }

    public ReadOnlySpan<float> Image(int row) => Images.AsSpan(row * Pixels, Pixels);

    /// <summary>The images of some rows, one after another, and their digits.</summary>
    public (float[] Images, int[] Labels) Select(int[] rows)
    {
        float[] images = new float[rows.Length * Pixels];
        int[] labels = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Image(rows[i]).CopyTo(images.AsSpan(i * Pixels));
            labels[i] = Labels[rows[i]];
        }

        return (images, labels);
    }
}
