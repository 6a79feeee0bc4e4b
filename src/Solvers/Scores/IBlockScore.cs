using ScoreSde.Sde;

namespace ScoreSde.Solvers.Scores;

/// <summary>
/// A score model as a run of many particles asks it: several blocks of sixteen at one level together, with what the level alone decides computed once a run.
/// It may answer with less than the model's output, if the output is that and x, each times a number.
/// </summary>
internal interface IBlockScore<T> where T : struct, ILanes<T>
{
    /// <summary>Blocks that are asked together at most.</summary>
    const int Together = 8;

    /// <summary>The model's parametrisation.</summary>
    Parametrisation Output { get; }

    /// <summary>The numbers a and p of a level with which the model's output is a·answer + p·x.</summary>
    (double Answer, double Point) Shares(in Level level);

    /// <summary>How many floats are kept for a level.</summary>
    int RowLength { get; }

    /// <summary>Computes them.</summary>
    void Prepare(in Level level, Span<float> row);

    /// <summary>The answers at some points, one block after the other.</summary>
    void Answer(in Level level, ref float row, ref T points, ref T answers, int blocks);
}
