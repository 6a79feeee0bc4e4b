using ScoreSde.Kernels;
using TorchSharp;

namespace ScoreSde.Models.Tests.States;

/// <summary>What a step on tensors takes besides its model: no memory that stays, and none that grows with the length of the run.</summary>
[NoTensorLeaks]
[Collection(TensorRuns.Alone)]
public class TensorCostTests
{
    [Fact]
    public void LongRun_OfAnySolver_HoldsNoMoreAtItsEndThanAtItsBeginning()
    {
        // A tensor a step would be 4000 more at the end, its 3 KB a step 12 MB.
        const int steps = 4000;
        foreach (var name in new[] { "ddim", "dpmpp-2m", "euler-maruyama" })
        {
            using var scope = NewDisposeScope();
            using var gradients = no_grad();
            var seen = new Seen();
            Run(name, steps, seen);
            Assert.Equal(steps, seen.Tensors.Count);
            Assert.Equal(seen.Tensors[10], seen.Tensors[^1]);
            Assert.Equal(seen.Tensors[10], seen.Tensors.Skip(10).Max());
            Assert.InRange(seen.Resident[^1] - seen.Resident[steps / 4], long.MinValue, 8 << 20);
        }
    }

    [Fact]
    public void RunOfAMillionSteps_HoldsAtItsEndWhatItHeldAfterAQuarter()
    {
        // A state of two numbers and a score that is a multiple of it, so that a step is a microsecond or two. What the run keeps of each step would show as a million of it:
        // one reference of eight bytes is the eight megabytes allowed.
        const int steps = 1_000_000;
        var grid = TimeGrid.Create(TensorRuns.Process, new UniformTime(), steps, 0.99, 1e-3);
        foreach (var name in new[] { "dpmpp-2m", "euler-maruyama" })
        {
            using var scope = NewDisposeScope();
            using var gradients = no_grad();
            var seen = new Quarters(steps);
            Run(name, grid, new TensorState(ones(1, 2)), default(Multiple), [1, 2], seen);
            Assert.Equal(seen.Tensors[0], seen.Tensors[^1]);
            Assert.InRange(seen.Managed[^1] - seen.Managed[0], long.MinValue, 8 << 20);
            Assert.InRange(seen.Resident[^1] - seen.Resident[0], long.MinValue, 8 << 20);
        }
    }

    [Fact]
    public void Run_OfMoreSteps_AllocatesNoMoreAStep()
    {
        foreach (var name in new[] { "ddim", "dpmpp-2m", "euler-maruyama" })
        {
            using var scope = NewDisposeScope();
            using var gradients = no_grad();
            Run(name, 10, null);
            var (few, many) = (Allocated(name, 200), Allocated(name, 2000));
            Assert.True(many < 1.25 * few, $"{name}: {few} bytes a step in 200 steps, {many} in 2000"); // a list of all earlier levels at each step would be 64 KB a step
            Assert.True(many < 4000, $"{name}: {many} bytes a step");
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void FirstNonFinite_Anywhere_NamesTheSample(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var x = randn([40, 1, 28, 28], type);
        Assert.Equal(-1, TensorState.FirstNonFinite(new TensorState(x)));
        Property.Check("the first sample with a number that is not finite", draws =>
        {
            using var inner = NewDisposeScope();
            var (sample, place, later) = (draws.Whole("sample", 0, 39), draws.Whole("place", 0, 783), draws.Whole("later", 0, 39));
            var y = x.clone();
            y.flatten()[sample * 784 + place] = new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity }[draws.Whole("kind", 0, 2)];
            y.flatten()[Math.Max(sample, later) * 784 + 783] = double.NaN;
            Assert.Equal(sample, TensorState.FirstNonFinite(new TensorState(y)));
            Assert.Equal(sample, TensorState.FirstNonFinite(new TensorState(y.transpose(2, 3)))); // out of the kernel's reach
        }, 611, 60);
    }

    [Fact]
    public void FiniteKernel_OnLargestAndSmallestNumbers_FindsThemFinite()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { float.MaxValue, -float.MaxValue, float.Epsilon, 0, -0f });
        Assert.Equal(-1, FiniteKernel.First(true, TensorMemoryOf(x), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => FiniteKernel.First(true, 0, -1));

        static unsafe nint TensorMemoryOf(Tensor t) => (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref t.bytes[0]);
    }

    private static double Allocated(string name, int steps)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(name, steps, null);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)steps;
    }

    private static void Run(string name, int steps, Seen? seen)
    {
        using var scope = NewDisposeScope();
        Run(name, TensorRuns.Grid(steps), new TensorState(ones(1, 1, 28, 28)), default(Tenth), [1, 1, 28, 28], seen);
    }

    private static void Run<TModel>(string name, TimeGrid grid, TensorState start, TModel model, long[] shape, IProgress<RunProgress>? seen)
        where TModel : struct, IScore<TensorState> =>
        TensorRuns.Run(SolverCatalogue.Parse(name), grid, model, shape, start, new RunOptions<TensorState> { Progress = seen });

    private readonly struct Tenth : IScore<TensorState>
    {
        public Parametrisation Output => Parametrisation.Epsilon;

        public TensorState Evaluate(TensorState x, in Level level) => new(x.Value * 0.1);
    }

    private readonly struct Multiple : IScore<TensorState>
    {
        public Parametrisation Output => Parametrisation.Epsilon;

        public TensorState Evaluate(TensorState x, in Level level) => 0.1 * x;
    }

    /// <summary>Tensors alive, objects alive and memory of the process after each quarter of the steps.</summary>
    private sealed class Quarters(int steps) : IProgress<RunProgress>
    {
        public List<long> Tensors { get; } = [];

        public List<long> Managed { get; } = [];

        public List<long> Resident { get; } = [];

        public void Report(RunProgress value)
        {
            if (value.Done % (steps / 4) != 0) return;
            Tensors.Add(Tensor.TotalCount);
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true); // else the collector's own spare memory, tens of megabytes, is found in the process's
            Managed.Add(GC.GetTotalMemory(true));
            Resident.Add(Environment.WorkingSet);
        }
    }

    /// <summary>Tensors alive and memory of the process after each step.</summary>
    private sealed class Seen : IProgress<RunProgress>
    {
        public List<long> Tensors { get; } = [];

        public List<long> Resident { get; } = [];

        public void Report(RunProgress value)
        {
            Tensors.Add(Tensor.TotalCount);
            Resident.Add(value.Done % 1000 == 0 ? Environment.WorkingSet : Resident.LastOrDefault());
        }
    }
}
