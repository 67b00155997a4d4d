using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;
using Buffer = NetGen.Generator.Lowering.Buffer;
using Index = NetGen.Generator.Lowering.Index;

namespace NetGen.TestKit;

/// <summary>
/// Proves of lowered kernels what the compiler of the generated text cannot see: that every index lies inside its buffer whatever turn its loops are in, that whoever calls a
/// kernel gives it buffers of the lengths that it was lowered for, and that it keeps the budget of a method. What cannot be proven is a fault.
/// </summary>
internal sealed partial class Verify
{
    private readonly KernelFunction _kernel;
    private readonly IReadOnlyDictionary<string, Signature> _kernels;
    private readonly Writes _writes;
    private readonly List<string> _faults;
    private readonly Stack<Dictionary<string, Buffer?>> _scopes = new();
    private readonly List<Loop> _loops = new();
    private readonly Dictionary<string, VectorType> _vectors = new();
    private readonly Moves _moves = new();
    private readonly Bounds _bounds = new();
    private readonly HashSet<Condition> _holds = new();
    private readonly Dictionary<string, Condition> _flags = new();
    private readonly Dictionary<string, int> _numbers = new();
    private readonly List<LetRoom> _rooms = new();
    private readonly HashSet<string> _gone = new();
    private readonly HashSet<string> _loose;
    private readonly HashSet<string> _integers = new();
    private readonly Dictionary<string, Condition?> _readOnly = new();
    private int _depth;
    private int _turns;
    private int _loopDepth;
    private int _locals;
    private int _products;
    private int _vectorProducts;
    private bool _hasReturned;

    private Verify(KernelFunction kernel, IReadOnlyDictionary<string, Signature> kernels, Writes writes, List<string> faults)
    {
        _kernel = kernel;
        _kernels = kernels;
        _writes = writes;
        _faults = faults;

        // The members give exactly what a kernel asks for.
        _loose = new HashSet<string>(kernel.IsEntry ? Enumerable.Empty<string>() : kernel.Signature.Parameters.Select(parameter => parameter.Name));
    }

    /// <summary>Examines kernels that call each other.</summary>
    /// <returns>What is wrong with them, or cannot be shown to be right.</returns>
    public static IReadOnlyList<string> Faults(IReadOnlyList<KernelFunction> kernels)
    {
        var faults = new List<string>();
        var signatures = new Dictionary<string, Signature>();
        var writes = new Writes(kernels);
        List<Verify> all = kernels.Select(kernel => new Verify(kernel, signatures, writes, faults)).ToList();
        foreach (Verify verify in all)
        {
            if (!signatures.TryAdd(verify._kernel.Signature.Key, verify._kernel.Signature))
            {
                verify.Fault("is there twice");
            }
        }

        foreach (Verify verify in all)
        {
            verify.Examine();
        }

        return faults;
    }

    private void Examine()
    {
        Signature signature = _kernel.Signature;
        _scopes.Push(new Dictionary<string, Buffer?>());
        foreach (KernelParameter parameter in signature.Parameters)
        {
            Declare(parameter.Name, parameter.Buffer);
            if (parameter.Buffer?.Kind is BufferKind.Values or BufferKind.Labels)
            {
                _readOnly[parameter.Name] = null;
            }

            if (parameter.Kind == NumberKind.Integer)
            {
                _integers.Add(parameter.Name);
            }

            if (parameter is { Count: { } count, AtLeast: { } least })
            {
                _bounds.AtLeast(count, least);
            }
        }

        foreach (Condition where in signature.Parameters.Select(parameter => parameter.Buffer?.OnlyWhere).OfType<Condition>())
        {
            Known(where);
        }

        Examine(_kernel.Body);
        bool returns = signature.Returns is not null;
        if (_hasReturned != returns)
        {
            Fault(returns ? "does not return its result" : "returns a result that nobody expects");
        }

        Within(_locals, Budgets.MethodLocals, "locals");
        Within(_products, Budgets.FloorMethodMultiplyAdds, "multiplications");
        Within(_vectorProducts, Budgets.MethodVectorProducts, "multiplications of vectors");
    }

    private void Within(int count, int budget, string what)
    {
        if (count > budget)
        {
            Fault($"has {Notation.Text(count)} {what}, of which {Notation.Text(budget)} are allowed");
        }
    }

    private void Examine(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Examine(statement);
        }
    }

    private void Examine(Statement statement)
    {
        if (_hasReturned && statement is not (Gap or Remark))
        {
            Fault($"goes on after its end with {statement}");
        }

        switch (statement)
        {
            case Let let:
                Examine(let.Value, let.Type);
                Declare(let.Local, null, let.Type);
                break;
            case Assign assign:
                Examine(assign.Value, assign.Type);
                Number(assign.Local, assign.Type);
                Changes(assign.Local);
                break;
            case Store store:
                Examine(store.Value, store.Type);
                Writable(store.Buffer);
                Inside(store.Buffer, store.Index, store.Type?.Count ?? 1);
                break;
            case View view:
                // A reference to memory that is there on a condition only is one to nothing elsewhere, and says so.
                AssumingAny(view.Part.OnlyWhere, () => Inside(view.Of, view.Start, view.Part.Size));
                if (view.Of.Kind is BufferKind.Values or BufferKind.Parameters && view.Part.Kind != BufferKind.Reference && !view.Start.Equals(0))
                {
                    Fault($"takes {view.Part.Name} out of the middle of {view.Of.Name}, which can only be taken from its start");
                }

                if (view.Part.Repeats != (view.Start.Equals(0) ? view.Of.Repeats : null) && view.Part.Repeats is not null)
                {
                    Fault($"takes {view.Part.Name}, of which there is more, from {view.Of.Name}, of which there is not");
                }

                Declare(view.Part.Name, view.Part);
                ReadOnly(view.Part, view.Of, null);
                break;
            case Choose choose:
                Examine(choose);
                break;
            case Exactly exactly:
                Inside(exactly.Buffer, 0, exactly.Buffer.Size);
                _loose.Remove(exactly.Buffer.Name);
                break;
            case Allocate allocate:
                Allocates(allocate.Buffer);
                break;
            case AllocateTogether allocate:
                foreach (Buffer buffer in allocate.Buffers)
                {
                    Allocates(buffer);
                }

                break;
            case Clear clear:
                Inside(clear.Buffer, clear.First, clear.Buffer.Size - clear.First);
                Writable(clear.Buffer);
                break;
            case OneHot labels:
                Examine(labels);
                break;
            case FillTargets fill:
                Examine(fill);
                break;
            case LetNumber or LetFlag or LetSum or LetWhole or LetRoom:
                ExamineInteger(statement);
                break;
            case LetSquares squares:
                Inside(squares.Buffer, squares.Index, ((squares.Type.Count - 1) * squares.Row) + squares.Columns.Count);
                foreach (string column in squares.Columns)
                {
                    Declare(column, null, squares.Type);
                }

                break;
            case StoreSquares squares:
                Inside(squares.Buffer, squares.Index, ((squares.Type.Count - 1) * squares.Row) + squares.Columns.Count);
                Writable(squares.Buffer);
                foreach (Expression column in squares.Columns)
                {
                    Examine(column, squares.Type);
                }

                break;
            case Remaining remaining:
                if (!_loops.Contains(remaining.Loop) || remaining.Count.Most < remaining.Loop.Step)
                {
                    Fault($"takes {remaining.Count} for what is left of {remaining.Loop.Name}");
                }

                Integer(remaining.Count);
                if (remaining.Loop is { Upto: { } upto, Factor: 1 })
                {
                    _bounds.AtLeast(upto, (Index)remaining.Loop + remaining.Count);
                }

                break;
            case Move { Reference.Kind: BufferKind.Reference, Step.IsNumber: false } move:
                Examine(move);
                break;
            case Move { Reference.Kind: BufferKind.Reference } move:
                Inside(move.Reference, 0, 0);
                _moves.Add(move.Reference.Name, move.Step);
                break;
            case Copy copy:
                Index length = copy.Length ?? copy.From.Size;
                Inside(copy.From, copy.Start ?? 0, length);
                Inside(copy.To, copy.Place ?? 0, length);
                Writable(copy.To);
                if (copy.Start is null && length.Equals(copy.From.Size) && _loose.Contains(copy.From.Name))
                {
                    Fault($"copies {copy.From.Name}, which a caller may give longer");
                }

                break;
            case Row row:
                Examine(row.Statements);
                break;
            case For loop:
                if (Find(loop.Loop.Name, out _) || _loops.Any(outer => outer.Name == loop.Loop.Name))
                {
                    Fault($"declares {loop.Loop.Name} twice");
                }

                foreach (Count count in loop.Loop.Counts)
                {
                    Number(count.Name);
                }

                _locals++;
                _loops.Add(loop.Loop);
                (int outer, _loopDepth) = (_loopDepth, _depth + 1);
                int known = _bounds.Known;
                _bounds.Inside(loop.Loop);
                _moves.Around(loop, () => Scoped(loop.Body));
                _bounds.Forget(known);
                _loopDepth = outer;
                _loops.Remove(loop.Loop);
                break;
            case Scope scope:
                Scoped(scope.Body);
                break;
            case Blocks blocks:
                Examine(blocks);
                break;
            case Where where:
                Examine(where);
                break;
            case Invoke invoke:
                Examine(invoke);
                break;
            case Return result:
                Examine(result.Value);
                if (_depth > 0)
                {
                    Fault("returns from inside of a block");
                }

                _hasReturned = true;
                break;
            case Gap or Remark:
                break;
            default:
                Fault($"has a statement of an unknown kind, {statement}");
                break;
        }
    }

    private void Scoped(IReadOnlyList<Statement> body)
    {
        int known = _bounds.Known;
        _scopes.Push(new Dictionary<string, Buffer?>());
        _depth++;
        Examine(body);
        _depth--;
        _scopes.Pop();
        _bounds.Forget(known);
    }

    private void Number(string name, VectorType? type = null)
    {
        if (!Find(name, out Buffer? buffer))
        {
            Fault($"uses {name} before it has a value");
        }
        else if (buffer is not null)
        {
            Fault($"uses the buffer {name} as a number");
        }
        else if (_vectors.TryGetValue(name, out VectorType? vector) ? vector != type : type is not null)
        {
            Fault($"uses {name}, which is {Named(vector)}, where {Named(type)} is expected");
        }
    }

    private void Integer(Count count)
    {
        Declare(count.Name, null);
        _integers.Add(count.Name);
    }

    private void Changes(string name)
    {
        if (_integers.Contains(name) || _flags.ContainsKey(name))
        {
            Fault($"changes {name}, by which places are told");
        }
    }

    private void Declare(string name, Buffer? buffer, VectorType? type = null)
    {
        _vectors.Remove(name);
        _moves.Remove(name);
        _gone.Remove(name);
        _readOnly.Remove(name);
        _integers.Remove(name);
        _numbers.Remove(name);
        _flags.Remove(name);
        _bounds.Forget(name);
        if (type is not null)
        {
            _vectors.Add(name, type);
        }

        _locals++;
        if (Find(name, out _) || _loops.Any(loop => loop.Name == name))
        {
            Fault($"declares {name} twice");
        }

        _scopes.Peek()[name] = buffer;
    }

    private bool Find(string name, out Buffer? buffer)
    {
        foreach (Dictionary<string, Buffer?> scope in _scopes)
        {
            if (scope.TryGetValue(name, out buffer))
            {
                return true;
            }
        }

        buffer = null;
        return false;
    }

    private void Fault(string what) => _faults.Add($"{_kernel.Signature.Name} {what}.");
}
