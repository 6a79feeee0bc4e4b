using ScoreSde.Sde.General;

namespace ScoreSde.Solvers.Integration;

/// <summary>Which solvers may walk which SDEs; asked before the first step.</summary>
internal static class Pairing
{
    public static void Check(ISolver solver, Calculus calculus)
    {
        var card = solver.Card;
        if (calculus != Calculus.Deterministic && card.NoiseSlots == 0)
            throw new ArgumentException($"{card.Name} is a method for ordinary differential equations; this SDE has noise ({calculus}): take a stochastic one, or η = 0");
        if (calculus != Calculus.Deterministic && card.Calculus is { } supported && supported != calculus)
            throw new ArgumentException($"{card.Name} is for {supported} SDEs; this one is {calculus}");
    }
}
