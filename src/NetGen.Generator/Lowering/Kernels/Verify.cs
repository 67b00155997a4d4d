using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Proves of lowered kernels what the compiler of the generated text cannot see: that every index lies inside its buffer whatever turn its loops are in, that whoever calls a
/// kernel gives it buffers of the lengths that it was lowered for, and that it keeps the budget of a method. What cannot be proven is a fault.
/// </summary>
internal sealed partial class Verify
{
    private readonly Dictionary<string, Signature> _kernels = new();
    private readonly Writes _writes;
    private readonly List<string> _faults = new();
    private readonly Stack<Dictionary<string, Buffer?>> _scopes = new();
    private readonly List<Loop> _loops = new();
    private readonly Dictionary<string, VectorType> _vectors = new();
    private readonly Moves _moves = new();
    private string _kernel = "";
    private HashSet<string> _wanted = new();
    private HashSet<string> _readOnly = new();
    private HashSet<string> _loose = new();
    private int _depth;
    private int _locals;
    private int _products;
    private int _vectorProducts;
    private bool _hasReturned;

    private Verify(IReadOnlyList<KernelFunction> kernels)
    {
        _writes = new Writes(kernels);
        foreach (KernelFunction kernel in kernels)
        {
            _kernel = kernel.Signature.Name;
            if (_kernels.ContainsKey(kernel.Signature.Key))
            {
                Fault("is there twice");
            }

            _kernels[kernel.Signature.Key] = kernel.Signature;
        }
    }

    /// <summary>Examines kernels that call each other.</summary>
    /// <returns>What is wrong with them, or cannot be shown to be right.</returns>
    public static IReadOnlyList<string> Faults(IReadOnlyList<KernelFunction> kernels)
    {
        var verify = new Verify(kernels);
        foreach (KernelFunction kernel in kernels)
        {
            verify.Examine(kernel);
        }

        return verify._faults;
    }

    private void Examine(KernelFunction kernel)
    {
        _kernel = kernel.Signature.Name;
        _wanted = new HashSet<string>();
        _readOnly = new HashSet<string>(kernel.Signature.Parameters.Where(parameter => parameter.Buffer?.Kind == BufferKind.Values).Select(parameter => parameter.Name));
        _loose = new HashSet<string>(kernel.Signature.Parameters.Select(parameter => parameter.Name));
        _depth = 0;
        _locals = 0;
        _products = 0;
        _vectorProducts = 0;
        _hasReturned = false;
        _scopes.Clear();
        _moves.Clear();
        _scopes.Push(new Dictionary<string, Buffer?>());
        foreach (KernelParameter parameter in kernel.Signature.Parameters)
        {
            Declare(parameter.Name, parameter.Buffer);
        }

        Examine(kernel.Body);
        bool returns = kernel.Signature.Returns is not null;
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
                break;
            case Store store:
                Examine(store.Value, store.Type);
                Writable(store.Buffer);
                Inside(store.Buffer, store.Index, store.Type?.Count ?? 1);
                break;
            case View view:
                Inside(view.Of, view.Start, view.Part.Length);
                if (view.Of.Kind is BufferKind.Values or BufferKind.Parameters && !view.Start.Equals(0))
                {
                    Fault($"takes {view.Part.Name} out of the middle of {view.Of.Name}, which can only be taken from its start");
                }

                Declare(view.Part.Name, view.Part);
                if (_readOnly.Contains(view.Of.Name))
                {
                    _readOnly.Add(view.Part.Name);
                }

                break;
            case Exactly exactly:
                Inside(exactly.Buffer, 0, exactly.Buffer.Length);
                _loose.Remove(exactly.Buffer.Name);
                break;
            case Allocate allocate:
                if (_loops.Count > 0)
                {
                    Fault($"allocates {allocate.Buffer.Name} in every turn of a loop");
                }

                Declare(allocate.Buffer.Name, allocate.Buffer);
                break;
            case Clear clear:
                Inside(clear.Buffer, clear.First, clear.Buffer.Length - clear.First);
                Writable(clear.Buffer);
                break;
            case LetWhole whole:
                Number(whole.Of.Name);
                Declare(whole.Whole.Name, null);
                if (whole.Whole.Most != whole.Of.Most || whole.Of.Most % whole.Group != 0)
                {
                    Fault($"has {whole}, where not all may be whole groups");
                }

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

                Declare(remaining.Count.Name, null);
                break;
            case Move { Reference.Kind: BufferKind.Reference, Step.IsNumber: false } move:
                // A buffer of the same length lies at every such step; the kernel's callers have memory for that.
                Inside(move.Reference, 0, 0);
                Counts(move.Step);
                if (!_moves.Of(move.Reference.Name).Equals(0) || move.Step.Loops.Any() || move.Step.Constant != 0)
                {
                    Fault($"moves {move.Reference.Name} by {move.Step} from somewhere inside of it");
                }

                break;
            case Move { Reference.Kind: BufferKind.Reference } move:
                Inside(move.Reference, 0, 0);
                _moves.Add(move.Reference.Name, move.Step);
                break;
            case Copy copy:
                int length = (int)(copy.Length?.Most ?? copy.From.Length);
                Counts(copy.Length ?? 0);
                Inside(copy.From, 0, length);
                Inside(copy.To, 0, length);
                Writable(copy.To);
                if (copy.Length is null && _loose.Contains(copy.From.Name))
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
                _moves.Around(loop, () => Scoped(loop.Body));
                _loops.Remove(loop.Loop);
                break;
            case Scope scope:
                Scoped(scope.Body);
                break;
            case WhereWanted wanted:
                bool isNew = _wanted.Add(wanted.Buffer.Name);
                Scoped(wanted.Body);
                if (isNew)
                {
                    _wanted.Remove(wanted.Buffer.Name);
                }

                break;
            case WhereTrue where:
                Number(where.Flag);
                Scoped(where.Body);
                if (where.Body.OfType<Move>().Any())
                {
                    Fault($"may move a reference, or not, as {where.Flag} is");
                }

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
        _scopes.Push(new Dictionary<string, Buffer?>());
        _depth++;
        Examine(body);
        _depth--;
        _scopes.Pop();
    }

    /// <summary>Elements from an index on must lie inside a buffer that is in scope.</summary>
    private void Inside(Buffer buffer, Index index, int count, bool mayBeEmpty = false)
    {
        if (Find(buffer.Name, out Buffer? declared))
        {
            if (declared is null)
            {
                Fault($"uses the number {buffer.Name} as a buffer");
                return;
            }

            if (declared.Length != buffer.Length || declared.Kind != buffer.Kind)
            {
                Fault($"takes {declared} for {buffer}");
            }

            if (declared.MayBeEmpty && !mayBeEmpty && !_wanted.Contains(buffer.Name))
            {
                Fault($"uses {buffer.Name} where it may be empty");
            }

            Index place = index + _moves.Of(buffer.Name);
            Counts(index);
            if (index.Loops.Any(loop => !_loops.Contains(loop)))
            {
                Fault($"uses {buffer.Name}[{index}] outside of the loop");
            }
            else if (count > 0 && (place.Least < 0 || place.Most + count > declared.Length))
            {
                Fault(System.FormattableString.Invariant($"uses elements {place.Least} to {place.Most + count - 1} of {buffer.Name}[{index}], which has {declared.Length}"));
            }
        }
        else
        {
            Fault($"uses {buffer.Name} before it is declared");
        }
    }

    private void Counts(Index index)
    {
        foreach (Count count in index.Counts)
        {
            Number(count.Name);
        }
    }

    private void Writable(Buffer buffer)
    {
        if (_readOnly.Contains(buffer.Name))
        {
            Fault($"writes to {buffer.Name}, which it has for reading");
        }
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

    private void Declare(string name, Buffer? buffer, VectorType? type = null)
    {
        _vectors.Remove(name);
        _moves.Remove(name);
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

    private void Fault(string what) => _faults.Add($"{_kernel} {what}.");
}
