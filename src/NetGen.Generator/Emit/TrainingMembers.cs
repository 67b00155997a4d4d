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

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;
    private readonly HeadPlan _head;
    private readonly string _inputs;
    private readonly string _outputs;

    public TrainingMembers(EmitContext context, HeadPlan head)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
        _head = head;
        _inputs = Documentation.Values(_plan.Spec.Inputs);
        _outputs = Documentation.Values(_plan.Last.Units);
    }

    private Parameter Input => _context.Values("input", $"x, {_inputs}.");

    private Parameter Target => _context.Values("target", $"y, {_outputs}{TargetDomain}.");

    private string TargetDomain => _head.Loss.TargetsAreProbabilities ? " from 0 to 1" : "";

    private Parameter Label =>
        new("int", "label", $"The index of the sample's class, 0 to {EmitContext.Text(_plan.Last.Units - 1)}.");

    public void Write()
    {
        WriteBackward();
        WriteBackwardBatch();
        WriteSgdStep();
    }

    private void WriteBackward()
    {
        string method = $"{_context.T} Backward";
        string summary = $"Adds dL/dθ of one sample to <paramref name=\"gradient\"/>, for <c>L = {SourceWriter.Escape(_head.LossText)}</c>";
        string call = $"return {EmitContext.Kernels}.Backpropagate(Parameters, input, target, gradient, {_context.Number(1)}, ";
        Parameter gradient = _context.InBuffer("gradient", "dL/dθ is added to it.");

        Write(summary + ".", "L.", method, new[] { Input, Target, gradient }, () =>
        {
            CheckSample();
            CheckGradient();
            _writer.Line($"{call}default);");
        });

        Write(summary + ", and computes dL/dx.", "L.", method, new[] { Input, Target, gradient, _context.InputGradient }, () =>
        {
            CheckSample();
            CheckGradient();
            CheckInputGradient();
            _writer.Line($"{call}inputGradient);");
        });

        if (_head.Loss.HasLabels)
        {
            Write(summary + ".", "L.", method, new[] { Input, Label, gradient }, () =>
            {
                CheckLabelled();
                CheckGradient();
                _context.WriteMemory("target", "OutputCount");
                WriteOneHot("label");
                _writer.Line($"{call}default);");
            });
        }
    }

    private void WriteBackwardBatch()
    {
        string method = $"{_context.T} BackwardBatch";
        const string Summary = "Adds the mean dL/dθ of a batch to <paramref name=\"gradient\"/>";
        const string Returns = "The mean loss.";
        Parameter inputs = _context.Values("inputs", $"The m samples, one after another, each {_inputs}.");
        Parameter targets = _context.Values("targets", $"The targets, one after another, each {_outputs}{TargetDomain}.");
        Parameter gradient = _context.InBuffer("gradient", "(1/m) Σ dL/dθ is added to it.");
        Parameter inputGradients = _context.Result("inputGradients", $"Receives dL/dx of every sample, each {_inputs}, without 1/m; overlaps nothing.");

        Write(Summary + ".", Returns, method, new[] { inputs, targets, gradient }, () =>
        {
            CheckBatch();
            WriteBatch(withInputGradients: false);
        });

        Write(Summary + " and computes dL/dx of every sample.", Returns, method, new[] { inputs, targets, gradient, inputGradients }, () =>
        {
            CheckBatch();
            _writer.Line($"{Require}.BatchLength(inputGradients.Length, m, InputCount, \"inputGradients\");");
            WriteBatch(withInputGradients: true);
        });

        if (_head.Loss.HasLabels)
        {
            Write(Summary + ".", Returns, method, new[] { inputs, _context.Labels("The index of each sample's class."), gradient }, WriteCheckedLabels);
        }
    }

    private void WriteCheckedLabels()
    {
        _writer.Line($"int m = {Require}.Samples(inputs.Length, InputCount, \"inputs\");");
        _writer.Line($"{Require}.BatchLength(labels.Length, m, 1, \"labels\");");
        string classes = "labels";
        if (!_plan.IsVectorised)
        {
            classes = "classes";
            _writer.Line($"var {classes} = {_context.Elements("labels", "m", EmitContext.Kernels + ".")};");
        }

        _writer.Open($"for (int s = 0; s < m; s++)");
        _writer.Line($"{Require}.Label({classes}[s], OutputCount, \"labels\");");
        _writer.Close();
        _writer.Line();
        CheckGradient();
        WriteLabelledBatch();
    }

    private void WriteSgdStep()
    {
        const string Summary = "One step of online gradient descent, <c>θ ← θ − η dL/dθ</c>";
        string scale = _context.Narrowed("-learningRate");
        string call = $"return {EmitContext.Kernels}.Backpropagate(Parameters, input, target, Parameters, {scale}, ";
        Parameter rate = new("double", "learningRate", _plan.Spec.Number == NumberType.Single ? "η, which is rounded to single precision." : "η.");

        WriteStep(Summary + ".", new[] { Input, Target, rate }, () =>
        {
            CheckSample();
            _writer.Line($"{call}default);");
        });

        WriteStep(Summary + ", that also computes dL/dx for the parameters before the step.", new[] { Input, Target, rate, _context.InputGradient }, () =>
        {
            CheckSample();
            CheckInputGradient();
            _writer.Line($"{call}inputGradient);");
        });

        if (_head.Loss.HasLabels)
        {
            WriteStep(Summary + ".", new[] { Input, Label, rate }, () =>
            {
                CheckLabelled();
                _context.WriteMemory("target", "OutputCount");
                WriteOneHot("label");
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
        Write(summary, "L before the step.", $"{_context.T} SgdStep", parameters, body);
        if (_plan.Spec.Number == NumberType.Single && _plan.Spec.Target.Contract != Contract.None)
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

    private void Write(string summary, string returns, string method, Parameter[] parameters, Action body) =>
        _context.WritePublic(summary, returns, method, isKernel: _plan.IsVectorised, body, parameters);

    private void WriteBatch(bool withInputGradients)
    {
        if (_plan.IsVectorised)
        {
            ReturnBatch(_plan.HasLabels ? "targets, default" : "targets", withInputGradients ? "inputGradients" : "default");
            return;
        }

        WriteBatchLoop("targets.Slice(s * OutputCount, OutputCount)", withInputGradients ? "inputGradients.Slice(s * InputCount, InputCount)" : "default");
    }

    /// <summary>With vectors the kernels make targets of labels, a block at a time. Few samples in lanes go one by one, with targets.</summary>
    private void WriteLabelledBatch()
    {
        if (!_plan.IsVectorised)
        {
            _context.WriteMemory("target", "OutputCount");
            WriteBatchLoop("target", "default", "classes[s]");
            return;
        }

        if (_plan.BatchInLanes)
        {
            _writer.Open($"if (m < {Limits.LaneBatch})");
            _context.WriteMemory("targets", $"{EmitContext.Text(Limits.LaneBatch)} * OutputCount");
            _writer.Line($"{EmitContext.Kernels}.OneHot(labels, targets);");
            ReturnBatch("targets, default", "default");
            _writer.Close();
            _writer.Line();
        }

        ReturnBatch("default, labels", "default");
    }

    private void ReturnBatch(string targets, string inputGradients)
    {
        string call = $"{EmitContext.Kernels}.BackpropagateBatch(Parameters, inputs, {targets}, gradient, m, {_context.Number(1)} / m, {inputGradients})";
        _writer.Line($"return {_context.Narrowed($"{call} / m")};");
    }

    private void WriteBatchLoop(string target, string inputGradient, string? label = null)
    {
        _writer.Line($"double loss = 0;");
        _writer.Open($"for (int s = 0; s < m; s++)");
        if (label is not null)
        {
            WriteOneHot(label);
        }
        else
        {
            _writer.Line($"var target = {target};");
        }

        _writer.Line($"var input = inputs.Slice(s * InputCount, InputCount);");
        string call = $"{EmitContext.Kernels}.Backpropagate(Parameters, input, target, gradient, {_context.Rounded(_context.Number(1) + " / m")}, {inputGradient})";
        _writer.Line($"loss += {call};");
        _writer.Close();
        _writer.Line();
        _writer.Line($"return {_context.Narrowed("loss / m")};");
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
