using ScoreSde.Models.States;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>Time [B] and, where the network has classes, labels [B] → one vector per sample [B, E], ended by a SiLU.</summary>
internal sealed class ConditionEmbedding : nn.Module<Tensor, Tensor?, Tensor>
{
    [ComponentName(Name = "sinusoid")] private readonly SinusoidalEmbedding _sinusoid;
    [ComponentName(Name = "first")] private readonly Linear _first;
    [ComponentName(Name = "second")] private readonly Linear _second;
    [ComponentName(Name = "classes")] private readonly Parameter? _classes; // [classes + 1, E]; the last row is the null class

    public ConditionEmbedding(int timeFeatures, int width, int classes) : base(nameof(ConditionEmbedding))
    {
        _sinusoid = new SinusoidalEmbedding(timeFeatures);
        _first = nn.Linear(timeFeatures, width);
        _second = nn.Linear(width, width);
        // A weight of size 1 would drown the time's features, which come out of the linear layers well below 1.
        if (classes > 0) _classes = new Parameter(randn([classes + 1, width]).mul_(0.2));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input1, Tensor? input2)
    {
        using var scope = NewDisposeScope();
        var e = _second.call(nn.functional.silu(_first.call(_sinusoid.call(input1))));
        if (_classes is not null) e = e.add(_classes.index_select(0, input2!));
        return nn.functional.silu(e).MoveToOuterDisposeScope();
    }

    /// <summary>The vector of one time and class, which all samples of a run share; it needs <see cref="Room"/> numbers.</summary>
    public Span<float> OfAll(FusedPerceptron run, double time, long classOfAll)
    {
        var e = run.Row(_second, run.Row(_first, run.Features(_sinusoid, time), silu: true), silu: false);
        if (_classes is not null)
        {
            var row = TensorMemory.Elements<float>(_classes).Slice((int)classOfAll * e.Length, e.Length);
            for (var i = 0; i < e.Length; i++) e[i] += row[i];
        }
        foreach (ref var v in e) v /= 1 + MathF.Exp(-v);
        return e;
    }

    /// <summary>Numbers that <see cref="OfAll"/> takes room for.</summary>
    public int Room => _sinusoid.Features + (int)(_first.out_features + _second.out_features);
}
