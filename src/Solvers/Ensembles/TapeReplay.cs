using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Plays a tape on a few blocks of sixteen particles together. One for each thread: it owns the memory of the values.</summary>
/// <remarks>
/// Each operation is done for all blocks before the next: they do not depend on each other, so the processor works on one while another waits
/// for a result, and what an operation needs besides the values is fetched once. A combination adds its terms in order, the first by a multiplication and the
/// others by fused multiply-adds, so its bits are the same at every vector width. The loop is compiled once for a state and a model, whatever the solver.
/// </remarks>
internal sealed unsafe class TapeReplay<T, TModel> where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
{
    private const int Group = IBlockScore<T>.Together;
    private readonly Tape _tape;
    private readonly ParticlePlan<T, TModel> _plan;
    private readonly LaneMemory _memory;  // [slot, block]
    private readonly LaneGroup<T> _prior;
    private readonly LaneGroup<T>[] _draws; // [stream]
    private TModel _model;
    private int _blocks;

    public TapeReplay(ParticlePlan<T, TModel> plan, ulong seed)
    {
        (_plan, _tape, _model) = (plan, plan.Tape, plan.Model);
        _memory = new LaneMemory(_tape.Slots * Group * T.Coordinates);
        _prior = new LaneGroup<T>(Group, seed, NoiseStream.Prior);
        _draws = Array.ConvertAll(_tape.Streams, stream => new LaneGroup<T>(Group, seed, stream));
    }

    /// <summary>Takes up some blocks, the first that of particles <paramref name="first"/> to <paramref name="first"/> + 15.</summary>
    /// <returns>The starts: drawn with the deviation, or to be filled in where none is given.</returns>
    public Span<T> Begin(long first, int blocks, double? deviation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, Group);
        _blocks = blocks;
        var starts = Values(0);
        if (deviation is { } scale)
        {
            _prior.Begin(first, blocks);
            _prior.Draw(0, ref starts[0]);
            for (var i = 0; i < blocks; i++) starts[i] = scale * starts[i];
        }
        foreach (var draws in _draws) draws.Begin(first, blocks);
        return starts;
    }

    /// <summary>From the starts to the last states.</summary>
    public Span<T> Run()
    {
        Play(0, _tape.Operations.Length);
        return Values(_tape.Result);
    }

    /// <summary>Runs one block to find where a lane first becomes non-finite: the operation's index, −1 for the start, and the lane.</summary>
    public (int Operation, long Lane) FindNonFinite()
    {
        var lane = T.FirstNonFinite(Values(0)[0]);
        if (lane >= 0) return (-1, lane);
        for (var i = 0; i < _tape.Operations.Length; i++)
        {
            Play(i, i + 1);
            lane = T.FirstNonFinite(Values(_tape.Operations[i].Target)[0]);
            if (lane >= 0) return (i, lane);
        }
        throw new InvalidOperationException("every value of the run is finite");
    }

    private Span<T> Values(int slot) => MemoryMarshal.CreateSpan(ref Unsafe.AsRef<T>(_memory.First + slot * Group * T.Coordinates), _blocks);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Play(int from, int to)
    {
        var values = _memory.First;
        var stride = Group * T.Coordinates;
        var vectors = _blocks * T.Coordinates;
        ref var operations = ref MemoryMarshal.GetArrayDataReference(_tape.Operations);
        ref var factors = ref MemoryMarshal.GetArrayDataReference(_tape.Factors);
        ref var terms = ref MemoryMarshal.GetArrayDataReference(_tape.Terms);
        for (var i = from; i < to; i++)
        {
            ref readonly var step = ref Unsafe.Add(ref operations, i);
            var target = values + step.Target * stride;
            if (step.Operation == TapeOperation.Combine)
                Combination.Of(values, stride, ref Unsafe.Add(ref factors, step.First), ref Unsafe.Add(ref terms, step.First), step.Number, target, vectors);
            else if (step.Operation == TapeOperation.Evaluate)
                _model.Answer(
                    in _tape.Levels[step.Number], ref _plan.Row(step.Number),
                    ref Unsafe.AsRef<T>(values + step.First * stride), ref Unsafe.AsRef<T>(target), _blocks);
            else
                _draws[step.First].Draw((uint)step.Number, ref Unsafe.AsRef<T>(target));
        }
        GC.KeepAlive(_memory);
    }
}
