using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Blocks of sixteen particles, in chunks spread over threads. A block is a pure function of seed and index.</summary>
internal static class Blocks
{
    private const int Size = 16;

    /// <summary>About how many block-steps a chunk has: some milliseconds.</summary>
    private const int ChunkSteps = 32768;

    public static ParticleResult Run<T, TMethod>(Func<long, TMethod> bind, double priorDeviation, ParticleOptions options)
        where T : struct, ILanes<T> where TMethod : struct, IMethod<T>
    {
        var d = T.Coordinates;
        Check(options, d);
        var samples = new float[checked((int)(options.Count * d))];
        var blocks = (options.Count + Size - 1) / Size;
        var probe = bind(options.FirstSample);
        var chunkBlocks = Math.Clamp(ChunkSteps / Math.Max(1, probe.Moves), 1, 1024);
        var chunks = (blocks + chunkBlocks - 1) / chunkBlocks;
        var (done, evaluations) = (0L, 0L);
        var left = new bool[chunks];
        Array.Fill(left, true);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount };
        try
        {
            Parallel.For(0L, chunks, parallel, (chunk, loop) =>
            {
                if (options.Cancellation.IsCancellationRequested || loop.IsExceptional)
                {
                    loop.Stop();
                    return;
                }
                var end = Math.Min(blocks, (chunk + 1) * chunkBlocks);
                var count = 0L;
                for (var block = chunk * chunkBlocks; block < end; block++) count += Block<T, TMethod>(bind, block, priorDeviation, options, samples);
                left[chunk] = false;
                Interlocked.Exchange(ref evaluations, count / (end - chunk * chunkBlocks));
                var particles = Math.Min(end * Size, options.Count) - chunk * chunkBlocks * Size;
                var total = Interlocked.Add(ref done, particles);
                options.Progress?.Report(total);
            });
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is NumericalFailureException failure)
        {
            throw failure;
        }
        var status = RunStatus.Completed;
        for (var chunk = 0L; chunk < chunks; chunk++)
        {
            if (!left[chunk]) continue;
            status = RunStatus.Cancelled;
            var from = (int)(chunk * chunkBlocks * Size * d);
            samples.AsSpan(from, (int)Math.Min(samples.Length - from, (long)chunkBlocks * Size * d)).Fill(float.NaN);
        }
        return new ParticleResult(status, samples, d, done, evaluations);
    }

    private static long Block<T, TMethod>(Func<long, TMethod> bind, long block, double priorDeviation, ParticleOptions options, float[] samples)
        where T : struct, ILanes<T> where TMethod : struct, IMethod<T>
    {
        var d = T.Coordinates;
        var first = options.FirstSample + block * Size;
        var at = (int)(block * Size * d);
        var part = samples.AsSpan(at, Math.Min(Size * d, samples.Length - at));
        T start;
        if (options.Start.IsEmpty) start = priorDeviation * new LaneDraws<T>(options.Seed, NoiseStream.Prior, first).Normal(0);
        else
        {
            Span<float> given = stackalloc float[Size * d];
            given.Clear(); // lanes past the last particle start at the origin
            options.Start.Span.Slice(at, part.Length).CopyTo(given);
            start = LaneMath.Load<T>(given);
        }
        var method = bind(first);
        var x = Integrator.RunBare(ref method, start);
        var bad = T.FirstNonFinite(x);
        if (bad >= 0 && bad < part.Length / d)
        {
            var again = bind(first); // once more, to find the step and the term
            var where = Integrator.Run(ref again, start, new RunOptions<T> { Throw = false });
            throw new NumericalFailureException($"of particles {first} to {first + Size - 1}, number {bad}: {where.Message}");
        }
        LaneMath.Store(in x, part);
        return method.Evaluations;
    }

    private static void Check(ParticleOptions options, int d)
    {
        if (options.Count < 1) throw new ArgumentException($"a run has at least one particle; given {options.Count}");
        if (options.FirstSample % Size != 0) throw new ArgumentException($"the first particle's index is a multiple of {Size}; given {options.FirstSample}");
        if (!options.Start.IsEmpty && options.Start.Length != options.Count * d)
            throw new ArgumentException($"{options.Start.Length} numbers given as starts; {options.Count} particles of {d} coordinates have {options.Count * d}");
        NoiseCounter.CheckSample(options.FirstSample, (options.Count + Size - 1) / Size * Size);
    }
}
