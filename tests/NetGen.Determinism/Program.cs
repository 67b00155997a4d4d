namespace NetGen.Determinism
{
    internal static class Program
    {
        private static int Main(string[] args) => Commands.Run(args);
    }
}
