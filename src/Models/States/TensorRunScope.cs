using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>One dispose scope a run; at the end of each step everything in it but the survivors is freed.</summary>
internal sealed class TensorRunScope : IRunScope<TensorState>
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void EndStep(ReadOnlySpan<TensorState> survivors)
    {
        var kept = new Tensor[survivors.Length];
        for (var i = 0; i < survivors.Length; i++) kept[i] = survivors[i].Value;
        _scope.DisposeEverythingBut(kept);
    }

    public void Release(TensorState state)
    {
        if (_scope.Contains(state.Value)) _scope.MoveToOuter(state.Value);
    }

    public void Dispose() => _scope.Dispose();
}
