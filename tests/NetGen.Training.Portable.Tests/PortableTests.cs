using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using NetGen.Training.Child;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>What the build for .NET Standard 2.1 has of its own.</summary>
public sealed class PortableTests
{
    /// <summary>Otherwise all tests here would be tests of the other build.</summary>
    [Fact]
    public void The_build_is_the_one_for_NET_Standard() => Assert.Equal(
        ".NETStandard,Version=v2.1", typeof(Checkpoint).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);

    /// <summary>Optimizers, losses, clipping, schedules and threads of both builds, in both precisions.</summary>
    [Fact]
    public void The_bits_are_those_of_the_other_build()
    {
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string there = here.Replace("NetGen.Training.Portable.Tests", "NetGen.Training.Child", StringComparison.Ordinal);
        Assert.NotEqual(here, there);
        string program = Path.Combine(there, "NetGen.Training.Child.dll");
        using Process process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [program, "train", "1"]) { RedirectStandardOutput = true })!;
        string hash = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Workout.Run(2), hash);
    }

    /// <summary>One operation in double, rounded to float, is the operation in float: subnormal results, ties and overflows included.</summary>
    [Fact]
    public void An_operation_rounds_once()
    {
        var random = new Random(1);
        for (int round = 0; round < 200_000; round++)
        {
            float x = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            float y = round % 2 == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : (float)random.NextDouble() * x;
            var a = new NetGen.Training.Vector<float>(x);
            var b = new NetGen.Training.Vector<float>(y);
            AssertSame(x + y, a + b);
            AssertSame(x - y, a - b);
            AssertSame(x * y, a * b);
            AssertSame(x / y, a / b);
            AssertSame(MathF.Sqrt(x), NetGen.Training.Vector.SquareRoot(a));
        }
    }

    private static void AssertSame(float expected, NetGen.Training.Vector<float> actual)
    {
        if (!float.IsNaN(expected) || !double.IsNaN(actual.Value))
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits((float)actual.Value));
        }
    }

    /// <summary>Texts that are changed at random are JSON for this reader if they are for System.Text.Json, and have the same tokens.</summary>
    [Fact]
    public void The_reader_takes_what_the_other_takes()
    {
        string[] texts =
        [
            """{"__metadata__":{"format":"pt","a b":"\u00e9\\\"\n\ud83d\ude00"},"x.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}   """,
            """ {"a":[1,-0.5e+3,0,10,true,false,null,[],{},[[{"b":"ü"}]]], "c" : "" }""",
            """[[[[[[[[[1]]]]]]]]]""",
            "17",
            "",
        ];
        var random = new Random(1);
        int accepted = 0;
        for (int round = 0; round < 40_000; round++)
        {
            byte[] json = Encoding.UTF8.GetBytes(texts[round % texts.Length]);
            for (int change = random.Next(3); change > 0 && json.Length > 0; change--)
            {
                // Mostly characters that mean something.
                int at = random.Next(json.Length);
                json[at] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)"{}[],:\"\\ 0123eE+-.tfnu"[random.Next(22)];
                json = random.Next(4) == 0 ? json[..at] : json;
            }

            string expected = Tokens(json, new System.Text.Json.JsonReaderOptions { MaxDepth = 8 });
            Assert.Equal(expected, Tokens(json, new NetGen.Training.JsonReaderOptions { MaxDepth = 8 }));
            accepted += expected.EndsWith("end", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(accepted, 5_000, 35_000);
    }

    private static string Tokens(byte[] json, System.Text.Json.JsonReaderOptions options)
    {
        var tokens = new StringBuilder();
        try
        {
            var reader = new System.Text.Json.Utf8JsonReader(json, options);
            while (reader.Read())
            {
                tokens.Append(reader.TokenType).Append(' ');
                tokens.Append(reader.TokenType is System.Text.Json.JsonTokenType.String or System.Text.Json.JsonTokenType.PropertyName ? reader.GetString() : "");
                tokens.Append(reader.TokenType is System.Text.Json.JsonTokenType.Number && reader.TryGetInt64(out long value) ? value : "").Append(';');
            }

            return tokens.Append("end").ToString();
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            return "refused";
        }
    }

    private static string Tokens(byte[] json, NetGen.Training.JsonReaderOptions options)
    {
        var tokens = new StringBuilder();
        try
        {
            var reader = new NetGen.Training.Utf8JsonReader(json, options);
            while (reader.Read())
            {
                tokens.Append(reader.TokenType).Append(' ');
                tokens.Append(reader.TokenType is NetGen.Training.JsonTokenType.String or NetGen.Training.JsonTokenType.PropertyName ? reader.GetString() : "");
                tokens.Append(reader.TokenType is NetGen.Training.JsonTokenType.Number && reader.TryGetInt64(out long value) ? value : "").Append(';');
            }

            return tokens.Append("end").ToString();
        }
        catch (Exception exception) when (exception is NetGen.Training.JsonException or InvalidOperationException)
        {
            return "refused";
        }
    }
}
