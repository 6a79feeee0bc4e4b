using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Blocks of sixteen particles, in chunks spread over threads. A block is a pure function of seed and index.</summary>
internal sealed class Blocks<T, TModel> where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
{
    private const int Size = ILanes<T>.Particles, Group = IBlockScore<T>.Together;

    /// <summary>About how many block-steps a chunk has at most: some milliseconds.</summary>
    private const int ChunkSteps = 32768;

    /// <summary>How many chunks a thread has at least, so that none waits long for another.</summary>
    private const int ChunksPerThread = 8;

    private readonly ParticlePlan<T, TModel> _plan;
    private readonly ParticleOptions _options;
    private readonly Stack<TapeReplay<T, TModel>> _replays = new(); // that no thread uses
    private readonly int _threads;
    private long _done;

    public Blocks(ParticlePlan<T, TModel> plan, ParticleOptions options)
    {
        Check(options, T.Coordinates);
        (_plan, _options) = (plan, options);
        _threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
    }

    /// <summary>Runs the particles from <paramref name="at"/> on, a multiple of 16, that fill the samples; NaN where a cancelled run did not get to.</summary>
    public (RunStatus Status, long Done) Run(long at, float[] samples)
    {
        var count = samples.Length / T.Coordinates;
        var blocks = (count + Size - 1) / Size;
        var chunkBlocks = Math.Clamp(Math.Min(ChunkSteps / Math.Max(1, _plan.Tape.Moves.Length), blocks / (ChunksPerThread * _threads)), 1, 1024);
        chunkBlocks = Math.Min(blocks, (chunkBlocks + Group - 1) / Group * Group);
        var chunks = (blocks + chunkBlocks - 1) / chunkBlocks;
        var left = new bool[chunks];
        Array.Fill(left, true);
        void Chunk(int chunk)
        {
            TapeReplay<T, TModel>? replay;
            lock (_replays) _replays.TryPop(out replay);
            replay ??= new TapeReplay<T, TModel>(_plan, _options.Seed);
            var (begin, end) = (chunk * chunkBlocks, Math.Min(blocks, (chunk + 1) * chunkBlocks));
            this.Chunk(replay, at, begin, end, samples);
            lock (_replays) _replays.Push(replay);
            left[chunk] = false;
            _options.Progress?.Report(Interlocked.Add(ref _done, Math.Min(end * Size, count) - begin * Size));
        }
        if (chunks == 1)
        {
            if (!_options.Cancellation.IsCancellationRequested) Chunk(0);
        }
        else Spread(chunks, Chunk);
        return Fill(left, chunkBlocks, samples);
    }

    private void Spread(int chunks, Action<int> run)
    {
        try
        {
            Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = _threads }, (chunk, loop) =>
            {
                if (_options.Cancellation.IsCancellationRequested || loop.IsExceptional) loop.Stop();
                else run(chunk);
            });
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is NumericalFailureException failure)
        {
            throw failure;
        }
    }

    /// <summary>NaN into what was not run.</summary>
    private static (RunStatus Status, long Done) Fill(bool[] left, int chunkBlocks, float[] samples)
    {
        var (status, done, size) = (RunStatus.Completed, 0L, chunkBlocks * Size * T.Coordinates);
        for (var chunk = 0; chunk < left.Length; chunk++)
        {
            var part = samples.AsSpan(chunk * size, Math.Min(size, samples.Length - chunk * size));
            if (!left[chunk])
            {
                done += part.Length / T.Coordinates;
                continue;
            }
            status = RunStatus.Cancelled;
            part.Fill(float.NaN);
        }
        return (status, done);
    }

    private void Chunk(TapeReplay<T, TModel> replay, long at, int begin, int end, float[] samples)
    {
        for (var block = begin; block < end; block += Group)
        {
            var first = _options.FirstSample + at + (long)block * Size;
            var some = Start(replay, first, block, Math.Min(Group, end - block));
            some = replay.Run();
            for (var i = 0; i < some.Length; i++)
            {
                var part = samples.AsSpan(Part(samples.Length, block + i, T.Coordinates));
                var bad = T.FirstNonFinite(some[i]);
                if (bad >= 0 && bad < part.Length / T.Coordinates)
                {
                    first += (long)i * Size;
                    Start(replay, first, block + i, 1); // once more, to find the step and the term
                    var (operation, lane) = replay.FindNonFinite();
                    throw new NumericalFailureException($"of particles {first} to {first + Size - 1}, number {bad}: {Describe(_plan.Tape, operation, lane)}");
                }
                LaneMath.Store(in some[i], part);
            }
        }
    }

    private Span<T> Start(TapeReplay<T, TModel> replay, long first, int block, int blocks)
    {
        var starts = replay.Begin(first, blocks, _options.Start.IsEmpty ? _plan.Deviation : null);
        if (_options.Start.IsEmpty) return starts;
        Span<float> given = stackalloc float[Size * T.Coordinates];
        for (var i = 0; i < blocks; i++)
        {
            given.Clear(); // lanes past the last particle start at the origin
            _options.Start.Span[Part(_options.Start.Length, block + i, T.Coordinates)].CopyTo(given);
            starts[i] = LaneMath.Load<T>(given);
        }
        return starts;
    }

    /// <summary>Where the coordinates of a block's particles are among all.</summary>
    private static Range Part(int length, int block, int d)
    {
        var at = block * Size * d;
        return at..Math.Min(length, at + Size * d);
    }

    private static NumericalFailure Describe(Tape tape, int operation, long lane)
    {
        var index = operation < 0 ? 0 : tape.Owner(operation);
        var (_, from, to) = tape.Moves[index];
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
