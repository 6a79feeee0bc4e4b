namespace ScoreSde.Sde.General;

/// <summary>How the noise term of an SDE is meant.</summary>
public enum Calculus
{
    /// <summary>There is no noise: an ordinary differential equation.</summary>
    Deterministic,

    /// <summary>Itô's integral.</summary>
    Ito,

    /// <summary>Stratonovich's integral.</summary>
    Stratonovich,
}
