using System;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>What is proven of values and calls.</summary>
internal sealed partial class Verify
{
    private void Examine(Invoke invoke)
    {
        string name = invoke.Function.Name;
        if (!_kernels.TryGetValue(invoke.Function.Key, out Signature? callee))
        {
            Fault($"calls {name}, which is not among the kernels");
            return;
        }

        if (invoke.Arguments.Count != callee.Parameters.Count)
        {
            Fault($"calls {name} with {Notation.Text(invoke.Arguments.Count)} arguments");
            return;
        }

        if (invoke.Result is { } result)
        {
            Number(result);
            if (callee.Returns is null)
            {
                Fault($"takes the result of {name}, which has none");
            }
        }

        foreach ((Argument argument, KernelParameter parameter) in invoke.Arguments.Zip(callee.Parameters, (argument, parameter) => (argument, parameter)))
        {
            if ((argument.Buffer is null) != (parameter.Buffer is null) || (argument.Integer is not null && parameter.Kind != NumberKind.Integer))
            {
                Fault($"calls {name} with something else for {parameter.Name}");
            }
            else if (argument.Value is { } value)
            {
                Examine(value);
            }
            else if (argument.Buffer is { } buffer && parameter.Buffer is { } expected)
            {
                Inside(buffer, 0, expected.Length, mayBeEmpty: expected.MayBeEmpty);
                if (_writes.Of(callee).Contains(parameter.Name))
                {
                    Writable(buffer);
                }

                if ((buffer.Kind == BufferKind.Parameters) != (expected.Kind == BufferKind.Parameters)
                    || (buffer.Kind == BufferKind.Reference) != (expected.Kind == BufferKind.Reference)
                    || (buffer.Kind == BufferKind.Values && expected.Kind != BufferKind.Values))
                {
                    Fault($"calls {name} with {buffer.Name}, which is of another kind than {parameter.Name}");
                }
            }
        }
    }

    /// <summary>Examines a value.</summary>
    /// <param name="expression">The value.</param>
    /// <param name="type">The type of vector that is expected, or null for a number.</param>
    private void Examine(Expression expression, VectorType? type = null)
    {
        switch (expression)
        {
            case Load load:
                Typed(expression, null, type);
                Inside(load.Buffer, load.Index, 1);
                break;
            case LoadVector load:
                Typed(expression, load.Type, type);
                Inside(load.Buffer, load.Index, load.Type.Count);
                break;
            case LoadAll load:
                Typed(expression, load.Type, type);
                Inside(load.Buffer, load.Index, 1);
                break;
            case VectorOperation operation:
                Examine(operation, type);
                break;
            case Symbol symbol:
                Number(symbol.Name, type);
                break;
            case UnitCount:
                Fault("counts units, which were known");
                break;
            default:
                Count(type, expression is Binary { Operator: BinaryOperator.Multiply } or MultiplyAdd or NegativeMultiplyAdd);
                foreach (Expression operand in expression.Operands())
                {
                    Examine(operand, type);
                }

                break;
        }
    }

    private void Examine(VectorOperation operation, VectorType? type)
    {
        VectorType own = operation.Type;
        Typed(
            operation,
            operation.Kind switch
            {
                VectorOperator.Element => null,
                VectorOperator.Halve or VectorOperator.Lower or VectorOperator.Upper => own.Half,
                _ => own,
            },
            type);
        (int operands, int numbers) = operation.Kind switch
        {
            VectorOperator.Elements => (own.Count, 0),
            VectorOperator.FirstProduct or VectorOperator.SumPair or VectorOperator.Join => (2, 0),
            VectorOperator.Sums => (own.Number == NumberType.Single ? 4 : 2, 0),
            VectorOperator.FoldFour => (4, 0),
            VectorOperator.Element or VectorOperator.Spread => (1, own.Count),
            VectorOperator.KeepFirst => (1, own.Count + 1),
            _ => (1, 0),
        };
        if (operation.Operands.Count != operands || operation.Number < 0 || operation.Number >= Math.Max(1, numbers))
        {
            Fault($"has no such operation: {operation}");
        }

        Count(own, operation.Kind == VectorOperator.FirstProduct);
        foreach (Expression operand in operation.Operands)
        {
            Examine(operand, operation.Kind switch
            {
                VectorOperator.Splat or VectorOperator.Elements => null,
                VectorOperator.Join => own.Half,
                _ => own,
            });
        }
    }

    private void Typed(Expression expression, VectorType? type, VectorType? expected)
    {
        if (type != expected)
        {
            Fault($"has {expression} where {Named(expected)} is expected");
        }
    }

    private static string Named(VectorType? type) => type?.Name ?? "a number";

    private void Count(VectorType? type, bool isProduct)
    {
        if (isProduct && type is null)
        {
            _products++;
        }
        else if (isProduct)
        {
            _vectorProducts++;
        }
    }
}
