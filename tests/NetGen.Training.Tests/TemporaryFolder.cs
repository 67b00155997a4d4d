using System;
using System.IO;

namespace NetGen.Training.Tests;

/// <summary>A folder for the files of a test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen");

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string[] Files => Array.ConvertAll(_folder.GetFiles(), file => file.Name);

    public void Dispose() => _folder.Delete(recursive: true);
}
