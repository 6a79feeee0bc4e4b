using System.Runtime.CompilerServices;
using ScoreSde.Sde;

namespace ScoreSde.Solvers.Scores;

/// <summary>Any model on lanes, asked block by block.</summary>
internal struct EachBlockScore<T, TModel>(TModel model) : IBlockScore<T> where T : struct, ILanes<T> where TModel : struct, IScore<T>
{
    private TModel _model = model;

    public Parametrisation Output => _model.Output;

    public readonly (double Answer, double Point) Shares(in Level level) => (1, 0);

    public readonly int RowLength => 0;

    public readonly void Prepare(in Level level, Span<float> row)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Answer(in Level level, ref float row, ref T points, ref T answers, int blocks)
    {
        for (var b = 0; b < blocks; b++) Unsafe.Add(ref answers, b) = _model.Evaluate(Unsafe.Add(ref points, b), in level);
    }
}
