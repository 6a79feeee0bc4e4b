using ScoreSde.Models.Networks;
using TorchSharp;

namespace ScoreSde.Models.Tests.Networks;

[NoTensorLeaks]
public sealed class SinusoidalEmbeddingTests
{
    [Fact]
    public void Embedding_OfKnownTimes_IsSinesThenCosines()
    {
        using var embedding = new SinusoidalEmbedding(4);
        using var scope = NewDisposeScope();
        var features = embedding.call(tensor(new[] { 0.0, 0.001, 1.0 })).data<double>().ToArray();
        // ω = 1, 10000^(−1/2) = 0.01; angles 1000 t ω.
        double[] expected =
        [
            0, 0, 1, 1,
            Math.Sin(1), Math.Sin(0.01), Math.Cos(1), Math.Cos(0.01),
            Math.Sin(1000), Math.Sin(10), Math.Cos(1000), Math.Cos(10),
        ];
        // Doubles: an angle of 1000 is right to 1e-13, and so are its sine and cosine.
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], features[i], 1e-12);
    }

    [Fact]
    public void Embedding_InOneTypeAndThenAnother_HasFrequenciesOfEach()
    {
        using var embedding = new SinusoidalEmbedding(4);
        using var scope = NewDisposeScope();
        for (var i = 0; i < 2; i++)
        {
            // The angle 10 in float32: the frequency and the product are rounded, 2⁻²⁴ of 10 each; in double 2⁻⁵³.
            Assert.Equal(Math.Sin(10), embedding.call(tensor(new[] { 1f }))[0, 1].item<float>(), 20 * Math.Pow(2, -23));
            Assert.Equal(Math.Sin(10), embedding.call(tensor(new[] { 1.0 }))[0, 1].item<double>(), 20 * Math.Pow(2, -52));
        }
    }

    [Fact]
    public void Embedding_OfNearTimes_TellsThemApart()
    {
        using var embedding = new SinusoidalEmbedding(64);
        using var scope = NewDisposeScope();
        var e = embedding.call(tensor(new[] { 0.5f, 0.5002f })); // a fifth of a step of a 1000-step chain
        Assert.True((e[0] - e[1]).abs().max().item<float>() > 0.1f);
    }

    [Fact]
    public void Embedding_OfOddLength_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SinusoidalEmbedding(5));
}
