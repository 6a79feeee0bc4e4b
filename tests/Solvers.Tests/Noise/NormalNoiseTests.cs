using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Tests.Noise;

public class NormalNoiseTests
{
    private const ulong Seed = 0x0123456789ABCDEF;

    [Fact]
    public void Fill_AnyDimensionAndWidth_IsTheSingleNormals()
    {
        foreach (var first in (long[])[(1L << 32) - 9, 5, (3L << 32) + 77]) // the first batch crosses into the high bits of the sample
        foreach (var dimension in (int[])[1, 2, 3, 4, 5, 7, 8, 12, 20, 30, 64, 68, 784])
        {
            var rows = dimension < 100 ? 237 : 37;
            var expected = new float[rows * dimension];
            for (var i = 0; i < rows; i++)
                for (var j = 0; j < dimension; j++) expected[i * dimension + j] = NormalNoise.At(Seed, NoiseStream.Probe, 1_000_003, first + i, j, dimension);
            var actual = new float[rows * dimension];
            NormalNoise.Fill(actual, Seed, NoiseStream.Probe, 1_000_003, first, dimension);
            Assert.Equal(expected, actual);
            NormalNoise.Fill<Width1, float, uint>(actual, Seed, NoiseStream.Probe, 1_000_003, first, dimension);
            Assert.Equal(expected, actual);
            NormalNoise.Fill<Width4, Vector128<float>, Vector128<uint>>(actual, Seed, NoiseStream.Probe, 1_000_003, first, dimension);
            Assert.Equal(expected, actual);
            NormalNoise.Fill<Width8, Vector256<float>, Vector256<uint>>(actual, Seed, NoiseStream.Probe, 1_000_003, first, dimension);
            Assert.Equal(expected, actual);
            var wide = new double[rows * dimension];
            NormalNoise.Fill(wide, Seed, NoiseStream.Probe, 1_000_003, first, dimension);
            Assert.Equal(expected, wide.Select(x => (float)x));
        }
    }

    [Fact]
    public unsafe void FillParallel_AgainstOneThread_HasTheSameBits()
    {
        const int rows = 5000, dimension = 30;
        var (one, many) = (new float[rows * dimension], new float[rows * dimension]);
        NormalNoise.Fill(one, Seed, NoiseStream.Prior, 0, 12, dimension);
        fixed (float* p = many) NormalNoise.FillParallel(p, rows, Seed, NoiseStream.Prior, 0, 12, dimension);
        Assert.Equal(one, many);
    }

    [Fact]
    public void Place_OneAndTwoCoordinates_NumbersNormalsThrough()
    {
        Assert.Equal((1u, 0u, 2), NoiseCounter.Place(6, 0, 1));
        Assert.Equal((1u, 0u, 3), NoiseCounter.Place(3, 1, 2));
        Assert.Equal((0x7FFFFFFFu, 0u, 3), NoiseCounter.Place(uint.MaxValue, 1, 2));
        Assert.Equal((2u, 9u, 1), NoiseCounter.Place(9, 9, 30));
    }

    [Fact]
    public void At_CounterWords_AreTheDocumentedLayout()
    {
        const long sample = 0x0000_ABCD_1234_5678;
        var (c0, c1, c2, c3) = (2u, 77u, 0x12345678u, 0x0008ABCDu);
        Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, 0x89ABCDEF, 0x01234567);
        UnitNormal.Pair<Width1, float, uint>(c0, c1, out _, out var second);
        UnitNormal.Pair<Width1, float, uint>(c2, c3, out var third, out _);
        Assert.Equal(second, NormalNoise.At(Seed, NoiseStream.Dropout, 77, sample, 9, 12));
        Assert.Equal(third, NormalNoise.At(Seed, NoiseStream.Dropout, 77, sample, 10, 12));
    }

    [Fact]
    public void Fill_SampleBeyond48Bits_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalNoise.Fill(new float[2], 1, NoiseStream.Step, 0, NoiseCounter.LargestSample, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalNoise.At(1, NoiseStream.Step, 0, -1, 0, 1));
        Assert.Throws<ArgumentException>(() => NormalNoise.Fill(new float[3], 1, NoiseStream.Step, 0, 0, 2));
    }

    [Fact]
    public void CounterUniform_SameStreamAsNormals_SharesNoBlock()
    {
        // Largest block a normal can have in the packed layout: its top bit is clear, the uniforms' is set.
        Assert.True(NoiseCounter.Place(uint.MaxValue, 1, 2).Word0 < 0x80000000);
        var (c0, c1, c2, c3) = (0x80000001u, 5u, 3u, 0x00070000u);
        Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, 0x89ABCDEF, 0x01234567);
        Assert.Equal((c1 >> 8) * (1f / (1 << 24)), CounterUniform.At24(Seed, NoiseStream.TrainTime, 5, 3, 5));
        Assert.Equal(c2 | (ulong)c3 << 32, CounterUniform.Bits(Seed, NoiseStream.TrainTime, 5, 3, 3));
    }
}
