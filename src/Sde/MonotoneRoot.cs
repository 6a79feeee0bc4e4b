namespace ScoreSde.Sde;

/// <summary>Inverts a strictly monotone function of time to the last bits, with infinite values at the ends allowed.</summary>
internal static class MonotoneRoot
{
    /// <summary>The argument in [low, high] where a decreasing function takes a value.</summary>
    public static double OfDecreasing(Func<double, double> function, double value, double low, double high)
    {
        if (!(function(low) >= value && function(high) <= value))
            throw new ArgumentOutOfRangeException(nameof(value), value,
                FormattableString.Invariant($"λ is {value}; this process has λ from {function(high)} to {function(low)}"));
        // Bisection on doubles: at most 60 halvings to relative 1e-16 of the span, and near 0 (where λ → ∞) a further geometric stage.
        for (var i = 0; i < 1100 && low < high; i++)
        {
            var middle = low > 0 && high > 4 * low ? Math.Sqrt(low * high) : low == 0 && high > 1e-300 && i > 40 ? high * 1e-3 : 0.5 * (low + high);
            if (middle <= low || middle >= high) break;
            var at = function(middle);
            if (at == value) return middle;
            if (at > value) low = middle; else high = middle;
        }
        return 0.5 * (low + high);
    }
}
