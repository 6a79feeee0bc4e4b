using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>What all particles of a run share: the tape, the model, what the model keeps of each level, and the spread of the starts.</summary>
internal sealed class ParticlePlan<T, TModel> where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
{
    public ParticlePlan(Tape tape, TModel model, double deviation)
    {
        (Tape, Model, Deviation) = (tape, model, deviation);
        var length = model.RowLength;
        Rows = new float[tape.Levels.Length * length];
        for (var i = 0; i < tape.Levels.Length && length > 0; i++) model.Prepare(in tape.Levels[i], Rows.AsSpan(i * length, length));
    }

    /// <summary>The solver's run.</summary>
    public Tape Tape { get; }

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <summary>[level, row].</summary>
    public float[] Rows { get; }

    /// <summary>Standard deviation of the process's prior; NaN where the walk's process has none.</summary>
    public double Deviation { get; }
}

/// <summary>Meets a plan with its types known.</summary>
internal interface IParticlePlanUser<out TResult>
{
    TResult Use<T, TModel>(ParticlePlan<T, TModel> plan) where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>;
}
