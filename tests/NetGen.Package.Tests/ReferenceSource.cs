using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.TestKit;

namespace NetGen.Package.Tests;

/// <summary>The source of NetGen.dll for a framework without what its members do: what others compile against, as text that can be read and kept.</summary>
internal static class ReferenceSource
{
    /// <summary>The text of one file, from the sources of a project.</summary>
    /// <param name="project">The file of the project.</param>
    /// <param name="framework">One of its frameworks.</param>
    public static string Of(string project, string framework)
    {
        string[] symbols = framework == "net8.0" ? ["NET", "NET8_0", "NET8_0_OR_GREATER"] : ["NETSTANDARD", "NETSTANDARD2_1"];
        CSharpParseOptions options = Compiled.ParseOptions(LanguageVersion.Latest).WithPreprocessorSymbols(symbols).WithDocumentationMode(DocumentationMode.None);
        string folder = Path.GetDirectoryName(project)!;
        List<Regex> removed = Removed(project, framework);
        IEnumerable<string> files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal) && !removed.Any(pattern => pattern.IsMatch(path)))
            .Order(StringComparer.Ordinal);
        IEnumerable<string> parts = files
            .Select(path => (CompilationUnitSyntax)new Surface().Visit(CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(folder, path)), options).GetRoot()))
            .SelectMany(Namespaces)
            .Where(part => part.Members.Count > 0)
            .Select(part => part.NormalizeWhitespace(eol: "\n").ToFullString());
        return $"#nullable enable\n{string.Join("\n\n", parts)}\n";
    }

    /// <summary>The namespaces of a file, with what it uses inside, so that many files make one.</summary>
    private static IEnumerable<NamespaceDeclarationSyntax> Namespaces(CompilationUnitSyntax file) => file.Members.OfType<BaseNamespaceDeclarationSyntax>()
        .Select(part => SyntaxFactory.NamespaceDeclaration(part.Name).WithUsings(file.Usings).WithMembers(part.Members));

    /// <summary>The files that the project leaves out for a framework.</summary>
    private static List<Regex> Removed(string project, string framework) => XDocument.Load(project).Descendants("ItemGroup")
        .Where(group => group.Attribute("Condition")?.Value == $"'$(TargetFramework)' == '{framework}'")
        .SelectMany(group => group.Elements("Compile"))
        .SelectMany(element => element.Attribute("Remove")!.Value.Split(';'))
        .Select(pattern => new Regex($"^{Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$"))
        .ToList();

    /// <summary>Leaves what others see, without comments.</summary>
    private sealed class Surface : CSharpSyntaxRewriter
    {
        private static readonly ArrowExpressionClauseSyntax Throws = SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ParseExpression("throw null!"));
        private static readonly SyntaxToken Semicolon = SyntaxFactory.Token(SyntaxKind.SemicolonToken);

        public override SyntaxTrivia VisitTrivia(SyntaxTrivia trivia) => default;

        public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => IsSeen(node) ? base.VisitClassDeclaration(node) : null;

        public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => IsSeen(node) ? base.VisitStructDeclaration(node) : null;

        public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) => IsSeen(node) ? base.VisitRecordDeclaration(node) : null;

        public override SyntaxNode? VisitInterfaceDeclaration(InterfaceDeclarationSyntax node) => IsSeen(node) ? base.VisitInterfaceDeclaration(node) : null;

        public override SyntaxNode? VisitEnumDeclaration(EnumDeclarationSyntax node) => IsSeen(node) ? base.VisitEnumDeclaration(node) : null;

        public override SyntaxNode? VisitDelegateDeclaration(DelegateDeclarationSyntax node) => IsSeen(node) ? base.VisitDelegateDeclaration(node) : null;

        public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) =>
            IsSeen(node) || node.Parent is StructDeclarationSyntax ? base.VisitFieldDeclaration(node) : null;

        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => !IsSeen(node) && node.ExplicitInterfaceSpecifier is null ? null
            : HasBody(node) ? ((MethodDeclarationSyntax)base.VisitMethodDeclaration(node.WithBody(null).WithExpressionBody(null))!).WithExpressionBody(Throws).WithSemicolonToken(Semicolon)
            : base.VisitMethodDeclaration(node);

        public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node) => IsSeen(node) || node.Parent is TypeDeclarationSyntax
            ? ((ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node.WithBody(null).WithExpressionBody(null))!).WithExpressionBody(Throws).WithSemicolonToken(Semicolon)
            : null;

        public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node) => !IsSeen(node) && node.ExplicitInterfaceSpecifier is null ? null
            : node.ExpressionBody is not null ? ((PropertyDeclarationSyntax)base.VisitPropertyDeclaration(node.WithExpressionBody(null))!).WithExpressionBody(Throws).WithSemicolonToken(Semicolon)
            : base.VisitPropertyDeclaration(node.WithInitializer(null).WithSemicolonToken(default));

        public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node) => node.Body is null && node.ExpressionBody is null
            ? base.VisitAccessorDeclaration(node)
            : ((AccessorDeclarationSyntax)base.VisitAccessorDeclaration(node.WithBody(null).WithExpressionBody(null))!).WithExpressionBody(Throws).WithSemicolonToken(Semicolon);

        public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) =>
            node.Attributes.All(attribute => attribute.Name.ToString() == "MethodImpl") ? null : base.VisitAttributeList(node);

        private static bool HasBody(MethodDeclarationSyntax node) => node.Body is not null || node.ExpressionBody is not null;

        /// <summary>Whether others see a member; members of interfaces and enumerations need not say it.</summary>
        private static bool IsSeen(MemberDeclarationSyntax node) =>
            node.Parent is InterfaceDeclarationSyntax or EnumDeclarationSyntax || node.Modifiers.Any(SyntaxKind.PublicKeyword) || node.Modifiers.Any(SyntaxKind.ProtectedKeyword);
    }
}
