using System;
using System.IO;

namespace NetGen.Hosts.Running;

/// <summary>Mono, with the code for netstandard2.1 that game engines get: the committed hashes, in C# 9.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Options">Options of the runtime.</param>
internal sealed record MonoHost(string Name, params string[] Options) : Host(Name)
{
    private const string Folder = "mono";

    public override string? Unavailable(Session session)
    {
        try
        {
            Workspace.Run(".", "mono", ["--version"]).Expect();
        }
        catch (ToolException exception)
        {
            return exception.Message;
        }

        string sources = Path.Combine(Workspace.Repository, "tests", "NetGen.Determinism");
        string folder = ProgramProject.Create(
            session,
            Folder,
            "netstandard2.1",
            "",
            "<LangVersion>9.0</LangVersion><EnableDefaultItems>false</EnableDefaultItems><CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>",
            $"""{ProgramProject.Package}<Compile Include="{sources}/*.cs" /><EmbeddedResource Include="{sources}/hashes.txt" LogicalName="hashes.txt" />""");
        return ProgramProject.Restore(folder);
    }

    public override void Build(Session session) => Workspace.Dotnet(session.Workspace.Folder("programs", Folder), "build", "--no-restore", "-o", "out").Expect();

    public override ToolResult Run(Session session)
    {
        string folder = session.Workspace.Folder("programs", Folder, "out");
        string version = Workspace.Run(folder, "mono", ["--version"]).Expect().Output.Split('(')[0].Replace("JIT compiler version ", "");
        ToolResult result = Workspace.Run(folder, "mono", [.. Options, "app.dll", "--check"]);
        string hash = result.Last.StartsWith("same: ", StringComparison.Ordinal) ? $"{result.Last.Split(' ')[^1]} (49/49)" : result.Last;
        return result with { Output = $"{result.Output}\nruntime: {version}\nhash: {hash}\n" };
    }
}
