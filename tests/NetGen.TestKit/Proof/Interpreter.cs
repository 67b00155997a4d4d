using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Runtime;
using Buffer = NetGen.Generator.Lowering.Buffer;
using Index = NetGen.Generator.Lowering.Index;

namespace NetGen.TestKit;

/// <summary>
/// Runs lowered kernels as they stand, without C# and a compiler: every operation is rounded to the number type, and functions are those of NetGen.dll. What two schedules of
/// a computation give can be compared bit by bit.
/// </summary>
internal sealed partial class Interpreter
{
    private static readonly Dictionary<(string Name, NumberType Number), MethodInfo> Functions = FunctionsOf(typeof(Strict1));

    private static readonly Dictionary<(string Name, NumberType Number), MethodInfo> FusedFunctions = FunctionsOf(typeof(Fused1));

    private readonly Dictionary<string, KernelFunction> _kernels;
    private readonly NumberType _number;
    private readonly bool _isFused;

    /// <summary>Creates an interpreter of kernels that call each other.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="number">What their numbers are.</param>
    /// <param name="isFused">Whether what they multiply and add rounds once.</param>
    public Interpreter(IEnumerable<KernelFunction> kernels, NumberType number, bool isFused = false)
    {
        _kernels = kernels.ToDictionary(kernel => Key(kernel.Signature));
        _number = number;
        _isFused = isFused;
    }

    /// <summary>Numbers in memory: some of an array.</summary>
    public readonly record struct Memory(double[] Numbers, int Start, int Length)
    {
        public static implicit operator Memory(double[] numbers) => new(numbers, 0, numbers.Length);

        /// <summary>A number; an index outside throws.</summary>
        public ref double this[int index] => ref Numbers.AsSpan(Start, Length)[index];

        /// <summary>All of them.</summary>
        public Span<double> Span => Numbers.AsSpan(Start, Length);

        /// <summary>These numbers from one of them on, for a reference that may go past the last; or as many others, where the step is known only now.</summary>
        public Memory From(int start, bool isSame) => new(Numbers, Start + start, isSame ? Length - start : Math.Min(Length, Numbers.Length - Start - start));

        /// <summary>Some of these numbers; those outside throw.</summary>
        public Memory Slice(int start, int length) =>
            start >= 0 && length >= 0 && start + length <= Length ? new Memory(Numbers, Start + start, length) : throw new ArgumentOutOfRangeException(nameof(start));
    }

    /// <summary>Runs a kernel.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">A <see cref="Memory"/> or a double for each parameter.</param>
    /// <returns>What it returns, or 0.</returns>
    public double Run(string name, params object[] arguments) => Run(_kernels[$"{name}/{arguments.Length}"], arguments);

    /// <summary>The functions of numbers; what makes small numbers 0 is there once for both arithmetics.</summary>
    private static Dictionary<(string Name, NumberType Number), MethodInfo> FunctionsOf(Type type) => typeof(Strict1).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.ReturnType == typeof(float) || method.ReturnType == typeof(double))
        .Select(method => type.GetMethod(method.Name, method.GetParameters().Select(parameter => parameter.ParameterType).ToArray()) ?? method)
        .ToDictionary(method => (method.Name, method.ReturnType == typeof(float) ? NumberType.Single : NumberType.Double));

    private static string Key(Signature signature) => $"{signature.Name}/{signature.Parameters.Count}";

    private double Run(KernelFunction kernel, object[] arguments)
    {
        var frame = new Frame();
        for (int index = 0; index < arguments.Length; index++)
        {
            KernelParameter parameter = kernel.Signature.Parameters[index];
            frame.Values[parameter.Name] = arguments[index];
            if (parameter.Kind == NumberKind.Double)
            {
                frame.Doubles.Add(parameter.Name);
            }
        }

        Run(kernel.Body, frame);
        return frame.Result;
    }

    private void Run(IReadOnlyList<Statement> statements, Frame frame)
    {
        foreach (Statement statement in statements)
        {
            Run(statement, frame);
        }
    }

    private void Run(Statement statement, Frame frame)
    {
        switch (statement)
        {
            case Let let:
                frame.Values[let.Local] = let.Type is null ? Value(let.Value, frame) : Vector(let.Value, let.Type, frame);
                break;
            case Assign { Value: Binary { Operator: BinaryOperator.Add, Left: Symbol same } sum } assign when same.Name == assign.Local && frame.Doubles.Contains(assign.Local):
                frame.Values[assign.Local] = (double)frame.Values[assign.Local] + Value(sum.Right, frame);
                break;
            case Assign assign:
                frame.Values[assign.Local] = assign.Type is null ? Value(assign.Value, frame) : Vector(assign.Value, assign.Type, frame);
                break;
            case Store { Type: { } type } store:
                Vector(store.Value, type, frame).CopyTo(frame.At(store.Buffer).Slice(frame.At(store.Index), type.Count).Span);
                break;
            case Store store:
                frame.At(store.Buffer)[frame.At(store.Index)] = Value(store.Value, frame);
                break;
            case View view:
                frame.Values[view.Part.Name] = frame.Part(view.Of, view.Start, view.Part);
                break;
            case Choose choose when frame.Holds(choose.When):
                frame.Values[choose.Part.Name] = frame.Part(choose.Of, choose.Start, choose.Part);
                break;
            case Choose choose:
                if (choose.Filled is not null)
                {
                    Run(choose.Filled, frame);
                }

                frame.Values[choose.Part.Name] = frame.Part(choose.Otherwise, 0, choose.Part);
                break;
            case OneHot labels:
                Memory targets = frame.At(labels.Targets).Slice(0, frame.At(labels.Samples) * labels.Units);
                targets.Span.Clear();
                foreach (int sample in Enumerable.Range(0, frame.At(labels.Samples)))
                {
                    targets[(sample * labels.Units) + (int)frame.At(labels.Labels)[frame.At(labels.First) + sample]] = 1;
                }

                break;
            case FillTargets fill:
                Fill(fill, frame);
                break;
            case LetNumber number:
                frame.Values[number.Count.Name] = (double)number.Value;
                break;
            case LetRoom room:
                frame.Values[room.Room.Name] = (double)room.Room.Values.Where(value => value >= frame.At(room.Of)).Append(room.Room.Most).First();
                break;
            case LetFlag flag:
                frame.Values[flag.Flag] = frame.Holds(flag.Value) ? 1.0 : 0.0;
                break;
            case LetSum sum:
                frame.Values[sum.Sum] = 0.0;
                frame.Doubles.Add(sum.Sum);
                break;
            case Exactly exactly:
                frame.Values[exactly.Buffer.Name] = frame.At(exactly.Buffer).Slice(0, exactly.Buffer.Length);
                break;
            case Allocate allocate:
                frame.Allocate(allocate.Buffer);
                break;
            case AllocateTogether together:
                foreach (Buffer buffer in together.Buffers)
                {
                    frame.Allocate(buffer);
                }

                break;
            case Copy copy:
                Memory from = frame.At(copy.From);
                int length = copy.Length is null ? from.Length : frame.At(copy.Length);
                from.Slice(frame.At(copy.Start ?? 0), length).Span.CopyTo(frame.At(copy.To).Slice(frame.At(copy.Place ?? 0), length).Span);
                break;
            case Row row:
                Run(row.Statements, frame);
                break;
            case Scope scope:
                Run(scope.Body, frame);
                break;
            case LetWhole whole:
                double count = (double)frame.Values[whole.Of.Name];
                frame.Values[whole.Whole.Name] = Math.Floor((count - whole.Less) / whole.Group) * whole.Group;
                break;
            case LetSquares squares:
                foreach ((string column, int place) in squares.Columns.Select((column, place) => (column, place)))
                {
                    frame.Values[column] = Enumerable.Range(0, squares.Type.Count)
                        .Select(element => frame.At(squares.Buffer)[frame.At(squares.Index) + (element * squares.Row) + place])
                        .ToArray();
                }

                break;
            case StoreSquares squares:
                double[][] columns = squares.Columns.Select(column => Vector(column, squares.Type, frame)).ToArray();
                for (int row = 0; row < squares.Type.Count; row++)
                {
                    columns.Select(column => column[row]).ToArray().CopyTo(frame.At(squares.Buffer).Slice(frame.At(squares.Index) + (row * squares.Row), columns.Length).Span);
                }

                break;
            case Remaining remaining:
                int left = remaining.Loop.EndValue(frame.At) - frame.Loops[remaining.Loop];
                frame.Values[remaining.Count.Name] = (double)Math.Min(left, remaining.Loop.Step);
                break;
            case Clear clear:
                frame.At(clear.Buffer).Span[clear.First..frame.At(clear.Buffer.Size)].Clear();
                break;
            case Where where when frame.Holds(where.Condition):
                Run(where.Body, frame);
                break;
            case Where { Otherwise: { } otherwise }:
                Run([otherwise], frame);
                break;
            case Blocks blocks:
                for (int first = 0, all = frame.At(blocks.Of); first < all; first += blocks.Size)
                {
                    frame.Values[blocks.First.Name] = (double)first;
                    frame.Values[blocks.Samples.Name] = (double)Math.Min(all - first, blocks.Size);
                    Run(blocks.Body, frame);
                }

                break;
            case Move move:
                frame.Values[move.Reference.Name] = frame.At(move.Reference).From(frame.At(move.Step), move.Step.IsNumber);
                break;
            case For loop:
                int bound = loop.Loop.EndValue(frame.At);
                for (int value = loop.Loop.StartValue(frame.At); loop.Loop.Step > 0 ? value < bound : value > bound; value += loop.Loop.Step)
                {
                    frame.Loops[loop.Loop] = value;
                    Run(loop.Body, frame);
                }

                break;
            case Invoke invoke:
                double result = Run(_kernels[Key(invoke.Function)], invoke.Arguments.Zip(_kernels[Key(invoke.Function)].Signature.Parameters, (argument, parameter) => Given(invoke, argument, parameter, frame)).ToArray());
                if (invoke.Result is not null)
                {
                    double sum = invoke.AddsResult ? (double)frame.Values[invoke.Result] + result : result;
                    frame.Values[invoke.Result] = frame.Doubles.Contains(invoke.Result) ? sum : Rounded(sum);
                }

                break;
            case Return end:
                frame.Result = Value(end.Value, frame);
                break;
            case Where or Gap or Remark:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(statement), statement, "No meaning for this statement.");
        }
    }

    private object Given(Invoke invoke, Argument argument, KernelParameter parameter, Frame frame) => argument switch
    {
        { Buffer: { } buffer, Start: null } => frame.At(buffer),
        { Buffer: { } buffer, Start: { } start } => frame.At(buffer).Slice(frame.At(start), frame.At(invoke.InCaller(parameter.Buffer!.Size)!)),
        { Integer: { } integer } => (double)frame.At(integer),
        _ => Value(argument.Value!, frame),
    };

    private double Value(Expression expression, Frame frame) => expression switch
    {
        Constant constant => Rounded(constant.Value),
        Symbol symbol => (double)frame.Values[symbol.Name],
        Load load => frame.At(load.Buffer)[frame.At(load.Index)],
        VectorOperation { Kind: VectorOperator.Element } element => Vector(element.Operands[0], element.Type, frame)[element.Number],
        _ => Combined(expression, expression.Operands().Select(operand => Value(operand, frame)).ToArray()),
    };

    /// <summary>An operation on numbers.</summary>
    private double Combined(Expression expression, double[] x) => expression switch
    {
        Negate => -x[0],
        Binary binary => Rounded(Apply(binary.Operator, x[0], x[1])),
        MultiplyAdd => Joined(x[0], x[1], x[2]),
        NegativeMultiplyAdd => Joined(-x[0], x[1], x[2]),
        Select select => IsTrue(select.Comparison, x[0], x[1]) ? x[2] : x[3],
        Apply { Function: Function.Abs } => Math.Abs(x[0]),
        Apply { Function: Function.Sqrt } => Rounded(Math.Sqrt(x[0])),
        Apply apply => Call(apply.Function.ToString(), x),
        Flush flush => Call(flush.Name(), x),
        Damp damp => Call(damp.Name(), x),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "No meaning for this expression."),
    };

    private double Joined(double x, double y, double z) => !_isFused ? Rounded(Rounded(x * y) + z)
        : _number == NumberType.Single ? MathF.FusedMultiplyAdd((float)x, (float)y, (float)z)
        : Math.FusedMultiplyAdd(x, y, z);

    /// <summary>Single precision computed in double and rounded once is the same as computed in single.</summary>
    private double Rounded(double value) => _number == NumberType.Single ? (float)value : value;

    private double Call(string function, params double[] arguments) => Convert.ToDouble((_isFused ? FusedFunctions : Functions)[(function, _number)].Invoke(
        null, arguments.Select(argument => _number == NumberType.Single ? (object)(float)argument : argument).ToArray()));

    private static double Apply(BinaryOperator @operator, double x, double y) => @operator switch
    {
        BinaryOperator.Add => x + y,
        BinaryOperator.Subtract => x - y,
        BinaryOperator.Multiply => x * y,
        _ => x / y,
    };

    private static bool IsTrue(Comparison comparison, double x, double y) => comparison switch
    {
        Comparison.AtMost => x <= y,
        Comparison.Below => x < y,
        _ => x == y,
    };

    /// <summary>What a call of a kernel knows.</summary>
    private sealed class Frame
    {
        public Dictionary<string, object> Values { get; } = [];

        public Dictionary<Loop, int> Loops { get; } = [];

        /// <summary>The numbers of double precision.</summary>
        public HashSet<string> Doubles { get; } = [];

        public double Result { get; set; }

        public Memory At(Buffer buffer) => (Memory)Values[buffer.Name];

        public Memory Part(Buffer of, Index start, Buffer part) => IsThere(part) ? At(of).Slice(At(start), At(part.Size)) : Array.Empty<double>();

        public void Allocate(Buffer buffer) => Values[buffer.Name] = (Memory)new double[IsThere(buffer) ? At(buffer.Size) : 0];

        private bool IsThere(Buffer buffer) => buffer.OnlyWhere is not { } where || Holds(where);

        public int At(Index index) => index.Value(variable => variable switch
        {
            Loop loop => Loops[loop],
            WholeGroups groups => WholeGroups.RoundedUp(At(groups.Of), groups.Size),
            _ => Convert.ToInt32(Values[variable.Name]),
        });

        public bool Holds(Condition condition) => condition.IsNot != condition switch
        {
            IsSet set => (double)Values[set.Flag] != 0,
            IsGiven given => ((Memory)Values[given.Buffer]).Length > 0,
            IsBefore before => At(before.First) < At(before.End),
            IsAtLeast least => At(least.Count) >= least.Number,
            Both both => Holds(both.First) && Holds(both.Second),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "No meaning for this condition."),
        };

        public int At(Count count) => Convert.ToInt32(Values[count.Name]);
    }
}
