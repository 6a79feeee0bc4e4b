using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models;

/// <summary>An element type of the format.</summary>
/// <param name="Name">As written in headers.</param>
/// <param name="Scalar">As the tensor library calls it.</param>
/// <param name="Bytes">Size of one element.</param>
internal sealed record SafeTensorsType(string Name, ScalarType Scalar, int Bytes)
{
    private static readonly SafeTensorsType[] All =
    [
        new("F64", ScalarType.Float64, 8),
        new("I64", ScalarType.Int64, 8),
        new("F32", ScalarType.Float32, 4),
        new("I32", ScalarType.Int32, 4),
        new("F16", ScalarType.Float16, 2),
        new("BF16", ScalarType.BFloat16, 2),
        new("I16", ScalarType.Int16, 2),
        new("I8", ScalarType.Int8, 1),
        new("U8", ScalarType.Byte, 1),
        new("BOOL", ScalarType.Bool, 1),
    ];

    internal static SafeTensorsType? Named(string name) => Array.Find(All, type => type.Name == name);

    internal static SafeTensorsType? Of(ScalarType scalar) => Array.Find(All, type => type.Scalar == scalar);
}
