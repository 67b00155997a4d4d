using System;
using System.IO;
using System.Runtime.InteropServices;

namespace NetGen.Hosts.Running;

/// <summary>A program compiled to machine code.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Framework">The target framework.</param>
/// <param name="InstructionSet">What the processor must have; null for what every processor has.</param>
internal sealed record NativeHost(string Name, string Framework, string? InstructionSet = null) : Host(Name)
{
    private const string FolderName = "to-native";

    public override string? Unavailable(Session session)
    {
        if (InstructionSet is not null && RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return $"{InstructionSet} is a name for x64";
        }

        return Linker() ?? ProgramProject.Restore(ProgramProject.Create(session, FolderName, Framework, Properties));
    }

    public override void Build(Session session)
    {
        // The C# is compiled once for all instruction sets; what was compiled to machine code would pass for up to date.
        foreach (string native in Directory.GetDirectories(Folder(session), "native", SearchOption.AllDirectories))
        {
            Directory.Delete(native, recursive: true);
        }

        Publish(Folder(session), InstructionSet is null ? [] : [$"-p:IlcInstructionSet={InstructionSet}"]);
    }

    public override ToolResult Run(Session session) => Workspace.Run(Folder(session), Executable(Folder(session)), []);

    /// <summary>What makes a project a native program.</summary>
    public static string Properties => $"<RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier><PublishAot>true</PublishAot>";

    /// <summary>Compiles a restored project to machine code; a warning about trimming or native code is an error.</summary>
    public static void Publish(string folder, params string[] options)
    {
        ToolResult result = Workspace.Dotnet(folder, ["publish", "--no-restore", "-c", "Release", "-o", "out", .. options]).Expect();
        if (result.Warnings.Count > 0)
        {
            throw new ToolException($"warnings {string.Join(", ", result.Warnings)}");
        }
    }

    public static string Executable(string folder) => Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "app.exe" : "app");

    /// <summary>Why nothing can be linked, or null.</summary>
    public static string? Linker()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        foreach (string compiler in new[] { "clang", "gcc" })
        {
            try
            {
                if (Workspace.Run(".", compiler, ["--version"]).Succeeded)
                {
                    return null;
                }
            }
            catch (ToolException)
            {
                // Not this one.
            }
        }

        return "neither clang nor gcc is installed, one of which has to link";
    }

    private static string Folder(Session session) => session.Workspace.Folder("programs", FolderName);
}
