using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Contestants;

/// <summary>What a native plug-in exports for one network: an array of these comes from its function <c>peers(int* count)</c>.</summary>
/// <remarks>
/// Parameters and gradients are in canonical order. <c>Gradient</c> replaces what was there by the mean over the batch. A function
/// that a plug-in does not have is null; its state is static, so it can hold one network of a kind at a time.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Peer
{
    public byte* Name;
    public byte* Network;
    public delegate* unmanaged[Cdecl]<float*, void> Load;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, void> Forward;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, int, void> ForwardBatch;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, int, void> Gradient;
    public delegate* unmanaged[Cdecl]<float*, void> CopyGradient;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, int, float, void> Step;
    public delegate* unmanaged[Cdecl]<float*, void> CopyParameters;
}

/// <summary>
/// A network in a native plug-in. Calls leave out the runtime's transition: what remains is an indirect call, as in C.
/// </summary>
internal sealed unsafe class NativeContestant(string name, Peer peer, NativeThread thread, Samples samples)
    : Contestant(name, name == EmptyName ? Group.Empty : Group.Native), IDisposable
{
    /// <summary>The plug-in that copies one float and computes nothing has this name.</summary>
    public const string EmptyName = "(empty call)";

    // Plug-ins may keep the pointer they were loaded with.
    private readonly AlignedMemory _parameters = new(samples.Shape.ParameterCount);
    private readonly AlignedMemory _results = new(samples.Shape.ParameterCount);

    public override bool Accumulates => false;

    public override void Load(ReadOnlySpan<float> parameters)
    {
        parameters.CopyTo(_parameters.Span);
        thread.Run(() => peer.Load(_parameters.Pointer));
    }

    public override TimedCall? Call(BenchTask task, float learningRate) =>
        CallHere(task, learningRate) is { } call ? thread.Wrap(call) : null;

    public override void ClearGradient()
    {
    }

    public override void CopyGradient(Span<float> destination)
    {
        peer.CopyGradient(_results.Pointer);
        _results.Span.CopyTo(destination);
    }

    public override void CopyParameters(Span<float> destination)
    {
        peer.CopyParameters(_results.Pointer);
        _results.Span.CopyTo(destination);
    }

    public void Dispose()
    {
        _parameters.Dispose();
        _results.Dispose();
    }

    private TimedCall? CallHere(BenchTask task, float learningRate) => task.Kind switch
    {
        TaskKind.Latency or TaskKind.Throughput => TimedCall.Of(new ForwardCall(peer.Forward)),
        TaskKind.ForwardBatch when Group == Group.Empty => null,
        TaskKind.ForwardBatch when peer.ForwardBatch is null => TimedCall.Of(new ForwardEachCall(peer.Forward, samples, task.Batch)),
        TaskKind.ForwardBatch => TimedCall.Of(new BatchCall(peer.ForwardBatch, task.Batch)),
        TaskKind.Gradient or TaskKind.NewGradient when peer.Gradient is not null && peer.CopyGradient is not null =>
            TimedCall.Of(new BatchCall(peer.Gradient, task.Batch)),
        TaskKind.Step when peer.Step is not null && peer.CopyParameters is not null =>
            TimedCall.Of(new StepCall(peer.Step, task.Batch, learningRate)),
        _ => null,
    };

    private readonly struct ForwardCall(delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, void> function) : ICall
    {
        private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, void> _function = function;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(float* input, float* other) => _function(input, other);
    }

    /// <summary>A batch for a plug-in that has no batches. It may want aligned samples, so these are not the dense ones.</summary>
    private readonly struct ForwardEachCall(
        delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, void> function, Samples samples, int count) : ICall
    {
        private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, void> _function = function;
        private readonly float* _inputs = samples.SingleInput(0);
        private readonly int _stride = samples.InputStride;
        private readonly int _outputs = samples.Shape.Outputs;

        public void Invoke(float* input, float* other)
        {
            for (int sample = 0; sample < count; sample++)
            {
                _function(_inputs + sample * _stride, other + sample * _outputs);
            }
        }
    }

    private readonly struct BatchCall(delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, int, void> function, int count) : ICall
    {
        private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, int, void> _function = function;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(float* input, float* other) => _function(input, other, count);
    }

    private readonly struct StepCall(
        delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, int, float, void> function, int count, float learningRate) : ICall
    {
        private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, int, float, void> _function = function;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(float* input, float* other) => _function(input, other, count, learningRate);
    }
}
