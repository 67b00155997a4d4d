using System;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;

// The generator as a library gives the text that the build gave: both see the same framework and a language with vectors.
string source = File.ReadAllText("Shared/Brain.cs");
MetadataReference[] references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
    .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToArray();
var compilation = CSharpCompilation.Create("Networks", [CSharpSyntaxTree.ParseText(source)], references);
GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGenerators(compilation);
GeneratedSourceResult file = driver.GetRunResult().Results.Single().GeneratedSources.Single();
bool isSame = file.SourceText.ToString() == File.ReadAllText(Path.Combine("Snapshots/Generated/NetGenGenerator/NetGen.Generator.NetworkGenerator", file.HintName));
Console.WriteLine(isSame ? Shared.Workout.Run() : $"{file.HintName} is not what the build wrote");
