using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>Squares of p × p pixels as channels, and back. Images whose sides p does not divide are padded with zeros and cropped again.</summary>
public static class PixelFolding
{
    /// <summary>[B, C, H, W] → [B, C p², ⌈H/p⌉, ⌈W/p⌉].</summary>
    public static Tensor Fold(Tensor x, int p)
    {
        var (b, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var (rows, columns) = ((h + p - 1) / p, (w + p - 1) / p);
        if (rows * p != h || columns * p != w) x = nn.functional.pad(x, [0, columns * p - w, 0, rows * p - h]);
        return x.reshape(b, c, rows, p, columns, p).permute(0, 1, 3, 5, 2, 4).reshape(b, c * p * p, rows, columns);
    }

    /// <summary>[B, C p², R, S] → [B, C, height, width], the inverse of <see cref="Fold"/>.</summary>
    public static Tensor Unfold(Tensor x, int p, long height, long width)
    {
        var (b, c, rows, columns) = (x.shape[0], x.shape[1] / (p * p), x.shape[2], x.shape[3]);
        x = x.reshape(b, c, p, p, rows, columns).permute(0, 1, 4, 2, 5, 3).reshape(b, c, rows * p, columns * p);
        if (rows * p != height) x = x.narrow(2, 0, height);
        if (columns * p != width) x = x.narrow(3, 0, width);
        return x.contiguous();
    }
}
