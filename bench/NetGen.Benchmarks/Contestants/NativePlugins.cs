using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Contestants;

/// <summary>The native plug-ins of a folder: every shared library that exports <c>const Peer* peers(int* count)</c>.</summary>
internal sealed unsafe partial class NativePlugins : IDisposable
{
    private const string EntryPoint = "peers";
    private readonly NativeThread _thread = new();
    private readonly List<Peer> _peers = [];
    private readonly List<string> _skipped = [];

    /// <summary>Files that are no plug-ins, with the reason.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>The names of all contestants in the plug-ins.</summary>
    public IReadOnlyList<string> Names => _peers.Select(NameOf).Distinct().ToList();

    public static NativePlugins Load(DirectoryInfo folder)
    {
        // Numeric libraries start threads as they are loaded unless told otherwise. The runtime keeps a copy of the environment of
        // its own, so they have to be told through the C library.
        if (!OperatingSystem.IsWindows())
        {
            SetNativeVariable("OPENBLAS_NUM_THREADS", "1", overwrite: 1);
            SetNativeVariable("OMP_NUM_THREADS", "1", overwrite: 1);
        }

        var plugins = new NativePlugins();

        foreach (FileInfo file in folder.EnumerateFiles("*.so").OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            plugins._thread.Run(() => plugins.Add(file));
        }

        return plugins;
    }

    public IEnumerable<NativeContestant> Create(Samples samples) =>
        _peers.Where(peer => Marshal.PtrToStringUTF8((nint)peer.Network) == samples.Shape.Name)
            .Select(peer => new NativeContestant(NameOf(peer), peer, _thread, samples));

    public void Dispose() => _thread.Dispose();

    private void Add(FileInfo file)
    {
        if (!NativeLibrary.TryLoad(file.FullName, out nint library))
        {
            _skipped.Add($"{file.Name} cannot be loaded: it is no shared library of this system, or one that it needs is missing.");
            return;
        }

        if (!NativeLibrary.TryGetExport(library, EntryPoint, out nint address))
        {
            _skipped.Add($"{file.Name} does not export the function '{EntryPoint}'.");
            NativeLibrary.Free(library);
            return;
        }

        int count = 0;
        Peer* peers = ((delegate* unmanaged[Cdecl]<int*, Peer*>)address)(&count);
        _peers.AddRange(new ReadOnlySpan<Peer>(peers, count));
    }

    private static string NameOf(Peer peer) => Marshal.PtrToStringUTF8((nint)peer.Name)!;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNativeVariable(string name, string value, int overwrite);
}
