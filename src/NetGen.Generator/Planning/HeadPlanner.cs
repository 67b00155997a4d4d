using System.Collections.Generic;
using System.Globalization;
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

    /// <summary>Plans the head of an output.</summary>
    /// <param name="declared">Its loss.</param>
    /// <param name="layer">The layer that it is.</param>
    /// <param name="number">Which of several outputs it is; null for the only one.</param>
    public static HeadPlan? Plan(LossSpec declared, LayerPlan layer, int? number)
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
        string weight = declared.Weight == 1 ? "" : declared.Weight.ToString("G15", CultureInfo.InvariantCulture) + " · ";
        string Weighted(string text) => weight.Length == 0 ? text : $"{weight}({text})";
        string lossText = Notation.Print(Weighted(loss.ValueText(sum)), layer, which);
        HeadPart Part(string text, IReadOnlyList<Step> steps) => new(Notation.Print(text, layer, which), Weigh(steps, declared.Weight));
        HeadPart output = Part($"a{l} = {activation.ValueText}", activation.Forward);
        if (Catalogue.Pair(activation.GetType().Name, declared.Name) is not { } pair)
        {
            return new HeadPlan(loss, lossText, new[]
            {
                output,
                Part($"L{which} = {Weighted(loss.ValueText(sum))}, dL/da{l} = {loss.GradientText(sum)}", loss.Steps(sum)),
                Part($"delta{l} = {Weighted(activation.DeltaText)}", activation.Backward),
            });
        }

        // A pair may compute the same loss in another form; then both are worth reading.
        string stable = pair.ValueText(sum) == loss.ValueText(sum) ? "" : $" = {Weighted(pair.ValueText(sum))}";
        return new HeadPlan(loss, lossText, new[]
        {
            output,
            Part($"L{which} = {Weighted(loss.ValueText(sum))}{stable}", pair.LossSteps(sum)),
            Part($"delta{l} = dL/dz{l} = {Weighted(pair.DeltaText(sum))}", pair.DeltaSteps(sum)),
        });
    }

    /// <summary>Multiplies the loss and dL/dz by a weight.</summary>
    private static IReadOnlyList<Step> Weigh(IReadOnlyList<Step> steps, double weight)
    {
        if (weight == 1)
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
                weighted.Add(own == OwnLoss ? Step.Once(Quantity.Loss, value) : Step.Each(Quantity.Delta, value));
            }
        }

        return weighted;
    }
}
