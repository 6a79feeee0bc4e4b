namespace ScoreSde.Solvers.Ensembles;

/// <summary>What a run of many particles needs besides solver, walk and law.</summary>
public sealed record ParticleOptions
{
    /// <summary>N, how many particles.</summary>
    public required long Count { get; init; }

    /// <summary>The key of all noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Index of the first particle, a multiple of 16: particle i is the same bits in any run that contains it.</summary>
    public long FirstSample { get; init; }

    /// <summary>Starts, [particle, coordinate]; empty draws them from the process's prior.</summary>
    public ReadOnlyMemory<float> Start { get; init; }

    /// <summary>Threads; 0 takes all.</summary>
    public int Threads { get; init; }

    /// <summary>η of the reverse process for general solvers; by default 1 for stochastic ones, 0 for others.</summary>
    public double? Eta { get; init; }

    /// <summary>Told after each chunk how many particles are done, from any thread.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>Stops between two chunks.</summary>
    public CancellationToken Cancellation { get; init; }
}
