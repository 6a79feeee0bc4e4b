using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>Weights that begin at zero, so that a block begins as the identity and a network begins by answering zero.</summary>
internal static class Start
{
    public static void AtZero(params Tensor?[] weights)
    {
        using var untracked = no_grad();
        foreach (var weight in weights) weight?.zero_();
    }
}
