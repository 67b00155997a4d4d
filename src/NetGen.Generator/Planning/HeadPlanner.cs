using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>Decides how an output and its loss are computed together.</summary>
internal static class HeadPlanner
{
    /// <summary>The loss before it is weighted.</summary>
    private const string OwnLoss = "ownLoss";

    /// <summary>dL/dz before it is.</summary>
    private const string OwnDelta = "ownDelta";

    /// <summary>What z or a counts for where a class is possible, and else the logit of none.</summary>
    private const string Legal = "legal";

    /// <summary>The logit of what is not possible: e to it is 0, and it is finite, as are all differences from it.</summary>
    private const double Impossible = -1e30;

    /// <summary>Plans the head of an output.</summary>
    /// <param name="declared">Its loss.</param>
    /// <param name="layer">The layer that it is.</param>
    /// <param name="number">Which of several outputs it is; null for the only one.</param>
    /// <param name="hasTerms">Whether a sample has a weight and, where the loss is categorical, says which classes are possible.</param>
    public static HeadPlan? Plan(LossSpec declared, LayerPlan layer, int? number, bool hasTerms = false)
    {
        LossFormula? loss = Catalogue.Loss(declared);
        if (loss is null)
        {
            return null;
        }

        bool sum = declared.SumOutputs;
        ActivationFormula activation = layer.Activation;
        string l = Notation.Text(layer.Number);
        string which = Notation.Number(number);
        string weight = (hasTerms ? "w · " : "") + (declared.Weight == 1 ? "" : declared.Weight.ToString("G15", CultureInfo.InvariantCulture) + " · ");
        bool isMasked = hasTerms && loss.HasLabels;
        loss.IsMasked = isMasked;
        string Weighted(string text) => weight.Length == 0 ? text : $"{weight}({text})";
        string lossText = Notation.Print(Weighted(loss.ValueText(sum)), layer, which);
        IReadOnlyList<Step> outputLoss = OutputLoss(loss, sum, isMasked, hasTerms, isProbability: Catalogue.Pair(activation.GetType().Name, declared.Name) is not null);
        HeadPart Part(string text, IReadOnlyList<Step> steps) => new(Notation.Print(text, layer, which), Weigh(steps, declared.Weight, hasTerms));
        if (Catalogue.Pair(activation.GetType().Name, declared.Name) is not { } pair)
        {
            IReadOnlyList<Step> steps = isMasked ? Mask(loss.Steps(sum), Quantity.A).Prepend(LegalOf(Quantity.A)).ToArray() : loss.Steps(sum);
            return new HeadPlan(loss, lossText, new[]
            {
                Part($"a{l} = {activation.ValueText}", activation.Forward),
                Part($"L{which} = {Weighted(loss.ValueText(sum))}, dL/da{l} = {loss.GradientText(sum)}{(isMasked ? MaskText($"a{l}") : "")}", steps),
                Part($"delta{l} = {Weighted(activation.DeltaText)}", activation.Backward),
            })
            {
                OutputLoss = outputLoss,
            };
        }

        // A pair may compute the same loss in another form; then both are worth reading.
        string stable = pair.ValueText(sum) == loss.ValueText(sum) ? "" : $" = {Weighted(pair.ValueText(sum))}";
        IReadOnlyList<Step> Possible(IReadOnlyList<Step> steps) => isMasked ? Mask(steps, Quantity.Z).ToArray() : steps;
        IReadOnlyList<Step> forward = Possible(activation.Forward);
        return new HeadPlan(loss, lossText, new[]
        {
            Part($"a{l} = {activation.ValueText}{(isMasked ? MaskText($"z{l}") : "")}", isMasked ? forward.Prepend(LegalOf(Quantity.Z)).ToArray() : forward),
            Part($"L{which} = {Weighted(loss.ValueText(sum))}{stable}", Possible(pair.LossSteps(sum))),
            Part($"delta{l} = dL/dz{l} = {Weighted(pair.DeltaText(sum))}", Possible(pair.DeltaSteps(sum))),
        })
        {
            OutputLoss = outputLoss,
        };
    }

    /// <summary>The loss from the output alone, before the weight of the output; probabilities are those of what is possible.</summary>
    private static IReadOnlyList<Step> OutputLoss(LossFormula loss, bool sum, bool isMasked, bool hasTerms, bool isProbability)
    {
        const string Possible = "possible";
        IEnumerable<Step> steps = !isMasked ? loss.Steps(sum)
            : !isProbability ? Mask(loss.Steps(sum), Quantity.A).Prepend(LegalOf(Quantity.A))
            : new[]
            {
                Step.Each(Possible, Expression.IfZero(Expression.Symbol(Quantity.Allowed), 0, Quantity.AValue)),
                Step.Sum("total", Expression.Symbol(Possible)),
                Step.Each(Legal, Expression.Symbol(Possible) / Expression.Symbol("total")),
            }.Concat(Mask(loss.Steps(sum), Quantity.A));
        return Weigh(steps.ToArray(), 1, hasTerms).Toward(Quantity.Loss);
    }

    private static string MaskText(string quantity) => $", where {quantity} is −1e30 for what is not allowed";

    /// <summary>The step that gives what is not possible its logit.</summary>
    private static Step LegalOf(string quantity) => Step.Each(Legal, Expression.IfZero(Expression.Symbol(Quantity.Allowed), Impossible, Expression.Symbol(quantity)));

    /// <summary>The steps with what it gives in place of a quantity.</summary>
    private static IEnumerable<Step> Mask(IEnumerable<Step> steps, string quantity) =>
        steps.Select(step => step with { Value = step.Value.Replace(name => Expression.Symbol(name == quantity ? Legal : name)) });

    /// <summary>Multiplies the loss and dL/dz by a weight, and by that of the sample where there is one.</summary>
    private static IReadOnlyList<Step> Weigh(IReadOnlyList<Step> steps, double weight, bool hasTerms)
    {
        if (weight == 1 && !hasTerms)
        {
            return steps;
        }

        Expression Own(string name) => Expression.Symbol(name == Quantity.Loss ? OwnLoss : name == Quantity.Delta ? OwnDelta : name);
        var weighted = new List<Step>();
        foreach (Step step in steps)
        {
            string? own = step.Name == Quantity.Loss ? OwnLoss : step.Name == Quantity.Delta ? OwnDelta : null;
            weighted.Add(step with { Name = own ?? step.Name, Value = step.Value.Replace(Own) });
            if (own is not null)
            {
                Expression value = weight * Expression.Symbol(own);
                value = hasTerms ? Expression.Symbol(Quantity.SampleWeight) * value : value;
                weighted.Add(own == OwnLoss ? Step.Once(Quantity.Loss, value) : Step.Each(Quantity.Delta, value));
            }
        }

        return weighted;
    }
}
