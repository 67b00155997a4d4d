using System;
using System.Globalization;
using System.Runtime.InteropServices;
using NetGen.HostProgram;

namespace NetGen.Determinism.Floor
{
    /// <summary>What tests/NetGen.HostProgram prints, where its language and its libraries are missing.</summary>
    internal static class HostReport
    {
        /// <param name="file">The reference values, as tests/NetGen.Hosts writes them.</param>
        /// <returns>The exit code.</returns>
        public static int Print(string file)
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Console.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription.Split(" (")[0]}");
            var golden = new Golden();
            golden.Check(file);
            golden.Complaints.ForEach(complaint => Console.WriteLine($"! {complaint}"));
            Console.WriteLine($"golden: {golden.Count - golden.Complaints.Count}/{golden.Count}");
            bool isFrugal = Allocation.Print(Golden.Networks<double>(), Golden.Networks<float>());
            return (Hashes.Print() && isFrugal && golden.Complaints.Count == 0) ? 0 : 1;
        }
    }
}
