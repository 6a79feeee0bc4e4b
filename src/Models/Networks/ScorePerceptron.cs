using ScoreSde.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>
/// A perceptron for points [B, d]: coordinates and features of time side by side, linear layers with SiLU between them, the last starting at zero. A class
/// is one more vector in the first sum.
/// </summary>
public sealed class ScorePerceptron : ScoreNetwork
{
    private readonly int _dimension;
    private readonly int _room;
    [ComponentName(Name = "sinusoid")] private readonly SinusoidalEmbedding _sinusoid;
    [ComponentName(Name = "layers")] private readonly ModuleList<Linear> _layers;
    [ComponentName(Name = "classes")] private readonly Parameter? _classes; // [classes + 1, first width]; the last row is the null class

    /// <summary>Builds the network with fresh weights.</summary>
    public ScorePerceptron(PerceptronConfig config) : base("perceptron", config)
    {
        if (config.Dimension < 1 || config.Widths.Count == 0 || config.Widths.Any(w => w < 1))
            throw new ArgumentException($"dimension {config.Dimension}, widths [{string.Join(", ", config.Widths)}]: at least one hidden layer, all positive");
        if (config.Classes < 0) throw new ArgumentException($"number of classes is {config.Classes}; it is 0 or more");
        _dimension = config.Dimension;
        _sinusoid = new SinusoidalEmbedding(config.TimeFeatures);
        int[] widths = [config.Dimension + config.TimeFeatures, .. config.Widths, config.Dimension];
        var layers = new Linear[widths.Length - 1];
        for (var i = 0; i < layers.Length; i++) layers[i] = nn.Linear(widths[i], widths[i + 1]);
        Start.AtZero(layers[^1].weight, layers[^1].bias);
        _layers = new ModuleList<Linear>(layers);
        if (config.Classes > 0) _classes = new Parameter(randn([config.Classes + 1, config.Widths[0]]).mul_(0.2));
        _room = config.TimeFeatures + config.Widths[0];
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input1, Tensor input2, Tensor? input3)
    {
        CheckInput(input1, input2);
        using var scope = NewDisposeScope();
        var labels = LabelsOrNullClass(input3, input1);
        var h = _layers[0].call(cat([input1, _sinusoid.call(input2.to(TimeType(input1.dtype))).to(input1.dtype)], 1));
        if (_classes is not null) h = h.add(_classes.index_select(0, labels!));
        for (var i = 1; i < _layers.Count; i++) h = _layers[i].call(nn.functional.silu(h));
        return h.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override bool IsRecordable => true;

    /// <inheritdoc/>
    private protected override bool FusesAtOneTime => true;

    /// <inheritdoc/>
    private protected override Tensor? FusedAtOneTime(Tensor x, double time, long classOfAll)
    {
        if (!FusedPerceptron.TryBegin(x, _layers[0], _room, out var run)) return null;
        // The columns of time are a bias that all rows share.
        var shift = run.RowOfColumns(_layers[0], _dimension, run.Features(_sinusoid, time));
        if (_classes is not null) AddRow(_classes, classOfAll, shift);
        run.Add(_layers[0], 0, 1, DenseAction.Silu, shift, _dimension);
        for (var i = 1; i < _layers.Count; i++) run.Add(_layers[i], 1 + (i + 1) % 2, 1 + i % 2, i + 1 < _layers.Count ? DenseAction.Silu : DenseAction.None);
        return run.Run(x, _dimension);
    }
}
