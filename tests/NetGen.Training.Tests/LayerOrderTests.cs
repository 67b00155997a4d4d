using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Tensors;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Which layer of a file is which of a network, when nobody says it.</summary>
public sealed class LayerOrderTests
{
    private const string Square = "4>4!";

    /// <summary>Numbers say the order, wherever in the name they stand.</summary>
    [Theory]
    [InlineData("net.0 net.2 net.10")]
    [InlineData("fc1 fc2 fc10")]
    [InlineData("dense dense_1 dense_2")]
    [InlineData("model/dense model/dense_1 model/dense_10")]
    [InlineData("dense/dense dense_1/dense_1")]
    [InlineData("Dense_0 Dense_1 Dense_10")]
    [InlineData("conv2d conv2d_1")]
    [InlineData("a.0.fc1 a.0.fc2 a.1.fc1 a.10.fc1")]
    [InlineData("0.up 1.down 2.between")]
    [InlineData("x.0002 x.03 x.99999999999999999999998 x.99999999999999999999999")]
    [InlineData("layers/dense layers/dense_1")]
    public void Numbers_say_the_order(string names)
    {
        string[] order = names.Split(' ');
        foreach (string[] given in new[] { order, [.. order.Reverse()] })
        {
            Assert.Equal(order, Find(given, _ => Square));
        }
    }

    [Theory]
    [InlineData("input hidden output")]
    [InlineData("encoder decoder")]
    [InlineData("fc1 fc2 out")]
    [InlineData("fc1 fc2 fc")]
    [InlineData("trunk.0 trunk.2 action_net")]
    [InlineData("0.up 0.down")]
    [InlineData("a a.0")]
    [InlineData("fc1 fc_1")]
    [InlineData("fc1 fc01")]
    [InlineData("trunk action_net")]
    public void Anything_else_is_asked_for(string names)
    {
        string[] given = names.Split(' ');
        Assert.Equal(2, Orders(given, _ => Square)!.Count);
    }

    [Theory]
    [InlineData("output:4>1 hidden:8>4 input:2>8", "input hidden output")]
    [InlineData("action_net:4>4 trunk.2:8>4 trunk.0:2>8", "trunk.0 trunk.2 action_net")]
    [InlineData("b.0:2>2 b.1:2>3 a:3>2", "b.0 b.1 a")]
    [InlineData("b:4>4 a:4>4!", "b a")]
    public void One_order_that_fits_is_taken(string layers, string expected)
    {
        Dictionary<string, string> shapes = layers.Split(' ').Select(layer => layer.Split(':')).ToDictionary(layer => layer[0], layer => layer[1]);
        string[] order = expected.Split(' ');
        Assert.Equal(order, Find([.. shapes.Keys], name => shapes[name], [.. order.Select(name => shapes[name])]));
    }

    [Fact]
    public void No_order_that_fits_is_none() => Assert.Empty(Orders(["b", "a"], name => name == "a" ? "4>1" : Square)!);

    /// <summary>Found by all orders of small files: there is exactly one, or none is taken.</summary>
    [Fact]
    public void All_small_files_are_as_trying_all_orders_says()
    {
        var random = new Random(1);
        string[] pool = ["a", "b", "c", "a.0", "a.1", "b.0", "b.1", "1.x", "1.y", "2.x"];
        int taken = 0;
        for (int round = 0; round < 3000; round++)
        {
            string[] names = pool.OrderBy(_ => random.Next()).Take(random.Next(1, 5)).ToArray();
            var shapes = names.ToDictionary(name => name, _ => $"{random.Next(3)}>1");
            string[] expected = names.OrderBy(_ => random.Next()).Select(name => shapes[name]).ToArray();
            string[][] fitting = Permutations(names)
                .Where(order => order.Select(name => shapes[name]).SequenceEqual(expected))
                .Where(order => !order.Where((later, j) => order.Take(j).Any(earlier => IsBefore(later, earlier))).Any())
                .ToArray();
            bool isCounted = names.All(x => names.All(y => x == y || IsBefore(x, y) || IsBefore(y, x)));
            IReadOnlyList<string[]> found = Orders(names, name => shapes[name], expected)!;
            if (!isCounted)
            {
                Assert.Equal(Math.Min(2, fitting.Length), found.Count);
                Assert.All(found, order => Assert.Contains(order, fitting));
                taken += found.Count == 1 ? 1 : 0;
            }
        }

        Assert.InRange(taken, 100, 3000);

        // The only pairs of the pool whose names say their order.
        static bool IsBefore(string x, string y) => (x, y) is ("a.0", "a.1") or ("b.0", "b.1") or ("1.x" or "1.y", "2.x");
    }

    /// <summary>The number of orders is no number of steps.</summary>
    [Fact]
    public void A_file_of_many_layers_takes_no_time()
    {
        string[] names = Enumerable.Range(0, 60).Select(index => $"{(char)('a' + index % 2)}.{index}").ToArray();
        const string Other = "1>1";
        string[] expected = [.. Enumerable.Repeat(Square, names.Length - 1), Other];
        Assert.Empty(Orders(names, name => name is "a.0" or "b.1" ? Other : Square, expected)!);
        Assert.Null(Orders(names, name => name is "a.58" or "b.59" ? Other : Square, expected));
        names = [.. Enumerable.Range(0, 400).Select(index => $"mlp.{index}"), "head"];
        expected = [.. Enumerable.Repeat(Square, names.Length - 1), Other];
        Assert.Equal(names, Find(names, name => name == "head" ? Other : Square, expected));
    }

    /// <summary>A program that a file could write is one that compiles: quotes and control characters are escaped.</summary>
    [Theory]
    [InlineData("input", "hidden", "output", """new[] { "input", "hidden", "output" }).""")]
    [InlineData("b\"\\", "c\u001b[31m\n", "a", """new[] { "b\"\\", "c\u001b[31m\u000a", "a" }).""")]
    public void A_file_is_refused_with_the_call_to_write(string first, string second, string third, string call)
    {
        var writer = new SafetensorsWriter<float>();
        foreach (string name in new[] { first, second, third })
        {
            writer.Add($"{name}.weight", new float[4], 2, 2);
            writer.Add($"{name}.bias", new float[2], 2);
        }

        using var stream = new MemoryStream();
        writer.Write(stream);
        stream.Position = 0;
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, new ThreeLayers()));
        Assert.Contains("file has 3 layers of the same shapes (", error.Message);
        Assert.EndsWith(". Or pass the names of the layers in the right order, such as: Checkpoint.Load(file, network, " + call, error.Message);
        stream.Position = 0;
        Checkpoint.Load(stream, new ThreeLayers(), [first, second, third]);
    }

    private static string[] Find(string[] names, Func<string, string> shape, string[]? expected = null) => Assert.Single(Orders(names, shape, expected)!);

    private static IReadOnlyList<string[]>? Orders(string[] names, Func<string, string> shape, string[]? expected = null)
    {
        TensorLayer[] layers = Array.ConvertAll(names, name => Layer(name, shape(name)));
        string[] signatures = [.. (expected ?? [.. Enumerable.Repeat(Square, names.Length)]).Select(each => Layer("", each).Signature)];
        return LayerOrder.Find(layers, signatures)?.Select(order => Array.ConvertAll(order, layer => layer.Name)).ToArray();
    }

    /// <summary>A layer that reads as many values as its shape begins with; an exclamation mark stands for a bias.</summary>
    private static TensorLayer Layer(string name, string shape)
    {
        long units = shape[2] - '0';
        return new TensorLayer(name, [new TensorBlock("weight", [units, shape[0] - '0']), .. shape.Length == 4 ? new[] { new TensorBlock("bias", [units]) } : []]);
    }

    private static IEnumerable<string[]> Permutations(string[] names) => names.Length == 0
        ? [[]]
        : names.SelectMany(first => Permutations(names.Where(name => name != first).ToArray()).Select(rest => (string[])[first, .. rest]));
}
