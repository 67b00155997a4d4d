using System.IO;

namespace NetGen.Sample;

/// <summary>Opens the data files that are embedded in the program.</summary>
internal static class Resource
{
    public static Stream Open(string name) =>
        typeof(Resource).Assembly.GetManifestResourceStream(name)
        ?? throw new FileNotFoundException($"The program was built without its data file {name}.");
}
