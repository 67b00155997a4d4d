using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Which layer of a file is which of a network, when nobody says it.</summary>
public sealed class LayerOrderTests
{
    private static readonly LayerShape Square = new(4, 4, true);

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
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Find(given, _ => Square));
        Assert.Equal(
            "the names of its layers do not say in which order they come, and the shapes fit more than one. Pass the names in the right order, "
            + $"such as: Checkpoint.Load(file, network, new[] {{ {string.Join(", ", given.Select(name => $"\"{name}\""))} }})",
            error.Message);
    }

    [Theory]
    [InlineData("output:4>1 hidden:8>4 input:2>8", "input hidden output")]
    [InlineData("action_net:4>4 trunk.2:8>4 trunk.0:2>8", "trunk.0 trunk.2 action_net")]
    [InlineData("b.0:2>2 b.1:2>3 a:3>2", "b.0 b.1 a")]
    [InlineData("b:4>4 a:4>4!", "b a")]
    public void One_order_that_fits_is_taken(string layers, string expected)
    {
        Dictionary<string, LayerShape> shapes = layers.Split(' ').Select(layer => layer.Split(':')).ToDictionary(
            layer => layer[0],
            layer => new LayerShape(layer[1][2] - '0', layer[1][0] - '0', layer[1].Length == 3));
        string[] order = expected.Split(' ');
        Assert.Equal(order, LayerOrder.Find([.. shapes.Keys], name => shapes[name], order.Select(name => shapes[name]).ToArray()));
    }

    [Fact]
    public void No_order_that_fits_is_an_error_with_all_names()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Find(["b", "a"], name => name == "a" ? null : Square));
        Assert.StartsWith("no order of its layers that the numbers in their names allow has the shapes of the network; they are b, a. ", error.Message);
    }

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
            var shapes = names.ToDictionary(name => name, _ => new LayerShape(1, random.Next(3), true));
            LayerShape[] expected = names.OrderBy(_ => random.Next()).Select(name => shapes[name]).ToArray();
            string[][] fitting = Permutations(names)
                .Where(order => order.Select(name => shapes[name]).SequenceEqual(expected))
                .Where(order => !order.Where((later, j) => order.Take(j).Any(earlier => IsBefore(later, earlier))).Any())
                .ToArray();
            bool isCounted = names.All(x => names.All(y => x == y || IsBefore(x, y) || IsBefore(y, x)));
            Exception? error = Record.Exception(() =>
            {
                IReadOnlyList<string> found = LayerOrder.Find(names, name => shapes[name], expected);
                if (!isCounted)
                {
                    Assert.Equal(Assert.Single(fitting), found);
                    taken++;
                }
            });
            Assert.True(error is null || error is InvalidDataException && fitting.Length != 1, $"{error}");
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
        var other = new LayerShape(1, 1, true);
        LayerShape[] expected = [.. Enumerable.Repeat(Square, names.Length - 1), other];
        Assert.Throws<InvalidDataException>(() => LayerOrder.Find(names, name => name is "a.0" or "b.1" ? other : Square, expected));
        names = [.. Enumerable.Range(0, 400).Select(index => $"mlp.{index}"), "head"];
        expected = [.. Enumerable.Repeat(Square, names.Length - 1), other];
        Assert.Equal(names, LayerOrder.Find(names, name => name == "head" ? other : Square, expected));
    }

    /// <summary>A program that a file could write is one that compiles: quotes and control characters are escaped.</summary>
    [Fact]
    public void Names_in_the_call_are_escaped()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Find(["a\"b\\", "c\u001b[31m\n"], _ => Square));
        Assert.EndsWith("""new[] { "a\"b\\", "c\u001b[31m\u000a" })""", error.Message);
    }

    [Fact]
    public void A_file_is_refused_with_the_call_to_write()
    {
        var writer = new SafetensorsWriter<float>();
        foreach (string name in new[] { "input", "hidden", "output" })
        {
            writer.Add($"{name}.weight", new float[4], 2, 2);
            writer.Add($"{name}.bias", new float[2], 2);
        }

        using var stream = new MemoryStream();
        writer.Write(stream);
        stream.Position = 0;
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, new ThreeLayers()));
        Assert.EndsWith("""Checkpoint.Load(file, network, new[] { "input", "hidden", "output" }).""", error.Message);
        stream.Position = 0;
        Checkpoint.Load(stream, new ThreeLayers(), ["input", "hidden", "output"]);
    }

    private static IReadOnlyList<string> Find(string[] names, Func<string, LayerShape?> shape) =>
        LayerOrder.Find(names, shape, Enumerable.Repeat(Square, names.Length).ToArray());

    private static IEnumerable<string[]> Permutations(string[] names) => names.Length == 0
        ? [[]]
        : names.SelectMany(first => Permutations(names.Where(name => name != first).ToArray()).Select(rest => (string[])[first, .. rest]));
}
