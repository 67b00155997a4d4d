using System;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using Buffer = NetGen.Generator.Lowering.Buffer;

namespace NetGen.TestKit;

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
            if (invoke.DeclaresResult)
            {
                Declare(result, null);
            }

            Number(result);
            Changes(result);
            if (callee.Returns is null)
            {
                Fault($"takes the result of {name}, which has none");
            }
        }

        foreach ((Argument argument, KernelParameter parameter) in invoke.Arguments.Zip(callee.Parameters, (argument, parameter) => (argument, parameter)))
        {
            if ((argument.Buffer is null) != (parameter.Buffer is null) || (argument.Integer is not null) != (parameter.Kind == NumberKind.Integer))
            {
                Fault($"calls {name} with something else for {parameter.Name}");
            }
            else if (argument.Value is { } value)
            {
                Examine(value);
            }
            else if (argument.Integer is { } integer)
            {
                Counts(integer);
                if (parameter.Count is not { } count || integer.Least < count.Least || integer.Most > count.Most
                    || (parameter.AtLeast is { } least && !(invoke.InCaller(least) is { } known && _bounds.IsNatural(integer - known))))
                {
                    Fault($"calls {name} with {integer} for {parameter.Name}");
                }
            }
            else
            {
                Examine(invoke, argument, callee, parameter.Buffer!);
            }
        }
    }

    /// <summary>What is given must have all the elements that a kernel is going to use.</summary>
    private void Examine(Invoke invoke, Argument argument, Signature callee, Buffer expected)
    {
        if (Find(argument.Buffer!) is not { } buffer)
        {
            return;
        }

        string name = callee.Name;
        if (invoke.InCaller(expected.Size) is not { } size)
        {
            Fault($"calls {name}, which takes {expected.Size} elements of {expected.Name}");
            return;
        }

        if (expected.Repeats is { } repeats && buffer.Repeats != repeats)
        {
            // From the first group to the last are as many steps as there are groups between.
            int most = (int)(invoke.InCaller(repeats.Samples)?.Most ?? repeats.Samples.Most);
            int? step = invoke.InCaller(repeats.Step) is { } given && given.Counts.FirstOrDefault() is { } count && _numbers.TryGetValue(count.Name, out int number) ? number : null;
            if (step is null)
            {
                Fault($"calls {name} with steps of {repeats.Step.Name} through {buffer.Name}, which are not known");
            }

            size += (most - 1) / repeats.Group * (step ?? 0);
        }

        if (buffer.MayBeEmpty && !expected.MayBeEmpty && !_holds.Contains(new IsGiven(buffer.Name)))
        {
            Fault($"uses {buffer.Name} where it may be empty");
        }

        Within(buffer, argument.Start ?? 0, size);
        if (_writes.Of(callee).Contains(expected.Name))
        {
            Writable(buffer);
        }

        if (buffer.Kind != argument.Buffer!.Kind || (expected.Kind != BufferKind.Reference
            && (buffer.Kind is BufferKind.Parameters or BufferKind.Reference or BufferKind.Labels || expected.Kind == BufferKind.Parameters || (buffer.Kind == BufferKind.Values && expected.Kind != BufferKind.Values))
            && buffer.Kind != expected.Kind))
        {
            Fault($"calls {name} with {buffer.Name}, which is of another kind than {expected.Name}");
        }

        // Where a flag says it, the kernel is given the same one.
        if (buffer.OnlyWhere is { } where && !_holds.Contains(where)
            && !(where is IsSet flag && expected.OnlyWhere == where && invoke.ArgumentOf(flag.Flag)?.Value is Symbol same && same.Name == flag.Flag))
        {
            Fault($"uses {buffer.Name} where it may be empty");
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
