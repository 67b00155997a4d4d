using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using NetGen.Models;

namespace NetGen.Tool;

/// <summary>The command <c>netgen</c>.</summary>
public static class Program
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">Its words.</param>
    /// <returns>The exit code: 0, or 1 where a file cannot be read or a word is wrong.</returns>
    public static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs a command.</summary>
    /// <param name="args">Its words.</param>
    /// <param name="output">Receives what it prints.</param>
    /// <param name="error">Receives what is wrong, in a line.</param>
    /// <returns>The exit code: 0, or 1 where a file cannot be read or a word is wrong.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("file") { Description = "A model in ONNX, or weights in safetensors." };
        var outputs = new Option<string?>("--outputs") { Description = "The outputs that are wanted, by their names in the file, separated by commas; all by default." };
        var deterministic = new Option<bool>("--deterministic") { Description = "Leaves out noise: of a random number its mean is taken, of a choice the likeliest." };
        var className = new Option<string?>("--class") { Description = "The name of the class; that of the file by default." };
        var nameSpace = new Option<string?>("--namespace") { Description = "The namespace of the class." };
        ModelFile Open(ParseResult parsed) => ModelFile.Open(
            parsed.GetValue(file)!,
            parsed.GetValue(outputs)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            parsed.GetValue(deterministic));

        var inspect = new Command("inspect", "Says what is in a model file.") { file, outputs, deterministic };
        inspect.SetAction(parsed => Guarded(error, () => output.Write(Inspection.Text(Open(parsed)))));
        var declare = new Command("declare", "Prints the declaration in C# that a model amounts to.") { file, outputs, deterministic, className, nameSpace };
        declare.SetAction(parsed => Guarded(error, () => output.Write(Open(parsed).Declaration(Class(parsed.GetValue(className), parsed.GetValue(file)!), parsed.GetValue(nameSpace)))));
        var root = new RootCommand("Reads trained models for NetGen.") { inspect, declare };
        ParseResult all = root.Parse(args);
        if (all.Errors.Count > 0)
        {
            error.WriteLine(all.Errors[0].Message);
            return 1;
        }

        return all.Invoke(new InvocationConfiguration { Output = output, Error = error });
    }

    /// <summary>The name of the class, or one made of that of the file.</summary>
    private static string Class(string? given, string file)
    {
        string name = given ?? string.Concat(Path.GetFileNameWithoutExtension(file).Split('_', '-', ' ', '.').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        bool isName = name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(character => char.IsLetterOrDigit(character) || character == '_');
        return isName ? name : throw new InvalidDataException($"'{name}' is no name of a class; give one with --class");
    }

    private static int Guarded(TextWriter error, Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message.ReplaceLineEndings(" "));
            return 1;
        }
    }
}
