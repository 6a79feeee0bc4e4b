using ScoreSde.Sde.General;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Processes;

/// <summary>
/// The picture of diffusion, runnable: a drop of ink spreads in a box until it is uniform, and the reverse process, from uniform particles
/// and the score, tells where it fell.
/// </summary>
/// <remarks>
/// Plain loops over doubles, parallel over particles. Particle i draws its noise from (seed, i) alone, so it is the same particle in a run of any
/// size on any number of threads. The way out and the way back draw from different streams, so one seed serves both. docs/derivations/ink-drop.md has the mathematics.
/// </remarks>
/// <param name="law">The drop, its box and its diffusivity.</param>
public sealed class InkDrop(InkDropLaw law)
{
    /// <summary>A drop of deviation 0.04 at (0.3, 0.65) in the unit square, diffusivity 0.1.</summary>
    public static InkDrop Picture { get; } = new(new InkDropLaw([0.3, 0.65], [1, 1], 0.04, 0.1));

    /// <summary>Everything known about it.</summary>
    public InkDropLaw Law => law;

    /// <summary>
    /// Lets particles spread: each starts in the drop at time 0 and takes the exact transition x ← fold(x + √(2Dh) ξ) from time to time.
    /// </summary>
    /// <param name="count">Particles.</param>
    /// <param name="times">Rising times ≥ 0 at which positions are kept; no other times are needed.</param>
    /// <param name="seed">Key of the noise.</param>
    public ParticleFrames Spread(int count, ReadOnlySpan<double> times, ulong seed)
    {
        CheckTimes(count, times, 1);
        var d = law.Dimension;
        var frames = new ParticleFrames(times.ToArray(), count, d);
        ForBlocks(count, (first, particles) =>
        {
            var x = new double[particles * d];
            var z = new float[particles * d];
            NormalNoise.Fill(z, seed, NoiseStream.Renoise, 0, first, d);
            for (var j = 0; j < x.Length; j++) x[j] = Folding.Fold(law.Centre[j % d] + law.Deviation * z[j], law.Sides[j % d]);
            var t = 0.0;
            for (var k = 0; k < frames.Times.Length; k++)
            {
                var deviation = Math.Sqrt(2 * law.Diffusivity * (frames.Times[k] - t));
                t = frames.Times[k];
                NormalNoise.Fill(z, seed, NoiseStream.Renoise, (uint)k + 1, first, d);
                for (var j = 0; j < x.Length; j++) x[j] = Folding.Fold(x[j] + deviation * z[j], law.Sides[j % d]);
                x.CopyTo(frames.Writable(k), first * d);
            }
        });
        return frames;
    }

    /// <summary>
    /// Traces particles back: from the uniform law (or given positions) at the first time, down to where the drop was. Steps are spaced evenly in
    /// the logarithm of the variance s² + 2Dt, where the score changes at an even pace.
    /// </summary>
    /// <param name="count">Particles.</param>
    /// <param name="times">Falling times ≥ 0 at which positions are kept; the run starts at the first. Take it from <see cref="InkDropLaw.TimeToUniform"/>.</param>
    /// <param name="seed">Key of the noise.</param>
    /// <param name="steps">Steps in all, at least one between two times.</param>
    /// <param name="method">Euler–Maruyama or the exact reference.</param>
    /// <param name="eta">η ≥ 0 of Euler–Maruyama: 0 is the probability flow, 1 the reverse SDE. The exact reference is the reverse SDE.</param>
    /// <param name="start">Positions at the first time, [count, d]; by default drawn from the uniform law.</param>
    /// <exception cref="ArgumentException">Times that do not fall, no steps, or an option without effect.</exception>
    public ParticleFrames Trace(
        int count, ReadOnlySpan<double> times, ulong seed, int steps = 200, TraceMethod method = TraceMethod.EulerMaruyama, double eta = 1,
        ReadOnlyMemory<double>? start = null)
    {
        CheckTimes(count, times, -1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(eta >= 0 && double.IsFinite(eta))) throw new ArgumentOutOfRangeException(nameof(eta), eta, FormattableString.Invariant($"η is {eta}; it is at least 0"));
        if (method == TraceMethod.Exact && eta != 1)
            throw new ArgumentException(FormattableString.Invariant($"η is {eta}; the exact transition is that of the reverse SDE, η = 1"), nameof(eta));
        if (start is { } given && given.Length != count * law.Dimension)
            throw new ArgumentException($"{given.Length} start coordinates are given; {count} particles have {count * law.Dimension}", nameof(start));
        var d = law.Dimension;
        var frames = new ParticleFrames(times.ToArray(), count, d);
        var (grid, kept) = Grid(frames.Times, steps);
        var axes = new ReflectedGaussian[grid.Length * d];
        for (var k = 0; k < grid.Length; k++)
            for (var i = 0; i < d; i++) axes[k * d + i] = law.Axis(i, grid[k]);
        var run = new BackwardRun(law, grid, axes, seed, method, eta);
        ForBlocks(count, (first, particles) =>
        {
            var x = new double[particles * d];
            if (start is { } positions) positions.Span.Slice(first * d, x.Length).CopyTo(x);
            else run.DrawUniform(x, first);
            var frame = 0;
            for (var k = 0; k < grid.Length; k++)
            {
                if (k > 0) run.Step(x, k - 1, first);
                if (kept[k]) x.CopyTo(frames.Writable(frame++), first * d);
            }
        });
        return frames;
    }

    /// <summary>Steps of a block of particles back in time.</summary>
    private sealed class BackwardRun(InkDropLaw law, double[] grid, ReflectedGaussian[] axes, ulong seed, TraceMethod method, double eta)
    {
        private readonly int _dimension = law.Dimension;

        public void DrawUniform(Span<double> x, int first)
        {
            var z = new float[x.Length];
            NormalNoise.Fill(z, seed, NoiseStream.Prior, 0, first, _dimension);
            for (var j = 0; j < x.Length; j++)
            {
                var side = law.Sides[j % _dimension];
                x[j] = Folding.Fold(Folding.UniformWidth * side * z[j], side);
            }
        }

        public void Step(Span<double> x, int k, int first)
        {
            var z = new float[x.Length];
            if (method == TraceMethod.Exact)
            {
                var choices = new float[x.Length];
                NormalNoise.Fill(z, seed, NoiseStream.Step, 2 * (uint)k, first, _dimension);
                NormalNoise.Fill(choices, seed, NoiseStream.Step, 2 * (uint)k + 1, first, _dimension);
                for (var j = 0; j < x.Length; j++)
                    x[j] = law.Posterior(j % _dimension, x[j], grid[k], grid[k + 1], Folding.Fold(Folding.UniformWidth * choices[j], 1), z[j]);
                return;
            }
            if (eta > 0) NormalNoise.Fill(z, seed, NoiseStream.Step, (uint)k, first, _dimension); // else all zeros
            var fallen = 2 * law.Diffusivity * (grid[k] - grid[k + 1]);
            var (pull, kick) = (0.5 * (1 + eta * eta) * fallen, eta * Math.Sqrt(fallen));
            for (var j = 0; j < x.Length; j++)
            {
                ref readonly var axis = ref axes[k * _dimension + j % _dimension];
                x[j] = Folding.Fold(x[j] + pull * axis.Score(x[j]) + kick * z[j], axis.Side);
            }
        }
    }

    /// <summary>Blocks of particles in parallel; what a particle does depends on its index alone.</summary>
    private static void ForBlocks(int count, Action<int, int> block)
    {
        const int size = 256;
        Parallel.For(0, (count + size - 1) / size, b => block(b * size, Math.Min(size, count - b * size)));
    }

    /// <summary>The times of all steps, falling, and which of them are kept.</summary>
    private (double[] Grid, bool[] Kept) Grid(ReadOnlySpan<double> times, int steps)
    {
        var grid = new List<double> { times[0] };
        var kept = new List<bool> { true };
        var whole = Math.Log(law.VarianceAt(times[0]) / law.VarianceAt(times[^1]));
        for (var j = 1; j < times.Length; j++)
        {
            double from = law.VarianceAt(times[j - 1]), to = law.VarianceAt(times[j]);
            var part = Math.Log(from / to);
            var n = Math.Max(1, (int)Math.Round(steps * part / whole));
            for (var m = 1; m <= n; m++)
            {
                grid.Add(m == n ? times[j] : Math.Clamp((from * Math.Exp(-part * m / n) - law.VarianceAt(0)) / (2 * law.Diffusivity), times[j], times[j - 1]));
                kept.Add(m == n);
            }
        }
        return ([.. grid], [.. kept]);
    }

    private static void CheckTimes(int count, ReadOnlySpan<double> times, int direction)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (times.IsEmpty) throw new ArgumentException("no times are given", nameof(times));
        for (var k = 0; k < times.Length; k++)
        {
            if (!(times[k] >= 0 && double.IsFinite(times[k])))
                throw new ArgumentException(FormattableString.Invariant($"time {k} is {times[k]}; it must be finite and not negative"), nameof(times));
            if (k > 0 && !(direction * (times[k] - times[k - 1]) > 0))
                throw new ArgumentException(FormattableString.Invariant(
                    $"times must be strictly {(direction > 0 ? "rising" : "falling")}; entry {k - 1} is {times[k - 1]}, entry {k} is {times[k]}"), nameof(times));
        }
    }
}
