using System;
using System.IO;
using System.Linq;
using NetGen.Generator.Model;
using NetGen.Models;
using NetGen.Models.Onnx;

namespace NetGen.Generator.Importing;

/// <summary>
/// The files beside a model that have its weights: those alone that the project names, for of others nobody would see that they have changed.
/// </summary>
internal sealed class FilesBeside : IExternalData
{
    private readonly string _name;
    private readonly string _folder;
    private readonly ModelSource _source;

    /// <param name="name">The name of the model, as the project's file would say it.</param>
    /// <param name="source">The model.</param>
    public FilesBeside(string name, ModelSource source)
    {
        _name = name;
        _folder = Slashes(Path.GetDirectoryName(source.Path) ?? "").TrimEnd('/');
        _source = source;
    }

    /// <inheritdoc/>
    public byte[] Read(string location, long offset, long? length)
    {
        string path = $"{_folder}/{location}";
        return _source.Beside.Any(file => string.Equals(Slashes(file), path, StringComparison.Ordinal))
            ? new ModelFolder(_folder + "/", ModelReader.MostBytes).Read(location, offset, length)
            : throw new InvalidDataException(
                $"the project does not name the file '{FileText.Short(location)}' beside it; write <NetGenModel Include=\"{_name}\" Data=\"{FileText.Short(location)}\" />, or export the model as one file");
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
