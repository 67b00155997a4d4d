namespace NetGen.Determinism.Floor
{
    /// <summary>The commands of NetGen.Determinism, and with --host FILE what every host prints, which tests/NetGen.Hosts reads.</summary>
    internal static class Program
    {
        private static int Main(string[] args) => args.Length == 2 && args[0] == "--host" ? HostReport.Print(args[1]) : Commands.Run(args);
    }
}
