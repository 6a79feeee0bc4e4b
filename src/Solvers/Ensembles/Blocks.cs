using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Blocks of sixteen particles, in chunks spread over threads. A block is a pure function of seed and index.</summary>
internal static class Blocks
{
    private const int Size = 16;

    /// <summary>About how many block-steps a chunk has at most: some milliseconds.</summary>
    private const int ChunkSteps = 32768;

    /// <summary>How many chunks a thread has at least, so that none waits long for another.</summary>
    private const int ChunksPerThread = 8;

    public static ParticleResult Run<T, TModel>(Tape tape, TModel model, double priorDeviation, ParticleOptions options)
        where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
    {
        var d = T.Coordinates;
        Check(options, d);
        var samples = new float[checked((int)(options.Count * d))];
        var blocks = (options.Count + Size - 1) / Size;
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var chunkBlocks = Math.Clamp(Math.Min(ChunkSteps / Math.Max(1, tape.Moves.Length), blocks / (ChunksPerThread * threads)), 1, 1024);
        var chunks = (blocks + chunkBlocks - 1) / chunkBlocks;
        var rows = Rows<T, TModel>(tape, model);
        var done = 0L;
        var left = new bool[chunks];
        Array.Fill(left, true);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        try
        {
            Parallel.For(0L, chunks, parallel, () => new TapeReplay<T, TModel>(tape, model, rows, options.Seed), (chunk, loop, replay) =>
            {
                if (options.Cancellation.IsCancellationRequested || loop.IsExceptional)
                {
                    loop.Stop();
                    return replay;
                }
                var end = Math.Min(blocks, (chunk + 1) * chunkBlocks);
                Chunk(replay, tape, chunk * chunkBlocks, end, priorDeviation, options, samples);
                left[chunk] = false;
                var particles = Math.Min(end * Size, options.Count) - chunk * chunkBlocks * Size;
                var total = Interlocked.Add(ref done, particles);
                options.Progress?.Report(total);
                return replay;
            }, _ => { });
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
        return new ParticleResult(status, samples, d, done, tape.Evaluations);
    }

    private static void Chunk<T, TModel>(
        TapeReplay<T, TModel> replay, Tape tape, long begin, long end, double priorDeviation, ParticleOptions options, float[] samples)
        where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
    {
        for (var block = begin; block < end; block += TapeReplay<T, TModel>.Group)
        {
            var first = options.FirstSample + block * Size;
            var some = replay.Begin(first, (int)Math.Min(TapeReplay<T, TModel>.Group, end - block), options.Start.IsEmpty ? priorDeviation : null);
            for (var i = 0; i < some.Length && !options.Start.IsEmpty; i++) some[i] = Given<T>(block + i, options);
            some = replay.Run();
            for (var i = 0; i < some.Length; i++)
            {
                var part = samples.AsSpan(Part(samples.Length, block + i, T.Coordinates));
                var bad = T.FirstNonFinite(some[i]);
                if (bad >= 0 && bad < part.Length / T.Coordinates)
                {
                    first += (long)i * Size;
                    some = replay.Begin(first, 1, options.Start.IsEmpty ? priorDeviation : null); // once more, to find the step and the term
                    if (!options.Start.IsEmpty) some[0] = Given<T>(block + i, options);
                    var (operation, lane) = replay.FindNonFinite();
                    throw new NumericalFailureException($"of particles {first} to {first + Size - 1}, number {bad}: {Describe(tape, operation, lane)}");
                }
                LaneMath.Store(in some[i], part);
            }
        }
    }

    /// <summary>What the model keeps of each level, one after the other.</summary>
    private static float[] Rows<T, TModel>(Tape tape, TModel model) where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
    {
        var length = model.RowLength;
        var rows = new float[tape.Levels.Length * length];
        for (var i = 0; i < tape.Levels.Length && length > 0; i++) model.Prepare(in tape.Levels[i], rows.AsSpan(i * length, length));
        return rows;
    }

    private static T Given<T>(long block, ParticleOptions options) where T : struct, ILanes<T>
    {
        Span<float> given = stackalloc float[Size * T.Coordinates];
        given.Clear(); // lanes past the last particle start at the origin
        options.Start.Span[Part(options.Start.Length, block, T.Coordinates)].CopyTo(given);
        return LaneMath.Load<T>(given);
    }

    /// <summary>Where the coordinates of a block's particles are among all.</summary>
    private static Range Part(int length, long block, int d)
    {
        var at = (int)(block * Size * d);
        return at..Math.Min(length, at + Size * d);
    }

    private static NumericalFailure Describe(Tape tape, int operation, long lane)
    {
        var index = operation < 0 ? 0 : tape.Owners[operation];
        var (from, to) = tape.Moves[index];
        var term = operation < 0 ? "the state before the step" : tape.Operations[operation].Operation switch
        {
            TapeOperation.Evaluate => "the model's output",
            TapeOperation.Draw => "the noise",
            _ => "a combination of finite terms",
        };
        return new NumericalFailure(index, from, to, lane, term);
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
