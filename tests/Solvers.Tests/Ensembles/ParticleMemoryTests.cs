using ScoreSde.Sde;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Tests.Ensembles;

/// <summary>A run's memory grows neither with its steps nor, piece by piece, with its particles.</summary>
[Collection(Alone.Name)]
public class ParticleMemoryTests
{
    private static readonly VariancePreserving Sde = new(new LinearSchedule(0.1, 20));
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();

    [Fact]
    public void Stream_TenTimesTheParticles_NeedsNoMoreMemory()
    {
        var walk = Walk(10);
        long Bytes(long count)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            ParticleRun.Stream(new EulerMaruyama(), walk, Ring, new() { Count = count, Threads = 1 }, (_, _) => { }, 16_384);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Bytes(32_768);
        var (few, many) = (Bytes(163_840), Bytes(1_638_400));
        // 90 pieces more. The samples of one are 131,072 bytes; what the scheduler of threads makes for a piece is below 4 KB.
        Assert.InRange(many - few, -65_536, 90 * 4096);
        Bytes(1_638_400);
        GC.Collect();
        var before = GC.GetTotalMemory(true);
        Bytes(1_638_400); // 13 MB of samples
        Assert.InRange(GC.GetTotalMemory(true) - before, -1 << 20, 1 << 20);
    }

    [Fact]
    public void Run_AMillionSteps_AllocatesNothingAStep()
    {
        // The walk and the plan have a length; a run over them does not: as many bytes as over ten steps.
        long Bytes(int steps)
        {
            var walk = Walk(steps);
            var options = new ParticleOptions { Count = 16, Threads = 1 };
            ParticleRun.Run(new EulerMaruyama(), walk, Ring, options);
            var before = GC.GetAllocatedBytesForCurrentThread();
            ParticleRun.Run(new EulerMaruyama(), walk, Ring, options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Bytes(10);
        Assert.InRange(Bytes(1_000_000) - Bytes(10), -4096, 4096); // an object a step would be 24 MB
    }

    private static Walk Walk(int steps) => Solvers.Grids.Walk.Straight(TimeGrid.Create(Sde, new UniformTime(), steps, 1, 1e-3));
}
