using System.IO;
using NetGen.Generator.Model;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>In an older compiler: that it reads the networks alike, in both dialects. What is read is planned and written without any compiler.</summary>
public sealed partial class TextHashTests
{
    [Fact]
    public void Of_200_random_networks()
    {
        string hashes = File.ReadAllText(Path.Combine(Paths.Snapshots, $"{nameof(TextHashTests)}.{nameof(Of_200_random_networks)}#hashes.verified.cs"));
        Assert.Contains(Line(Read(Form.Auto, Dialect.Modern), Form.Auto, isFused: false), hashes);
        Assert.Contains(Line(Read(Form.Scalar, Dialect.Floor), Form.Scalar, isFused: false), hashes);
    }
}
