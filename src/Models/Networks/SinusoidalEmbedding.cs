using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>
/// Time [B] as features [B, F]: sin(1000 t ω_i) for i = 0 … F/2 − 1, then the cosines, with ω_i = 10000^(−2i/F)
/// (Vaswani et al., 1706.03762, section 3.5, with 1000 t for the position). No weights.
/// </summary>
public sealed class SinusoidalEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly double[] _angular;
    private readonly Dictionary<(ScalarType, DeviceType, int), Tensor> _kept = [];

    /// <summary>An embedding of an even number of features.</summary>
    public SinusoidalEmbedding(int features) : base(nameof(SinusoidalEmbedding))
    {
        if (features < 2 || features % 2 != 0) throw new ArgumentOutOfRangeException(nameof(features), features, $"{features} time features; an even number is needed");
        _angular = new double[features / 2];
        for (var i = 0; i < _angular.Length; i++) _angular[i] = 1000 * Math.Pow(10000, -2.0 * i / features);
    }

    /// <summary>F, how many features.</summary>
    public int Features => 2 * _angular.Length;

    /// <summary>The features of one time, computed in double.</summary>
    public void Fill(double time, Span<float> features)
    {
        for (var i = 0; i < _angular.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(time * _angular[i]);
            (features[i], features[_angular.Length + i]) = ((float)sine, (float)cosine);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var angle = input.unsqueeze(1).mul(Angular(input)); // [B, F/2]
        return cat([angle.sin(), angle.cos()], 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            lock (_kept)
            {
                foreach (var tensor in _kept.Values) tensor.Dispose();
                _kept.Clear();
            }
        base.Dispose(disposing);
    }

    /// <summary>The frequencies where the times are. They are brought there once: a GPU would wait for each copy of the program's memory.</summary>
    private Tensor Angular(Tensor times)
    {
        var place = (times.dtype, times.device_type, times.device_index);
        lock (_kept)
            return _kept.TryGetValue(place, out var known) ? known : _kept[place] = tensor(_angular, dtype: times.dtype, device: times.device).DetachFromDisposeScope();
    }
}
