namespace ScoreSde.Training;

/// <summary>Linear rise over the warm-up, then a cosine down to zero at the end (Loshchilov and Hutter, 1608.03983, eq. 5, one cycle).</summary>
public readonly record struct LearningRateSchedule(double Peak, long WarmUpSteps, long Steps)
{
    /// <summary>The rate of step <paramref name="step"/>, the first being 0. The rate after the last step would be 0.</summary>
    public double At(long step)
    {
        if (step < WarmUpSteps) return Peak * (step + 1) / WarmUpSteps;
        var decaySteps = Math.Max(1, Steps - WarmUpSteps);
        var fraction = Math.Clamp((step - WarmUpSteps) / (double)decaySteps, 0, 1);
        return 0.5 * Peak * (1 + Math.Cos(Math.PI * fraction));
    }
}
