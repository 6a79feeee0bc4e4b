using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Benchmarks.Quick;

/// <summary>
/// Samplers as one would write them with no framework: a loop each, over the library's kernels for the score and the noise, with all that a grid decides
/// computed beforehand and multiplied out. What the library's run is measured against.
/// </summary>
/// <remarks>The score is a·answer + p·x (<see cref="IBlockScore{T}"/>), so what adds b scores to c·x adds b·a answers to (c + b·p)·x.</remarks>
internal sealed unsafe class HandWritten
{
    private const int Size = ILanes<Lanes2>.Particles, Together = IBlockScore<Lanes2>.Together, Vectors = 2 * Together;
    private readonly IBlockScore<Lanes2> _score;
    private readonly Level[] _levels;
    private readonly float[] _rows; // [level, row]
    private readonly Factors[] _steps;
    private readonly Loop _loop;

    /// <summary>The loop of a solver on a walk over a mixture of one variance.</summary>
    public HandWritten(string solver, Walk walk, GaussianMixture law)
    {
        _score = new LanesMixtureScore<Lanes2>([.. law.Means.ToArray().SelectMany(m => m)], law.SharedVariance!.Value);
        _levels = [.. walk.Grid.Levels];
        _rows = new float[_levels.Length * _score.RowLength];
        for (var i = 0; i < _levels.Length; i++) _score.Prepare(in _levels[i], _rows.AsSpan(i * _score.RowLength, _score.RowLength));
        (_loop, Func<int, Factors> factors) = solver switch
        {
            "euler-maruyama" => ((Loop)EulerMaruyama, (Func<int, Factors>)EulerMaruyama),
            "ddim" => (Ddim, Ddim),
            "dpmpp-2m" => (TwoStep, TwoStep),
            "edm-heun" => (Heun, Heun),
            _ => throw new ArgumentException($"there are loops for euler-maruyama, ddim, dpmpp-2m and edm-heun; given {solver}", nameof(solver)),
        };
        _steps = [.. Enumerable.Range(0, _levels.Length - 1).Select(factors)];
    }

    private delegate void Loop(LaneGroup<Lanes2> noise, Vector512<float>* x, int blocks);

    /// <summary>Where the particles end, [particle, coordinate]; on one thread.</summary>
    public float[] Run(int particles, ulong seed)
    {
        var samples = new float[2 * particles];
        var (prior, noise) = (new LaneGroup<Lanes2>(Together, seed, NoiseStream.Prior), new LaneGroup<Lanes2>(Together, seed, NoiseStream.Step));
        var memory = new LaneMemory(3 * Vectors); // the states, and two values more
        for (var first = 0; first < particles; first += Together * Size)
        {
            var blocks = Math.Min(Together, (particles - first + Size - 1) / Size);
            prior.Begin(first, blocks);
            prior.Draw(0, ref Unsafe.AsRef<Lanes2>(memory.First));
            noise.Begin(first, blocks);
            _loop(noise, memory.First, blocks);
            for (var b = 0; b < blocks; b++)
            {
                var at = 2 * (first + Size * b);
                LaneMath.Store(in Unsafe.AsRef<Lanes2>(memory.First + 2 * b), samples.AsSpan(at, Math.Min(2 * Size, samples.Length - at)));
            }
        }
        GC.KeepAlive(memory);
        return samples;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EulerMaruyama(LaneGroup<Lanes2> noise, Vector512<float>* x, int blocks)
    {
        Vector512<float>* m = x + Vectors, z = x + 2 * Vectors;
        for (var i = 0; i < _steps.Length; i++)
        {
            Ask(i, x, m, blocks);
            noise.Draw((uint)i, ref Unsafe.AsRef<Lanes2>(z));
            var (a, b, c) = (Vector512.Create(_steps[i].A), Vector512.Create(_steps[i].B), Vector512.Create(_steps[i].C));
            for (var v = 0; v < 2 * blocks; v++) x[v] = Vector512.FusedMultiplyAdd(c, z[v], Vector512.FusedMultiplyAdd(b, m[v], a * x[v]));
        }
    }

    private Factors EulerMaruyama(int i)
    {
        var (t, h) = (_levels[i], _levels[i + 1].Time - _levels[i].Time);
        var (a, b) = Folded(t, 1 + h * t.Drift, -h * t.DiffusionSquared);
        return new(a, b, Math.Sqrt(-h * t.DiffusionSquared));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ddim(LaneGroup<Lanes2> noise, Vector512<float>* x, int blocks)
    {
        var m = x + Vectors;
        for (var i = 0; i < _steps.Length; i++)
        {
            Ask(i, x, m, blocks);
            var (a, b) = (Vector512.Create(_steps[i].A), Vector512.Create(_steps[i].B));
            for (var v = 0; v < 2 * blocks; v++) x[v] = Vector512.FusedMultiplyAdd(b, m[v], a * x[v]);
        }
    }

    // From D = (x + σ²·score)/α and ε = −σ·score.
    private Factors Ddim(int i)
    {
        var (t, s) = (_levels[i], _levels[i + 1]);
        var (a, b) = Folded(t, s.Alpha / t.Alpha, s.Alpha / t.Alpha * t.Sigma * t.Sigma - s.Sigma * t.Sigma);
        return new(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TwoStep(LaneGroup<Lanes2> noise, Vector512<float>* x, int blocks)
    {
        Vector512<float>* m = x + Vectors, last = x + 2 * Vectors;
        new Span<float>(last, 2 * blocks * Size).Clear();
        for (var i = 0; i < _steps.Length; i++)
        {
            Ask(i, x, m, blocks);
            var (a, b) = (Vector512.Create(_steps[i].A), Vector512.Create(_steps[i].B));
            var (c, d, e) = (Vector512.Create(_steps[i].C), Vector512.Create(_steps[i].D), Vector512.Create(_steps[i].E));
            for (var v = 0; v < 2 * blocks; v++)
            {
                var data = Vector512.FusedMultiplyAdd(b, m[v], a * x[v]);
                x[v] = Vector512.FusedMultiplyAdd(e, last[v], Vector512.FusedMultiplyAdd(d, data, c * x[v]));
                last[v] = data;
            }
        }
    }

    // Lu et al., 2211.01095, algorithm 2: x' = σ_s/σ_t x + α_s(1 − e^{−h})((1 + 1/2r) D − 1/2r D_last), r = h_last/h.
    private Factors TwoStep(int i)
    {
        var (t, s) = (_levels[i], _levels[i + 1]);
        var h = s.Lambda - t.Lambda;
        var half = i == 0 ? 0 : 0.5 * h / (t.Lambda - _levels[i - 1].Lambda);
        var share = s.Alpha * (1 - Math.Exp(-h));
        var (a, b) = Folded(t, 1 / t.Alpha, t.Sigma * t.Sigma / t.Alpha);
        return new(a, b, s.Sigma / t.Sigma, share * (1 + half), -share * half);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Heun(LaneGroup<Lanes2> noise, Vector512<float>* x, int blocks)
    {
        Vector512<float>* m = x + Vectors, y = x + 2 * Vectors;
        for (var i = 0; i < _steps.Length; i++)
        {
            Ask(i, x, m, blocks);
            var (a, b) = (Vector512.Create(_steps[i].A), Vector512.Create(_steps[i].B));
            var (c, d, e) = (Vector512.Create(_steps[i].C), Vector512.Create(_steps[i].D), Vector512.Create(_steps[i].E));
            for (var v = 0; v < 2 * blocks; v++) y[v] = Vector512.FusedMultiplyAdd(b, m[v], a * x[v]);
            for (var v = 0; v < 2 * blocks; v++) x[v] = Vector512.FusedMultiplyAdd(d, m[v], c * x[v]);
            Ask(i + 1, y, y, blocks);
            for (var v = 0; v < 2 * blocks; v++) x[v] = Vector512.FusedMultiplyAdd(e, y[v], x[v]);
        }
    }

    // y = c x + b S(x), x' = c x + ½b S(x) + ½b' S'(y).
    private Factors Heun(int i)
    {
        var (t, s) = (_levels[i], _levels[i + 1]);
        var (scale, h) = (s.Alpha / t.Alpha, s.Alpha * (s.NoiseToSignal - t.NoiseToSignal));
        var (a, b) = Folded(t, scale, -h * t.Sigma);
        var (end, add) = Folded(s, 0, -0.5 * h * s.Sigma);
        var (c, d) = Folded(t, scale, -0.5 * h * t.Sigma);
        return new(a, b, c + end * a, d + end * b, add);
    }

    private (double Point, double Answer) Folded(in Level level, double point, double score)
    {
        var (a, p) = _score.Shares(in level);
        return (point + score * p, score * a);
    }

    private void Ask(int level, Vector512<float>* x, Vector512<float>* answers, int blocks) =>
        _score.Answer(in _levels[level], ref _rows[level * _score.RowLength], ref Unsafe.AsRef<Lanes2>(x), ref Unsafe.AsRef<Lanes2>(answers), blocks);

    private readonly struct Factors(double a, double b, double c = 0, double d = 0, double e = 0)
    {
        public readonly float A = (float)a, B = (float)b, C = (float)c, D = (float)d, E = (float)e;
    }
}
