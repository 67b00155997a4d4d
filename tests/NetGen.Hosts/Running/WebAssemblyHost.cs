using System.IO;
using NetGen.Hosts.Packing;

namespace NetGen.Hosts.Running;

/// <summary>
/// The browser's runtime under node, without a workload: the files of the runtime pack in one folder with the program, and a script that loads
/// them. The program is the one that the other host built.
/// </summary>
internal sealed record WebAssemblyHost(string Name, RuntimeHost Portable) : Host(Name)
{
    private const string FolderName = "wasm";
    private const string Pack = "Microsoft.NETCore.App.Runtime.Mono.browser-wasm";
    private const string PackVersion = "10.0.12";

    private const string Script = """
        import fs from 'fs';
        import path from 'path';
        import { fileURLToPath } from 'url';
        import { dotnet } from './dotnet.js';

        const here = path.dirname(fileURLToPath(import.meta.url));
        const core = ['System.Private.CoreLib.dll', 'System.Runtime.InteropServices.JavaScript.dll'];
        // A copy, because node keeps several small files in one buffer.
        const asset = name => ({ name, virtualPath: name, buffer: new Uint8Array(fs.readFileSync(path.join(here, name))).slice().buffer });
        const assemblies = fs.readdirSync(here).filter(name => name.endsWith('.dll') && !core.includes(name));
        await dotnet.withConfig({
            mainAssemblyName: 'app', globalizationMode: 'invariant', debugLevel: 0, disableIntegrityCheck: true,
            resources: {
                coreAssembly: core.map(asset), assembly: assemblies.map(asset), jsModuleNative: [{ name: 'dotnet.native.js' }],
                jsModuleRuntime: [{ name: 'dotnet.runtime.js' }], wasmNative: [{ name: 'dotnet.native.wasm' }],
            },
        }).run();

        """;

    public override string? Unavailable(Session session)
    {
        try
        {
            Workspace.Run(".", "node", ["--version"]).Expect();
        }
        catch (ToolException exception)
        {
            return exception.Message;
        }

        return Portable.Unavailable(session) ?? ProgramProject.Restore(ProgramProject.Create(
            session, FolderName, Portable.Framework, "", "", $"""<PackageDownload Include="{Pack}" Version="[{PackVersion}]" />"""));
    }

    public override void Build(Session session)
    {
        Portable.Build(session);
        string output = Folder(session);
        foreach (string file in Directory.GetFiles(Portable.Output(session), "*.dll"))
        {
            File.Copy(file, Path.Combine(output, Path.GetFileName(file)), overwrite: true);
        }

        string pack = Path.Combine(Feed.PackageFolder(output), Pack.ToLowerInvariant(), PackVersion, "runtimes", "browser-wasm");
        foreach (string folder in new[] { Path.Combine(pack, "native"), Path.Combine(pack, "lib", Portable.Framework) })
        {
            foreach (string file in Directory.GetFiles(folder))
            {
                File.Copy(file, Path.Combine(output, Path.GetFileName(file)), overwrite: true);
            }
        }

        File.WriteAllText(Path.Combine(output, "package.json"), """{ "type": "module" }""");
        File.WriteAllText(Path.Combine(output, "run.js"), Script);
    }

    public override ToolResult Run(Session session) => Workspace.Run(Folder(session), "node", ["run.js"]);

    private static string Folder(Session session) => session.Workspace.Folder("programs", FolderName, "out");
}
