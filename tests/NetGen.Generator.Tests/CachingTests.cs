using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>An edit costs what it changes: exactly why each step ran.</summary>
[Trait("Category", "Quick")]
public sealed class CachingTests
{
    private const string Networks = """
        using NetGen;
        namespace Demo;

        [Network(2, Loss = Loss.HalfSquaredError)]
        [Dense(3, Activation.Sigmoid)]
        public sealed partial class First { }

        [Network(4)]
        [Dense(5, Activation.Tanh)]
        public sealed partial class Second { }
        """;

    private const string Elsewhere = """
        namespace Demo;
        public class Player
        {
            private int _score;
            public int Score(int points) { _score += points; return _score; }
        }
        """;

    private const string AllCached = "First: Unchanged, Cached, Cached\nSecond: Unchanged, Cached, Cached";

    /// <summary>Edits after which no network is different, as file, text before and text after.</summary>
    public static TheoryData<string, int, string, string> Unrelated => new()
    {
        { "a key in the body of a method", 1, "_score += points", "_score += 2 * points" },
        { "a comment elsewhere", 1, "public class Player", "/* a player */ public class Player" },
        { "a member elsewhere", 1, "private int _score;", "private int _score; public int Best;" },
        { "another type", 1, "namespace Demo;", "namespace Demo; class Other { int x; }" },
        { "another type with an attribute", 1, "public class Player", "[System.Serializable] public class Player" },
        { "a comment in the file", 0, "namespace Demo;", "namespace Demo; // a comment" },
        { "lines before the networks", 0, "namespace Demo;", "namespace Demo;\n\n\n\n" },
        { "a type in the file", 0, "namespace Demo;", "namespace Demo; class Other { int x; }" },
        { "a member of a network's class", 0, "class First { }", "class First { int x; }" },
        { "an unrelated attribute of a network", 0, "public sealed partial class First", "[System.Obsolete] public sealed partial class First" },
        { "the same in other words", 0, "[Dense(3, Activation.Sigmoid)]", "[Dense(activation: Activation.Sigmoid, units: 1 + 2)]" },
        { "a network's access", 0, "public sealed partial class First", "internal partial class First" },
    };

    [Theory]
    [MemberData(nameof(Unrelated))]
    public void An_edit_elsewhere_emits_nothing_again(string what, int file, string before, string after)
    {
        TrackedProject project = new TrackedProject(Networks, Elsewhere).Edit(file, before, after);
        string reasons = project.Reasons();
        Assert.True(reasons == AllCached, $"{what}:\n{reasons}");

        // Nor is a network planned again to see what it costs.
        Assert.All(project.Outputs(PipelineSteps.Verdicts), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    /// <summary>A formula is a part of its network: another one is another network, and the same in other words or in another place is not.</summary>
    [Theory]
    [InlineData(0, "z * Slope", "z / Slope", false)]
    [InlineData(0, "a - y;", "y - a;", false)]
    [InlineData(1, "Slope = 2", "Slope = 3", false)]
    [InlineData(0, "z * Slope", "(z) * /* steep */ Slope", true)]
    [InlineData(0, "=> z * Slope;", "{ float q = z; return q * 2; }", true)]
    [InlineData(0, "float Other() => 1;", "float Other() => 2;", true)]
    [InlineData(1, "Last = 1", "Last = 2", true)]
    [InlineData(0, "namespace Demo;", "namespace Demo;\n\n", true)]
    public void An_edit_of_a_formula_emits_its_network_alone(int file, string before, string after, bool isSame)
    {
        const string Own = """


            [Network(2, nameof(Far))] [Dense(3, nameof(Bend))]
            public sealed partial class Third { static float Bend(float z) => z * Slope; const float Slope = Steep.Slope; static float Far(float a, float y) => a - y; float Other() => 1; }
            """;
        string reasons = new TrackedProject(Networks + Own, "namespace Demo; static class Steep { public const float Slope = 2, Last = 1; }").Edit(file, before, after).Reasons();
        AssertReasons(AllCached + "\nThird: " + (isSame ? "Unchanged, Cached, Cached" : "Modified, Modified, Modified"), reasons);
    }

    [Fact]
    public void No_edit_at_all_runs_nothing_but_the_search()
    {
        var project = new TrackedProject(Networks, Elsewhere);
        AssertReasons("First: New, New, New\nSecond: New, New, New", project.Reasons());
        project.Change(project.Compilation);
        AssertReasons("First: Cached, Cached, Cached\nSecond: Cached, Cached, Cached", project.Reasons());
    }

    [Fact]
    public void A_network_that_moves_within_its_file_is_swapped_in_place()
    {
        string[] parts = Networks.Split("\n\n");
        string reasons = new TrackedProject(Networks, Elsewhere).Edit(0, string.Join("\n\n", parts[0], parts[2], parts[1])).Reasons();

        // A file's networks are compared in their order, so both are other networks than before; their texts are written under the same names.
        AssertReasons("First: Modified, Modified, Modified\nSecond: Modified, Modified, Modified", reasons);
    }

    [NewerCompilerFact(NewerCompiler.Driver)]
    public void A_network_that_moves_to_another_file_leaves_the_others_alone()
    {
        string[] parts = Networks.Split("\n\n");
        var project = new TrackedProject(Networks, "using NetGen;\nnamespace Demo;\n");
        var before = project.Texts;
        project.Edit(0, parts[0] + "\n\n" + parts[1]);
        AssertReasons("First: Unchanged, Cached, Cached\nSecond: Removed, Removed, Removed", project.Reasons());
        project.Edit(1, "using NetGen;\nnamespace Demo;\n" + parts[2]);
        AssertReasons("First: Unchanged, Cached, Cached\nSecond: New, New, New", project.Reasons());
        Assert.Equal(before, project.Texts);
    }

    [Fact]
    public void A_further_network_leaves_the_others_alone()
    {
        string reasons = new TrackedProject(Networks).Edit(0, Networks + "\n[Network(1)] [Dense(1)] public sealed partial class Third { }").Reasons();
        AssertReasons(AllCached + "\nThird: New, New, New", reasons);
        reasons = new TrackedProject(Networks).Add("namespace Demo { [NetGen.Network(1)] [NetGen.Dense(1)] public sealed partial class Third { } }").Reasons();
        AssertReasons(AllCached + "\nThird: New, New, New", reasons);
    }

    [Theory]
    [InlineData("[Dense(5", "[Dense(6")]
    [InlineData("[Network(4)]", "[Network(7)]")]
    [InlineData("[Network(4)]", "[Network(4, Precision = Precision.Double)]")]
    [InlineData("[Dense(5, Activation.Tanh)]", "[Dense(5, Activation.Tanh)] [Dense(1)]")]
    public void A_changed_network_leaves_the_others_alone(string before, string after)
    {
        string reasons = new TrackedProject(Networks, Elsewhere).Edit(0, before, after).Reasons();
        AssertReasons("First: Unchanged, Cached, Cached\nSecond: Modified, Modified, Modified", reasons);
    }

    [Fact]
    public void A_change_that_the_text_does_not_show_ends_at_the_text()
    {
        // α is written only where an activation has it, and 0.01 is the default.
        string networks = Networks.Replace("Activation.Tanh", "Activation.LeakyRelu", StringComparison.Ordinal);
        string reasons = new TrackedProject(networks).Edit(0, "Activation.LeakyRelu", "Activation.LeakyRelu, Alpha = 0.01").Reasons();
        AssertReasons("First: Unchanged, Cached, Cached\nSecond: Modified, Unchanged, Cached", reasons);
    }

    [Fact]
    public void A_declaration_that_becomes_wrong_gets_a_stub_and_its_file_back()
    {
        var project = new TrackedProject(Networks, Elsewhere);
        var before = project.Texts;
        project.Edit(0, "[Dense(5", "[Dense(0");
        AssertReasons("First: Unchanged, Cached, Cached\nSecond: Modified, Modified, Modified", project.Reasons());
        Assert.Equal(before.Keys, project.Texts.Keys);
        Assert.Contains("NETGEN004", project.Texts["Demo.Second.g.cs"]);
        AssertReasons("First: Unchanged, Cached, Cached\nSecond: Modified, Modified, Modified", project.Edit(0, "[Dense(0", "[Dense(5").Reasons());
        Assert.Equal(before, project.Texts);
    }

    /// <summary>Wrong in what it says, or in what it costs, which takes a plan to know.</summary>
    [Theory]
    [InlineData("[Dense(0", 8, 7)]
    [InlineData("[Dense(100000", 8, 7)]
    public void A_wrong_declaration_that_moves_is_reported_at_its_new_place_and_not_planned_again(string wrong, int line, int column)
    {
        TrackedProject project = new TrackedProject(Networks, Elsewhere).Edit(0, "[Dense(5", wrong);
        Assert.Equal((line, column), PlaceOfError(project));
        project.Edit(0, "namespace Demo;", "namespace Demo; // a comment\n\n");
        AssertReasons(AllCached, project.Reasons());
        Assert.All(project.Outputs(PipelineSteps.Verdicts), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.Equal((line + 2, column), PlaceOfError(project));

        // In another file its place stays, and is one in the file at hand.
        project.Edit(1, "_score += points", "_score -= points");
        AssertReasons(AllCached, project.Reasons());
        Assert.Equal((line + 2, column), PlaceOfError(project));
    }

    [Fact]
    public void What_is_wrong_elsewhere_emits_nothing_again()
    {
        var project = new TrackedProject(Networks, Elsewhere).Add("namespace Demo { [NetGen.Network(0)] [NetGen.Dense(1)] public sealed partial class Third { } }");
        AssertReasons(AllCached + "\nThird: New, New, New", project.Reasons());
        AssertReasons(AllCached + "\nThird: Unchanged, Cached, Cached", project.Edit(0, "namespace Demo;", "namespace Demo; // a comment").Reasons());
        AssertReasons(AllCached + "\nThird: Modified, Modified, Modified", project.Edit(2, "Network(0)", "Network(-1)").Reasons());
    }

    [Fact]
    public void A_layer_that_loses_its_network_is_reported_wherever_it_goes()
    {
        TrackedProject project = new TrackedProject(Networks, Elsewhere).Edit(0, "[Network(4)]\n", "");
        Assert.StartsWith("(8,2): error NETGEN011", Assert.Single(project.Errors));
        project.Edit(0, "namespace Demo;", "namespace Demo;\n");
        Assert.StartsWith("(9,2): error NETGEN011", Assert.Single(project.Errors));
        Assert.Empty(project.Edit(0, "[Dense(5", "[Network(4)] [Dense(5").Errors);
    }

    [Fact]
    public void A_name_that_differs_in_case_only_gives_both_files_other_names_and_touches_no_third()
    {
        var project = new TrackedProject(Networks).Add("namespace Demo { [NetGen.Network(1)] [NetGen.Dense(1)] partial class FIRST { } }");
        AssertReasons("FIRST: New, New, New\nFirst: Unchanged, Modified, Modified\nSecond: Unchanged, Cached, Cached", project.Reasons());
        AssertReasons("FIRST: Removed, Removed, Removed\nFirst: Unchanged, Modified, Modified\nSecond: Unchanged, Cached, Cached", project.Edit(1, "").Reasons());
    }

    [NewerCompilerFact(NewerCompiler.Syntax)]
    public void A_language_version_counts_where_the_text_depends_on_it()
    {
        var project = new TrackedProject(Networks);
        AssertReasons("First: Modified, Modified, Modified\nSecond: Modified, Modified, Modified", project.ChangeLanguage(LanguageVersion.CSharp10).Reasons());
        Assert.All(Targets(project), target => Assert.Equal(Dialect.Floor, target.Dialect));
        AssertReasons(AllCached, project.ChangeLanguage(LanguageVersion.CSharp9).Reasons());
    }

    [Fact]
    public void A_reference_counts_where_a_network_needs_it()
    {
        var project = new TrackedProject(Networks);
        MetadataReference another = MetadataReference.CreateFromFile(typeof(Assert).Assembly.Location);
        AssertReasons(AllCached, project.Change(project.Compilation.AddReferences(another)).Reasons());
        const string Gone = "First: Removed, Removed, Removed\nSecond: Removed, Removed, Removed";
        AssertReasons(Gone, project.Change(project.Compilation.RemoveReferences(Compiled.NetGenReference)).Reasons());
        AssertReasons("First: New, New, New\nSecond: New, New, New", project.Change(project.Compilation.AddReferences(Compiled.NetGenReference)).Reasons());
    }

    /// <summary>
    /// Compares reasons exactly. The driver of the oldest compiler calls some that are new modified and the other way round; there it is compared which
    /// networks were kept.
    /// </summary>
    private static void AssertReasons(string expected, string actual)
    {
        static string Kept(string reasons) => string.Join('\n', reasons.Split('\n').Select(line =>
            line.Split(": ") is [var name, var list] && list.Split(", ").All(reason => reason is "Cached" or "Unchanged") ? $"{name} kept" : line.Split(": ")[0]));
        Assert.Equal(Compiled.IsOldest ? Kept(expected) : expected, Compiled.IsOldest ? Kept(actual) : actual);
    }

    /// <summary>Where the only error is: its line and column, in a file of the compilation at hand.</summary>
    private static (int Line, int Column) PlaceOfError(TrackedProject project)
    {
        Location place = Assert.Single(project.Result.Diagnostics).Location;
        Assert.Contains(place.SourceTree, project.Compilation.SyntaxTrees);
        return (place.GetLineSpan().StartLinePosition.Line, place.GetLineSpan().StartLinePosition.Character);
    }

    private static TargetSpec[] Targets(TrackedProject project) =>
        project.Outputs(PipelineSteps.Verdicts).Select(output => ((NetworkVerdict)output.Value).Spec!.Target).ToArray();
}
