using System.Runtime.CompilerServices;

namespace ScoreSde.Solvers.Noise.Widths;

/// <summary>One lane: plain floats and words.</summary>
public readonly struct Width1 : IWidth<float, uint>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static float Splat(float value) => value;

    /// <inheritdoc/>
    public static uint Splat(uint value) => value;

    /// <inheritdoc/>
    public static uint Load(ref readonly uint source) => source;

    /// <inheritdoc/>
    public static void Store(float value, ref float destination) => destination = value;

    /// <inheritdoc/>
    public static void Store(uint value, ref uint destination) => destination = value;

    /// <inheritdoc/>
    public static float Add(float a, float b) => a + b;

    /// <inheritdoc/>
    public static float Subtract(float a, float b) => a - b;

    /// <inheritdoc/>
    public static float Multiply(float a, float b) => a * b;

    /// <inheritdoc/>
    public static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    public static float Sqrt(float a) => MathF.Sqrt(a);

    /// <inheritdoc/>
    public static float Max(float a, float b) => a > b ? a : b;

    /// <inheritdoc/>
    public static float FromSigned(uint a) => (int)a;

    /// <inheritdoc/>
    public static uint Bits(float a) => BitConverter.SingleToUInt32Bits(a);

    /// <inheritdoc/>
    public static float FromBits(uint a) => BitConverter.UInt32BitsToSingle(a);

    /// <inheritdoc/>
    public static uint Add(uint a, uint b) => a + b;

    /// <inheritdoc/>
    public static uint Subtract(uint a, uint b) => a - b;

    /// <inheritdoc/>
    public static uint And(uint a, uint b) => a & b;

    /// <inheritdoc/>
    public static uint Xor(uint a, uint b) => a ^ b;

    /// <inheritdoc/>
    public static uint ShiftLeft(uint a, int bits) => a << bits;

    /// <inheritdoc/>
    public static uint ShiftRight(uint a, int bits) => a >> bits;

    /// <inheritdoc/>
    public static uint ShiftRightSigned(uint a, int bits) => (uint)((int)a >> bits);

    /// <inheritdoc/>
    public static float FlipSign(float a, uint word) => FromBits(Bits(a) ^ word & 0x80000000);

    /// <inheritdoc/>
    public static void Exchange(uint word, uint bit, ref float a, ref float b)
    {
        if ((word & bit) != 0) (a, b) = (b, a);
    }

    /// <inheritdoc/>
    public static void AroundOne(float half, out float e, out float f) => UnitNormal.AroundOne<Width1, float, uint>(half, out e, out f);

    /// <inheritdoc/>
    public static float Fraction(float x)
    {
        var n = MathF.Floor(x);
        var f = x - n;
        return n + f > x ? f - 5.9604645e-8f : f; // 2⁻²⁴
    }

    /// <inheritdoc/>
    public static float Scale(float a, float n) => FromBits(Bits(a) + ((uint)(int)MathF.Floor(n) << 23));

    /// <inheritdoc/>
    public static void Philox(ref uint c0, ref uint c1, ref uint c2, ref uint c3, uint key0, uint key1) =>
        Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, key0, key1);

    /// <inheritdoc/>
    public static void StoreInterleaved(float z0, float z1, float z2, float z3, ref float destination)
    {
        destination = z0;
        Unsafe.Add(ref destination, 1) = z1;
        Unsafe.Add(ref destination, 2) = z2;
        Unsafe.Add(ref destination, 3) = z3;
    }
}
