using ScoreSde.Kernels.Cuda;
using ScoreSde.Solvers.Noise;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>Numbered draws of standard normals for tensors [B, …event]: row i is sample <see cref="FirstSample"/> + i, the same bits in any batch.</summary>
/// <param name="Seed">The key.</param>
/// <param name="Stream">What they are for.</param>
/// <param name="FirstSample">Index of the first row's sample.</param>
/// <param name="Shape">[B, …event].</param>
/// <param name="Type">float32 or float64; a normal is a float32 and is widened.</param>
/// <param name="Place">The device the noise is wanted on; it is made there, by the kernel that uses it, or on the CPU where the device has no kernels.</param>
public readonly record struct TensorDraws(ulong Seed, NoiseStream Stream, long FirstSample, long[] Shape, ScalarType Type, Device Place)
    : IDraws<TensorState, TensorDraws>
{
    /// <inheritdoc/>
    public TensorState Normal(uint draw) => Normal(draw, 1);

    /// <inheritdoc/>
    public TensorDraws On(NoiseStream stream) => this with { Stream = stream };

    /// <summary>The normals of a draw times a factor, in one pass over memory where that is the program's.</summary>
    internal TensorState Normal(uint draw, double factor)
    {
        if (Type is ScalarType.Float32 or ScalarType.Float64 && DeviceForms.Of(Place) is not null)
        {
            NoiseCounter.CheckSample(FirstSample, Shape[0]);
            return Times(factor, new TensorState(DeviceNoise.Form(Shape, Type, Place, new DeviceDraw(Seed, (uint)Stream, draw, FirstSample))));
        }
        var asked = Type == ScalarType.Float32 && Place.type == TorchSharp.DeviceType.CPU;
        var normals = TensorRunScope.Current?.Buffer(Shape, ScalarType.Float32) ?? TensorTerm.New(Shape, ScalarType.Float32);
        SharedNormals.Fill(normals.Address, Shape[0], checked((int)(normals.Count / Shape[0])), this, draw, asked ? factor : 1);
        return asked ? new TensorState(TensorForm.Of(normals)) : Times(factor, new TensorState(normals.Tensor.to(Type, Place, disposeAfter: TensorRunScope.Current is null)));
    }

    private static TensorState Times(double factor, TensorState normals) => factor == 1 ? normals : factor * normals;
}
