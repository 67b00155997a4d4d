using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Emit;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A network that is wrong keeps its members, so that one error remains; and that error is said whatever else is wrong.</summary>
public sealed class StubTests
{
    /// <summary>The errors that leave members.</summary>
    internal static readonly string[] Ids =
    [
        "NETGEN002", "NETGEN003", "NETGEN004", "NETGEN005", "NETGEN008", "NETGEN010", "NETGEN013", "NETGEN015", "NETGEN016", "NETGEN018", "NETGEN019",
        "NETGEN022", "NETGEN023", "NETGEN025", "NETGEN026", "NETGEN027", "NETGEN028", "NETGEN029", "NETGEN030", "NETGEN031", "NETGEN032",
        "NETGEN040", "NETGEN041", "NETGEN042", "NETGEN043", "NETGEN044", "NETGEN045",
    ];

    private const string Softmax = "[Dense(3, Activation.Softmax)]";
    private const string CrossEntropy = "Loss = Loss.CategoricalCrossEntropy";

    /// <summary>Id, attributes that are wrong, and the same mended: with 1 where no size is known, and with a loss that has all members where the loss is in doubt.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "NETGEN002", "[Network(2)]", "[Network(2)] [Dense(1)]" },
        { "NETGEN002", "[Network(2, Loss = Loss.BinaryCrossEntropy)]", "[Network(2, Loss = Loss.BinaryCrossEntropy)] [Dense(1, Activation.Sigmoid)]" },
        { "NETGEN004", $"[Network(0, {CrossEntropy})] {Softmax}", $"[Network(1, {CrossEntropy})] {Softmax}" },
        { "NETGEN004", "[Network(2, Precision = Precision.Double, Loss = Loss.Huber)] [Dense(-5)]", "[Network(2, Precision = Precision.Double, Loss = Loss.Huber)] [Dense(1)]" },
        { "NETGEN004", "[Network(2)] [Dense(0, Activation.Tanh)] [Dense(3)]", "[Network(2)] [Dense(1, Activation.Tanh)] [Dense(3)]" },
        { "NETGEN008", $"[Network(2, {CrossEntropy})] [Dense(3, Activation.Sigmoid)]", $"[Network(2, {CrossEntropy})] {Softmax}" },
        { "NETGEN008", "[Network(2, Loss = Loss.BinaryCrossEntropy)] [Dense(3, Activation.Tanh)]", "[Network(2, Loss = Loss.CategoricalCrossEntropyWithLogits)] [Dense(3, Activation.Tanh)]" },
        { "NETGEN010", "[Network(2, SelfTest = true)] [Dense(3, (Activation)99)]", "[Network(2, SelfTest = true)] [Dense(3)]" },
        { "NETGEN010", $"[Network(2, Loss = (Loss)(-1))] {Softmax}", $"[Network(2, {CrossEntropy})] {Softmax}" },
        { "NETGEN010", $"[Network(2, Precision = (Precision)7, {CrossEntropy})] {Softmax}", $"[Network(2, {CrossEntropy})] {Softmax}" },
        { "NETGEN010", "[Network(2, Unroll = (Unroll)3)] [Dense(3)]", "[Network(2)] [Dense(3)]" },
        { "NETGEN013", "[Network(2, Loss = Loss.HalfSquaredError, Reduction = Reduction.Mean)] [Dense(3)]", "[Network(2, Loss = Loss.HalfSquaredError)] [Dense(3)]" },
        { "NETGEN013", $"[Network(2, Reduction = Reduction.Sum)] {Softmax}", $"[Network(2, {CrossEntropy})] {Softmax}" },
        { "NETGEN015", "[Network(2)] [Dense(3, Activation.Elu, Alpha = double.NaN)]", "[Network(2)] [Dense(3, Activation.Elu)]" },
        { "NETGEN015", "[Network(2, Loss = Loss.Huber, Delta = 0)] [Dense(3)]", "[Network(2, Loss = Loss.Huber)] [Dense(3)]" },
        { "NETGEN015", "[Network(2, MaxParameters = 0)] [Dense(3)]", "[Network(2)] [Dense(3)]" },
        { "NETGEN016", "[Network(2)] [Dense(3, Activation.Relu, Alpha = 0.1)]", "[Network(2)] [Dense(3, Activation.Relu)]" },
        { "NETGEN016", $"[Network(2, Delta = 1)] {Softmax}", $"[Network(2, {CrossEntropy})] {Softmax}" },
        { "NETGEN018", $"[Network(2, {CrossEntropy}, MaxParameters = 8)] {Softmax}", $"[Network(2, {CrossEntropy})] {Softmax}" },
        { "NETGEN019", "[Network(1024, Unroll = Unroll.Full)] [Dense(513)]", "[Network(1024)] [Dense(513)]" },
        { "NETGEN022", $"[Network(2, {CrossEntropy})] [LayerNorm] [Dropout(0.5)] {Softmax}", $"[Network(2, {CrossEntropy})] [LayerNorm] {Softmax}" },
        { "NETGEN023", "[Network(2)] [Dense(3)] [Head(\"Q\", Loss.HalfSquaredError)]", "[Network(2)] [Head(\"Q\", Loss.HalfSquaredError)] [Dense(3)]" },
        { "NETGEN025", "[Network(2, Loss.HalfSquaredError)] [Head(\"Q\")] [Dense(3)]", $"[Network(2)] [Head(\"Q\", Loss.CategoricalCrossEntropyWithLogits)] [Dense(3)]" },
    };

    /// <summary>The same with a formula of the class's own, wrong and mended: it has all members.</summary>
    public static TheoryData<string, string, string> WrongFormulas => new()
    {
        { "NETGEN040", "[Network(2)] [Dense(3, \"F\")] sealed partial class Net { FORMULAS }", "[Network(2)] [Dense(3)] sealed partial class Net { FORMULAS }" },
        { "NETGEN040", "[Network(2, \"F\")] [Dense(3)] sealed partial class Net { FORMULAS }", "[Network(2, Loss.Huber)] [Dense(3)] sealed partial class Net { FORMULAS }" },
        { "NETGEN041", "[Network(2, nameof(A))] [Dense(3)] sealed partial class Net { FORMULAS }", "[Network(2, nameof(L))] [Dense(3)] sealed partial class Net { FORMULAS }" },
        { "NETGEN042", "[Network(2, Loss.Huber)] [Dense(3, nameof(B))] sealed partial class Net { FORMULAS }", "[Network(2, Loss.Huber)] [Dense(3, nameof(A))] sealed partial class Net { FORMULAS }" },
        { "NETGEN043", "[Network(2)] [Head(\"Q\", nameof(L))] [Dense(3, nameof(C))] sealed partial class Net { FORMULAS }", "[Network(2)] [Head(\"Q\", Loss.Huber)] [Dense(3)] sealed partial class Net { FORMULAS }" },
        { "NETGEN044", "[Network(2)] [Dense(3, nameof(D))] sealed partial class Net { FORMULAS }", "[Network(2)] [Dense(3, nameof(A))] sealed partial class Net { FORMULAS }" },
        { "NETGEN045", "[Network(2)] [Dense(3, nameof(E))] sealed partial class Net { FORMULAS }", "[Network(2)] [Dense(3, nameof(A))] sealed partial class Net { FORMULAS }" },
    };

    private const string OwnFormulas = """
        static float A(float z) => z; static float B(float z) => z % 2; static float C(float z) => C(z); static float D(float z) => z / 0; static float L(float a, float y) => a - y;
        static float E(float z) => G(G(G(z))); static float G(float z) => H(H(H(z))); static float H(float z) => I(I(I(z))); static float I(float z) => 3 * System.MathF.Tanh(z) + 1;
        """;

    /// <summary>The same with a method in the class, wrong and mended; where nothing of it could be read, its ends have one value.</summary>
    public static TheoryData<string, string, string> WrongWires => new()
    {
        { "NETGEN026", "[Network] WIRE{ while (true) { } }", "[Network(1, Loss.CategoricalCrossEntropyWithLogits)] [Dense(1)] WIRELESS" },
        { "NETGEN027", "[Network] WIRE{ var x = w.Input(\"x\", 3); w.Output(\"y\", x + x.Dense(2), Loss.Huber); }", "[Network(3, Loss.Huber)] [Dense(1)] WIRELESS" },
        { "NETGEN028", "[Network(3)] WIRE{ w.Output(\"y\", w.Input(\"x\", 3).Dense(2)); }", "[Network(3)] [Dense(2)] WIRELESS" },
        { "NETGEN029", "[Network] [Dense(2)] WIRELESS", "[Network(1)] [Dense(2)] WIRELESS" },
        { "NETGEN030", "[Network] WIRE{ var x = w.Input(\"x\", 3); x.Dense(4); w.Output(\"y\", x.Dense(2)); }", "[Network(3)] [Dense(2)] WIRELESS" },
        { "NETGEN031", "[Network] WIRE{ for (int i = 0; i < 1000000; i++) { } }", "[Network(1, Loss.CategoricalCrossEntropyWithLogits)] [Dense(1)] WIRELESS" },
        { "NETGEN032", "[Network] WIRE{ w.Input(\"x\", 3); }", "[Network(3)] [Dense(1)] WIRELESS" },
    };

    /// <summary>Errors whose corrections have other sizes, with the sizes that the constants tell: inputs, outputs, parameters.</summary>
    public static TheoryData<string, string, string, string, int[]> WrongSizes => new()
    {
        { "NETGEN003", "[Network(2)] [Dense(3, Activation.Tanh)]", "[Dense(4)]", "[Network(2)] [Dense(3, Activation.Tanh)] [Dense(4)]", [2, 4, 25] },
        { "NETGEN003", "[Network(2)]", "[Dense(4)]", "[Network(2)] [Dense(4)]", [2, 4, 12] },
        { "NETGEN005", "[Network(int.MaxValue)] [Dense(int.MaxValue - 1)]", "", "[Network(2)] [Dense(3)]", [int.MaxValue, int.MaxValue - 1, 1] },
        { "NETGEN005", "[Network(1)] [Dense(4, Activation.Tanh)] [Dense(40000, Activation.Tanh)] [Dense(2)]", "", "[Network(2)] [Dense(3)]", [1, 2, 280010] },
    };

    /// <summary>Declarations for whose errors there is no stub.</summary>
    public static TheoryData<string, string> WithoutMembers => new()
    {
        { "NETGEN001", "[Network(2)] [Dense(3)] sealed class Net { }" },
        { "NETGEN006", "[Network(2)] [Dense(3)] sealed partial class Net<T> { }" },
        { "NETGEN007", "class Outer { [Network(2)] [Dense(3)] sealed partial class Net { } }" },
        { "NETGEN009", "[Network(2)] [Dense(3)] sealed partial class Net { int Layout() => 1; }" },
        { "NETGEN011", "[Dense(3)] sealed partial class Net { } [Dense(3)] partial class Net { }" },
        { "NETGEN012", "[Network(2)] [Dense(3)] static partial class Net { }" },
        { "NETGEN017", "[Network(2)] [Dense(3)] abstract partial class A { } [Network(2)] [Dense(3)] sealed partial class Net : A { }" },
        { "NETGEN024", "[Network(2)] [Head(\"Q\")] [Dense(3)] [Head(\"Q\")] [Dense(3)] sealed partial class Net { }" },
        { "NETGEN020", "class @var { } [Network(2)] [Dense(3)] sealed partial class Net { }" },
    };

    private static readonly ConcurrentDictionary<string, Lazy<string[]>> Faults = new();

    private static readonly SymbolDisplayFormat Signature = new(
        SymbolDisplayGlobalNamespaceStyle.Included,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        (SymbolDisplayMemberOptions)0xFF,
        parameterOptions: (SymbolDisplayParameterOptions)0xFF,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor);

    [Fact]
    public void Every_error_is_in_a_table()
    {
        string[] withMembers = [.. Wrong.Select(row => (string)row[0]), .. WrongWires.Select(row => (string)row[0]), .. WrongFormulas.Select(row => (string)row[0]), .. WrongSizes.Select(row => (string)row[0])];
        Assert.Equal(Ids, withMembers.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            Diagnostics.Descriptors.All.Where(Diagnostics.Descriptors.IsError).Select(error => error.Id),
            [.. Ids.Concat(WithoutMembers.Select(row => (string)row[0])).Concat(ModelDiagnosticTests.Ids).Concat(["NETGEN014", FailureTests.Id]).Order(StringComparer.Ordinal)]);
    }

    /// <summary>In all dialects and with all contracts that a consumer may have.</summary>
    [Theory]
    [MemberData(nameof(Wrong))]
    public void Has_the_members_of_the_mended_network(string id, string wrong, string mended) => Assert.All(
        new[] { (Form.Auto, LanguageVersion.Latest), (Form.Auto, LanguageVersion.CSharp10), (Form.Scalar, LanguageVersion.CSharp9) },
        consumer =>
        {
            (Form form, LanguageVersion language) = consumer;
            Compiled stub = Compiled.From($"using NetGen; {wrong} sealed partial class Net {{ }}", form, language, onlyCode: true);
            Compiled right = Compiled.From($"using NetGen; {mended} sealed partial class Net {{ }}", form, language, onlyCode: true);
            Assert.StartsWith($"{id}: ", Reason(stub));
            Assert.Equal(Api(right.Output), Api(stub.Output));
        });

    [Theory]
    [MemberData(nameof(WrongWires))]
    public void A_method_that_is_wrong_leaves_the_members(string id, string wrong, string mended)
    {
        string Source(string marked) => "using NetGen; " + marked.Replace("WIRELESS", "sealed partial class Net { }", StringComparison.Ordinal)
            .Replace("WIRE", "sealed partial class Net { static void Wire(Wiring w) ", StringComparison.Ordinal) + (marked.Contains("WIRELESS", StringComparison.Ordinal) ? "" : " }");
        Compiled stub = Compiled.From(Source(wrong), onlyCode: true);
        Assert.StartsWith($"{id}: ", Reason(stub));
        Assert.Equal(
            Api(Compiled.From(Source(mended), onlyCode: true).Output).Select(WithoutValue),
            Api(stub.Output).Where(member => !member.Contains("Wire(", StringComparison.Ordinal)).Select(WithoutValue));
    }

    [Theory]
    [MemberData(nameof(WrongFormulas))]
    public void A_formula_that_is_wrong_leaves_the_members(string id, string wrong, string mended)
    {
        Compiled From(string source) => Compiled.From("using NetGen; " + source.Replace("FORMULAS", OwnFormulas, StringComparison.Ordinal), onlyCode: true);
        Compiled stub = From(wrong);
        Assert.StartsWith($"{id}: ", Reason(stub));
        Assert.Equal(Api(From(mended).Output), Api(stub.Output));
    }

    /// <summary>No library that there is lacks the contracts alone; the emitter writes classes without them all the same.</summary>
    [Theory]
    [InlineData(nameof(Contract.None))]
    [InlineData(nameof(Contract.Instance))]
    [InlineData(nameof(Contract.Static))]
    public void Has_the_contracts_of_the_network(string contract)
    {
        Compilation compilation = Compiled.Compilation($"using NetGen; [Network(2, {CrossEntropy}, SelfTest = true)] {Softmax} sealed partial class Net {{ }}", onlyCode: true);
        NetworkSpec spec = Verdict.Of(DeclarationParser.Read(compilation.GetTypeByMetadataName("Net")!, (CSharpCompilation)compilation, default)).Spec!;
        spec = spec with { Target = spec.Target with { Contract = Enum.Parse<Contract>(contract) } };
        Compilation With(string text) => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, Compiled.ParseOptions(onlyCode: true)));
        Compilation stub = With(NetworkEmitter.Emit(StubPlan.Of(new StubSpec(spec, "because of \"a\\b\" < c"))));
        Assert.Equal(Api(With(NetworkEmitter.Emit(Planner.Plan(spec)))), Api(stub));
        Assert.DoesNotContain(stub.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [MemberData(nameof(WrongSizes))]
    public void Has_the_members_and_the_sizes_that_are_known(string id, string wrong, string part, string mended, int[] sizes)
    {
        Compiled stub = Compiled.From($"using NetGen; {wrong} sealed partial class Net {{ }} {part} partial class Net {{ }}", onlyCode: true);
        Assert.StartsWith($"{id}: ", Reason(stub));
        Assert.Equal(Api(Compiled.From($"using NetGen; {mended} sealed partial class Net {{ }}", onlyCode: true).Output).Select(WithoutValue), Api(stub.Output).Select(WithoutValue));
        string[] names = ["InputCount", "OutputCount", "ParameterCount"];
        Assert.Equal(sizes, names.Select(name => stub.Output.GetTypeByMetadataName("Net")!.GetMembers(name).OfType<IFieldSymbol>().Single().ConstantValue).Cast<int>());
    }

    /// <summary>All that a build would print of a program that uses every member.</summary>
    [Theory]
    [MemberData(nameof(Wrong))]
    public void Is_the_only_error_of_a_program(string id, string wrong, string mended)
    {
        AssertUses(mended);
        AssertOnly(id, Program(wrong, "", mended));
    }

    [Theory]
    [MemberData(nameof(WrongSizes))]
    public void Is_the_only_error_of_a_program_whatever_its_sizes(string id, string wrong, string part, string mended, int[] sizes)
    {
        Assert.Equal(3, sizes.Length);
        AssertOnly(id, Program(wrong, part + " partial class Net { }", mended));
    }

    /// <summary>The loss of the program may be the one that is missing, and the members that labels need may be used before it is there.</summary>
    [Theory]
    [InlineData("NETGEN013", "[Network(2, Reduction = Reduction.Sum)] [Dense(3)]", "[Network(2, Loss = Loss.SquaredError, Reduction = Reduction.Sum)] [Dense(3)]")]
    [InlineData("NETGEN016", "[Network(2, Delta = 2)] [Dense(3)]", "[Network(2, Loss = Loss.Huber, Delta = 2)] [Dense(3)]")]
    [InlineData("NETGEN008", "[Network(2, Loss = Loss.BinaryCrossEntropy)] [Dense(3)]", "[Network(2, Loss = Loss.BinaryCrossEntropy)] [Dense(3, Activation.Sigmoid)]")]
    [InlineData("NETGEN008", "[Network(2, Loss = Loss.BinaryCrossEntropy)] [Dense(3, Activation.Softmax)]", "[Network(2, Loss = Loss.CategoricalCrossEntropy)] [Dense(3, Activation.Softmax)]")]
    [InlineData("NETGEN010", "[Network(2, Loss = (Loss)77)] [Dense(3)]", "[Network(2, Loss = Loss.AbsoluteError)] [Dense(3)]")]
    public void Has_the_members_of_every_loss_that_may_be_meant(string id, string wrong, string mended)
    {
        AssertUses(mended);
        AssertOnly(id, Program(wrong, "", mended));
    }

    /// <summary>What the compiler says of an argument is said alone.</summary>
    [Theory]
    [InlineData("[Network(2, Loss.Mising)] [Dense(3)]", "[Network(2, Loss = Loss.CategoricalCrossEntropyWithLogits)] [Dense(3)]", "CS0117")]
    [InlineData("[Network(2, Loss = Loss.Mising)] [Dense(3)]", "[Network(2, Loss = Loss.CategoricalCrossEntropyWithLogits)] [Dense(3)]", "CS0117")]
    [InlineData("[Network(2)] [Dense(3, Activation.Reluu)]", "[Network(2)] [Dense(3)]", "CS0117")]
    [InlineData("[Network(2)] [Dense()]", "[Network(2)] [Dense(1)]", "CS1729")]
    [InlineData("[Network(2)] [Dense(3, default)]", "[Network(2)] [Dense(1)]", "CS0121")]
    [InlineData("[Network(Size)] [Dense(3, UseBias = 1)]", "[Network(1)] [Dense(3)]", "CS0103, CS0029")]
    public void An_argument_that_does_not_compile_is_the_only_error(string wrong, string mended, string errors)
    {
        AssertUses(mended);
        Compiled compiled = Program(wrong, "", mended);
        Assert.Equal(errors.Split(", "), Errors(compiled).Select(error => error.Id));
        Assert.Equal("The declaration of the network 'Net' does not compile", Reason(compiled));
    }

    /// <summary>Errors of the compiler's, inside of the declaration and elsewhere, do not silence the network's.</summary>
    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_error_is_said_once_beside_errors_of_the_compiler(string id, string wrong, string mended)
    {
        Assert.NotEqual(wrong, mended);
        AssertSaid(id, "CS0246, CS0103", $"[Missing] {wrong} sealed partial class Net {{ int F() => missing; }}");
        AssertSaid(id, "CS0246, CS1519", $"{wrong} sealed partial class Net : Missing {{ public }} class Other {{ int F() => 1; }}");
    }

    [Theory]
    [MemberData(nameof(WithoutMembers))]
    public void An_error_without_a_stub_is_said_once_beside_errors_of_the_compiler(string id, string source)
    {
        AssertSaid(id, "", source);
        AssertSaid(id, "CS0246", source + " class Other : Missing { }");
        AssertSaid(id, "CS0246", "[Missing] " + source);
        Assert.DoesNotContain(Compiled.From("using NetGen; " + source).Files.Values, text => text.Contains("Kernels.Error", StringComparison.Ordinal));
    }

    /// <summary>Where the class has a member that only the loss in doubt would have, another loss stands in.</summary>
    [Theory]
    [InlineData("float Backward(System.ReadOnlySpan<float> x, int label, ParameterBuffer<float> g) => 0;", true)]
    [InlineData("int SgdStep;", false)]
    public void Members_of_the_class_come_before_those_of_a_loss_in_doubt(string member, bool hasLoss)
    {
        Compiled compiled = Compiled.From($"using NetGen; [Network(2, Reduction = Reduction.Sum)] [Dense(3)] sealed partial class Net {{ {member} int Use() => nameof(SgdStep).Length; }}", onlyCode: true);
        AssertOnly("NETGEN013", compiled);
        Assert.Equal(hasLoss, compiled.Files.Single().Value.Contains("float BackwardBatch(", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_error_stands_for_all()
    {
        Compiled compiled = Compiled.From("using NetGen; [Network(0, MaxParameters = 0)] [Dense(-1, (Activation)99)] sealed partial class @class { }");
        Assert.Equal(4, compiled.GeneratorDiagnostics.Length);
        Assert.Equal("NETGEN004: The number of inputs is 0; it must be at least 1 (and 3 more)", Reason(compiled));
    }

    /// <summary>Where an error is silenced the program runs: a network can be made, also by static initialisers, and says what is wrong when it is used.</summary>
    [Fact]
    public void Throws_its_error_when_it_is_used()
    {
        const string Error = "NETGEN018: 'Brüder' has 9 parameters, and MaxParameters allows 8; make the network smaller or the limit larger";
        Type type = Compiled.From($$"""
            using NetGen;
            #pragma warning disable NETGEN018, CS1591
            [Network(2, {{CrossEntropy}}, MaxParameters = 8, SelfTest = true)] {{Softmax}}
            public sealed partial class Brüder { public static readonly Brüder Shared = new(); }
            """).Load().GetType("Brüder")!;
        object network = type.GetField("Shared")!.GetValue(null)!;
        MethodInfo[] members = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);
        MethodInfo[] callable = members.Where(member => member.GetParameters().All(parameter => !parameter.ParameterType.IsByRefLike)).ToArray();
        Assert.Equal(["CreateGradient", "Initialize", "Prepare", "SelfTest", "get_Layout", "get_Parameters"], callable.Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.All(callable, member => Assert.Equal(
            Error,
            Assert.IsType<InvalidOperationException>(Assert.Throws<TargetInvocationException>(() => member.Invoke(network, member.GetParameters().Length == 0 ? [] : [1ul])).InnerException).Message));
        Assert.Equal(9, type.GetField("ParameterCount")!.GetRawConstantValue());
    }

    private static string[] Api(Compilation compilation)
    {
        INamedTypeSymbol type = compilation.GetTypeByMetadataName("Net")!;
        return
        [
            .. type.Interfaces.Select(contract => contract.ToDisplayString(Signature)).Order(StringComparer.Ordinal),
            .. type.GetMembers().Where(member => !member.IsImplicitlyDeclared && member.Name != "Kernels").Select(member => member.ToDisplayString(Signature)).Order(StringComparer.Ordinal),
        ];
    }

    private static string WithoutValue(string member) => member.Split(" = ")[0];

    private static string Reason(Compiled stub)
    {
        SyntaxNode root = stub.GeneratedTrees.Single().GetRoot();
        return root.DescendantNodes().OfType<LiteralExpressionSyntax>().Single(literal => literal.Parent is ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax }).Token.ValueText;
    }

    private static List<Diagnostic> Errors(Compiled compiled) => compiled.Findings().Concat(compiled.CompilerDiagnostics).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();

    private static void AssertOnly(string id, Compiled compiled) => Assert.Equal(id, Assert.Single(Errors(compiled)).Id);

    /// <summary>An error is said once, by the generator, beside at least these of the compiler.</summary>
    private static void AssertSaid(string id, string others, string source)
    {
        Compiled compiled = Compiled.From("using NetGen; " + source, onlyCode: true);
        Assert.Equal(id, Assert.Single(compiled.Findings(), finding => finding.Severity == DiagnosticSeverity.Error).Id);
        Assert.Equal(id, Assert.Single(compiled.GeneratorDiagnostics).Id);
        string[] ids = compiled.CompilerDiagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(error => error.Id).ToArray();
        Assert.Subset(ids.ToHashSet(), others.Split(", ", StringSplitOptions.RemoveEmptyEntries).ToHashSet());
    }

    /// <summary>A program that uses all members of a network that is declared in one way, over one that is declared in another.</summary>
    private static Compiled Program(string attributes, string part, string mended) =>
        Compiled.From($"using System; using NetGen; {attributes} sealed partial class Net {{ }} {part} {Use(mended)}", onlyCode: true);

    /// <summary>The program is right, and leaves no member out. Many rows are mended alike.</summary>
    private static void AssertUses(string mended) => Assert.Empty(Faults.GetOrAdd(mended, text => new Lazy<string[]>(() => [.. FaultsOf(text)])).Value);

    private static IEnumerable<string> FaultsOf(string mended)
    {
        Compiled right = Program(mended, "", mended);
        SyntaxTree program = right.Input.SyntaxTrees.Single();
        SemanticModel model = right.Output.GetSemanticModel(right.Output.SyntaxTrees.Single(tree => tree == program));
        HashSet<string> used = program.GetRoot().DescendantNodes()
            .Select(node => model.GetSymbolInfo(node).Symbol)
            .OfType<ISymbol>().Select(symbol => symbol.ToDisplayString(Signature)).ToHashSet();
        IEnumerable<string> members = right.Output.GetTypeByMetadataName("Net")!.GetMembers()
            .Where(member => member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false } and not IMethodSymbol { MethodKind: MethodKind.PropertyGet })
            .Select(member => member.ToDisplayString(Signature));
        return Errors(right).Select(error => error.ToString()).Concat(members.Except(used).Select(member => $"{member} is not used"));
    }

    private static string Use(string declaration)
    {
        string t = declaration.Contains("Double", StringComparison.Ordinal) ? "double" : "float";
        bool hasLabels = declaration.Contains("Loss.Categorical", StringComparison.Ordinal);
        bool hasLoss = declaration.Contains("Loss.", StringComparison.Ordinal);
        string training = hasLoss
            ? """
                loss += net.Backward(x, y, g) + net.Backward(x, y, g, x) + net.BackwardBatch(x, y, g) + net.BackwardBatch(x, y, g, x) + net.SgdStep(x, y, rate) + net.SgdStep(x, y, rate, x);
                """
            : "";
        string labels = hasLabels ? "loss += net.Backward(x, 1, g) + net.BackwardBatch(x, labels, g) + net.SgdStep(x, 1, rate);" : "";
        string selfTest = declaration.Contains("SelfTest", StringComparison.Ordinal) ? "net.SelfTest();" : "";
        string contract = hasLabels ? "IClassifier" : hasLoss ? "ITrainable" : "INetwork";
        return $$"""
            static class Program
            {
                static readonly Net Shared = new();
                const int Sizes = Net.InputCount / 2 + Net.OutputCount / 2 + Net.ParameterCount / 2 + Net.TraceLength / 2;
                static {{t}} Run()
                {
                    Net net = Shared;
                    {{t}}[] x = new {{t}}[2], y = new {{t}}[Net.OutputCount], trace = new {{t}}[Net.TraceLength];
                    int[] labels = new int[Sizes];
                    {{t}} rate = 1;
                    {{t}} loss = labels.Length;
                    ParameterBuffer<{{t}}> g = net.CreateGradient();
                    ParameterLayout layout = Net.Layout;
                    net.Initialize(1);
                    net.Prepare();
                    net.Parameters.CopyTo(new {{t}}[layout.ParameterCount]);
                    net.Forward(x, y);
                    net.Forward(x, y, trace);
                    loss += net.Activations(trace, 0).Length;
                    net.ForwardBatch(x, y);
                    net.Backward(x, trace, y, g);
                    net.Backward(x, trace, y, g, x);
                    {{training}}{{labels}}{{selfTest}}
                    return Generic(net) + loss;
                }
                static {{t}} Generic<TNet>(TNet net) where TNet : {{contract}}<{{t}}> => net.TraceLength;
            }
            """;
    }
}
