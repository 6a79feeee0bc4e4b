using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Benchmarks.Quick;

/// <summary>
/// Samplers as one would write them with no framework, each a loop of its own over the same score and noise kernels, with coefficients multiplied
/// out and rounded beforehand: what the library's run is measured against.
/// </summary>
internal static class HandWritten
{
    /// <summary>The solvers there is a loop for, and their evaluations a step.</summary>
    public static IReadOnlyDictionary<string, int> Evaluations { get; } =
        new Dictionary<string, int> { ["euler-maruyama"] = 1, ["ddim"] = 1, ["dpmpp-2m"] = 1, ["edm-heun"] = 2 };

    public static float[] Run(string solver, Walk walk, GaussianMixture law, int particles, ulong seed, int threads)
    {
        var block = Blocks(solver, walk, law, seed);
        var samples = new float[2 * particles];
        Parallel.For(0, (particles + 511) / 512, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk =>
        {
            for (var first = 512 * chunk; first < Math.Min(particles, 512 * (chunk + 1)); first += 16)
            {
                var x = block(new LaneDraws<Lanes2>(seed, NoiseStream.Prior, first).Normal(0), first);
                LaneMath.Store(in x, samples.AsSpan(2 * first, Math.Min(32, 2 * (particles - first))));
            }
        });
        return samples;
    }

    /// <summary>The loop of a solver: the end of a block of sixteen particles from its start and the index of its first.</summary>
    internal static Func<Lanes2, long, Lanes2> Blocks(string solver, Walk walk, GaussianMixture law, ulong seed)
    {
        var means = new List<double>();
        foreach (var mean in law.Means) means.AddRange(mean);
        var score = new LanesMixtureScore<Lanes2>([.. means], law.SharedVariance!.Value);
        var levels = walk.Grid.Levels.ToArray();
        var c = solver switch { "euler-maruyama" => EulerMaruyama(levels), "ddim" => Ddim(levels), "dpmpp-2m" => TwoStep(levels), _ => Heun(levels) };
        return solver switch
        {
            "euler-maruyama" => (x, first) => Stochastic(levels, c, score, x, new LaneDraws<Lanes2>(seed, NoiseStream.Step, first)),
            "ddim" => (x, _) => OneStep(levels, c, score, x),
            "dpmpp-2m" => (x, _) => TwoStep(levels, c, score, x),
            _ => (x, _) => Heun(levels, c, score, x),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Lanes2 Stochastic(Level[] levels, Factors[] c, LanesMixtureScore<Lanes2> score, Lanes2 x, LaneDraws<Lanes2> noise)
    {
        for (var i = 0; i < c.Length; i++)
        {
            var s = score.Evaluate(x, in levels[i]);
            x = Add(c[i].C, noise.Normal((uint)i), Add(c[i].B, s, Vector512.Create(c[i].A) * x));
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Lanes2 OneStep(Level[] levels, Factors[] c, LanesMixtureScore<Lanes2> score, Lanes2 x)
    {
        for (var i = 0; i < c.Length; i++) x = Add(c[i].B, score.Evaluate(x, in levels[i]), Vector512.Create(c[i].A) * x);
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Lanes2 TwoStep(Level[] levels, Factors[] c, LanesMixtureScore<Lanes2> score, Lanes2 x)
    {
        Lanes2 last = default;
        for (var i = 0; i < c.Length; i++)
        {
            var data = Add(c[i].B, score.Evaluate(x, in levels[i]), Vector512.Create(c[i].A) * x);
            x = Add(c[i].E, last, Add(c[i].D, data, Vector512.Create(c[i].C) * x));
            last = data;
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Lanes2 Heun(Level[] levels, Factors[] c, LanesMixtureScore<Lanes2> score, Lanes2 x)
    {
        for (var i = 0; i < c.Length; i++)
        {
            var s = score.Evaluate(x, in levels[i]);
            var y = Add(c[i].B, s, Vector512.Create(c[i].A) * x);
            x = Add(c[i].D, score.Evaluate(y, in levels[i + 1]), Add(c[i].C, s, Vector512.Create(c[i].A) * x));
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes2 Add(float c, Lanes2 a, Lanes2 b) => Lanes2.FusedScale(Vector512.Create(c), in a, in b);

    private static Factors[] EulerMaruyama(Level[] levels) => Each(levels, (_, t, s) =>
    {
        var h = s.Time - t.Time;
        return new(1 + h * t.Drift, -h * t.DiffusionSquared, Math.Sqrt(-h * t.DiffusionSquared));
    });

    // From D = (x + σ²·score)/α and ε = −σ·score.
    private static Factors[] Ddim(Level[] levels) => Each(levels, (_, t, s) =>
        new(s.Alpha / t.Alpha, s.Alpha / t.Alpha * t.Sigma * t.Sigma - s.Sigma * t.Sigma));

    // Lu et al., 2211.01095, algorithm 2: x' = σ_s/σ_t x + α_s(1 − e^{−h})((1 + 1/2r) D − 1/2r D_last), r = h_last/h.
    private static Factors[] TwoStep(Level[] levels) => Each(levels, (i, t, s) =>
    {
        var h = s.Lambda - t.Lambda;
        var half = i == 0 ? 0 : 0.5 * h / (t.Lambda - levels[i - 1].Lambda);
        var share = s.Alpha * (1 - Math.Exp(-h));
        return new(1 / t.Alpha, t.Sigma * t.Sigma / t.Alpha, s.Sigma / t.Sigma, share * (1 + half), -share * half);
    });

    private static Factors[] Heun(Level[] levels) => Each(levels, (_, t, s) =>
    {
        var h = s.Alpha * (s.NoiseToSignal - t.NoiseToSignal);
        return new(s.Alpha / t.Alpha, -h * t.Sigma, -0.5 * h * t.Sigma, -0.5 * h * s.Sigma);
    });

    private static Factors[] Each(Level[] levels, Func<int, Level, Level, Factors> make) =>
        [.. Enumerable.Range(0, levels.Length - 1).Select(i => make(i, levels[i], levels[i + 1]))];

    private readonly struct Factors(double a, double b, double c = 0, double d = 0, double e = 0)
    {
        public readonly float A = (float)a, B = (float)b, C = (float)c, D = (float)d, E = (float)e;
    }
}
