using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Own;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Reads the body of a formula as the compiler understands it: names, conversions and constants are its. Everything that is no formula ends the reading with an error at its token; what does
/// not compile ends it without one. A number type makes no difference: the network computes the formula in its own.
/// </summary>
internal sealed partial class FormulaBody
{
    /// <summary>Most operations of a formula.</summary>
    public const int MostOperations = 64;

    /// <summary>Operations inside one another, parentheses and constants included, that reading goes into.</summary>
    private const int MostNesting = 256;

    /// <summary>Operations that reading goes through, those of a method again for every call.</summary>
    private const int MostSteps = 2048;

    private readonly CSharpCompilation _compilation;
    private readonly NumberType _number;
    private readonly Findings _findings;
    private readonly CancellationToken _cancellation;
    private readonly FormulaGraph _graph = new();
    private readonly List<IMethodSymbol> _open = new();
    private readonly HashSet<Location> _advised = new();
    private Dictionary<ISymbol, int> _values = new(SymbolEqualityComparer.Default);
    private int _steps;
    private int _nesting;
    private bool _isReported;

    /// <summary>Prepares the reading.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="number">The number type of the network.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <param name="cancellation">Stops it.</param>
    public FormulaBody(CSharpCompilation compilation, NumberType number, Findings findings, CancellationToken cancellation)
    {
        _compilation = compilation;
        _number = number;
        _findings = findings;
        _cancellation = cancellation;
    }

    /// <summary>Why a method computes no number from numbers, or null.</summary>
    public static string? Mistake(IMethodSymbol method) =>
        method.Arity > 1 || !IsReal(method.ReturnType) ? "does not return float, double or its type parameter"
        : method.RefKind != RefKind.None || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None) ? "takes or returns a reference"
        : method.Parameters.Any(parameter => !SymbolEqualityComparer.Default.Equals(parameter.Type, method.ReturnType)) ? "takes another type than it returns"
        : Syntax(method) is null ? "has no body"
        : null;

    /// <summary>Reads a formula.</summary>
    /// <returns>The formula, or null.</returns>
    public OwnFormula? Read(IMethodSymbol method)
    {
        int[] variables = method.Parameters.Select((_, index) => _graph.Variable(index)).ToArray();
        if (Inline(method, variables, TypeNames.Place(method)) is not { } root)
        {
            return null;
        }

        OwnFormula formula = _graph.Formula(method.Name, root);
        if (formula.Nodes.Count(node => node.Operands.Count > 0) <= MostOperations)
        {
            return formula;
        }

        _findings.Add(Descriptors.FormulaTooLong, TypeNames.Place(method), method.Name, MostOperations);
        return null;
    }

    private static bool IsReal(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Single or SpecialType.System_Double }
        || (type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(constraint => constraint is INamedTypeSymbol named && IsNumerics(named)));

    /// <summary>Whether a type is that of whole numbers, as <c>z > 0 ? 1 : 0</c> is before it becomes a real one.</summary>
    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    /// <summary>Whether a type is one of the interfaces of numbers.</summary>
    private static bool IsNumerics(INamedTypeSymbol type) => type is
    {
        TypeKind: TypeKind.Interface,
        ContainingNamespace: { Name: "Numerics", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } },
    };

    private static MethodDeclarationSyntax? Syntax(IMethodSymbol method) => (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax())
        .OfType<MethodDeclarationSyntax>()
        .FirstOrDefault(syntax => syntax.Body is not null || syntax.ExpressionBody is not null);

    /// <summary>The value of a method for some arguments.</summary>
    private int? Inline(IMethodSymbol method, IReadOnlyList<int> arguments, Location place)
    {
        IMethodSymbol original = method.OriginalDefinition;
        if (_open.Contains(original, SymbolEqualityComparer.Default))
        {
            return Report(Descriptors.FormulaRecursive, place, method.Name);
        }

        _cancellation.ThrowIfCancellationRequested();
        MethodDeclarationSyntax syntax = Syntax(original)!;
        if (syntax.ContainsDiagnostics || _compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, _cancellation) is not IMethodBodyOperation body)
        {
            return null;
        }

        Dictionary<ISymbol, int> outer = _values;
        _values = new Dictionary<ISymbol, int>(SymbolEqualityComparer.Default);
        for (int index = 0; index < arguments.Count; index++)
        {
            _values[original.Parameters[index]] = arguments[index];
        }

        _open.Add(original);
        int? value = Statements((body.BlockBody ?? body.ExpressionBody)!);
        _open.RemoveAt(_open.Count - 1);
        _values = outer;
        return value;
    }

    /// <summary>Reads statements up to the one that returns.</summary>
    private int? Statements(IBlockOperation block)
    {
        foreach (IOperation statement in Flat(block))
        {
            switch (statement)
            {
                case IReturnOperation { ReturnedValue: { } returned }:
                    return Value(returned);
                case IVariableDeclarationGroupOperation declarations:
                    if (!declarations.Declarations.SelectMany(declaration => declaration.Declarators).All(Declare))
                    {
                        return null;
                    }

                    break;
                case IExpressionStatementOperation { Operation: IAssignmentOperation { Target: ILocalReferenceOperation local } assignment }:
                    if (Assigned(local, assignment) is not { } value)
                    {
                        return null;
                    }

                    _values[local.Local] = value;
                    break;
                case IEmptyOperation:
                    break;
                case IExpressionStatementOperation expression:
                    return NotRead(expression.Operation);
                default:
                    return NotRead(statement);
            }
        }

        // Without a value it does not compile.
        return null;
    }

    /// <summary>The statements of a block, those of blocks in it among them.</summary>
    private static IEnumerable<IOperation> Flat(IBlockOperation block) =>
        block.Operations.SelectMany(statement => statement is IBlockOperation inner ? Flat(inner) : new[] { statement });

    private bool Declare(IVariableDeclaratorOperation declarator)
    {
        if (declarator.Symbol.IsConst)
        {
            return true;
        }

        if (!IsReal(declarator.Symbol.Type) || declarator.Symbol.IsRef)
        {
            NotRead(declarator);
            return false;
        }

        if (declarator.GetVariableInitializer() is not { } initializer)
        {
            // The compiler sees to it that it has a value before it is used.
            return true;
        }

        int? value = Value(initializer.Value);
        _values[declarator.Symbol] = value ?? 0;
        return value is not null;
    }

    private int? Assigned(ILocalReferenceOperation local, IAssignmentOperation assignment) => assignment switch
    {
        _ when !IsReal(local.Type) => NotRead(assignment),
        ISimpleAssignmentOperation { IsRef: false } => Value(assignment.Value),
        ICompoundAssignmentOperation { OperatorMethod: null } compound when _values.TryGetValue(local.Local, out int before) =>
            Value(assignment.Value) is { } value ? Binary(compound.OperatorKind, before, value, compound) : null,
        _ => NotRead(assignment),
    };

    /// <summary>The value of an expression, or null where it could not be read.</summary>
    private int? Value(IOperation operation)
    {
        if (++_steps > MostSteps || _nesting >= MostNesting || _graph.Count > 4 * MostOperations)
        {
            return Report(Descriptors.FormulaTooLong, TypeNames.Place(_open[0]), _open[0].Name, MostOperations);
        }

        _nesting++;
        int? value = operation.ConstantValue is { HasValue: true, Value: { } constant } && !IsQuotient(operation) ? Constant(constant, operation) : Computed(operation);
        _nesting--;
        return value;
    }

    /// <summary>Whether a constant comes of a division, which may be by 0.</summary>
    private static bool IsQuotient(IOperation operation) =>
        operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } && operation.ConstantValue.Value is double.NaN or double.PositiveInfinity or double.NegativeInfinity
            or float.NaN or float.PositiveInfinity or float.NegativeInfinity;

    /// <summary>A constant: a number in single precision is the one with the shortest decimal form, as it was written.</summary>
    private int? Constant(object constant, IOperation operation) => constant switch
    {
        float single => _graph.Number(Shortest(single)),
        double number => Real(number, operation),
        int or uint or long or ulong or short or ushort or byte or sbyte => _graph.Number(System.Convert.ToDouble(constant, CultureInfo.InvariantCulture)),
        _ => NotRead(operation),
    };

    /// <summary>A number that the network can hold, which may have less precision than the method.</summary>
    private int? Real(double number, IOperation operation)
    {
        float rounded = (float)number;
        bool isLost = (float.IsInfinity(rounded) && !double.IsInfinity(number)) || (rounded == 0 && number != 0);
        return _number == NumberType.Single && isLost
            ? Report(Descriptors.OutOfRange, operation.Syntax.GetLocation(), "A number of a formula", number.ToString(CultureInfo.InvariantCulture), "one that single precision has")
            : _graph.Number(number);
    }

    private static double Shortest(float value)
    {
        if (float.IsNaN(value) || float.IsInfinity(value))
        {
            return value;
        }

        return new[] { "G6", "G7", "G8", "G9" }
            .Select(format => double.Parse(value.ToString(format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            .First(number => (float)number == value);
    }

    private int? Computed(IOperation operation)
    {
        switch (operation)
        {
            case IParameterReferenceOperation parameter when _values.TryGetValue(parameter.Parameter, out int value):
                return value;
            case ILocalReferenceOperation local when _values.TryGetValue(local.Local, out int value):
                return value;
            case IConversionOperation { OperatorMethod: null } conversion
                when IsReal(conversion.Type) && (IsReal(conversion.Operand.Type) || conversion.Operand.ConstantValue.HasValue || conversion.Operand is IConditionalOperation):
                return Value(conversion.Operand);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus or UnaryOperatorKind.Plus } unary when IsOfNumbers(unary.OperatorMethod):
                return Value(unary.Operand) is { } operand ? unary.OperatorKind == UnaryOperatorKind.Plus ? operand : _graph.Negative(operand) : null;
            case IBinaryOperation binary when IsOfNumbers(binary.OperatorMethod):
                return Value(binary.LeftOperand) is { } left && Value(binary.RightOperand) is { } right ? Binary(binary.OperatorKind, left, right, binary) : null;
            case IConditionalOperation { WhenFalse: { } otherwise } conditional when IsReal(conditional.Type) || IsInteger(conditional.Type):
                return Value(conditional.WhenTrue) is { } whenTrue && Value(otherwise) is { } whenFalse ? Choose(conditional.Condition, whenTrue, whenFalse) : null;
            case IInvocationOperation call:
                return Call(call);
            case IPropertyReferenceOperation { Instance: null, Property: { ContainingType: { } owner, Name: { } name } } property when IsNumerics(owner):
                return NumberOf(name) is { } number ? _graph.Number(number) : NotRead(property);
            default:
                return NotRead(operation);
        }
    }

    private static double? NumberOf(string property) => property switch
    {
        "Zero" => 0,
        "One" => 1,
        "NegativeOne" => -1,
        "Pi" => System.Math.PI,
        "Tau" => 2 * System.Math.PI,
        "E" => System.Math.E,
        _ => null,
    };

    /// <summary>Whether an operator is that of the language, or of a number type that is a type parameter.</summary>
    private static bool IsOfNumbers(IMethodSymbol? method) => method is null || IsNumerics(method.ContainingType);

    private int? Binary(BinaryOperatorKind kind, int left, int right, IOperation operation)
    {
        switch (kind)
        {
            case BinaryOperatorKind.Add:
                return _graph.Sum(left, right);
            case BinaryOperatorKind.Subtract:
                Advise(UnstableFormulas.OfDifference(_graph, left, right), operation);
                return _graph.Difference(left, right);
            case BinaryOperatorKind.Multiply:
                return _graph.Product(left, right);
            case BinaryOperatorKind.Divide:
                return _graph.ValueOf(right) == 0 ? Report(Descriptors.FormulaDividesByZero, Token(operation).GetLocation(), operation.Syntax.ToString()) : _graph.Quotient(left, right);
            default:
                return NotRead(operation);
        }
    }

    /// <summary>One of two values, by a condition.</summary>
    private int? Choose(IOperation condition, int whenTrue, int whenFalse)
    {
        if (condition.ConstantValue is { HasValue: true, Value: bool isTrue })
        {
            return isTrue ? whenTrue : whenFalse;
        }

        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } not:
                return Choose(not.Operand, whenFalse, whenTrue);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null } and:
                return Choose(and.RightOperand, whenTrue, whenFalse) is { } right ? Choose(and.LeftOperand, right, whenFalse) : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr, OperatorMethod: null } or:
                return Choose(or.RightOperand, whenTrue, whenFalse) is { } other ? Choose(or.LeftOperand, whenTrue, other) : null;
            case IBinaryOperation comparison when IsOfNumbers(comparison.OperatorMethod) && IsReal(comparison.LeftOperand.Type) && IsReal(comparison.RightOperand.Type):
                return Value(comparison.LeftOperand) is { } x && Value(comparison.RightOperand) is { } y ? Compared(comparison, x, y, whenTrue, whenFalse) : null;
            default:
                return NotRead(condition);
        }
    }

    private int? Compared(IBinaryOperation comparison, int x, int y, int whenTrue, int whenFalse) => comparison.OperatorKind switch
    {
        BinaryOperatorKind.LessThan => _graph.Select(Comparison.Below, x, y, whenTrue, whenFalse),
        BinaryOperatorKind.LessThanOrEqual => _graph.Select(Comparison.AtMost, x, y, whenTrue, whenFalse),
        BinaryOperatorKind.GreaterThan => _graph.Select(Comparison.Below, y, x, whenTrue, whenFalse),
        BinaryOperatorKind.GreaterThanOrEqual => _graph.Select(Comparison.AtMost, y, x, whenTrue, whenFalse),
        BinaryOperatorKind.Equals => _graph.Select(Comparison.Equal, x, y, whenTrue, whenFalse),
        BinaryOperatorKind.NotEquals => _graph.Select(Comparison.Equal, x, y, whenFalse, whenTrue),
        _ => NotRead(comparison),
    };

    /// <summary>Reports what is not read, unless the compiler has an error there; of members that are still to be generated it will have none.</summary>
    /// <returns>Null.</returns>
    private int? NotRead(IOperation operation)
    {
        bool isKnown = operation.DescendantsAndSelf().All(part => part is not IInvalidOperation);
        SyntaxToken token = isKnown ? Token(operation) : operation.Syntax.DescendantTokens().FirstOrDefault(part => MemberConflicts.IsGeneratedName(part.ValueText));
        return token.RawKind != 0 ? Report(Descriptors.FormulaNotRead, token.GetLocation(), token.ValueText) : null;
    }

    private int? Report(DiagnosticDescriptor descriptor, Location place, params object[] arguments)
    {
        if (!_isReported)
        {
            _findings.Add(descriptor, place, arguments);
        }

        _isReported = true;
        return null;
    }

    /// <summary>Says that something else would be better.</summary>
    private void Advise((string What, string Better)? advice, IOperation operation)
    {
        Location place = Token(operation).GetLocation();
        if (advice is { } found && _advised.Add(place))
        {
            _findings.Add(Descriptors.UnstableFormula, place, found.What, found.Better);
        }
    }

    /// <summary>The token that says what an operation is.</summary>
    private static SyntaxToken Token(IOperation operation) => operation.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier,
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        BinaryExpressionSyntax binary => binary.OperatorToken,
        AssignmentExpressionSyntax assignment => assignment.OperatorToken,
        PostfixUnaryExpressionSyntax unary => unary.OperatorToken,
        CastExpressionSyntax cast => cast.Type.GetFirstToken(),
        IsPatternExpressionSyntax pattern => pattern.IsKeyword,
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration.Type.GetFirstToken(),
        var other => other.GetFirstToken(),
    };
}
