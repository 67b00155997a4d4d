using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NetGen.Generator.Model;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>In the newest compiler: every form.</summary>
public sealed partial class TextHashTests
{
    [Fact]
    public void Of_200_random_networks()
    {
        NetworkSpec[] modern = Read(Form.Auto, Dialect.Modern);
        NetworkSpec[] floor = Read(Form.Scalar, Dialect.Floor);
        (Form Form, bool IsFused)[] kinds = Enum.GetValues<Form>()
            .SelectMany(form => Compiled.IsFloor(form) ? new[] { (form, false) } : [(form, false), (form, true)])
            .ToArray();
        var lines = new ConcurrentDictionary<(Form Form, bool IsFused), string>();
        Parallel.ForEach(kinds, kind => lines[kind] = Line(Compiled.IsFloor(kind.Form) ? floor : modern, kind.Form, kind.IsFused));
        Snapshot.OfProject.Verify(
            new Dictionary<string, string> { ["hashes.cs"] = string.Concat(kinds.Select(kind => lines[kind])) }, nameof(TextHashTests), nameof(Of_200_random_networks));
    }
}
