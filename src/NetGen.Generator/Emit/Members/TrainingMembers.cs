using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes what a network with a loss can do: gradients of a sample and of a batch, and steps of online gradient descent. All of it
/// goes through one kernel, <c>Backpropagate</c>.
/// </summary>
internal sealed class TrainingMembers
{
    private const string Require = "global::NetGen.Require";

    /// <summary>Weights, and what is allowed, of a batch.</summary>
    private const string TermsOfBatch = "terms.Weights, terms.Allowed", NoTerms = "default, default";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    public TrainingMembers(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    /// <summary>What the kernels read of a sample's targets.</summary>
    private string Row => _plan.Spec.BatchTerms ? "row" : "target";

    private Parameter Input => _context.Values("input");

    private Parameter Target => _context.Values("target");

    private Parameter Label => new("int", "label");

    public void Write()
    {
        WriteBackward();
        WriteBackwardBatch(withTerms: false);
        if (_plan.Spec.BatchTerms)
        {
            WriteBackwardBatch(withTerms: true);
        }

        WriteSgdStep();
    }

    private void WriteBackward()
    {
        string method = $"{_context.T} Backward";
        const string Summary = "Adds dL/dθ of one sample to a gradient";
        string call = $"return {_context.KernelsName}.Backpropagate(Parameters, input, {Row}, gradient, {_context.Number(1)}, ";
        Parameter gradient = _context.InBuffer("gradient");

        Write(Summary + " and returns L.", method, new[] { Input, Target, gradient }, () =>
        {
            CheckSample();
            CheckGradient();
            WriteRow();
            _writer.Line($"{call}default);");
        });

        Write(Summary + ", computes dL/dx and returns L.", method, new[] { Input, Target, gradient, _context.InputGradient }, () =>
        {
            CheckSample();
            CheckGradient();
            CheckInputGradient();
            WriteRow();
            _writer.Line($"{call}inputGradient);");
        });

        if (_plan.HasLabels)
        {
            Write(Summary + " and returns L.", method, new[] { Input, Label, gradient }, () =>
            {
                CheckLabelled();
                CheckGradient();
                WriteLabel();
                _writer.Line($"{call}default);");
            });
        }
    }

    /// <summary>Writes the batches, those with terms or those without.</summary>
    private void WriteBackwardBatch(bool withTerms)
    {
        string method = $"{_context.T} BackwardBatch";
        string summary = "Adds the mean dL/dθ of a batch to a gradient" + (withTerms ? ", each sample with its weight" : "");
        string returns = (withTerms ? "," : "") + " and returns the mean loss.";
        Parameter inputs = _context.Values("inputs");
        Parameter targets = _context.Values("targets");
        Parameter gradient = _context.InBuffer("gradient");
        Parameter[] With(params Parameter[] parameters) => withTerms ? parameters.Append(_context.Terms()).ToArray() : parameters;

        Write(summary + returns, method, With(inputs, targets, gradient), () =>
        {
            CheckBatch();
            WriteBatch(withInputGradients: false, withTerms);
        });

        Write(summary + ", computes dL/dx of every sample, without 1/m, and returns the mean loss.", method, With(inputs, targets, gradient, _context.Result("inputGradients")), () =>
        {
            CheckBatch();
            _writer.Line($"{Require}.BatchLength(inputGradients.Length, m, InputCount, \"inputGradients\");");
            WriteBatch(withInputGradients: true, withTerms);
        });

        if (_plan.HasLabels)
        {
            Write(summary + returns, method, With(inputs, _context.Labels(), gradient), () => WriteCheckedLabels(withTerms));
        }
    }

    private void WriteCheckedLabels(bool withTerms)
    {
        _writer.Line($"int m = {Require}.Samples(inputs.Length, InputCount, \"inputs\");");
        _writer.Line($"{Require}.BatchLength(labels.Length, m, 1, \"labels\");");
        string classes = "labels";
        if (!_plan.IsVectorised)
        {
            classes = "classes";
            _writer.Line($"var {classes} = {_context.Elements("labels", "m")};");
        }

        _writer.Open($"for (int s = 0; s < m; s++)");
        _writer.Line($"{Require}.Label({classes}[s], OutputCount, \"labels\");");
        _writer.Close();
        _writer.Line();
        CheckGradient();
        if (withTerms)
        {
            CheckTerms(_plan.IsVectorised ? "default, labels" : $"default, {classes}");
        }

        WriteLabelledBatch(withTerms ? TermsOfBatch : NoTerms);
    }

    /// <summary>Writes the checks of terms.</summary>
    /// <param name="targets">Targets and labels of the batch.</param>
    public void CheckTerms(string targets)
    {
        const string Rows = "global::NetGen.TargetRows";
        _writer.Line($"{Rows}.Check(terms, m, OutputCount);");
        foreach (OutputPlan output in _plan.Outputs)
        {
            string part = $"{EmitContext.Text(output.Start)}, {EmitContext.Text(output.Layer.Units)}, {(output.AllowedLength > 0 ? "true" : "false")}";
            _writer.Line($"{Rows}.CheckAllowed(terms, {targets}, OutputCount, {part});");
        }

        _writer.Line();
    }

    private void WriteSgdStep()
    {
        const string Summary = "One step of online gradient descent, <c>θ ← θ − η dL/dθ</c>; returns L before the step";
        string scale = _context.Narrowed("-learningRate");
        string call = $"return {_context.KernelsName}.Backpropagate(Parameters, input, {Row}, Parameters, {scale}, ";
        Parameter rate = new("double", "learningRate");

        WriteStep(Summary + ".", new[] { Input, Target, rate }, () =>
        {
            CheckSample();
            WriteRow();
            _writer.Line($"{call}default);");
        });

        WriteStep(Summary + ", for which it also computes dL/dx.", new[] { Input, Target, rate, _context.InputGradient }, () =>
        {
            CheckSample();
            CheckInputGradient();
            WriteRow();
            _writer.Line($"{call}inputGradient);");
        });

        if (_plan.HasLabels)
        {
            WriteStep(Summary + ".", new[] { Input, Label, rate }, () =>
            {
                CheckLabelled();
                WriteLabel();
                _writer.Line($"{call}default);");
            }, "IClassifier");
        }
    }

    /// <summary>
    /// Writes a step, whose rate is a <c>double</c> so that 0.01 is one. The contracts have the number type in its place; widened and rounded again, a rate
    /// keeps its bits. The cast says which method is meant, whatever others the class has.
    /// </summary>
    private void WriteStep(string summary, Parameter[] parameters, Action body, string contract = "ITrainable")
    {
        bool isOther = _plan.Spec.Number == NumberType.Single;
        string types = string.Join(", ", parameters.Select(parameter => parameter.Name == "learningRate" ? "T" : parameter.Type.Replace("<float>", "{T}")));
        Write(summary, $"{_context.T} SgdStep", parameters, body, isOther ? $"global::NetGen.{contract}{{T}}.SgdStep({types})" : null);
        if (isOther && _plan.Spec.Target.Contract != Contract.None)
        {
            IEnumerable<string> arguments = parameters.Select(parameter => parameter.Name == "learningRate" ? "(double)learningRate" : parameter.Name);
            _writer.Line();
            Documentation.WriteGeneratedCode(_writer);
            _context.WriteExpression(
                $"{_context.T} global::NetGen.{contract}<{_context.T}>.SgdStep",
                $"SgdStep({string.Join(", ", arguments)})",
                parameters.Select(parameter => parameter.Name == "learningRate" ? _context.Scalar(parameter.Name) : parameter).ToArray());
        }
    }

    private void Write(string summary, string method, Parameter[] parameters, Action body, string? cref = null)
    {
        Documentation.WriteInherited(_context, summary, cref: cref);
        _context.WritePublic(method, isKernel: _plan.IsVectorised, body, parameters);
    }

    private void WriteBatch(bool withInputGradients, bool withTerms)
    {
        string terms = withTerms ? TermsOfBatch : NoTerms;
        if (withTerms)
        {
            CheckTerms("targets, default");
        }

        if (_plan.IsVectorised)
        {
            ReturnBatch(_plan.HasLabels ? "targets, default" : "targets", withInputGradients ? "inputGradients" : "default", terms);
            return;
        }

        string inputGradient = withInputGradients ? "inputGradients.Slice(s * InputCount, InputCount)" : "default";
        if (_plan.Spec.BatchTerms)
        {
            WriteMemoryOfRow();
            WriteBatchLoop("", inputGradient, fill: $"targets, default, {terms}");
            return;
        }

        WriteBatchLoop("targets.Slice(s * OutputCount, OutputCount)", inputGradient);
    }

    /// <summary>With vectors the kernels make targets of labels, a block at a time. Few samples in lanes go one by one, with targets.</summary>
    private void WriteLabelledBatch(string terms)
    {
        if (_plan.Spec.BatchTerms)
        {
            if (_plan.IsVectorised)
            {
                ReturnBatch("default, labels", "default", terms);
                return;
            }

            WriteMemoryOfRow();
            WriteBatchLoop("", "default", fill: $"default, labels, {terms}");
            return;
        }

        if (!_plan.IsVectorised)
        {
            _context.WriteMemory("target", "OutputCount");
            WriteBatchLoop("target", "default", "classes[s]");
            return;
        }

        if (_plan.BatchInLanes)
        {
            _writer.Open($"if (m < {Tuning.LaneBatch})");
            _context.WriteMemory("targets", $"{EmitContext.Text(Tuning.LaneBatch)} * OutputCount");
            _writer.Line($"{_context.KernelsName}.OneHot(labels, targets);");
            ReturnBatch("targets, default", "default");
            _writer.Close();
            _writer.Line();
        }

        ReturnBatch("default, labels", "default");
    }

    private void ReturnBatch(string targets, string inputGradients, string terms = NoTerms)
    {
        string all = _plan.Spec.BatchTerms ? $"{targets}, {terms}" : targets;
        string call = $"{_context.KernelsName}.BackpropagateBatch(Parameters, inputs, {all}, gradient, m, {_context.Number(1)} / m, {inputGradients})";
        _writer.Line($"return {_context.Narrowed($"{call} / m")};");
    }

    private void WriteBatchLoop(string target, string inputGradient, string? label = null, string? fill = null)
    {
        _writer.Line($"double loss = 0;");
        _writer.Open($"for (int s = 0; s < m; s++)");
        if (label is not null)
        {
            WriteOneHot(label);
        }
        else if (fill is not null)
        {
            _writer.Line($"{_context.KernelsName}.FillTargets({Row}, {fill}, s, 1);");
        }
        else
        {
            _writer.Line($"var target = {target};");
        }

        _writer.Line($"var input = inputs.Slice(s * InputCount, InputCount);");
        string call = $"{_context.KernelsName}.Backpropagate(Parameters, input, {Row}, gradient, {_context.Rounded(_context.Number(1) + " / m")}, {inputGradient})";
        _writer.Line($"loss += {call};");
        _writer.Close();
        _writer.Line();
        _writer.Line($"return {_context.Narrowed("loss / m")};");
    }

    /// <summary>With terms of batches, writes what the kernel reads in place of the target.</summary>
    private void WriteRow(string targets = "target, default")
    {
        if (_plan.Spec.BatchTerms)
        {
            WriteMemoryOfRow();
            _writer.Line($"{_context.KernelsName}.FillTargets({Row}, {targets}, {NoTerms}, 0, 1);");
        }
    }

    private void WriteMemoryOfRow() => _context.WriteMemory(Row, EmitContext.Text(_plan.TargetCount));

    /// <summary>Writes the target of a class.</summary>
    private void WriteLabel()
    {
        if (_plan.Spec.BatchTerms)
        {
            _writer.Line($"global::System.ReadOnlySpan<int> labels = stackalloc int[1] {{ label }};");
            WriteRow("default, labels");
            return;
        }

        _context.WriteMemory("target", "OutputCount");
        WriteOneHot("label");
    }

    /// <summary>The target of a class is 1 there and 0 elsewhere.</summary>
    private void WriteOneHot(string label)
    {
        _writer.Line($"target.Clear();");
        _writer.Line($"target[{label}] = {_context.Number(1)};");
    }

    private void CheckSample()
    {
        _writer.Line($"{Require}.Length(input.Length, InputCount, \"input\");");
        _writer.Line($"{Require}.Length(target.Length, OutputCount, \"target\");");
    }

    private void CheckLabelled()
    {
        _writer.Line($"{Require}.Length(input.Length, InputCount, \"input\");");
        _writer.Line($"{Require}.Label(label, OutputCount, \"label\");");
    }

    private void CheckBatch()
    {
        _writer.Line($"int m = {Require}.Samples(inputs.Length, InputCount, \"inputs\");");
        _writer.Line($"{Require}.BatchLength(targets.Length, m, OutputCount, \"targets\");");
        CheckGradient();
    }

    private void CheckGradient() => _writer.Line($"{Require}.Buffer(gradient, Layout, \"gradient\");");

    private void CheckInputGradient() =>
        _writer.Line($"{Require}.Length(inputGradient.Length, InputCount, \"inputGradient\");");
}
