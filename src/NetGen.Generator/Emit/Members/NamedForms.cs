using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>Writes the members that take each input and each output as a span of its own. They copy values to memory in which they lie one after another, unless there is one alone.</summary>
internal sealed class NamedForms
{
    private const string Require = "global::NetGen.Require";

    /// <summary>What the members that these call are given, in memory if it is several spans, and by which name.</summary>
    private static readonly Dictionary<NamedPart, (string Memory, string Count)> Memory = new()
    {
        [NamedPart.Input] = ("inputs", "InputCount"),
        [NamedPart.Output] = ("outputs", "OutputCount"),
        [NamedPart.Target] = ("targets", "OutputCount"),
        [NamedPart.OutputGradient] = ("outputGradients", "OutputCount"),
        [NamedPart.InputGradient] = ("inputGradients", "InputCount"),
    };

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;

    public NamedForms(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
    }

    private IReadOnlyList<NamedForm> Forms => _context.Plan.Spec is { IsPredictor: true } spec
        ? NamedForm.OfPredictor(spec.Graph, _context.Sizes.InputValues, _context.Sizes.OutputValues, spec.Choices)
        : NamedForm.Of(_context.Plan.Spec.Graph, _context.Sizes.InputValues, _context.Sizes.OutputValues);

    /// <summary>Writes all of them.</summary>
    public void Write()
    {
        foreach (NamedForm form in Forms)
        {
            string sizes = string.Join(", ", form.Parameters.Where(parameter => parameter.Values is not null)
                .Select(parameter => $"{SourceWriter.Escape(parameter.Name)}: {EmitContext.Text(parameter.Count)}"));
            string legal = form.AllLegal is null ? "" : ", where all actions are legal";
            Documentation.Write(_context, $"{form.Member} with a span for each input and output{legal}. Values of each: {sizes}.", form.ReturnsLoss ? "L, the loss of the sample." : null);
            _context.WritePublic(
                $"{(form.ReturnsLoss ? _context.T : "void")} {form.Name}", isKernel: false, () => WriteBody(form), form.Parameters.Select(Parameter).ToArray());
        }
    }

    /// <summary>Writes a call of each, for a network that nobody else sees.</summary>
    public void WritePreparation(string network)
    {
        foreach (NamedForm form in Forms)
        {
            IEnumerable<string> arguments = form.Parameters.Select(parameter => parameter.Part switch
            {
                NamedPart.Trace or NamedPart.NewTrace => $"new {_context.T}[TraceLength]",
                NamedPart.Gradient => "CreateGradient()",
                NamedPart.Rate => "0",
                _ => $"new {(parameter.Group is null ? _context.T : "int")}[{EmitContext.Text(parameter.Count)}]",
            });
            _writer.Line($"{network}.{form.Name}({string.Join(", ", arguments)});");
        }
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private Parameter Parameter(NamedParameter parameter) => parameter.Part switch
    {
        NamedPart.Gradient => _context.InBuffer(parameter.Name),
        NamedPart.Rate => new Parameter("double", parameter.Name),
        _ when parameter.Group is not null => new Parameter(_context.Name("System", "Span<int>"), Escaped(parameter.Name)),
        _ => parameter.IsResult ? _context.Result(Escaped(parameter.Name)) : _context.Values(Escaped(parameter.Name)),
    };

    private void WriteBody(NamedForm form)
    {
        foreach (NamedParameter parameter in form.Parameters.Where(parameter => parameter.Values is not null))
        {
            _writer.Line($"{Require}.Length({Escaped(parameter.Name)}.Length, {EmitContext.Text(parameter.Count)}, \"{parameter.Name}\");");
        }

        var arguments = new List<string>();
        var results = new List<NamedParameter>();
        foreach (IGrouping<NamedPart, NamedParameter> same in form.Parameters.GroupBy(parameter => parameter.Part))
        {
            NamedParameter first = same.First();
            if (first.Values is null || (IsWhole(first) && first.Group is null))
            {
                arguments.Add(Escaped(first.Name));
                continue;
            }

            (string memory, string count) = Memory[same.Key];
            _context.WriteMemory(memory, count);
            arguments.Add(memory);
            if (first.IsResult)
            {
                results.AddRange(same);
                continue;
            }

            foreach (NamedParameter parameter in same)
            {
                _writer.Line($"{Escaped(parameter.Name)}.CopyTo({Part(parameter.Part, parameter.Values!)});");
            }

            if (form.AllLegal is { } mask && same.Key == NamedPart.Input)
            {
                _writer.Line($"{Part(NamedPart.Input, mask)}.Fill(1);");
            }
        }

        string call = $"{form.Member}({string.Join(", ", arguments)});";
        _writer.Line($"{(!form.ReturnsLoss ? call : results.Count == 0 ? "return " + call : $"{_context.T} loss = {call}")}");
        foreach (NamedParameter parameter in results)
        {
            _writer.Line($"{(parameter.Group is { } group ? $"global::NetGen.Runtime.Choices.Largest({Part(parameter.Part, parameter.Values!)}, {EmitContext.Text(group)}, {Escaped(parameter.Name)})" : $"{Part(parameter.Part, parameter.Values!)}.CopyTo({Escaped(parameter.Name)})")};");
        }

        if (form.ReturnsLoss && results.Count > 0)
        {
            _writer.Line($"return loss;");
        }
    }

    /// <summary>Whether there is no other value of the same part of a sample.</summary>
    private bool IsWhole(NamedParameter parameter) =>
        (parameter.Part is NamedPart.Input or NamedPart.InputGradient ? _context.Sizes.InputValues : _context.Sizes.OutputValues).Count == 1;

    private static string Part(NamedPart part, NamedValues values) => $"{Memory[part].Memory}.Slice({EmitContext.Text(values.Start)}, {EmitContext.Text(values.Count)})";
}
