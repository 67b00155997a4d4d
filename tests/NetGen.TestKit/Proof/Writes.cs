using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;

namespace NetGen.TestKit;

/// <summary>Which of their parameters kernels write to, by themselves or through those that they call.</summary>
internal sealed class Writes
{
    private readonly Dictionary<string, HashSet<string>> _written;
    private bool _hasGrown;

    /// <summary>Examines kernels that call each other.</summary>
    public Writes(IReadOnlyList<KernelFunction> kernels)
    {
        _written = kernels.GroupBy(kernel => kernel.Signature.Key).ToDictionary(same => same.Key, _ => new HashSet<string>());
        do
        {
            _hasGrown = false;
            foreach (KernelFunction kernel in kernels)
            {
                Collect(kernel.Body, _written[kernel.Signature.Key], new Dictionary<string, string>());
            }
        }
        while (_hasGrown);
    }

    /// <summary>The names of the parameters that a kernel writes to.</summary>
    public IReadOnlyCollection<string> Of(Signature kernel) => _written[kernel.Key];

    private void Collect(IEnumerable<Statement> statements, HashSet<string> written, Dictionary<string, string> views)
    {
        string Whole(string buffer) => views.TryGetValue(buffer, out string? whole) ? whole : buffer;
        void Write(string buffer) => _hasGrown |= written.Add(Whole(buffer));
        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case Store store:
                    Write(store.Buffer.Name);
                    break;
                case Clear clear:
                    Write(clear.Buffer.Name);
                    break;
                case StoreSquares squares:
                    Write(squares.Buffer.Name);
                    break;
                case Copy copy:
                    Write(copy.To.Name);
                    break;
                case OneHot labels:
                    Write(labels.Targets.Name);
                    break;
                case FillTargets fill:
                    Write(fill.Rows.Name);
                    break;
                case Choose choose:
                    // What is written to the reference may be written there.
                    Write(choose.Otherwise.Name);
                    views[choose.Part.Name] = Whole(choose.Of.Name);
                    break;
                case View view:
                    views[view.Part.Name] = Whole(view.Of.Name);
                    break;
                case Invoke invoke when _written.TryGetValue(invoke.Function.Key, out HashSet<string>? called):
                    foreach ((Argument argument, KernelParameter parameter) in invoke.Arguments.Zip(invoke.Function.Parameters, (argument, parameter) => (argument, parameter)))
                    {
                        if (argument.Buffer is { } buffer && called.Contains(parameter.Name))
                        {
                            Write(buffer.Name);
                        }
                    }

                    break;
                case Row row:
                    Collect(row.Statements, written, views);
                    break;
                case Block block:
                    Collect(block.All(), written, views);
                    break;
            }
        }
    }
}
