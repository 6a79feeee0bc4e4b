using ScoreSde.Kernels;

namespace ScoreSde.Models.Networks;

/// <summary>The layers of <see cref="UNet"/> for <see cref="ImageNetwork"/>, parameters found by their names in a checkpoint.</summary>
internal sealed class UNetDescription
{
    private readonly UNetConfig _config;
    private readonly IReadOnlyDictionary<string, long> _sizes;
    private readonly List<string> _names = [];

    public UNetDescription(UNetConfig config, IReadOnlyDictionary<string, long> sizes, int height, int width)
    {
        (_config, _sizes) = (config, sizes);
        Builder = new ImageNetworkBuilder(config.ImageChannels, height, width);
        Builder.Embed(config.TimeFeatures, config.EmbeddingWidth, config.Classes, Named("condition.first"), Named("condition.second"),
            config.Classes > 0 ? Number("condition.classes") : -1);
        Describe();
    }

    public ImageNetworkBuilder Builder { get; }

    /// <summary>Names of the parameters in the order of their numbers.</summary>
    public IReadOnlyList<string> Names => _names;

    private void Describe()
    {
        var (channels, blocks) = (_config.Channels, _config.BlocksPerLevel);
        var h = Builder.Convolve(Builder.Input(_config.PatchSize), null, channels[0], Named("input"), 3);
        var skips = new Stack<ImageTensor>();
        for (var i = 0; i < channels.Count * blocks; i++)
        {
            var level = i / blocks;
            if (i > 0 && i % blocks == 0) h = Builder.Convolve(h, null, h.Channels, Named($"shrink.{level - 1}"), 3, stride: 2);
            skips.Push(h = Block($"down.{i}", h, null, channels[level], _config.AttentionLevels.Contains(level)));
        }
        h = Block("middle.0", h, null, h.Channels, true);
        h = Block("middle.1", h, null, h.Channels, false);
        for (var i = 0; i < channels.Count * blocks; i++)
        {
            var (level, skip) = (channels.Count - 1 - i / blocks, skips.Pop());
            if (i > 0 && i % blocks == 0)
                h = Builder.Convolve(Builder.Resize(h, skip.Height, skip.Width), null, channels[level], Named($"grow.{i / blocks - 1}"), 3);
            h = Block($"up.{i}", h, skip, channels[level], _config.AttentionLevels.Contains(level));
        }
        h = Builder.Normalise(h, null, _config.Groups, Named("norm"), silu: true);
        var pixels = _config.ImageChannels * _config.PatchSize * _config.PatchSize;
        Builder.Output(Builder.Convolve(h, null, pixels, Named("output"), 3), _config.PatchSize);
    }

    private ImageTensor Block(string name, ImageTensor x, ImageTensor? more, int channels, bool attention)
    {
        var h = Builder.Normalise(x, more, _config.Groups, Named(name + ".norm1"), silu: true);
        h = Builder.Convolve(h, null, channels, Named(name + ".conv1"), 3, given: Named(name + ".given"));
        h = Builder.Normalise(h, null, _config.Groups, Named(name + ".norm2"), silu: true);
        var same = more is null && x.Channels == channels;
        var residual = same ? x : Builder.Convolve(x, more, channels, Named(name + ".skip"), 1);
        h = Builder.Convolve(h, null, channels, Named(name + ".conv2"), 3, residual: residual);
        return attention ? Attention(name + ".attention", h) : h;
    }

    private ImageTensor Attention(string name, ImageTensor x)
    {
        var heads = Math.Max(1, x.Channels / _config.HeadChannels);
        var all = Builder.Convolve(
            Builder.Normalise(x, null, _config.Groups, Named(name + ".norm"), silu: false), null, 3 * x.Channels, Named(name + ".qkv"), 1, part: x.Channels / heads);
        return Builder.Convolve(Builder.Attend(all, heads), null, x.Channels, Named(name + ".projection"), 1, residual: x);
    }

    private (int Weight, int Bias) Named(string layer) => (Number(layer + ".weight"), Number(layer + ".bias"));

    private int Number(string name)
    {
        _names.Add(name);
        return Builder.Parameter(_sizes[name]);
    }
}
