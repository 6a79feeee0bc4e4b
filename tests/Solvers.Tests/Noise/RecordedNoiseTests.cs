using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Noise;

public class RecordedNoiseTests
{
    private static readonly Interval Step = new(4, 0.5, 0.4);

    [Fact]
    public void Draws_ComeInOrderAndCopiesShareThePlace()
    {
        var noise = new RecordedNoise<Scalar>([1.0, 2.0, 3.0]);
        var copy = noise;
        Assert.Equal(new Scalar(1), noise.Increment(Step, 0));
        Assert.Equal((new Scalar(2), new Scalar(3)), copy.SpaceTime(Step, 1));
        Assert.Equal(3, noise.Taken);
    }

    [Fact]
    public void Draws_UsedUp_FailWithTheirNumberAndTheStep()
    {
        var noise = new RecordedNoise<Scalar>([1.0]);
        noise.Increment(Step, 0);
        var message = Assert.Throws<InvalidOperationException>(() => noise.Increment(Step, 0)).Message;
        Assert.Contains("all 1 recorded draws", message, StringComparison.Ordinal);
        Assert.Contains("step 4", message, StringComparison.Ordinal);
    }
}
