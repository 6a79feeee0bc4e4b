namespace ScoreSde.Sde;

/// <summary>Inverts a decreasing function of time to the last bit, with infinite values at the ends allowed.</summary>
/// <remarks>
/// Bisection over the doubles themselves, not over the length of the interval: the middle of two doubles is the one half-way in the
/// ordered list of all doubles, so that a root near 0 is found to the same relative accuracy as any other, in at most 64 evaluations.
/// No slope is used, because λ(t) has none at the ends where it is infinite.
/// </remarks>
internal static class MonotoneRoot
{
    /// <summary>The argument in [low, high] where a decreasing function comes nearest to a value.</summary>
    /// <param name="function">The function; it may be +∞ at <paramref name="low"/> and −∞ at <paramref name="high"/>.</param>
    /// <param name="value">The value sought.</param>
    /// <param name="low">Start of the interval.</param>
    /// <param name="high">End of the interval.</param>
    /// <param name="quantity">What the value is, for the message of an exception.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between those at the ends.</exception>
    /// <exception cref="ArithmeticException">The function is not a number somewhere between.</exception>
    public static double OfDecreasing(Func<double, double> function, double value, double low, double high, string quantity = "λ")
    {
        var atLow = function(low);
        var atHigh = function(high);
        if (!(atLow >= value && atHigh <= value)) throw OutOfRange(value, atHigh, atLow, quantity);
        if (atLow == value) return low;
        if (atHigh == value) return high;
        long left = Rank(low), right = Rank(high);
        while (right - left > 1)
        {
            var middle = left + (right - left) / 2;
            var t = OfRank(middle);
            var at = function(t);
            if (double.IsNaN(at)) throw new ArithmeticException(FormattableString.Invariant($"{quantity} is not a number at time {t}"));
            if (at == value) return t;
            if (at > value) (left, atLow) = (middle, at);
            else (right, atHigh) = (middle, at);
        }
        return OfRank(atLow - value < value - atHigh ? left : right);
    }

    /// <summary>The exception for a value that no time has.</summary>
    public static ArgumentOutOfRangeException OutOfRange(double value, double least, double greatest, string quantity) =>
        new(nameof(value), value, FormattableString.Invariant($"{quantity} is {value}; this process has {quantity} from {least} to {greatest}"));

    /// <summary>The place of a double in the ordered list of all doubles; 0 for zero.</summary>
    private static long Rank(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double OfRank(long rank) => BitConverter.Int64BitsToDouble(rank >= 0 ? rank : long.MinValue - rank);
}
