namespace ScoreSde.Sde.General;

/// <summary>Reflection between two walls at 0 and a: the map of the real line onto [0, a] that a light ray between mirrors draws.</summary>
public static class Folding
{
    /// <summary>x folded into [0, side]: |x| on [−side, side], continued with period 2·side.</summary>
    public static double Fold(double x, double side)
    {
        if (x >= 0 && x <= side) return x;
        var r = x - 2 * side * Math.Floor(x / (2 * side)); // one period: [0, 2a)
        return Math.Clamp(r > side ? 2 * side - r : r, 0, side);
    }

    /// <summary>
    /// A Gaussian this many sides wide is uniform once folded: its relative deviation from the uniform density is at most
    /// 2 Σ_k exp(−k²π²K²/2) ≈ 1e-34 at K = 4, so a normal folded is a uniform draw on every kind of state, with no inverse of Φ.
    /// </summary>
    public const double UniformWidth = 4;
}
