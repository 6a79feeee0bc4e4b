using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Tests.Noise;

public class UnitNormalTests
{
    [Fact]
    public void Pair_AtEveryWidth_HasTheSameBits()
    {
        var words = Words(1 << 20);
        var reference = Evaluate<Width1, float, uint>(words);
        Assert.Equal(reference, Evaluate<Width4, Vector128<float>, Vector128<uint>>(words));
        Assert.Equal(reference, Evaluate<Width8, Vector256<float>, Vector256<uint>>(words));
        Assert.Equal(reference, Evaluate<Width16, Vector512<float>, Vector512<uint>>(words));
    }

    [Fact]
    public void Pair_AgainstDouble_IsWithinThreeUnitsInTheLastPlace()
    {
        // docs/derivations/normals.md: at most 5 units by the sum of all roundings; 2.95 seen in four million pairs.
        var words = Words(1 << 20);
        var bits = Evaluate<Width1, float, uint>(words);
        var worst = 0.0;
        for (var i = 0; i < words.Length / 2; i++)
        {
            var (first, second) = Reference(words[2 * i], words[2 * i + 1]);
            worst = Math.Max(worst, Math.Max(Units(bits[2 * i], first), Units(bits[2 * i + 1], second)));
        }
        Assert.InRange(worst, 0.5, 3);
    }

    [Fact]
    public void MinusTwoLog_EndsOfTheRange_AreTheDefinition()
    {
        Assert.Equal(64 * Math.Log(2), UnitNormal.MinusTwoLog<Width1, float, uint>(0), 1e-5);
        Assert.Equal(0f, UnitNormal.MinusTwoLog<Width1, float, uint>(uint.MaxValue)); // u rounds to 1
        Assert.InRange(MathF.Sqrt(UnitNormal.MinusTwoLog<Width1, float, uint>(0)), UnitNormal.Largest - 1e-5f, UnitNormal.Largest);
    }

    [Fact]
    public void Pair_Bits_ArePinned()
    {
        // The definition itself: a change of any bit is another noise, and every stored result changes with it.
        Assert.Equal(Pinned, Evaluate<Width1, float, uint>([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8, 0x408f276d, 0x41c83b0e, 7, 0x24126ea1]));
    }

    private static readonly uint[] Pinned = [0xBF6CB6B0, 0xBF7DBB31, 0xBF1E1B9F, 0x3EF6D1B3, 0x3D94A53C, 0x3FD442CE, 0x409D9707, 0xC080DD88];

    private static uint[] Words(int count)
    {
        var random = new Random(5);
        var words = new uint[count];
        for (var i = 0; i < count; i++) words[i] = (uint)random.NextInt64(1L << 32);
        uint[] corners = [0, 1, 2, 3, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xBFFFFFFF, 0xC0000000, 0xFFFFFF00, 0xFFFFFFFF];
        for (var i = 0; i < corners.Length; i++)
            for (var j = 0; j < corners.Length; j++) (words[2 * (i * corners.Length + j)], words[2 * (i * corners.Length + j) + 1]) = (corners[i], corners[j]);
        return words;
    }

    private static uint[] Evaluate<L, F, U>(uint[] words) where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var n = words.Length / 2;
        var (radius, angle) = (new uint[n + 16], new uint[n + 16]);
        var (first, second) = (new float[n + 16], new float[n + 16]);
        for (var i = 0; i < n; i++) (radius[i], angle[i]) = (words[2 * i], words[2 * i + 1]);
        for (var i = 0; i < n; i += L.Count)
        {
            UnitNormal.Pair<L, F, U>(L.Load(in radius[i]), L.Load(in angle[i]), out var a, out var b);
            L.Store(a, ref first[i]);
            L.Store(b, ref second[i]);
        }
        var bits = new uint[2 * n];
        for (var i = 0; i < n; i++) (bits[2 * i], bits[2 * i + 1]) = (BitConverter.SingleToUInt32Bits(first[i]), BitConverter.SingleToUInt32Bits(second[i]));
        return bits;
    }

    /// <summary>The definition in double: the uniform is the float of the definition, the rest is exact to 1e-15.</summary>
    private static (double, double) Reference(uint radius, uint angle)
    {
        var u = (double)MathF.FusedMultiplyAdd((int)(radius >> 1), 1f / (1L << 31), 1f / (1L << 32));
        var r = Math.Sqrt(-2 * Math.Log(u));
        var t = (double)(float)(int)(angle << 2) / (1L << 32);
        var (s, c) = Math.SinCos(Math.PI / 2 * t);
        if (angle >= 0x80000000) c = -c;
        return (angle & 0x40000000) != 0 ? (r * s, r * c) : (r * c, r * s);
    }

    private static double Units(uint bits, double exact)
    {
        var value = BitConverter.UInt32BitsToSingle(bits);
        var unit = Math.Max(MathF.BitIncrement(Math.Abs((float)exact)) - Math.Abs((float)exact), float.Epsilon);
        return Math.Abs(value - exact) / unit;
    }
}
