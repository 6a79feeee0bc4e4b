using System.Security.Cryptography;
using System.Runtime.InteropServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Tests.Ensembles;

public class ParticleRunTests
{
    private static readonly VariancePreserving Sde = new(new LinearSchedule(0.1, 20));
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();

    private static Walk Walk(int steps = 40) => Solvers.Grids.Walk.Straight(TimeGrid.Create(Sde, new UniformTime(), steps, 1, 1e-3));

    [Fact]
    public void Run_AnyCountPositionAndThreads_GivesEachParticleTheSameBits()
    {
        var all = ParticleRun.Run(new EulerMaruyama(), Walk(), Ring, new() { Count = 100_000, Seed = 9, Threads = 2 });
        Assert.Equal(RunStatus.Completed, all.Status);
        Assert.Equal((100_000, 40), (all.Done, all.Evaluations));
        foreach (var (first, count, threads) in ((long, long, int)[])[(0, 1, 1), (0, 17, 1), (4096, 1000, 2), (99_968, 32, 1), (0, 33_333, 3)])
        {
            var some = ParticleRun.Run(new EulerMaruyama(), Walk(), Ring, new() { Count = count, FirstSample = first, Seed = 9, Threads = threads });
            Assert.True(all.Samples.AsSpan((int)(2 * first), (int)(2 * count)).SequenceEqual(some.Samples));
        }
    }

    [Fact]
    public void Run_Bits_ArePinned()
    {
        // The same on every processor: with AVX-512, and with DOTNET_EnableAVX512=0 or DOTNET_EnableAVX2=0 in the environment.
        var hash = new Hashes();
        foreach (var solver in (ISolver[])[new EulerMaruyama(), new Heun(), new Ddim(), new DdpmAncestral()])
            hash.Add(ParticleRun.Run(solver, Walk(), Ring, new() { Count = 100, Seed = 1 }).Samples);
        hash.Add(ParticleRun.Run(new EulerMaruyama(), Walk(), GaussianMixture.Isotropic([[1, 2, 3, 4, 5, 6, 7, 8], [-1, 0, 0, 0, 0, 0, 0, 1]], 0.3), new() { Count = 40, Seed = 1 }).Samples);
        hash.Add(ParticleRun.Run(new EulerMaruyama(), Walk(), new GaussianMixture([1, 2], new Gaussian([1.0], 0.3), new Gaussian([-1.0], 0.1)), new() { Count = 40, Seed = 1 }).Samples);
        Assert.True(Pinned == hash.ToString(), hash.ToString());
    }

    private const string Pinned = "1ee3a26e40d6c758 f6720765a2f146b4 44bbfc3a288a42b2 74f30f7d568518e8 c8f83cc74ef3f0e4 5c5a1639d2af0dd4";

    [Fact]
    public void Run_AgainstScalarRunsInDouble_IsThatToFloatRounding()
    {
        var law = new GaussianMixture([1, 3], new Gaussian([1.0], 0.09), new Gaussian([-1.0], 0.09));
        var ours = ParticleRun.Run(new EulerMaruyama(), Walk(), law, new() { Count = 64, Seed = 4 });
        for (var i = 0; i < 64; i++)
        {
            var start = new ScalarDraws(4, NoiseStream.Prior, i).Normal(0);
            var exact = Sampler.Run(new EulerMaruyama(), Walk(), Sde.Prior.Deviation * start, new ScalarLawScore(law), IndependentNoise.ForScalar(4, i, 1)).State.Value;
            Assert.Equal(exact, ours.Samples[i], 1e-4); // 40 steps of 2⁻²⁴·(1 + h·|∂s/∂x|) ≈ 1 + 0.25 amplification near the data: measured 2e-6
        }
    }

    [Fact]
    public void Run_GivenStarts_StartsThere()
    {
        var starts = new float[2 * 20];
        NormalNoise.Fill(starts, 3, NoiseStream.Prior, 0, 0, 2);
        var drawn = ParticleRun.Run(new Ddim(), Walk(), Ring, new() { Count = 20, Seed = 3 });
        var given = ParticleRun.Run(new Ddim(), Walk(), Ring, new() { Count = 20, Seed = 3, Start = starts.Select(x => (float)Sde.Prior.Deviation * x).ToArray() });
        Assert.Equal(drawn.Samples, given.Samples);
        Assert.Throws<ArgumentException>(() => ParticleRun.Run(new Ddim(), Walk(), Ring, new() { Count = 21, Start = starts }));
    }

    [Fact]
    public void Run_Cancelled_KeepsWhatWasDone()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Immediate(done => { if (done > 0) cancel.Cancel(); });
        var run = ParticleRun.Run(new EulerMaruyama(), Walk(), Ring, new() { Count = 400_000, Seed = 9, Threads = 1, Progress = progress, Cancellation = cancel.Token });
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.InRange(run.Done, 1, 399_999);
        Assert.Equal(2 * run.Done, run.Samples.Count(float.IsFinite));
        var whole = ParticleRun.Run(new EulerMaruyama(), Walk(), Ring, new() { Count = 16, Seed = 9 });
        Assert.True(whole.Samples.AsSpan().SequenceEqual(run.Samples.AsSpan(0, 32)));
    }

    [Fact]
    public void Run_NonFiniteParticle_IsNamed()
    {
        var starts = new float[2 * 40];
        starts[2 * 21] = float.NaN;
        var failure = Assert.Throws<NumericalFailureException>(() => ParticleRun.Run(new Ddim(), Walk(), Ring, new() { Count = 40, Start = starts }));
        Assert.Contains("of particles 16 to 31, number 5", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnotherSolverLawOrEtaOnTheSameWalk_IsPlannedAnew()
    {
        var (walk, other) = (Walk(), GaussianMixture.Isotropic([[1, 2], [3, -1]], 0.3));
        float[] Once(ISolver solver, IDataLaw law, Walk way, double? eta = null) => ParticleRun.Run(solver, way, law, new() { Count = 20, Seed = 3, Eta = eta }).Samples;
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(Once(new EulerMaruyama(), Ring, Walk()), Once(new EulerMaruyama(), Ring, walk));
            Assert.Equal(Once(new EulerMaruyama(), other, Walk()), Once(new EulerMaruyama(), other, walk));
            Assert.Equal(Once(new EulerMaruyama(), other, Walk(), 0.5), Once(new EulerMaruyama(), other, walk, 0.5));
            Assert.Equal(Once(new Ddim(), other, Walk()), Once(new Ddim(), other, walk));
            Assert.Equal(Once(new Ddim(0.5), other, Walk()), Once(new Ddim(0.5), other, walk));
        }
        Assert.NotEqual(Once(new Ddim(), other, walk), Once(new Ddim(0.5), other, walk));
    }

    [Fact]
    public void Stream_AnyPiece_GivesTheBitsOfOneRun()
    {
        var whole = ParticleRun.Run(new EulerMaruyama(), Walk(), Ring, new() { Count = 5000, FirstSample = 4096, Seed = 9 });
        foreach (var (piece, threads) in ((int, int)[])[(16, 1), (1008, 2), (65_536, 2)])
        {
            var (samples, next) = (new List<float>(), 4096L);
            var options = new ParticleOptions { Count = 5000, FirstSample = 4096, Seed = 9, Threads = threads };
            var result = ParticleRun.Stream(new EulerMaruyama(), Walk(), Ring, options, (first, part) =>
            {
                Assert.Equal(next, first);
                next += part.Length / 2;
                samples.AddRange(part);
            }, piece);
            Assert.Equal((RunStatus.Completed, 5000L, 40L), (result.Status, result.Done, result.Evaluations));
            Assert.Equal(whole.Samples, samples);
        }
        Assert.Throws<ArgumentException>(() => ParticleRun.Stream(new Ddim(), Walk(), Ring, new() { Count = 20 }, (_, _) => { }, 20));
        Assert.Throws<ArgumentException>(() => ParticleRun.Stream(new Ddim(), Walk(), Ring, new() { Count = 1, Start = new float[2] }, (_, _) => { }));
    }

    [Fact]
    public void Stream_Cancelled_HandsOnWholePiecesOnly()
    {
        using var cancel = new CancellationTokenSource();
        var pieces = 0;
        var result = ParticleRun.Stream(new Ddim(), Walk(), Ring, new() { Count = 100_000, Seed = 9, Cancellation = cancel.Token }, (_, part) =>
        {
            Assert.Equal(2 * 4096, part.Length);
            if (++pieces == 3) cancel.Cancel();
        }, 4096);
        Assert.Equal((RunStatus.Cancelled, 3 * 4096L), (result.Status, result.Done));
        Assert.Equal(3, pieces);
    }

    [Fact]
    public void Run_ImpossiblePairings_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ParticleRun.Run(new Ddim(), Walk(), Ring, new() { Count = 4, Eta = 1 }));
        Assert.Throws<ArgumentException>(() => ParticleRun.Run(new Heun(), Walk(), Ring, new() { Count = 4, Eta = 1 }));
        Assert.Throws<ArgumentException>(() => ParticleRun.Run(new Ddim(), Walk(), new Gaussian(new double[5], 1), new() { Count = 4 }));
        Assert.Throws<ArgumentException>(() => ParticleRun.Run(new Ddim(), Walk(), Ring, new() { Count = 4, FirstSample = 8 }));
    }

    [Fact]
    public void RunBare_Steps_AllocateNothing()
    {
        var walk = Walk(1000);
        ParticleRun.Run(new EulerMaruyama(), walk, Ring, new() { Count = 64, Threads = 1 }); // compiled and planned
        var few = Allocated(() => ParticleRun.Run(new EulerMaruyama(), walk, Ring, new() { Count = 16, Threads = 1 }));
        var many = Allocated(() => ParticleRun.Run(new EulerMaruyama(), walk, Ring, new() { Count = 1600, Threads = 1 }));
        Assert.InRange(many - few, 0, 40_000); // 1.6 million particle-steps; the samples themselves are 12 672 bytes
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread(); // one thread: the caller's
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class Immediate(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }

    private sealed class Hashes
    {
        private readonly List<string> _parts = [];

        public void Add(float[] samples) => _parts.Add(Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(samples.AsSpan())))[..16]);

        public override string ToString() => string.Join(" ", _parts);
    }
}
