using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Model;

namespace NetGen.Generator.Importing;

/// <summary>
/// The model files of a project. A build names each in a text file with its hash, which is what the compiler is given: it would try to read a model as text. Where no build does so, as in Unity,
/// the model itself is given, and never read as text here.
/// </summary>
internal static class ModelFiles
{
    /// <summary>The end of the name of a text that names a model.</summary>
    public const string StubExtension = ".netgenmodel";

    private const string UnityExtension = ".NetGenGenerator.additionalfile";

    private static readonly string[] Extensions = { ".onnx", ".safetensors", UnityExtension };

    /// <summary>Whether a file of the project is a model, or names one.</summary>
    public static bool IsModel(AdditionalText text) => IsStub(text.Path) || Extensions.Any(extension => text.Path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The model of such a file; null where it names none.</summary>
    public static ModelSource? Source(AdditionalText text, CancellationToken cancellation)
    {
        if (!IsStub(text.Path))
        {
            return new ModelSource(text.Path, Hash(text.Path));
        }

        // A line for the model, and one for each file beside it.
        string[][] lines = text.GetText(cancellation)?.Lines
            .Select((TextLine line) => line.ToString().Split('|'))
            .Where(parts => parts.Length == 2)
            .ToArray() ?? Array.Empty<string[]>();
        return lines.Length == 0 ? null : new ModelSource(lines[0][0].Trim(), string.Join("|", lines.Select(parts => parts[1].Trim())));
    }

    /// <summary>The model that a class names by the end of its path.</summary>
    public static ModelRequest Find(ModelReading reading, IReadOnlyList<ModelSource> sources)
    {
        if (reading.Declaration is not { } declaration)
        {
            return new ModelRequest(reading, null, null);
        }

        string file = declaration.File;
        ModelSource[] found = sources.Where(source => IsEnd(Slashes(source.Path), file)).ToArray();
        if (found.Length == 1)
        {
            return new ModelRequest(reading, found[0], null);
        }

        string why = found.Length > 1
            ? $"several of the project's model files end so: {string.Join(", ", found.Select(source => $"'{Slashes(source.Path)}'").OrderBy(path => path, StringComparer.Ordinal))}"
            : sources.FirstOrDefault(source => Slashes(source.Path).EndsWith(file.Replace('\\', '/'), StringComparison.OrdinalIgnoreCase)) is { } near
                ? $"the project has '{Slashes(near.Path)}'"
                : sources.Count == 0 ? "the project has no model files" : $"the project's model files are others: {string.Join(", ", sources.Select(source => $"'{Path.GetFileName(Slashes(source.Path))}'").Distinct().Take(5))}";
        string remedy = found.Length > 1 ? "more of the path, with / between folders"
            : file.Contains('\\') ? $"[Model(\"{file.Replace('\\', '/')}\")]"
            : $"<NetGenModel Include=\"{file}\" /> in an ItemGroup of the project, or the name as it is on disk";
        return new ModelRequest(reading, null, new ModelFault("NETGEN033", EquatableArray<string>.Of(reading.Class.Simple, file, why, remedy)));
    }

    private static bool IsStub(string path) => path.EndsWith(StubExtension, StringComparison.OrdinalIgnoreCase);

    private static string Slashes(string path) => path.Replace('\\', '/');

    /// <summary>Whether a path ends in whole folders and a name as a class has them; in Unity a model has another ending.</summary>
    private static bool IsEnd(string path, string file) => file.Length > 0
        && new[] { path, path.EndsWith(UnityExtension, StringComparison.OrdinalIgnoreCase) ? path.Substring(0, path.Length - UnityExtension.Length) : path }
            .Any(known => known == file || known.EndsWith("/" + file, StringComparison.Ordinal));

    private static string Hash(string path)
    {
        try
        {
            using var algorithm = SHA256.Create();
            return BitConverter.ToString(algorithm.ComputeHash(ModelBytes.Read(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return "";
        }
    }
}
