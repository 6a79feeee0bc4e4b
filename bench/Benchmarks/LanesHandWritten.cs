using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Benchmarks;

/// <summary>Euler–Maruyama on the reverse process as one would write it with no framework: what the generic loop is measured against.</summary>
internal static class LanesHandWritten
{
    public static float[] Run(Walk walk, GaussianMixture law, int particles, ulong seed)
    {
        var means = new List<double>();
        foreach (var mean in law.Means) means.AddRange(mean);
        var score = new LanesMixtureScore<Lanes2>([.. means], law.SharedVariance!.Value);
        var levels = walk.Grid.Levels.ToArray();
        var samples = new float[2 * particles];
        Parallel.For(0, (particles + 511) / 512, chunk =>
        {
            for (var first = 512 * chunk; first < Math.Min(particles, 512 * (chunk + 1)); first += 16)
            {
                var x = Block(levels, score, seed, first);
                LaneMath.Store(in x, samples.AsSpan(2 * first, Math.Min(32, 2 * (particles - first))));
            }
        });
        return samples;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Lanes2 Block(Level[] levels, LanesMixtureScore<Lanes2> score, ulong seed, long first)
    {
        var x = new LaneDraws<Lanes2>(seed, NoiseStream.Prior, first).Normal(0);
        var noise = new LaneDraws<Lanes2>(seed, NoiseStream.Step, first);
        for (var i = 0; i < levels.Length - 1; i++)
        {
            ref readonly var level = ref levels[i];
            var h = levels[i + 1].Time - level.Time;
            x = (1 + h * level.Drift) * x - (h * level.DiffusionSquared) * score.Evaluate(x, in level)
                + Math.Sqrt(-h * level.DiffusionSquared) * noise.Normal((uint)i);
        }
        return x;
    }
}
