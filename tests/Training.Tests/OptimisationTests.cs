using ScoreSde.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScoreSde.Training.Tests;

[NoTensorLeaks]
public sealed class OptimisationTests
{
    [Fact]
    public void LearningRate_RisesThenFallsAsACosine()
    {
        var schedule = new LearningRateSchedule(2, 10, 110);
        Assert.Equal(0.2, schedule.At(0), 1e-15);
        Assert.Equal(2, schedule.At(9), 1e-15);
        Assert.Equal(2, schedule.At(10), 1e-15);
        Assert.Equal(1, schedule.At(60), 1e-15);
        Assert.Equal(0, schedule.At(110), 1e-15);
        Assert.InRange(schedule.At(109), 1e-6, 1e-3);
        Assert.Equal(2, new LearningRateSchedule(2, 0, 5).At(0));
    }

    [Fact]
    public void EmaDecay_GrowsToItsLimit()
    {
        Assert.Equal(0.1, ExponentialMovingAverage.Decay(0.999, 0));
        Assert.Equal(11.0 / 20, ExponentialMovingAverage.Decay(0.999, 10));
        Assert.Equal(0.999, ExponentialMovingAverage.Decay(0.999, 100_000));
    }

    [Fact]
    public void Ema_OfAMovingWeight_IsTheWeightedSum()
    {
        using var layer = One();
        using var average = new ExponentialMovingAverage(layer, 0.5);
        double expected = 3;
        for (var n = 0; n < 6; n++)
        {
            var value = 3 + n * n;
            using (no_grad()) layer.weight!.fill_(value);
            average.Update(n);
            var d = Math.Min(0.5, (1.0 + n) / (10 + n));
            expected = d * expected + (1 - d) * value;
            // Float: six roundings of 6e-8 each.
            Assert.Equal(expected, average.Averages["weight"].item<float>(), 1e-6 * expected);
        }
    }

    [Fact]
    public void Adam_OnKnownGradients_FollowsTheAlgorithm()
    {
        using var layer = One();
        using var adam = new AdamOptimizer(layer);
        double p = 3, m = 0, v = 0;
        double[] gradients = [2, -1, 0.25, 4];
        for (var step = 0; step < gradients.Length; step++)
        {
            using var scope = NewDisposeScope();
            layer.zero_grad();
            layer.call(tensor(new[] { (float)gradients[step] }, [1, 1])).sum().backward();
            var norm = adam.Step(step, 0.1, 1.5);
            Assert.Equal(Math.Abs(gradients[step]), norm, 1e-6);
            var g = Math.Clamp(gradients[step], -1.5, 1.5); // one number: clipping the norm clips it
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            p -= 0.1 * (m / (1 - Math.Pow(0.9, step + 1))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, step + 1))) + 1e-8);
            Assert.Equal(p, layer.weight!.item<float>(), 1e-5);
        }
    }

    /// <summary>y = w x with w = 3.</summary>
    private static Linear One()
    {
        var layer = nn.Linear(1, 1, hasBias: false);
        using var untracked = no_grad();
        layer.weight!.fill_(3);
        return layer;
    }
}
