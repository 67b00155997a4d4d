using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.TestKit;
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
        [Network(2, nameof(Far))] [Dense(2, nameof(Bend))] internal sealed partial class Bent { static float Bend(float z) => Shapes.Turn(z) * z; static float Far(float a, float y) => a - y; }
        """,
        """
        namespace Demo;
        internal static class Sizes
        {
            public const int Inputs = 3;
            public const int Hidden = Inputs + 1;
            public static int Twice(int size) { return 2 * size; }
        }
        internal static class Shapes
        {
            private const float Slope = 2;
            public static float Turn(float z) => Slope * z + 1;
        }
        """,
        """
        namespace Demo;
        public class Body { protected int Weight() => 1; }
        public sealed partial class Brain { private int _age; }
        """,
        "using System;\n",
        """
        using NetGen;
        namespace Demo;
        [Network]
        public sealed partial class Wired
        {
            const int Blocks = 2;
            static void Wire(Wiring w)
            {
                var h = w.Input("State", Sizes.Inputs).Dense(Sizes.Hidden, Activation.Tanh);
                for (int block = 0; block < Blocks; block++) { h += h.LayerNorm().Dense(h.Size); }
                w.Output("Q", h.Dense(1), Loss.HalfSquaredError);
            }
        }
        """,
    ];

    /// <summary>Changes in pairs of file, text and other text. Each changes at least one network, or shows that it does not.</summary>
    private static readonly (int File, string Before, string After)[] Edits =
    [
        (1, "Inputs = 3", "Inputs = 4"),
        (1, "Inputs + 1", "Inputs * 2"),
        (1, "return 2 * size;", "return size + size;"),
        (1, "public static int Twice", "public static long Twice"),
        (1, "Slope * z + 1", "Slope * z * z"),
        (1, "Slope = 2", "Slope = 0.5f"),
        (1, "public static float Turn", "public static double Turn"),
        (0, "Shapes.Turn(z) * z", "Shapes.Turn(z) % z"),
        (0, "=> a - y;", "=> (a - y) * (a - y);"),
        (0, "nameof(Bend)", "Activation.Elu"),
        (2, "protected int Weight", "protected int Forward"),
        (2, "() => 1", "() => 2"),
        (2, "private int _age;", "private int Layout;"),
        (2, "sealed partial class Brain", "sealed class Brain"),
        (0, "[Dense(2)]\npublic", "[Dense(2)] [Dense(1)]\npublic"),
        (0, "[Network(2)]", "[Network(2, Loss = Loss.AbsoluteError)]"),
        (0, "public partial class Outer", "public partial struct Outer"),
        (0, "[Network(Sizes.Inputs)]", "[NetGen.NetworkAttribute(Sizes.Inputs)]"),
        (0, "using NetGen;", "using NetGen; using Layer = NetGen.DenseAttribute;"),
        (0, "[Dense(Sizes.Hidden,", "[Layer(Sizes.Hidden,"),
        (3, "using System;", "global using Alias = NetGen.NetworkAttribute; using System;"),
        (3, "using System;", "using System; namespace Demo { public enum Activation { Tanh = 3 } }"),
        (1, "public const int Inputs = 3;", "public const int Inputs = 3; public const int Blocks = 4;"),
        (4, "const int Blocks = 2;", "const int Blocks = 3;"),
        (4, "const int Blocks = 2;", "const int Other = Sizes.Inputs;"),
        (4, "h.LayerNorm()", "h.RmsNorm()"),
        (4, "h += h.", "h -= h."),
        (4, "h.Dense(1), Loss", "h.Dense(h.Size - 2 * h.Size), Loss"),
        (4, "static void Wire", "static int Count() => 2; static void Wire"),
        (4, "void Wire(Wiring w)", "void Wired(Wiring w)"),
        (4, "block < Blocks", "block < 1 << 20"),
        (4, "using NetGen;", "using NetGen; using static Demo.Sizes;"),
        (4, "\"State\"", "nameof(State)"),
        (2, "private int _age;", "private int _age; } partial class Wired { int QOutput;"),
        (3, "using System;", "using System; class Program { static void Run() { } }"),
    ];

    /// <summary>Changes after which the compiler finds one declaration less, or one more.</summary>
    private static readonly (int File, string Before, string After)[] Leaving =
    [
        (0, "[Network(Sizes.Inputs)] ", "/* no network */ "),
        (0, "[Network(2)]", "[Alias(2)]"),
        (3, "using System;", "using System; namespace Demo { class NetworkAttribute : System.Attribute { public NetworkAttribute(int inputs) { } } }"),
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
    public void One_edit_and_back(int index) => AssertRight(Edits[index]);

    [NewerCompilerFact(NewerCompiler.Driver)]
    public void A_declaration_that_leaves_and_comes_back() => Assert.All(Leaving, AssertRight);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Many_edits(int seed)
    {
        (int File, string Before, string After)[] edits = [.. Edits, .. Compiled.IsOldest ? [] : Leaving];
        var random = new Random(seed);
        var project = TrackedProject.Untracked(Files);
        var seen = new HashSet<string>();
        var inForce = new List<(int File, string Before, string After)>();
        for (int step = 0; step < 150; step++)
        {
            // Few edits at a time: many together leave no network that is right.
            bool isUndone = inForce.Count == 3 || (inForce.Count > 0 && random.Next(3) == 0);
            (int File, string Before, string After) edit = isUndone ? inForce[random.Next(inForce.Count)] : edits[random.Next(edits.Length)];
            if (!inForce.Remove(edit))
            {
                inForce.Add(edit);
            }

            // From the first text on, for an edit that was made inside of another would stay when the other goes.
            project.Edit(edit.File, inForce.Where(other => other.File == edit.File).Aggregate(
                Files[edit.File], (text, other) => text.Replace(other.Before, other.After, StringComparison.Ordinal)));
            SortedDictionary<string, string> texts = project.Texts;
            seen.Add(string.Concat(texts.Values));
            TrackedProject expected = project.FromScratch();
            Assert.True(expected.Texts.SequenceEqual(texts), $"After step {step} ({string.Join("; ", inForce)}): {string.Join(", ", texts.Keys)}; from scratch {string.Join(", ", expected.Texts.Keys)}.");
            Assert.Equal(expected.Errors, project.Errors);
        }

        // Edits that change nothing would prove nothing.
        Assert.True(seen.Count >= 10, $"Only {seen.Count} different results.");
    }

    private static void AssertRight((int File, string Before, string After) edit)
    {
        (int file, string before, string after) = edit;
        var project = TrackedProject.Untracked(Files);
        SortedDictionary<string, string> original = project.Texts;
        Assert.NotEmpty(original);
        project.Edit(file, before, after);
        TrackedProject expected = project.FromScratch();
        Assert.Equal(expected.Texts, project.Texts);
        Assert.Equal(expected.Errors, project.Errors);
        project.Edit(file, after, before);
        Assert.Equal(original, project.Texts);
    }
}
