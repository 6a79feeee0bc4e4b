using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>No run: the probability flow of the Gaussian problem in closed form.</summary>
internal sealed class ExactFlow : IPeer
{
    public bool Made(GoldenFile file) => file.Source.StartsWith("closed form m+(S+b^2)^1/2(S+a^2)^-1/2(y-m)", StringComparison.Ordinal);

    public void Repeat(GoldenFile file, Checks checks)
    {
        if (file.Problem != "P2") throw new NotCovered($"the closed form is that of a Gaussian; problem {file.Problem} is none");
        var (from, to) = (Problems.LinearVp.At(file.Settings.RequiredNumber("t_start")), Problems.LinearVp.At(file.Settings.RequiredNumber("t_end")));
        file.Settings.Done();
        var end = file.Start.Transform((x, y) => Problems.Correlated.Flow(x, from, to, y));
        checks.Points("result", JsonNumbers.Flat(file.Result), end);
        checks.Points("result in VE coordinates", file.Numbers("result_in_VE_coords"), 1 / to.Alpha * end);
    }
}
