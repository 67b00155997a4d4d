using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>What a network's <c>SelfTest()</c> found.</summary>
/// <remarks>
/// Each derivative is compared with a finite difference of the same network in double precision, and so are the outputs and the loss; batches and steps
/// of gradient descent are compared with single samples. An error is a fraction of the largest value among its kind, such as the weights of a layer.
/// </remarks>
public sealed class SelfTestReport
{
    private readonly string _parameters;

    internal SelfTestReport(int checkedCount, int skipped, double tolerance, double worstError, string worst, IReadOnlyList<string> failures, string parameters)
    {
        Checked = checkedCount;
        Skipped = skipped;
        Tolerance = tolerance;
        WorstError = worstError;
        Worst = worst;
        Failures = failures;
        _parameters = parameters;
    }

    /// <summary>Whether something was checked and every error is within the tolerance.</summary>
    public bool Passed => Checked > 0 && Failures.Count == 0;

    /// <summary>Number of derivatives, outputs and other values that were compared.</summary>
    public int Checked { get; }

    /// <summary>Number of derivatives that have no finite difference to compare with: a kink, such as that of relu, lies too near, or a value is not finite.</summary>
    public int Skipped { get; }

    /// <summary>The largest error that is allowed: 1/1000 in single precision, 1/1,000,000 in double.</summary>
    public double Tolerance { get; }

    /// <summary>The largest error, as a fraction of the largest value of its kind.</summary>
    public double WorstError { get; }

    /// <summary>Where the largest error is, such as <c>dL/dW2, unit 0, input 3</c>.</summary>
    public string Worst { get; }

    /// <summary>What is wrong, in the order of the checks: the place, the value that was expected and the one that was computed.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>The report as text: a line, and one for each failure.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Passed ? "passed" : Checked == 0 ? "failed, nothing could be checked" : "failed");
        text.Append(string.Format(
            CultureInfo.InvariantCulture, ": {0} values checked, {1} skipped at kinks, parameters {2}; largest error {3:0.0E+0}", Checked, Skipped, _parameters, WorstError));
        text.Append(string.Format(CultureInfo.InvariantCulture, " ({0}), allowed {1:0.0E+0}", Worst, Tolerance));
        foreach (string failure in Failures)
        {
            text.Append("\n  ").Append(failure);
        }

        return text.ToString();
    }
}
