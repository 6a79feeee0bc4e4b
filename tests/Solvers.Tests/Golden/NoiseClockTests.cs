namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>Tells whether the noise clock is right; the parity runs rest on it.</summary>
public class NoiseClockTests
{
    [Fact]
    public void Coefficients_BothKinds_AgreeWithDifferencesOfAlphaAndSigma()
    {
        foreach (var clock in (NoiseClock[])[NoiseClock.Exploding, NoiseClock.Preserving])
            foreach (var t in (double[])[0.02, 0.7, 3, 80])
            {
                var h = 1e-4 * t;
                var drift = (clock.LogAlpha(t + h) - clock.LogAlpha(t - h)) / (2 * h);
                var slope = (Math.Pow(clock.Sigma(t + h), 2) - Math.Pow(clock.Sigma(t - h), 2)) / (2 * h);
                // Central differences of step 1e-4·t: error 1e-8 of t·|third derivative|, which is of the order of the value.
                Assert.Equal(drift, clock.Drift(t), 1e-6 * (1 / t));
                Assert.Equal(slope - 2 * drift * Math.Pow(clock.Sigma(t), 2), clock.DiffusionSquared(t), 1e-6 * Math.Max(1, t));
                Assert.Equal(t, clock.At(t).NoiseToSignal, 1e-14 * t);
                Assert.Equal(t, clock.TimeOfLambda(clock.Lambda(t)), 1e-14 * t);
            }
    }
}
