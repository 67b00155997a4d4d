using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>After any edits the driver that has seen them all says the same as one that has seen nothing.</summary>
public sealed class StalenessTests
{
    private static readonly string[] Files =
    [
        """
        using NetGen;
        namespace Demo;
        [Network(Sizes.Inputs)] [Dense(Sizes.Hidden, Activation.Tanh)] [Dense(2)]
        public sealed partial class Brain : Body { }
        public partial class Outer { [Network(2)] [Dense(2)] internal sealed partial class Inner { } }
        """,
        """
        namespace Demo;
        internal static class Sizes
        {
            public const int Inputs = 3;
            public const int Hidden = Inputs + 1;
            public static int Twice(int size) { return 2 * size; }
        }
        """,
        """
        namespace Demo;
        public class Body { protected int Weight() => 1; }
        public sealed partial class Brain { private int _age; }
        """,
        "using System;\n",
    ];

    /// <summary>Changes in pairs of file, text and other text. Each changes at least one network, or shows that it does not.</summary>
    private static readonly (int File, string Before, string After)[] Edits =
    [
        (1, "Inputs = 3", "Inputs = 4"),
        (1, "Inputs + 1", "Inputs * 2"),
        (1, "return 2 * size;", "return size + size;"),
        (1, "public static int Twice", "public static long Twice"),
        (2, "protected int Weight", "protected int Forward"),
        (2, "() => 1", "() => 2"),
        (2, "private int _age;", "private int Layout;"),
        (2, "sealed partial class Brain", "sealed class Brain"),
        (0, "[Dense(2)]\npublic", "[Dense(2)] [Dense(1)]\npublic"),
        (0, "public partial class Outer", "public partial struct Outer"),
        (0, "[Network(2)]", "[Alias(2)]"),
        (0, "[Network(Sizes.Inputs)]", "[NetGen.NetworkAttribute(Sizes.Inputs)]"),
        (0, "using NetGen;", "using NetGen; using Layer = NetGen.DenseAttribute;"),
        (0, "[Dense(Sizes.Hidden,", "[Layer(Sizes.Hidden,"),
        (3, "using System;", "global using Alias = NetGen.NetworkAttribute; using System;"),
        (3, "using System;", "using System; namespace Demo { class NetworkAttribute : System.Attribute { public NetworkAttribute(int inputs) { } } }"),
        (3, "using System;", "using System; namespace Demo { public enum Activation { Tanh = 3 } }"),
        (3, "using System;", "using System; class Program { static void Run() { } }"),
    ];

    public static TheoryData<int> Singles
    {
        get
        {
            var data = new TheoryData<int>();
            data.AddRange(Enumerable.Range(0, Edits.Length).ToArray());
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void One_edit_and_back(int index)
    {
        (int file, string before, string after) = Edits[index];
        var project = new TrackedProject(Files);
        SortedDictionary<string, string> original = project.Texts;
        Assert.NotEmpty(original);
        project.Edit(file, before, after);
        Assert.Equal(project.TextsFromScratch(), project.Texts);
        project.Edit(file, after, before);
        Assert.Equal(original, project.Texts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Many_edits(int seed)
    {
        var random = new Random(seed);
        var project = new TrackedProject(Files);
        var seen = new HashSet<string>();
        var inForce = new List<(int File, string Before, string After)>();
        for (int step = 0; step < 80; step++)
        {
            // Few edits at a time: many together leave no network that is right.
            if (inForce.Count == 3 || (inForce.Count > 0 && random.Next(3) == 0))
            {
                (int file, string before, string after) = inForce[random.Next(inForce.Count)];
                inForce.Remove((file, before, after));
                project.Edit(file, project[file].Replace(after, before, StringComparison.Ordinal));
            }
            else if (Edits[random.Next(Edits.Length)] is var edit && project[edit.File].Contains(edit.Before, StringComparison.Ordinal))
            {
                inForce.Add(edit);
                project.Edit(edit.File, edit.Before, edit.After);
            }

            SortedDictionary<string, string> texts = project.Texts;
            seen.Add(string.Concat(texts.Values));
            SortedDictionary<string, string> expected = project.TextsFromScratch();
            Assert.True(expected.SequenceEqual(texts), $"After step {step} ({string.Join("; ", inForce)}): {string.Join(", ", texts.Keys)}; from scratch {string.Join(", ", expected.Keys)}.");
        }

        // Edits that change nothing would prove nothing.
        Assert.True(seen.Count >= 10, $"Only {seen.Count} different results.");
    }
}
