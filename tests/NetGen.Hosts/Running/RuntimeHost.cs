using System;
using System.IO;
using System.Runtime.InteropServices;

namespace NetGen.Hosts.Running;

/// <summary>CoreCLR with its JIT: the runtime of the SDK, or another that the program brings with it.</summary>
internal sealed record RuntimeHost(string Name, string Framework, bool SelfContained) : Host(Name)
{
    public override string? Unavailable(Session session) => ProgramProject.Restore(ProgramProject.Create(
        session,
        Framework,
        Framework,
        SelfContained ? $"<RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier><SelfContained>true</SelfContained>" : ""));

    public override void Build(Session session) => Workspace.Dotnet(Folder(session), "build", "--no-restore", "-o", "out").Expect();

    public override ToolResult Run(Session session)
    {
        string output = Output(session);
        return SelfContained
            ? Workspace.Run(output, Path.Combine(output, OperatingSystem.IsWindows() ? "app.exe" : "app"), [])
            : Workspace.RunOnRuntime(output, "app.dll");
    }

    public string Output(Session session) => Path.Combine(Folder(session), "out");

    private string Folder(Session session) => session.Workspace.Folder("programs", Framework);
}
