using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>What all particles of a run share: the tape, the model, what the model keeps of each level, and the spread of the starts.</summary>
internal sealed class ParticlePlan<T, TModel> where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
{
    /// <summary>Rows in one array: so few that it is no large object, which the collector makes of new pages.</summary>
    private const int Together = 64;

    private readonly float[][] _rows; // [level / Together][level % Together, number]
    private readonly int _length;

    public ParticlePlan(Tape tape, TModel model, double deviation)
    {
        (Tape, Model, Deviation, _length) = (tape, model, deviation, model.RowLength);
        _rows = new float[(tape.Levels.Length + Together - 1) / Together][];
        for (var i = 0; i < _rows.Length; i++)
            _rows[i] = GC.AllocateUninitializedArray<float>(Math.Min(Together, tape.Levels.Length - i * Together) * _length);
        for (var i = 0; i < tape.Levels.Length && _length > 0; i++) model.Prepare(in tape.Levels[i], MemoryMarshal.CreateSpan(ref Row(i), _length));
    }

    /// <summary>The solver's run.</summary>
    public Tape Tape { get; }

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <summary>What the model keeps of a level of the tape: the first number of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Row(int level) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rows[level / Together]), level % Together * _length);

    /// <summary>Standard deviation of the process's prior; NaN where the walk's process has none.</summary>
    public double Deviation { get; }
}

/// <summary>Meets a plan with its types known.</summary>
internal interface IParticlePlanUser<out TResult>
{
    TResult Use<T, TModel>(ParticlePlan<T, TModel> plan) where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>;
}
