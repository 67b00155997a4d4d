using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Model;
using NetGen.Models;

namespace NetGen.Generator.Importing;

/// <summary>
/// The model files of a project. A build names each in a text file with its hash, which is what the compiler is given: it would try to read a model as text. Where no build does so, as in Unity,
/// the model itself is given, and never read as text here.
/// </summary>
internal static class ModelFiles
{
    /// <summary>The end of the name of a text that names a model.</summary>
    public const string StubExtension = ".netgenmodel";

    /// <summary>The end of the name of a file that Unity gives to this generator; what stands before it has no dot, so it does not say what the file is.</summary>
    private const string UnityExtension = ".NetGenGenerator.additionalfile";

    private static readonly string[] Extensions = { ".onnx", ".safetensors" };

    /// <summary>Whether a file of the project is a model, or names one.</summary>
    public static bool IsModel(AdditionalText text) => IsStub(text.Path) || IsOfUnity(text.Path) || Extensions.Any(extension => text.Path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The model of such a file; null where it names none.</summary>
    public static ModelSource? Source(AdditionalText text, CancellationToken cancellation)
    {
        if (!IsStub(text.Path))
        {
            return new ModelSource(text.Path, Hash(text.Path), default);
        }

        // A line for the model, and one for each file beside it: a path, which may have such a bar, and the hash.
        (string Path, string Hash)[] lines = text.GetText(cancellation)?.Lines
            .Select((TextLine line) => line.ToString().Trim())
            .Where(line => line.Contains('|'))
            .Select(line => (line.Substring(0, line.LastIndexOf('|')), line.Substring(line.LastIndexOf('|') + 1)))
            .ToArray() ?? Array.Empty<(string, string)>();
        return lines.Length == 0
            ? null
            : new ModelSource(lines[0].Path, string.Join("|", lines.Select(line => line.Hash)), EquatableArray<string>.Of(lines.Skip(1).Select(line => line.Path).ToArray()));
    }

    /// <summary>The model that a class names by the end of its path.</summary>
    public static ModelRequest Find(ModelReading reading, IReadOnlyList<ModelSource> sources)
    {
        if (reading.Declaration is not { } declaration)
        {
            return new ModelRequest(reading, null, null);
        }

        string file = declaration.File;

        // A file that is named twice is one, and whoever names those beside it knows more.
        ModelSource[] found = sources.Where(source => IsEnd(Slashes(source.Path), file))
            .OrderByDescending(source => source.Beside.Count)
            .GroupBy(source => Slashes(source.Path), StringComparer.Ordinal)
            .Select(same => same.First())
            .ToArray();
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

    private static bool IsOfUnity(string path) => path.EndsWith(UnityExtension, StringComparison.OrdinalIgnoreCase);

    private static string Slashes(string path) => path.Replace('\\', '/');

    /// <summary>
    /// Whether a path ends in whole folders and a name as a class has them. In Unity the class may say the name that the model has elsewhere, so that both compile the same source: what the file
    /// is, its content tells.
    /// </summary>
    private static bool IsEnd(string path, string file)
    {
        if (!IsOfUnity(path))
        {
            return IsEndOf(path, file);
        }

        string name = path.Substring(0, path.Length - UnityExtension.Length);
        return Extensions.Select(extension => name + extension).Append(name).Append(path).Any(known => IsEndOf(known, file));
    }

    private static bool IsEndOf(string path, string file) => file.Length > 0 && (path == file || path.EndsWith("/" + file, StringComparison.Ordinal));

    private static string Hash(string path)
    {
        try
        {
            using var algorithm = SHA256.Create();
            return BitConverter.ToString(algorithm.ComputeHash(ModelFolder.ReadModel(path, ModelReader.MostBytes)));
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }
}
