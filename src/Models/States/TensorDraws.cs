using ScoreSde.Solvers.Noise;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>Numbered draws of standard normals for tensors [B, …event]: row i is sample <see cref="FirstSample"/> + i, the same bits in any batch.</summary>
/// <param name="Seed">The key.</param>
/// <param name="Stream">What they are for.</param>
/// <param name="FirstSample">Index of the first row's sample.</param>
/// <param name="Shape">[B, …event].</param>
/// <param name="Type">float32 or float64; a normal is a float32 and is widened.</param>
/// <param name="Place">The device the noise is wanted on; it is made on the CPU.</param>
public readonly record struct TensorDraws(ulong Seed, NoiseStream Stream, long FirstSample, long[] Shape, ScalarType Type, Device Place)
    : IDraws<TensorState, TensorDraws>
{
    /// <inheritdoc/>
    public unsafe TensorState Normal(uint draw)
    {
        var normals = empty(Shape, dtype: ScalarType.Float32);
        var dimension = checked((int)(normals.numel() / Shape[0]));
        NormalNoise.FillParallel((float*)TensorMemory.Address(normals), Shape[0], Seed, Stream, draw, FirstSample, dimension);
        return new TensorState(Type == ScalarType.Float32 && Place.type == TorchSharp.DeviceType.CPU
            ? normals
            : normals.to(Type, Place, disposeAfter: true));
    }

    /// <inheritdoc/>
    public TensorDraws On(NoiseStream stream) => this with { Stream = stream };
}
