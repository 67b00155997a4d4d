using System;

namespace NetGen.Training;

/// <summary>
/// βᵗ for one step t after another: a product of two powers, of which one changes only with every 64th step. The bits depend on t alone, so a
/// resumed training has those of one that never stopped.
/// </summary>
internal sealed class DecayPowers
{
    private const int Block = 64;
    private readonly double[] _within = new double[Block];
    private readonly double _ofBlock;
    private readonly double _lastStep;
    private long _block = -1;
    private double _before;

    /// <param name="beta">β, from 0 to below 1.</param>
    public DecayPowers(double beta)
    {
        for (int step = 0; step < Block; step++)
        {
            _within[step] = DeterministicMath.Power(beta, step);
        }

        _ofBlock = DeterministicMath.Power(beta, Block);

        // βᵗ < e⁻¹⁰⁰ from there on.
        _lastStep = 100 / -Math.Log(beta);
    }

    /// <summary>βᵗ, or 0 where it is so small that 1 − βᵗ is 1: later powers would be subnormal, which is slow.</summary>
    /// <param name="step">t, 0 or more.</param>
    public double At(long step)
    {
        if (step > _lastStep)
        {
            return 0;
        }

        long block = step / Block;
        if (block != _block)
        {
            _before = DeterministicMath.Power(_ofBlock, block);
            _block = block;
        }

        return _before * _within[step % Block];
    }
}
