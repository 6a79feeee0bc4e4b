using ScoreSde.Sde;
using ScoreSde.Sde.General;

namespace ScoreSde.Solvers;

/// <summary>What a solver says of itself: the catalogue, the command line, the order tests and the tables of the documentation read it here.</summary>
public sealed record SolverCard
{
    /// <summary>Name on the command line, lower case with hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Full name.</summary>
    public required string Title { get; init; }

    /// <summary>Paper and equation or algorithm.</summary>
    public required string Reference { get; init; }

    /// <summary>Its orders.</summary>
    public required Orders Orders { get; init; }

    /// <summary>Evaluations of the model in one step.</summary>
    public int EvaluationsPerStep { get; init; } = 1;

    /// <summary>How many earlier model calls it uses; a run keeps no more from one step to the next.</summary>
    public int HistoryDepth { get; init; }

    /// <summary>What the history holds of the model's answers; a refined start fills it so.</summary>
    public Parametrisation Keeps { get; init; } = Parametrisation.Epsilon;

    /// <summary>
    /// r = η² of the reverse process that a diffusion solver follows in the limit of small steps: 0 the probability flow, 1 the reverse SDE. Not a
    /// number where no one rate is the limit: it changes with the noise level, or the grid sets it. The marginal law does not depend on it.
    /// </summary>
    public double Rate { get; init; }

    /// <summary>Order towards the marginal law from the exact start; null where it is that of the transition law (a splitting may be better here).</summary>
    public OrderClaim? Marginal { get; init; }

    /// <summary>Order of the transition law where the score is linear; null where it is no better than elsewhere.</summary>
    public OrderClaim? OnGaussianData { get; init; }

    /// <summary>
    /// Order of a multistep method on the flow when it starts with a ramp of orders: the first step's local error of order 2 bounds it, unless a corrector mends
    /// that. Looked at where the declared order is higher.
    /// </summary>
    public double RampOrder { get; init; } = 2;

    /// <summary>The order that is left on grids that are no smooth function of i/N, for methods with weights meant for equal steps; null for all others.</summary>
    public double? SmoothGridOrderOnly { get; init; }

    /// <summary>How many independent normals a coordinate takes in one step; 0 for a deterministic method.</summary>
    public int NoiseSlots { get; init; }

    /// <summary>The calculus of the SDEs it converges on; null where there is nothing to distinguish.</summary>
    public Calculus? Calculus { get; init; }

    /// <summary>The least special noise it takes: a method for diagonal noise takes additive noise too, and refuses general noise.</summary>
    public NoiseStructure Noise { get; init; }

    /// <summary>Whether the SDE has to give Milstein's term (additive noise needs none).</summary>
    public bool NeedsMilstein { get; init; }

    /// <summary>Whether it draws space-time areas: its noise must have them, in the SDE's own time.</summary>
    public bool NeedsAreas { get; init; }

    /// <summary>Its orders on noise that depends on the state, where they are others than <see cref="Orders"/>; those are then for additive noise.</summary>
    public Orders? StateDependent { get; init; }

    /// <summary>When to take it.</summary>
    public required string WhenToUse { get; init; }

    /// <summary>What it is often confused with, if anything.</summary>
    public string ConfusedWith { get; init; } = "";
}
