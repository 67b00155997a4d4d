using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>Writes what tells the losses of several outputs apart.</summary>
internal sealed class LossMembers
{
    private const string Require = "global::NetGen.Require";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    public LossMembers(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    /// <summary>Writes them where there are several outputs and a loss.</summary>
    public void Write()
    {
        if (!OutputLosses.AreIn(_plan))
        {
            return;
        }

        Write(withTerms: false);
        if (_plan.Spec.BatchTerms)
        {
            Write(withTerms: true);
        }
    }

    /// <summary>Writes a call of each, for a network that nobody else sees.</summary>
    public void WritePreparation(string network)
    {
        if (!OutputLosses.AreIn(_plan))
        {
            return;
        }

        string values = $"new {_context.T}[OutputCount]";
        string arguments = $"{values}, {values}, new {_context.T}[{EmitContext.Text(_plan.Outputs.Count)}]";
        _writer.Line($"{network}.{NetworkMember.OutputLosses}({arguments});");
        if (_plan.Spec.BatchTerms)
        {
            _writer.Line($"{network}.{NetworkMember.OutputLosses}({arguments}, default);");
        }
    }

    private void Write(bool withTerms)
    {
        string names = string.Join(", ", _plan.Outputs.Select(output => SourceWriter.Escape(output.Name)));
        string terms = withTerms ? " times the weights of the samples" : "";
        Documentation.Write(
            _context,
            $"The losses of {names} in this order, each the mean over the samples{terms}, without the weight of the output: 0 of one without a loss. They are computed from the outputs alone, as ForwardBatch gives them.");
        Parameter[] parameters = { _context.Values("outputs"), _context.Values("targets"), _context.Result("losses") };
        _context.WritePublic(
            $"void {NetworkMember.OutputLosses}",
            isKernel: false,
            () => WriteBody(withTerms),
            withTerms ? parameters.Append(_context.Terms()).ToArray() : parameters);
    }

    private void WriteBody(bool withTerms)
    {
        _writer.Line($"int m = {Require}.Samples(outputs.Length, OutputCount, \"outputs\");");
        _writer.Line($"{Require}.BatchLength(targets.Length, m, OutputCount, \"targets\");");
        _writer.Line($"{Require}.Length(losses.Length, {EmitContext.Text(_plan.Outputs.Count)}, \"losses\");");
        if (withTerms)
        {
            new TrainingMembers(_context).CheckTerms("targets, default");
        }

        bool hasRows = _plan.Spec.BatchTerms;
        if (hasRows)
        {
            _context.WriteMemory("row", EmitContext.Text(_plan.TargetCount));
        }

        OutputPlan[] outputs = _plan.Outputs.Where(output => output.Head is not null).ToArray();
        foreach (OutputPlan output in outputs)
        {
            _writer.Line($"double {Sum(output)} = 0;");
        }

        _writer.Open($"for (int s = 0; s < m; s++)");
        _writer.Line($"var output = outputs.Slice(s * OutputCount, OutputCount);");
        _writer.Line($"{(hasRows ? $"{_context.KernelsName}.FillTargets(row, targets, default, {(withTerms ? "terms.Weights, terms.Allowed" : "default, default")}, s, 1);" : "var row = targets.Slice(s * OutputCount, OutputCount);")}");
        foreach (OutputPlan output in outputs)
        {
            _writer.Line($"{Sum(output)} += {_context.KernelsName}.{OutputLosses.NameOf(output)}(output, row);");
        }

        _writer.Close();
        _writer.Line();
        for (int index = 0; index < _plan.Outputs.Count; index++)
        {
            OutputPlan output = _plan.Outputs[index];
            _writer.Line($"losses[{index}] = {(output.Head is null ? _context.Number(0) : _context.Narrowed($"{Sum(output)} / m"))};");
        }
    }

    private static string Sum(OutputPlan output) => $"loss{Notation.Number(output.Number)}";
}
