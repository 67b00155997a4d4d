using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

// The gradients of inputs, which go to the memory of the caller.
internal sealed partial class VectorBatches
{
    /// <summary>A part of dL/dx of a sample, which goes to the caller.</summary>
    private IEnumerable<Statement> GiveInputGradient(Section section, ReadPlan read, Index sample, Invoke gradient)
    {
        Buffer inputGradients = InputGradients(section);
        Index place = PlaceOf(sample, _plan.Spec.Inputs, read.Given!.Start);
        IEnumerable<Statement> give = read.IsFirstPart
            ? new[] { new Copy(_gradient.Part, inputGradients, read.Values) { Place = place } }
            : Loops.Over("i", read.Values, i => new[] { Store.Add(inputGradients, place + i, new Load(_gradient.Part, i)) });
        return give.Prepend(_gradient.OfSample(gradient, sample));
    }

    /// <summary>dL/dx of inputs that no layer reads, which is 0.</summary>
    private IEnumerable<Statement> UnreadInputs()
    {
        NamedValues[] unread = _buffers.Unread().ToArray();
        return unread.Length == 0 ? Enumerable.Empty<Statement>() : new[]
        {
            Where.Wanted(_buffers.InputGradients, new[]
            {
                EachSample(sample => unread.SelectMany(input =>
                {
                    Buffer dx = NetworkBuffers.UnreadOf(input);
                    return new Statement[] { new View(dx, _buffers.InputGradients, PlaceOf(sample, _plan.Spec.Inputs, input.Start)), new Clear(dx, 0) };
                })),
            }),
        };
    }

    /// <summary>dL/dx of every sample; the caller's memory is not padded, so each goes by itself.</summary>
    private IEnumerable<Statement> WriteInputGradients()
    {
        LayerPlan first = _plan.First;
        var dx = new Buffer("dx", ParameterRule.PaddedUnits(first.Inputs));
        var sample = new Loop("s", _gradient.Samples);
        Buffer delta = _writeInputGradients.Parameters[1].Buffer!;
        yield return new Allocate(dx);
        yield return new For(sample, new Statement[]
        {
            _width.Of("InputGradient", first, _p, Argument.From(delta, (Index)sample * first.PaddedUnits), dx),
            new Copy(dx, _writeInputGradients.Parameters[2].Buffer!, first.Inputs) { Place = (Index)sample * first.Inputs },
        });
    }

    /// <summary>What receives dL/dx: the kernel of a section is given so much that its block lies in it.</summary>
    private Buffer InputGradients(Section section) => section.IsWhole ? _buffers.InputGradients
        : _buffers.InputGradients with { Size = ((Index)First * _plan.Spec.Inputs) + ((Index)_gradient.Samples * _plan.Spec.Inputs) };
}
