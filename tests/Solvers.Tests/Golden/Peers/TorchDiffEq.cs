using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>torchdiffeq's fixed-grid methods on the probability flow in time.</summary>
internal abstract class TorchDiffEq(string method, ISolver solver) : IPeer
{
    public bool Made(GoldenFile file) =>
        file.Repository == "rtqichen/torchdiffeq" && file.Where.EndsWith($" method={method}", StringComparison.Ordinal);

    public void Repeat(GoldenFile file, Checks checks)
    {
        var settings = file.Settings;
        var steps = settings.RequiredInteger("steps");
        settings.Choice("rhs", "dx/dt=-b(t)/2 x + b(t)/2 eps/sigma");
        settings.Done();
        var times = file.Times;
        checks.Numbers("times of the grid uniform-t", times, new UniformTime().Times(Problems.LinearVp, steps, times[0], times[^1]));
        new Repetition(solver, Walk.Straight(TimeGrid.OfTimes(Problems.LinearVp, times)), file.Start) { Eta = 0 }.Compare(file, checks);
    }
}

/// <summary>Euler.</summary>
internal sealed class TorchDiffEqEuler() : TorchDiffEq("euler", new Euler());
