using System;
using System.IO;

namespace NetGen.Hosts.Running;

/// <summary>Projects outside the repository that use the packages.</summary>
internal static class ProgramProject
{
    /// <summary>A program of one line.</summary>
    private const string CallLibrary = "return NetGen.HostProgram.Program.Run();\n";

    /// <summary>
    /// Writes a program that runs what every host runs. That is in a library for .NET 8, which all programs share: compiling it takes far longer than all else.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="name">Its folder.</param>
    /// <param name="framework">Its target framework.</param>
    /// <param name="properties">Further properties, as XML.</param>
    /// <param name="items">Further items, as XML.</param>
    /// <returns>The folder.</returns>
    public static string Create(Session session, string name, string framework, string properties = "", string items = "")
    {
        string sources = Path.Combine(Workspace.Repository, "tests", "NetGen.HostProgram", "Sources.props");
        string library = Write(session, "library", "library", $"""<Import Project="{sources}" />""", "net8.0", "<RunAnalyzers>false</RunAnalyzers>", Package);
        return Create(session, name, framework, CallLibrary, properties, $"""<ProjectReference Include="{library}/library.csproj" />{items}""");
    }

    /// <summary>Writes a program of one source file.</summary>
    public static string Create(Session session, string name, string framework, string source, string properties, string items)
    {
        string folder = Write(session, name, "app", "", framework, $"<OutputType>Exe</OutputType>{properties}", items);
        WriteIfNew(Path.Combine(folder, "Program.cs"), source);
        return folder;
    }

    /// <summary>The reference to NetGen.</summary>
    public static string Package => """<PackageReference Include="NetGen" Version="$(NetGenVersion)" />""";

    /// <summary>The references to NetGen and to NetGen.Training.</summary>
    public static string Packages => Package + """<PackageReference Include="NetGen.Training" Version="$(NetGenVersion)" />""";

    /// <summary>Fetches what a project needs.</summary>
    /// <returns>Why that cannot be had, or null.</returns>
    /// <exception cref="ToolException">It is NetGen's own package that is missing.</exception>
    public static string? Restore(string folder)
    {
        ToolResult result = Workspace.Dotnet(folder, "restore");
        if (result.Succeeded)
        {
            return null;
        }

        // Warnings are errors here, those about missing packages too.
        string error = result.FirstError.Contains(": error ", StringComparison.Ordinal) ? result.FirstError.Split(": error ", 2)[1] : result.FirstError;
        return error.Contains(" NetGen", StringComparison.Ordinal) ? throw new ToolException(error) : error.Split(" [")[0];
    }

    private static string Write(Session session, string name, string assembly, string import, string framework, string properties, string items)
    {
        string folder = session.Workspace.Folder("programs", name);
        session.Feed.Prepare(folder);
        WriteIfNew(Path.Combine(folder, assembly + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              {import}
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>

            """);
        return folder;
    }

    /// <summary>Leaves the file alone if it is there, for otherwise what was made of it would be out of date.</summary>
    private static void WriteIfNew(string path, string text)
    {
        if (!File.Exists(path))
        {
            File.WriteAllText(path, text);
        }
    }
}
