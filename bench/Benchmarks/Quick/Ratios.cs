using System.Runtime.InteropServices;
using ScoreSde.Benchmarks.Contests;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Benchmarks.Quick;

/// <summary>The ratios that are looked at in seconds and without Python.</summary>
internal static partial class Ratios
{
    private const int Particles = 2048;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Ratio> All { get; } =
    [
        ByHand("euler-maruyama", 100),
        ByHand("ddim", 20),
        ByHand("dpmpp-2m", 20),
        ByHand("edm-heun", 10),
        FewParticles(),
        Planning("euler-maruyama", 1000, 1),
        Planning("dpmpp-2m", 20, 50),
        Normals(),
        Fused(),
        TensorCall(),
    ];

    /// <summary>A solver's run on particles and a loop written for it over the same kernels.</summary>
    private static Ratio ByHand(string solver, int steps)
    {
        var walk = Walk.Straight(TimeGrid.Create(Problems.Process, new UniformLambda(), steps, 1, 1e-3));
        var (ring, parsed) = (GaussianMixture.Ring(), SolverCatalogue.Parse(solver));
        var loop = new HandWritten(solver, walk, ring);
        return new Ratio(
            $"by-hand {solver}", "a loop written by hand over the same kernels", true,
            () => ParticleRun.Run(parsed, walk, ring, new() { Count = Particles, Seed = 1, Threads = 1 }),
            () => loop.Run(Particles, 1));
    }

    /// <summary>Sixteen particles: what a run costs before its first step, and a step by itself.</summary>
    private static Ratio FewParticles()
    {
        var walk = Walk.Straight(TimeGrid.Create(Problems.Process, new UniformTime(), 1000, 1, 1e-3));
        var (ring, parsed) = (GaussianMixture.Ring(), SolverCatalogue.Parse("euler-maruyama"));
        var loop = new HandWritten("euler-maruyama", walk, ring);
        return new Ratio(
            "few-particles euler-maruyama", "a loop written by hand, 16 particles and 1000 steps", true,
            () => ParticleRun.Run(parsed, walk, ring, new() { Count = 16, Seed = 1, Threads = 1 }),
            () => loop.Run(16, 1));
    }

    /// <summary>Sixteen particles with a grid and a plan made in each run, and all of that written by hand: the same rows of the score, coefficients without a tape.</summary>
    private static Ratio Planning(string solver, int steps, int runs)
    {
        var (ring, parsed) = (GaussianMixture.Ring(), SolverCatalogue.Parse(solver));
        Walk Fresh() => Walk.Straight(TimeGrid.Create(Problems.Process, new UniformTime(), steps, 1, 1e-3));
        return new Ratio(
            $"planning {solver}", $"coefficients and a loop written by hand, 16 particles and {steps} steps, the grid made in each run", true,
            () =>
            {
                for (var i = 0; i < runs; i++) ParticleRun.Run(parsed, Fresh(), ring, new() { Count = 16, Seed = 1, Threads = 1 });
            },
            () =>
            {
                for (var i = 0; i < runs; i++) new HandWritten(solver, Fresh(), ring).Run(16, 1);
            });
    }

    /// <summary>Normals into memory, and Philox and Box–Muller with the runtime's logarithm, sine and cosine.</summary>
    private static Ratio Normals()
    {
        var (ours, plain) = (new float[784 * 64], new float[784 * 64]);
        return new Ratio("normals", "a scalar loop of Philox and Box–Muller", false, () => NormalNoise.Fill(ours, 1, NoiseStream.Step, 0, 0, 784), () =>
        {
            for (var i = 0; i < plain.Length; i += 4)
            {
                var (c0, c1, c2, c3) = ((uint)i, 0u, 0u, 0u);
                Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, 1, 0);
                Pair(c0, c1, out plain[i], out plain[i + 1]);
                Pair(c2, c3, out plain[i + 2], out plain[i + 3]);
            }
        });

        static void Pair(uint radius, uint angle, out float first, out float second)
        {
            var r = MathF.Sqrt(-2 * MathF.Log((radius + 0.5f) * 2.3283064e-10f));
            var (sin, cos) = MathF.SinCos(angle * 1.4629180e-9f);
            (first, second) = (r * cos, r * sin);
        }
    }

    /// <summary>A solver's combination of three tensors in one pass, and tensor operations one by one.</summary>
    private static Ratio Fused()
    {
        set_num_threads(1);
        Tensor x = randn(16, 784), y = randn(16, 784), z = randn(16, 784); // small enough that no memory goes back to the system in between
        return new Ratio(
            "fused", "0.9 x + 0.2 y − 0.1 z by tensor operations, 16 × 784", false,
            () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    using var scope = NewDisposeScope();
                    _ = (0.9 * new TensorState(x) + 0.2 * new TensorState(y) - 0.1 * new TensorState(z)).Value;
                }
            },
            () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    using var scope = NewDisposeScope();
                    _ = 0.9 * x + 0.2 * y - 0.1 * z;
                }
            });
    }

    /// <summary>A new tensor from C# and from C++.</summary>
    private static Ratio TensorCall()
    {
        set_num_threads(1);
        Tensor x = ones(64), y = zeros(64);
        return new Ratio("tensor-call", "the same additions of two tensors of 64 in C++", true, () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                using var sum = x.add(y);
            }
        }, () => loop_add(x.Handle, y.Handle, 2000));
    }

    [LibraryImport("native_overhead")]
    private static partial void loop_add(nint x, nint y, int count);
}
