using ScoreSde.Sde;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>
/// Euler–Maruyama of score_sde_pytorch: steps of 1/N from times that are (1 − eps)/(N − 1) apart. On the probability flow it draws all the same,
/// with weight 0.
/// </summary>
internal sealed class ScoreSdeEulerMaruyama : IPeer
{
    public bool Made(GoldenFile file) => ScoreSdePytorch.Made(file, "euler_maruyama");

    public void Repeat(GoldenFile file, Checks checks)
    {
        var (process, n) = ScoreSdePytorch.Common(file, "euler_maruyama");
        var flow = file.Settings.Flag("probability_flow", false);
        var denoise = file.Settings.Flag("denoise", true);
        file.Settings.Done();

        var times = ScoreSdePytorch.Times(file, process, n, checks);
        // The solver asks the far end of a step for its time alone, which for the last step lies before 0.
        var moves = Array.ConvertAll(times, t => new Move(process.At(t), Level.OfTime(t - 1.0 / n), MoveKind.Solve));
        var walk = Walk.Disjointed(TimeGrid.OfTimes(process, times), moves);
        new Repetition(flow ? new Euler() : new EulerMaruyama(), walk, ScoreSdePytorch.Start(file, process))
        {
            Noise = flow ? [] : ScoreSdePytorch.Draws(file, denoise),
            Eta = flow ? 0 : 1,
        }.Compare(file, checks, times, l => l.Time);
    }
}
