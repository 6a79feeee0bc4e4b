namespace TorchSharp;

/// <summary>A number and its kind. It has no native part, so disposal has nothing to do.</summary>
[System.Runtime.InteropServices.Marshalling.NativeMarshalling(typeof(ScalarMarshaller))]
public sealed class Scalar : IDisposable
{
    internal readonly Number Value;

    internal Scalar(Number value) => Value = value;

    public torch.ScalarType Type => Value.Kind switch
    {
        1 => torch.ScalarType.Int64,
        2 => torch.ScalarType.Float64,
        _ => torch.ScalarType.Bool,
    };

    internal double Real => Value.Kind == 2 ? Value.Real : Value.Bits;

    internal long Integer => Value.Kind == 2 ? (long)Value.Real : Value.Bits;

    public static implicit operator Scalar(byte value) => new(new Number((long)value));

    public static implicit operator Scalar(sbyte value) => new(new Number((long)value));

    public static implicit operator Scalar(short value) => new(new Number((long)value));

    public static implicit operator Scalar(int value) => new(new Number((long)value));

    public static implicit operator Scalar(long value) => new(new Number(value));

    public static implicit operator Scalar(Half value) => new(new Number((double)value));

    public static implicit operator Scalar(float value) => new(new Number((double)value));

    public static implicit operator Scalar(double value) => new(new Number(value));

    public static implicit operator Scalar(bool value) => new(new Number(value));

    public void Dispose()
    {
    }
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this sbyte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this Half value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.Real;

    public static double ToDouble(this Scalar value) => value.Real;

    public static Half ToHalf(this Scalar value) => (Half)value.Real;

    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.Integer);

    public static byte ToByte(this Scalar value) => checked((byte)value.Integer);

    public static short ToInt16(this Scalar value) => checked((short)value.Integer);

    public static int ToInt32(this Scalar value) => checked((int)value.Integer);

    public static long ToInt64(this Scalar value) => value.Integer;

    public static bool ToBoolean(this Scalar value) => value.Real != 0;
}
