using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>Writes constants, the layout, the parameters and what creates and initialises them.</summary>
internal sealed class Properties
{
    private const string LayoutType = "global::NetGen.ParameterLayout";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    public Properties(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    public void Write()
    {
        WriteConstant("InputCount", _context.Sizes.Inputs, "Number of inputs.");
        WriteConstant("OutputCount", _context.Sizes.Outputs, "Number of outputs.");
        WriteConstant("ParameterCount", _context.Sizes.Parameters, $"Number of parameters{(_context.Reason is null ? ParameterShapes() : "")}.");
        if (!_plan.Spec.IsPredictor)
        {
            WriteConstant("TraceLength", _context.Sizes.Trace, "Number of values that Forward keeps in a trace for Backward.");
        }

        WriteRanges(NamedMembers.Inputs(_plan.Spec.Graph), _context.Sizes.InputValues, "an input sample");
        WriteRanges(NamedMembers.Outputs(_plan.Spec.Graph), _context.Sizes.OutputValues, "an output sample");
        if (_plan.Spec.IsPredictor)
        {
            new PredictorMembers(_context).Write();
            return;
        }

        Documentation.WriteInherited(_context, "Where the parameters lie in a buffer.", Contract.Static);
        _writer.Line($"public static {LayoutType} {NetworkMember.Layout} => {_context.Computed($"{_context.KernelsName}.{NetworkMember.Layout}")};");

        Documentation.WriteInherited(_context, "The parameters θ. They are zero until they are initialised or copied from elsewhere.");
        string parameters = _context.Reason is null
            ? $"{{ get; private set; }} = {(!_plan.Spec.BeginsAsFile ? $"new {_context.Buffer}(Layout)" : $"{WeightsFile.Class}.CopyTo(new {_context.Buffer}(Layout))")};"
            : $"{{ get => {Stub.Throw(_context)}; private set => {Stub.Throw(_context)}; }}";
        _writer.Line($"public {_context.Buffer} Parameters {parameters}");

        Documentation.WriteInherited(_context, "Creates a buffer of zeros in the shape of the parameters, for Backward to add to.");
        _writer.Line($"public {_context.Buffer} CreateGradient() => {_context.Computed($"new {_context.Buffer}(Layout)")};");

        Documentation.WriteInherited(_context, "Sets the weights to the initial values of a seed, uniform in a range that suits each layer, and the biases to 0.");
        _writer.Line($"public void Initialize(ulong seed) => {_context.Computed("Parameters.Initialize(seed)")};");
        if (_plan.Spec.BeginsAsFile)
        {
            Documentation.Write(_context, "Sets the parameters to those of the model file again, as they are in a new network.");
            _writer.Line($"public void LoadModelWeights() => {_context.Computed($"{WeightsFile.Class}.CopyTo(Parameters)")};");
        }

        if (_plan.Spec.Target.Contract != Contract.None)
        {
            WritePrepare();
        }

        WriteContractProperties();
    }

    /// <summary>Writes the member that has everything compiled, with a network of its own, because the user's may be in use.</summary>
    private void WritePrepare()
    {
        const string Preparation = "global::NetGen.Preparation";
        Documentation.Write(
            _context, "Has the JIT compile all members now, so that the first frame of a game need not wait for it. Nothing changes, and no code of yours runs.");
        _context.WritePublic(
            "void Prepare",
            isKernel: false,
            () =>
            {
                _writer.Open($"if ({Preparation}.Create(this) is {{ }} scratch)");
                _writer.Line($"scratch.Parameters = CreateGradient();");
                _writer.Line($"{Preparation}.Run<{_context.T}>(scratch);");
                new NamedForms(_context).WritePreparation("scratch");
                new LossMembers(_context).WritePreparation("scratch");
                _writer.Close();
            });
    }

    /// <summary>Writes where named values lie in those of a sample.</summary>
    private void WriteRanges(IEnumerable<string> names, IReadOnlyList<NamedValues> values, string of)
    {
        foreach ((string name, NamedValues part) in names.Zip(values, (name, part) => (name, part)))
        {
            Documentation.Write(_context, $"The place of {SourceWriter.Escape(part.Name)} in {of}: {part.Count} {Documentation.Plural(part.Count, "value")}.");
            _writer.Line($"public static global::System.Range {name} => new global::System.Range({EmitContext.Text(part.Start)}, {EmitContext.Text(part.Start + part.Count)});");
        }
    }

    private void WriteConstant(string name, int value, string summary)
    {
        if (name != "InputCount")
        {
            _writer.Line();
        }

        _writer.Doc($"<summary>{summary}</summary>");
        Documentation.WriteGeneratedCode(_writer);
        _writer.Line($"public const int {name} = {value};");
    }

    /// <summary>Writes the layout. It belongs to the class of kernels, whose statics the runtime initialises by themselves: the user's own may hold networks, and run first.</summary>
    public static void WriteLayout(EmitContext context)
    {
        string layout = context.Name("NetGen", "ParameterLayout");
        string layerLayout = context.Name("NetGen", "LayerLayout");
        SourceWriter writer = context.Writer;
        NetworkPlan plan = context.Plan;
        writer.Line($"internal static readonly {layout} {NetworkMember.Layout} = new {layout}(");
        writer.Line($"    {plan.BufferLength},");
        if (plan.IsPlain && plan.Layers.All(layer => layer.Blocks[0].Name.StartsWith(NetworkGraph.LayerName(layer.Number - 1) + ".", StringComparison.Ordinal)))
        {
            foreach (LayerPlan layer in plan.Layers)
            {
                writer.Line($"    {Layer(layer)}{(layer == plan.Last ? ");" : ",")}");
            }
        }
        else
        {
            WriteBlocks();
        }

        writer.Line();

        string Layer(LayerPlan layer)
        {
            string sizes = $"inputs: {EmitContext.Text(layer.Inputs)}, units: {EmitContext.Text(layer.Units)}";
            string trace = $"traceOffset: {EmitContext.Text(layer.IsOutput ? -1 : layer.TraceA ?? -1)}";
            return layer.Spec.IsProduct
                ? $"new {layerLayout}({sizes}, weightOffset: {EmitContext.Text(layer.WeightOffset)}, inputStride: {EmitContext.Text(layer.Weight(1, 0))}, unitStride: {EmitContext.Text(layer.Weight(0, 1))}, biasOffset: {EmitContext.Text(layer.UseBias ? layer.BiasOffset : -1)}, initialBound: {Literal.Double(layer.InitialBound)}, {trace})"
                : $"new {layerLayout}({sizes}, {trace})";
        }

        void WriteBlocks()
        {
            string block = context.Name("NetGen", "ParameterBlock");
            string role = context.Name("NetGen", "ParameterRole");
            if (plan.Layers[0].Inputs != context.Sizes.Inputs || plan.Last.Units != context.Sizes.Outputs)
            {
                writer.Line($"    {context.Sizes.Inputs},");
                writer.Line($"    {context.Sizes.Outputs},");
            }

            writer.Line($"    new {layerLayout}[]");
            writer.Line($"    {{");
            foreach (LayerPlan layer in plan.Layers)
            {
                writer.Line($"        {Layer(layer)},");
            }

            BlockPlan[] blocks = plan.Blocks.ToArray();
            writer.Line($"    }},");
            if (blocks.Length == 0)
            {
                writer.Line($"    new {block}[0]);");
            }

            foreach (LayerPlan layer in plan.Layers)
            {
                foreach (BlockPlan placed in layer.OwnBlocks)
                {
                    BlockSpec spec = placed.Block;
                    string shape = string.Join(", ", spec.Shape.Select(EmitContext.Text));
                    (int input, int unit) = spec.IsMatrix ? (placed.Element(1, 0), placed.Element(0, 1)) : (0, 1);
                    writer.Line($"    new {block}({SymbolDisplay.FormatLiteral(placed.Name, quote: true)}, {layer.Number - 1}, {role}.{spec.Role}, new[] {{ {shape} }}, {placed.Offset}, {input}, {unit}, {Literal.Double(spec.InitialBound)}, {Literal.Double(spec.InitialValue)}{(spec.IsTrained ? "" : ", isTrained: false")}){(placed == blocks[blocks.Length - 1] ? ");" : ",")}");
                }
            }
        }
    }

    private void WriteContractProperties()
    {
        if (_plan.Spec.Target.Contract == Contract.Static)
        {
            string contract = $"global::NetGen.INetwork<{_plan.Spec.Type.Name}, {_context.T}>";
            foreach (string name in new[] { "InputCount", "OutputCount", "ParameterCount" })
            {
                BeginContractMember();
                _writer.Line($"static int {contract}.{name} => {name};");
            }
        }

        if (_plan.Spec.Target.Contract != Contract.None)
        {
            BeginContractMember();
            _writer.Line($"int global::NetGen.INetwork<{_context.T}>.TraceLength => TraceLength;");
            if (_plan.HasLoss)
            {
                BeginContractMember();
                _writer.Line($"global::NetGen.Loss global::NetGen.ITrainable<{_context.T}>.LossOf(int output) =>");
                _writer.Line($"    {_context.Computed(string.Concat(_plan.Spec.Graph.Outputs.Select(LossOf)))};");
            }
        }
    }

    private void BeginContractMember()
    {
        _writer.Line();
        Documentation.WriteGeneratedCode(_writer);
    }

    /// <summary>The loss of a value of an output, in an expression that goes on with the next output.</summary>
    private string LossOf(GraphOutput output, int index)
    {
        NamedValues values = _context.Sizes.OutputValues[index];
        string loss = $"global::NetGen.Require.LossOf(output, OutputCount, global::NetGen.Loss.{output.Loss.Name})";
        return index == _context.Sizes.OutputValues.Count - 1 ? loss : $"output < {EmitContext.Text(values.Start + values.Count)} ? {loss} : ";
    }

    private string ParameterShapes()
    {
        LayerPlan[] layers = _plan.Layers.Where(layer => layer.OwnBlocks.Count > 0).ToArray();
        return layers.Length == 0 ? "" : ": " + Documentation.List(", ", layers, Notation.ParameterShapes);
    }
}
