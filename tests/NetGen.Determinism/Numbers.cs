namespace NetGen.Determinism
{
    /// <summary>Numbers in −2..2 from integer arithmetic (xorshift64*), exact in single precision.</summary>
    internal sealed class Numbers
    {
        private ulong _state;

        public Numbers(ulong seed)
        {
            _state = unchecked(seed * 0x9E3779B97F4A7C15) | 1;
        }

        public ulong Bits()
        {
            _state ^= _state >> 12;
            _state ^= _state << 25;
            _state ^= _state >> 27;
            return unchecked(_state * 0x2545F4914F6CDD1D) >> 11;
        }

        public double[] Next(int count)
        {
            var values = new double[count];
            for (int index = 0; index < count; index++)
            {
                values[index] = ((long)(Bits() & 0xFFFFFF) - (1 << 23)) / (double)(1 << 22);
            }

            return values;
        }
    }
}
