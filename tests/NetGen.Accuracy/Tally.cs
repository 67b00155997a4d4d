namespace NetGen.Accuracy;

/// <summary>The errors of one function of one library, over some of the inputs or over all of them.</summary>
internal sealed class Tally
{
    /// <summary>The largest error in ulp.</summary>
    public double Maximum { get; private set; }

    /// <summary>The first input with the largest error; NaN as long as every result was exact.</summary>
    public double Worst { get; private set; } = double.NaN;

    /// <summary>The sum of the errors in ulp.</summary>
    public double Sum { get; private set; }

    /// <summary>How many results had an error in ulp, zero included.</summary>
    public long Count { get; private set; }

    /// <summary>Results of the wrong kind: NaN or an infinity in place of a number, or the reverse, or a wrong limit at 0 and ±∞.</summary>
    public long Wrong { get; private set; }

    /// <summary>Inputs NaN with results other than NaN.</summary>
    public long LostNaNs { get; private set; }

    public double Mean => Count == 0 ? 0 : Sum / Count;

    public void Exceed(double error, double input)
    {
        Maximum = error;
        Worst = input;
    }

    public void Add(double sum, long count)
    {
        Sum += sum;
        Count += count;
    }

    public void AddWrong() => Wrong++;

    public void AddLostNaN() => LostNaNs++;

    /// <summary>Adds the tally of the inputs that follow. Sums of doubles depend on the order: merge in the order of the inputs.</summary>
    public void Merge(Tally next)
    {
        if (next.Maximum > Maximum)
        {
            Exceed(next.Maximum, next.Worst);
        }

        Add(next.Sum, next.Count);
        Wrong += next.Wrong;
        LostNaNs += next.LostNaNs;
    }
}
