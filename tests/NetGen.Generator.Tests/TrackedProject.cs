using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;
using NetGen.TestKit;

namespace NetGen.Generator.Tests;

/// <summary>A project of several files that one driver runs over again after every edit, with a record of why its steps ran where it is tracked.</summary>
internal sealed class TrackedProject
{
    private readonly List<string> _files;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    public TrackedProject(params string[] files)
        : this(files, isTracked: true)
    {
    }

    private TrackedProject(IReadOnlyList<string> files, bool isTracked)
    {
        _driver = Compiled.CreateDriver(isTracked: isTracked);
        _files = [.. files];
        _compilation = Compiled.Compilation("").RemoveAllSyntaxTrees().AddSyntaxTrees(files.Select(Parse));
        Run();
    }

    public CSharpCompilation Compilation => _compilation;

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>The generated texts by file name.</summary>
    public SortedDictionary<string, string> Texts => Sorted(Result);

    /// <summary>What the generator says, with its places.</summary>
    public IReadOnlyList<string> Errors => Result.Diagnostics.Select(error => $"{error}").Order(StringComparer.Ordinal).ToList();

    /// <summary>The same project in a new compiler, which has seen nothing of it before.</summary>
    public TrackedProject FromScratch() => Untracked([.. _files]);

    public string this[int file] => _files[file];

    /// <summary>A project whose driver does what that of an editor does, and no more.</summary>
    public static TrackedProject Untracked(IReadOnlyList<string> files) => new(files, isTracked: false);

    /// <summary>Changes the text of a file.</summary>
    public TrackedProject Edit(int file, string text)
    {
        _files[file] = text;
        return Change(_compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[file], Parse(text)));
    }

    /// <summary>Replaces a part of a file, which must be there.</summary>
    public TrackedProject Edit(int file, string before, string after) => _files[file].Contains(before, StringComparison.Ordinal)
        ? Edit(file, _files[file].Replace(before, after, StringComparison.Ordinal))
        : throw new ArgumentException($"File {file} does not contain '{before}'.", nameof(before));

    /// <summary>Adds a file.</summary>
    public TrackedProject Add(string text)
    {
        _files.Add(text);
        return Change(_compilation.AddSyntaxTrees(Parse(text)));
    }

    /// <summary>Changes anything else.</summary>
    public TrackedProject Change(CSharpCompilation compilation)
    {
        _compilation = compilation;
        Run();
        return this;
    }

    /// <summary>Changes the language version, which parses every file again.</summary>
    public TrackedProject ChangeLanguage(LanguageVersion language)
    {
        CSharpParseOptions options = Compiled.ParseOptions(language);
        _driver = _driver.WithUpdatedParseOptions(options);
        return Change(_compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(_files.Select(file => CSharpSyntaxTree.ParseText(file, options))));
    }

    /// <summary>Why the steps of each network ran: model, text and output, in order of name. A network that is gone is told too.</summary>
    public string Reasons()
    {
        var reasons = new SortedDictionary<string, List<IncrementalStepRunReason>>(StringComparer.Ordinal);
        void Note(string? name, IncrementalStepRunReason reason)
        {
            if (name is not null)
            {
                reasons.TryAdd(name, []);
                reasons[name].Add(reason);
            }
        }

        foreach ((object value, IncrementalStepRunReason reason) in Outputs(PipelineSteps.Readings))
        {
            Note(((NetworkReading)value).Class.Simple, reason);
        }

        foreach ((object value, IncrementalStepRunReason reason) in Outputs(PipelineSteps.Sources))
        {
            Note(NameOf(value), reason);
        }

        foreach (IncrementalGeneratorRunStep step in Result.TrackedOutputSteps.SelectMany(pair => pair.Value))
        {
            (IncrementalGeneratorRunStep source, int index) = step.Inputs.Single();
            Note(source.Name == PipelineSteps.Sources ? NameOf(source.Outputs[index].Value) : null, step.Outputs.Single().Reason);
        }

        return string.Join('\n', reasons.Select(pair => $"{pair.Key}: {string.Join(", ", pair.Value)}"));
    }

    /// <summary>What a step gave, and why it ran.</summary>
    public IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(string step) =>
        Result.TrackedSteps.TryGetValue(step, out var runs) ? runs.SelectMany(run => run.Outputs) : [];

    private static SortedDictionary<string, string> Sorted(GeneratorRunResult result) => new(
        result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()), StringComparer.Ordinal);

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, Compiled.ParseOptions());

    /// <summary>The class of a generated text, from its file name: a suffix makes some of them unique.</summary>
    private static string? NameOf(object source) => ((GeneratedFile)source).HintName is { Length: > 0 } name ? name.Split('.')[^3].Split('_')[0] : null;

    private void Run()
    {
        _driver = _driver.RunGenerators(_compilation);
        if (Result.Exception is { } exception)
        {
            throw new InvalidOperationException("The generator failed.", exception);
        }
    }
}
