using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>
/// x [B, C, H, W], e [B, E] → [B, C', H, W]: skip(x) + conv(drop(SiLU(norm(conv(SiLU(norm(x))) + W e)))), the last convolution starting at
/// zero (Ho et al., 2006.11239, appendix B), and self-attention after it where asked for.
/// </summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor, Tensor>
{
    [ComponentName(Name = "norm1")] private readonly GroupNorm _norm1;
    [ComponentName(Name = "conv1")] private readonly Conv2d _conv1;
    [ComponentName(Name = "given")] private readonly Linear _given;
    [ComponentName(Name = "norm2")] private readonly GroupNorm _norm2;
    [ComponentName(Name = "conv2")] private readonly Conv2d _conv2;
    [ComponentName(Name = "skip")] private readonly Conv2d? _skip;
    [ComponentName(Name = "attention")] private readonly SelfAttention? _attention;
    private readonly double _dropout;

    public ResidualBlock(int channels, int outChannels, bool attention, UNetConfig config) : base(nameof(ResidualBlock))
    {
        _norm1 = nn.GroupNorm(config.Groups, channels);
        _conv1 = nn.Conv2d(channels, outChannels, 3, padding: 1);
        _given = nn.Linear(config.EmbeddingWidth, outChannels);
        _norm2 = nn.GroupNorm(config.Groups, outChannels);
        _conv2 = nn.Conv2d(outChannels, outChannels, 3, padding: 1);
        Start.AtZero(_conv2.weight, _conv2.bias);
        _dropout = config.Dropout;
        if (channels != outChannels) _skip = nn.Conv2d(channels, outChannels, 1);
        if (attention) _attention = new SelfAttention(outChannels, config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input1, Tensor input2)
    {
        using var scope = NewDisposeScope();
        var given = _given.call(input2).unsqueeze(2).unsqueeze(3); // [B, C', 1, 1]
        var h = _conv1.call(nn.functional.silu(_norm1.call(input1))).add_(given);
        h = nn.functional.silu(_norm2.call(h));
        if (_dropout > 0 && training) h = nn.functional.dropout(h, _dropout);
        h = _conv2.call(h).add_(_skip is null ? input1 : _skip.call(input1));
        if (_attention is not null) h = _attention.call(h);
        return h.MoveToOuterDisposeScope();
    }
}
