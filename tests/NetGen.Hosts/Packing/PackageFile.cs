using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace NetGen.Hosts.Packing;

/// <summary>A .nupkg or .snupkg, without what the format adds for itself.</summary>
internal sealed class PackageFile
{
    /// <summary>The kind of debug information that holds the source link.</summary>
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly SortedDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    public PackageFile(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => !IsOfTheFormat(entry.FullName)))
        {
            using Stream stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            _entries.Add(entry.FullName, content.ToArray());
        }
    }

    public IEnumerable<string> Names => _entries.Keys;

    public byte[] this[string name] => _entries[name];

    public string Text(string name) => Encoding.UTF8.GetString(_entries[name]);

    /// <summary>Where a .pdb, or the one inside a .dll, says that the sources are; null when it does not.</summary>
    public string? SourceLink(string name)
    {
        ImmutableArray<byte> image = ImmutableArray.Create(_entries[name]);
        if (name.EndsWith(".pdb", StringComparison.Ordinal))
        {
            using MetadataReaderProvider symbols = MetadataReaderProvider.FromPortablePdbImage(image);
            return SourceLink(symbols.GetMetadataReader());
        }

        using var assembly = new PEReader(image);
        DebugDirectoryEntry embedded = assembly.ReadDebugDirectory().FirstOrDefault(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        if (embedded.DataSize == 0)
        {
            return null;
        }

        using MetadataReaderProvider inside = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        return SourceLink(inside.GetMetadataReader());
    }

    /// <summary>The assemblies that a .dll refers to.</summary>
    public IReadOnlyList<string> References(string name)
    {
        using var assembly = new PEReader(ImmutableArray.Create(_entries[name]));
        MetadataReader reader = assembly.GetMetadataReader();
        return reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>The version of an assembly that a .dll was compiled against.</summary>
    public static Version ReferenceVersion(byte[] image, string name)
    {
        using var assembly = new PEReader(ImmutableArray.Create(image));
        MetadataReader reader = assembly.GetMetadataReader();
        return reader.AssemblyReferences.Select(reader.GetAssemblyReference).Single(reference => reader.GetString(reference.Name) == name).Version;
    }

    private static string? SourceLink(MetadataReader reader) => reader.CustomDebugInformation
        .Select(reader.GetCustomDebugInformation)
        .Where(information => reader.GetGuid(information.Kind) == SourceLinkKind)
        .Select(information => Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)))
        .SingleOrDefault();

    private static bool IsOfTheFormat(string name) =>
        name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal) || name == "[Content_Types].xml";
}
