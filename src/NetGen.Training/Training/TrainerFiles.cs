using System;
using System.IO;

namespace NetGen.Training;

/// <content>Saving and loading.</content>
public sealed partial class Trainer<T>
{
    /// <summary>
    /// Tensors and texts of the caller's own, and names for the layers, that <see cref="Save"/> writes beside the network; null for none. After
    /// <see cref="Load"/> they are those of the file, or if it has none, the same as before: what was saved once is saved again.
    /// </summary>
    public CheckpointExtras? Extras { get; set; }

    /// <summary>Saves network, optimizer and the place in the training. A trainer that loads the file continues with the same bits.</summary>
    /// <param name="path">The file, which is replaced as a whole if it exists.</param>
    /// <exception cref="ArgumentException">The <see cref="Extras"/> are beyond their limits; nothing has been written.</exception>
    /// <exception cref="InvalidOperationException">
    /// A parameter or something that the optimizer remembers is NaN or infinite, or the trainer's own dataset, metric or schedule calls it; nothing has been written.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public void Save(string path)
    {
        ThrowIfBusy();
        Checkpoint.Save<T>(path, writer =>
        {
            writer.AddParameters(_optimizer.Parameters, Extras);
            writer.AddOptimizer(_optimizer);
            _setup.Describe(writer, _optimizer);
            _state.Describe(writer);
            if (_best is not null)
            {
                TrainerState.DescribeBest(writer, _best);
            }
        });
    }

    /// <summary>Loads what <see cref="Save"/> wrote, into a trainer of the same network, optimizer, data and options.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or belongs to another training; nothing has been changed.</exception>
    /// <exception cref="InvalidOperationException">The trainer's own dataset, metric or schedule calls it.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading it is not allowed, or it is a folder.</exception>
    public void Load(string path)
    {
        ThrowIfNotFree();
        Action optimizer = () => { };
        Action state = () => { };
        Action best = () => { };
        CheckpointExtras? extras = null;
        CheckpointContent<T>.ReadFile(path, content =>
        {
            optimizer = content.ReadOptimizer(_optimizer);
            _setup.Compare(content, _optimizer);
            state = _state.Read(content, _setup.Order, _setup.ValidationRows.Length > 0);
            extras = content.ReadExtras();
            best = _best is null ? TrainerState.RefuseBest(content) : TrainerState.ReadBest(content, _best);
        });
        optimizer();
        state();
        best();
        Extras = extras is { IsEmpty: false } ? extras : Extras;
        LastEpoch = null;
        _order = _setup.Order.Of(Epoch);
        _validated = 0;
        _update.Forget();
    }
}
