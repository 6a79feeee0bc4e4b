namespace ScoreSde.Solvers.Processes;

/// <summary>How ink particles are traced back to where the drop fell.</summary>
public enum TraceMethod
{
    /// <summary>Euler–Maruyama on the reverse SDE with the exact score, folded at the walls: what a sampler with a learnt score does.</summary>
    EulerMaruyama,

    /// <summary>The exact transition of the reverse process: the reference, with no error of discretisation on any grid.</summary>
    Exact,
}
