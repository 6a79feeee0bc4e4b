using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Tests.Noise;

public class Philox4x32Tests
{
    // DEShawResearch/random123, tests/kat_vectors, lines "philox4x32 10": counter, key, answer.
    private static readonly uint[][] KnownAnswers =
    [
        [0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
        [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
        [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ];

    [Fact]
    public void Block_KnownAnswers_AreReproduced()
    {
        foreach (var k in KnownAnswers)
        {
            var (c0, c1, c2, c3) = (k[0], k[1], k[2], k[3]);
            Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, k[4], k[5]);
            Assert.Equal(k[6..], new[] { c0, c1, c2, c3 });
        }
    }

    [Fact]
    public void VectorBlocks_KnownAnswersInEveryLane_AreReproduced()
    {
        foreach (var k in KnownAnswers)
        {
            Assert.Equal(k[6..], Splat<Width4, Vector128<float>, Vector128<uint>>(k));
            Assert.Equal(k[6..], Splat<Width8, Vector256<float>, Vector256<uint>>(k));
            Assert.Equal(k[6..], Splat<Width16, Vector512<float>, Vector512<uint>>(k));
        }
    }

    [Fact]
    public void VectorBlocks_DifferentCountersInTheLanes_EqualTheScalarBlock()
    {
        Compare<Width1, float, uint>();
        Compare<Width4, Vector128<float>, Vector128<uint>>();
        Compare<Width8, Vector256<float>, Vector256<uint>>();
        Compare<Width16, Vector512<float>, Vector512<uint>>();
    }

    private static uint[] Splat<L, F, U>(uint[] k) where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var (c0, c1, c2, c3) = (L.Splat(k[0]), L.Splat(k[1]), L.Splat(k[2]), L.Splat(k[3]));
        L.Philox(ref c0, ref c1, ref c2, ref c3, k[4], k[5]);
        var lanes = new uint[L.Count];
        var answer = new uint[4];
        foreach (var (word, i) in new[] { (c0, 0), (c1, 1), (c2, 2), (c3, 3) })
        {
            L.Store(word, ref lanes[0]);
            Assert.All(lanes, x => Assert.Equal(lanes[0], x));
            answer[i] = lanes[0];
        }
        return answer;
    }

    private static void Compare<L, F, U>() where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var random = new Random(11);
        var input = new uint[4][];
        var output = new uint[4][];
        for (var round = 0; round < 1000; round++)
        {
            var (k0, k1) = ((uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32));
            for (var w = 0; w < 4; w++)
            {
                input[w] = new uint[L.Count];
                output[w] = new uint[L.Count];
                for (var i = 0; i < L.Count; i++) input[w][i] = (uint)random.NextInt64(1L << 32);
            }
            var (c0, c1, c2, c3) = (L.Load(in input[0][0]), L.Load(in input[1][0]), L.Load(in input[2][0]), L.Load(in input[3][0]));
            L.Philox(ref c0, ref c1, ref c2, ref c3, k0, k1);
            L.Store(c0, ref output[0][0]);
            L.Store(c1, ref output[1][0]);
            L.Store(c2, ref output[2][0]);
            L.Store(c3, ref output[3][0]);
            for (var i = 0; i < L.Count; i++)
            {
                var (s0, s1, s2, s3) = (input[0][i], input[1][i], input[2][i], input[3][i]);
                Philox4x32.Block(ref s0, ref s1, ref s2, ref s3, k0, k1);
                Assert.Equal((s0, s1, s2, s3), (output[0][i], output[1][i], output[2][i], output[3][i]));
            }
        }
    }
}
