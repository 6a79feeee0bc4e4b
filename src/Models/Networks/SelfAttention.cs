using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>Multi-head self-attention over the positions of an image: x [B, C, H, W] → x + projection that starts at zero.</summary>
internal sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "norm")] private readonly GroupNorm _norm;
    [ComponentName(Name = "qkv")] private readonly Conv2d _queriesKeysValues;
    [ComponentName(Name = "projection")] private readonly Conv2d _projection;
    private readonly int _heads;

    public SelfAttention(int channels, UNetConfig config) : base(nameof(SelfAttention))
    {
        _heads = Math.Max(1, channels / config.HeadChannels);
        if (channels % _heads != 0) throw new ArgumentException($"{channels} channels do not divide into {_heads} attention heads");
        _norm = nn.GroupNorm(config.Groups, channels);
        _queriesKeysValues = nn.Conv2d(channels, 3 * channels, 1);
        _projection = nn.Conv2d(channels, channels, 1);
        Start.AtZero(_projection.weight, _projection.bias);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (b, c, h, w) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3]);
        var d = c / _heads;
        var parts = _queriesKeysValues.call(_norm.call(input)).reshape(b, 3, _heads, d, h * w).unbind(1); // three of [B, heads, d, N]
        var weights = parts[0].transpose(2, 3).matmul(parts[1]).mul(1 / Math.Sqrt(d)).softmax(-1); // [B, heads, N queries, N keys]
        var mixed = parts[2].matmul(weights.transpose(2, 3)).reshape(b, c, h, w);
        return _projection.call(mixed).add_(input).MoveToOuterDisposeScope();
    }
}
