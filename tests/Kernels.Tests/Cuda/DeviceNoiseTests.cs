using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Noise.Widths;
using ScoreSde.Tests.Support;

namespace ScoreSde.Kernels.Tests.Cuda;

/// <summary>The device's source of Philox and of the normals, compiled for the host, has the bits of the definition.</summary>
public unsafe class DeviceNoiseTests
{
    [Fact]
    public void Philox_OnAnyCounter_HasTheBitsOfTheDefinition()
    {
        Property.Check("four words of any counter and key", draws =>
        {
            var words = stackalloc uint[4];
            for (var i = 0; i < 4; i++) words[i] = Word(draws, $"word {i}");
            var (k0, k1) = (Word(draws, "key 0"), Word(draws, "key 1"));
            uint a = words[0], b = words[1], c = words[2], d = words[3];
            Philox4x32.Block(ref a, ref b, ref c, ref d, k0, k1);
            HostDevice.Philox(words, k0 | (ulong)k1 << 32);
            Assert.Equal((a, b, c, d), (words[0], words[1], words[2], words[3]));
        }, 901, 300);
    }

    [Fact]
    public void Normals_OfEveryKindOfWord_HaveTheBitsOfTheDefinition()
    {
        // All exponents of the radius with random mantissas, the ends, and a million words of the generator itself.
        uint w0 = 1, w1 = 2, w2 = 3, w3 = 4;
        var z = stackalloc float[2];
        var different = 0;
        for (var i = 0; i < 500_000; i++)
        {
            Philox4x32.Block(ref w0, ref w1, ref w2, ref w3, 5, 6);
            var radius = (i % 4) switch { 0 => w0 >> (i / 4 % 32), 1 => ~(w0 >> (i / 4 % 32)), _ => w0 };
            UnitNormal.Pair<Width1, float, uint>(radius, w1, out var first, out var second);
            HostDevice.Pair(radius, w1, z);
            if (Bits(first) != Bits(z[0]) || Bits(second) != Bits(z[1])) different++;
        }
        Assert.Equal(0, different);
    }

    [Fact]
    public void Normal_OfAnyPlace_HasTheBitsOfTheDefinition()
    {
        Property.Check("seed, stream, draw, sample, element and dimension", draws =>
        {
            var dimension = draws.OneOf("dimension", 1, 2, 3, 4, 5, 8, 3 * 28 * 28);
            var element = draws.Whole("element", 0, dimension - 1);
            var first = draws.OneOf("first", 0L, 12, (1L << 32) - 2, (1L << 47) + 9);
            var row = draws.Whole("row", 0, 7);
            var seed = Word(draws, "low") | (ulong)Word(draws, "high") << 32;
            var draw = Word(draws, "draw");
            var stream = draws.OneOf("stream", NoiseStream.Prior, NoiseStream.Step, NoiseStream.Shuffle);
            Assert.Equal(
                Bits(NormalNoise.At(seed, stream, draw, first + row, element, dimension)),
                Bits(HostDevice.Normal(seed, first, (uint)stream, draw, row, (uint)element, (uint)dimension)));
        }, 902, 500);
    }

    private static uint Word(Draws draws, string name) => (uint)draws.Whole(name + " low", 0, 0xFFFF) | (uint)draws.Whole(name + " high", 0, 0xFFFF) << 16;

    private static uint Bits(float x) => BitConverter.SingleToUInt32Bits(x);
}
