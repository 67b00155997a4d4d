using System;
using System.Linq;

namespace NetGen;

/// <content>Densities and the entropy of distributions, each one value of a sample.</content>
public sealed partial class Signal
{
    /// <summary>
    /// The logarithm of the density of independent normal variables, whose means this signal is: <c>z = −Σ (½ e² + logStd + ½ ln 2π)</c>, <c>e = (value − mean) / exp logStd</c>.
    /// </summary>
    /// <param name="value">The variables, as many as there are means.</param>
    /// <param name="logStd">The logarithms of their standard deviations, as many: another layer, or a parameter. They have no bounds.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Signal GaussianLogDensity(Signal value, Signal logStd, string? name = null) => LogDensity(value, logStd, _ => 0, name);

    /// <summary>
    /// The logarithm of the density of tanh(value) where the values are independent normal variables, whose means this signal is:
    /// <c>z = −Σ (½ e² + logStd + ½ ln 2π) − Σ ln (1 − tanh² value)</c>, <c>e = (value − mean) / exp logStd</c>. What is subtracted last is computed as <c>2 Σ ln cosh value</c> to be added, which is finite.
    /// </summary>
    /// <param name="value">The variables before tanh, as many as there are means.</param>
    /// <param name="logStd">The logarithms of their standard deviations, as many: another layer, or a parameter. They have no bounds.</param>
    /// <param name="name">Its name, which no other layer or input has.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <remarks>T. Haarnoja et al., "Soft Actor-Critic", arXiv:1801.01290, appendix C.</remarks>
    public Signal TanhGaussianLogDensity(Signal value, Signal logStd, string? name = null) =>
        LogDensity(value, logStd, u => 2 * (Math.Abs(u) + Math.Log(1 + Math.Exp(-2 * Math.Abs(u))) - Math.Log(2)), name);

    /// <summary>The entropy of the distribution softmax(x): <c>z = −Σ p ln p</c>, <c>p = softmax(x)</c>.</summary>
    /// <param name="name">Its name, which no other layer or input has.</param>
    public Signal Entropy(string? name = null)
    {
        _ = name;
        double max = Values.Max();
        double sum = Values.Sum(x => Math.Exp(x - max));
        double mean = Values.Select(x => (Power: Math.Exp(x - max), Shifted: x - max)).Where(x => x.Power > 0).Sum(x => x.Power / sum * x.Shifted);
        return Layer(1, _ => Math.Log(sum) - mean, Activation.Identity, null);
    }

    private Signal LogDensity(Signal value, Signal logStd, Func<double, double> change, string? name)
    {
        _ = name;
        if (value.Size != Size || logStd.Size != Size)
        {
            throw new ArgumentException($"Values, means and logarithms of deviations need one size; they have {value.Size}, {Size} and {logStd.Size} values.", nameof(value));
        }

        double halfLogTau = Math.Log(2 * Math.PI) / 2;
        double Of(int index)
        {
            double error = (value.Values[index] - Values[index]) / Math.Exp(logStd.Values[index]);
            return change(value.Values[index]) - (error * error / 2) - logStd.Values[index] - halfLogTau;
        }

        return Layer(1, _ => Enumerable.Range(0, Size).Sum(Of), Activation.Identity, null);
    }
}
