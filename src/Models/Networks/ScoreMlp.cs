using ScoreSde.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>
/// A perceptron for points [B, d]: a linear layer in, residual layers h + W₂ SiLU(W₁ h + E e), a linear layer out that starts at zero.
/// e is the embedding of time and class.
/// </summary>
public sealed class ScoreMlp : ScoreNetwork
{
    [ComponentName(Name = "condition")] private readonly ConditionEmbedding _condition;
    [ComponentName(Name = "input")] private readonly Linear _input;
    [ComponentName(Name = "into")] private readonly ModuleList<Linear> _into;
    [ComponentName(Name = "given")] private readonly ModuleList<Linear> _given;
    [ComponentName(Name = "back")] private readonly ModuleList<Linear> _back;
    [ComponentName(Name = "output")] private readonly Linear _output;

    /// <summary>Builds the network with fresh weights.</summary>
    public ScoreMlp(MlpConfig config) : base("mlp", config)
    {
        if (config.Dimension < 1 || config.Width < 1 || config.Depth < 1)
            throw new ArgumentException($"dimension {config.Dimension}, width {config.Width}, depth {config.Depth}: all must be positive");
        if (config.Classes < 0) throw new ArgumentException($"number of classes is {config.Classes}; it is 0 or more");
        var (width, layers) = (config.Width, Enumerable.Range(0, config.Depth).ToArray());
        _condition = new ConditionEmbedding(config.TimeFeatures, width, config.Classes);
        _input = nn.Linear(config.Dimension, width);
        _into = new ModuleList<Linear>([.. layers.Select(_ => nn.Linear(width, width))]);
        _given = new ModuleList<Linear>([.. layers.Select(_ => nn.Linear(width, width, hasBias: false))]);
        _back = new ModuleList<Linear>([.. layers.Select(_ => nn.Linear(width, width))]);
        _output = nn.Linear(width, config.Dimension);
        Start.AtZero(_output.weight, _output.bias);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input1, Tensor input2, Tensor? input3)
    {
        CheckInput(input1, input2);
        using var scope = NewDisposeScope();
        var e = _condition.call(input2.to(TimeType(input1.dtype)), LabelsOrNullClass(input3, input1)); // [B, width]
        var h = _input.call(input1);
        for (var i = 0; i < _into.Count; i++)
            h = h.add(_back[i].call(nn.functional.silu(_into[i].call(h).add(_given[i].call(e)))));
        return _output.call(nn.functional.silu(h)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override bool IsRecordable => true;

    /// <inheritdoc/>
    private protected override bool FusesAtOneTime => true;

    /// <inheritdoc/>
    private protected override Tensor? FusedAtOneTime(Tensor x, double time, long classOfAll)
    {
        var (width, outputs) = ((int)_input.out_features, (int)_output.out_features);
        if (!FusedPerceptron.TryBegin(x, _input, _condition.Room + width * _into.Count, out var run)) return null;
        const int hidden = 1, inner = 2, output = 3;
        var e = _condition.OfAll(run, time, classOfAll);
        run.Add(_input, 0, hidden);
        for (var i = 0; i < _into.Count; i++)
        {
            run.Add(_into[i], hidden, inner, DenseAction.Silu, run.Row(_given[i], e, silu: false));
            run.Add(_back[i], inner, hidden, i + 1 < _into.Count ? DenseAction.Add : DenseAction.Add | DenseAction.Silu);
        }
        run.Add(_output, hidden, output);
        return run.Run(x, outputs);
    }
}
