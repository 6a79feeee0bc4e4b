using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Correctors;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Sampling;

/// <summary>Which samples are wanted and how they are to be made.</summary>
public sealed record SampleRequest
{
    /// <summary>The solver.</summary>
    public required ISolver Solver { get; init; }

    /// <summary>The levels, from noise to data; where samples choose their steps, only its ends count.</summary>
    public required TimeGrid Grid { get; init; }

    /// <summary>The shape of one sample.</summary>
    public required long[] Event { get; init; }

    /// <summary>How many samples.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Index of the first: sample i is the same whatever the others are.</summary>
    public long FirstSample { get; init; }

    /// <summary>The seed of all noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Samples in one batch.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>
    /// Fill the last batch up so that the model always sees the same shape: then samples of networks that run on libtorch's kernels are the same bits
    /// whatever the count too, at the cost of the padding. U-Nets on the fused kernels do not need it.
    /// </summary>
    public bool Padded { get; init; }

    /// <summary>
    /// Every sample chooses its own steps to these tolerances, between the ends of the grid: the probability flow by an embedded pair. By default all walk the
    /// grid. Its progress is told the share of all batches; cancellation is the request's.
    /// </summary>
    public AdaptiveOptions? OwnSteps { get; init; }

    /// <summary>η of the reverse process for general solvers; by default 1 for stochastic ones.</summary>
    public double? Eta { get; init; }

    /// <summary>How a multistep solver begins and ends.</summary>
    public OrderPolicy Orders { get; init; } = OrderPolicy.Plain;

    /// <summary>What is done at the last level to get to σ = 0.</summary>
    public Terminal Terminal { get; init; } = Terminal.SigmaMin;

    /// <summary>Steps at each level before the solver's; none by default.</summary>
    public ICorrector? Corrector { get; init; }

    /// <summary>Back up and down again on the way; none by default.</summary>
    public Restart? Restart { get; init; }

    /// <summary>Type of the state.</summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>Where it is computed.</summary>
    public Device Place { get; init; } = CPU;

    /// <summary>Keep every this many states of the way; 0 keeps none.</summary>
    public int SaveEvery { get; init; }

    /// <summary>Told after each move of each batch.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Stops between two moves.</summary>
    public CancellationToken Cancellation { get; init; }
}
