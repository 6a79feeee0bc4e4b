using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>
/// A U-Net in the manner of DDPM (Ho et al., 2006.11239, appendix B): residual blocks with group normalisation at falling resolution, a
/// middle with self-attention, and the way back up, where block j is given the output of its counterpart on the way down. Strided
/// convolutions go down, nearest neighbour and a convolution go up, to the size the counterpart had: any image size works.
/// </summary>
public sealed class UNet : ScoreNetwork
{
    private readonly UNetConfig _config;
    private readonly Dictionary<(int Height, int Width, ScalarType Weights), UNetProgram?> _programs = [];
    [ComponentName(Name = "condition")] private readonly ConditionEmbedding _condition;
    [ComponentName(Name = "input")] private readonly Conv2d _input;
    [ComponentName(Name = "down")] private readonly ModuleList<ResidualBlock> _down;
    [ComponentName(Name = "shrink")] private readonly ModuleList<Conv2d> _shrink;
    [ComponentName(Name = "middle")] private readonly ModuleList<ResidualBlock> _middle;
    [ComponentName(Name = "up")] private readonly ModuleList<ResidualBlock> _up;
    [ComponentName(Name = "grow")] private readonly ModuleList<Conv2d> _grow;
    [ComponentName(Name = "norm")] private readonly GroupNorm _norm;
    [ComponentName(Name = "output")] private readonly Conv2d _output;

    /// <summary>Builds the network with fresh weights.</summary>
    public UNet(UNetConfig config) : base("unet", config)
    {
        config.Check();
        _config = config;
        var (channels, pixels) = (config.Channels, config.ImageChannels * config.PatchSize * config.PatchSize);
        _condition = new ConditionEmbedding(config.TimeFeatures, config.EmbeddingWidth, config.Classes);
        _input = nn.Conv2d(pixels, channels[0], 3, padding: 1);

        List<ResidualBlock> down = [], up = [];
        List<Conv2d> shrink = [], grow = [];
        var c = channels[0];
        for (var level = 0; level < channels.Count; level++)
        {
            for (var block = 0; block < config.BlocksPerLevel; block++, c = channels[level])
                down.Add(new ResidualBlock(c, channels[level], config.AttentionLevels.Contains(level), config));
            if (level + 1 < channels.Count) shrink.Add(nn.Conv2d(c, c, 3, stride: 2, padding: 1));
        }
        ResidualBlock[] middle = [new(c, c, true, config), new(c, c, false, config)];
        for (var level = channels.Count - 1; level >= 0; level--)
        {
            for (var block = 0; block < config.BlocksPerLevel; block++, c = channels[level])
                up.Add(new ResidualBlock(c + channels[level], channels[level], config.AttentionLevels.Contains(level), config));
            if (level == 0) break;
            grow.Add(nn.Conv2d(c, channels[level - 1], 3, padding: 1));
            c = channels[level - 1];
        }
        (_down, _shrink, _middle) = (new([.. down]), new([.. shrink]), new(middle));
        (_up, _grow) = (new([.. up]), new([.. grow]));
        _norm = nn.GroupNorm(config.Groups, c);
        _output = nn.Conv2d(c, pixels, 3, padding: 1);
        Start.AtZero(_output.weight, _output.bias);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input1, Tensor input2, Tensor? input3)
    {
        CheckInput(input1, input2);
        if (Fused && !is_grad_enabled() && ProgramFor(input1) is { } program)
        {
            using var own = NewDisposeScope();
            return program.Forward(this, input1, input2.to(ScalarType.Float32), LabelsOrNullClass(input3, input1)).MoveToOuterDisposeScope();
        }
        return Plain(input1, input2, input3);
    }

    /// <inheritdoc/>
    /// <remarks>Weights in bfloat16 on a CPU take images in float32, which the fused kernels work in.</remarks>
    public override ScalarType InputType(Tensor x) =>
        Type == ScalarType.BFloat16 && x.dtype == ScalarType.Float32 && Fused && ProgramFor(x) is not null ? ScalarType.Float32 : Type;

    /// <inheritdoc/>
    public override bool IsRecordable => true;

    /// <summary>The fused kernels for these images, in float32, with weights in float32 or bfloat16; null where they do not apply.</summary>
    public UNetProgram? ProgramFor(Tensor x)
    {
        if (x.dtype != ScalarType.Float32 || x.device_type != DeviceType.CPU || x.shape[0] == 0 || (training && _config.Dropout > 0)) return null;
        if (_output.weight is not { device_type: DeviceType.CPU, dtype: ScalarType.Float32 or ScalarType.BFloat16 } weight) return null;
        var size = ((int)x.shape[2], (int)x.shape[3], weight.dtype);
        lock (_programs)
        {
            if (!_programs.TryGetValue(size, out var program)) _programs[size] = program = UNetProgram.For(this, size.Item1, size.Item2);
            return program;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            lock (_programs)
            {
                foreach (var program in _programs.Values) program?.Dispose();
                _programs.Clear();
            }
        base.Dispose(disposing);
    }

    private Tensor Plain(Tensor input1, Tensor input2, Tensor? input3)
    {
        using var scope = NewDisposeScope();
        var (height, width, levels, blocks) = (input1.shape[2], input1.shape[3], _config.Channels.Count, _config.BlocksPerLevel);
        var e = _condition.call(input2.to(TimeType(input1.dtype)), LabelsOrNullClass(input3, input1)); // [B, E]
        var h = _input.call(_config.PatchSize == 1 ? input1 : PixelFolding.Fold(input1, _config.PatchSize));

        var skips = new Stack<Tensor>();
        for (var i = 0; i < levels * blocks; i++)
        {
            if (i > 0 && i % blocks == 0) h = _shrink[i / blocks - 1].call(h);
            skips.Push(h = _down[i].call(h, e));
        }
        for (var i = 0; i < _middle.Count; i++) h = _middle[i].call(h, e);
        for (var i = 0; i < levels * blocks; i++)
        {
            var skip = skips.Pop();
            if (i > 0 && i % blocks == 0)
                h = _grow[i / blocks - 1].call(nn.functional.interpolate(h, size: [skip.shape[2], skip.shape[3]], mode: InterpolationMode.Nearest));
            h = _up[i].call(cat([h, skip], 1), e);
        }
        h = _output.call(nn.functional.silu(_norm.call(h)));
        if (_config.PatchSize > 1) h = PixelFolding.Unfold(h, _config.PatchSize, height, width);
        return h.MoveToOuterDisposeScope();
    }
}
