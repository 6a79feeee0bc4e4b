using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>What the grid rules share: exact ends, and what they may ask of a process.</summary>
internal static class GridTimes
{
    public static double[] Build(int steps, double from, double to, Func<double, double> timeAt)
    {
        var times = GC.AllocateUninitializedArray<double>(steps + 1);
        for (var i = 1; i < steps; i++) times[i] = timeAt((double)i / steps);
        times[0] = from;
        times[steps] = to;
        return times;
    }

    /// <summary>
    /// A rule that is not the same from both ends: <paramref name="timeAt"/> counts its share from the noisy end (0) to the clean one (1), given the
    /// times of both, so that a rising grid goes through the levels of the falling one.
    /// </summary>
    public static double[] FromNoise(int steps, double from, double to, Func<double, double, Func<double, double>> timeAt)
    {
        if (to <= from) return Build(steps, from, to, timeAt(from, to));
        var times = Build(steps, to, from, timeAt(to, from));
        Array.Reverse(times);
        return times;
    }

    public static ForwardSde Diffusion(ITimeline timeline, string rule) =>
        timeline as ForwardSde ?? throw new ArgumentException($"the grid {rule} needs a process with α and σ; {timeline.GetType().Name} has only time, use uniform-t");

    public static double FiniteLambda(ForwardSde sde, double t, string rule)
    {
        var lambda = sde.Lambda(t);
        if (double.IsFinite(lambda)) return lambda;
        throw new ArgumentException(FormattableString.Invariant(
            $"the grid {rule} needs finite λ at both ends; {sde.Name} has λ = {lambda} at t = {t}: begin below t = 1 and end above t = 0"));
    }
}
