using System;
using System.IO;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Files that are either as they were or complete.</summary>
internal static class SafeFile
{
    /// <summary>Why a file cannot be written, or null.</summary>
    public static string? Complaint(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
        {
            return $"'{file}' is a folder, not a file.";
        }

        if (file.Directory is not { Exists: true } folder)
        {
            return $"the folder of '{file}' does not exist.";
        }

        if (File.Exists(file.FullName) && file.IsReadOnly)
        {
            return $"'{file}' is read-only.";
        }

        try
        {
            using FileStream probe = File.Create(Temporary(folder), 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the folder of '{file}' cannot be written to: {exception.Message}";
        }
    }

    /// <summary>Writes a text beside the file first, then puts it in place.</summary>
    public static void Write(FileInfo file, string text)
    {
        string temporary = Temporary(file.Directory!);
        File.WriteAllText(temporary, text);
        File.Move(temporary, file.FullName, overwrite: true);
    }

    private static string Temporary(DirectoryInfo folder) => Path.Combine(folder.FullName, $".{Guid.NewGuid():N}.tmp");
}
