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
}
