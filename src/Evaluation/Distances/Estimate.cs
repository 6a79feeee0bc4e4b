using System.Globalization;

namespace ScoreSde.Evaluation.Distances;

/// <summary>A number measured from a sample, with its standard error.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">One standard deviation of the estimate over repetitions of the sample, itself estimated.</param>
public readonly record struct Estimate(double Value, double StandardError)
{
    /// <summary>How many standard errors the value is from an expected one; 0 where both agree exactly.</summary>
    public double Deviations(double expected) => Value == expected ? 0 : (Value - expected) / StandardError;

    /// <summary>The interval of z standard errors to either side: 1.96 covers 95 % where the estimate is about normal.</summary>
    public (double Low, double High) Interval(double z = 1.96) => (Value - z * StandardError, Value + z * StandardError);

    /// <summary>Mean of independent values and its standard error.</summary>
    /// <exception cref="ArgumentException">Fewer than two values.</exception>
    public static Estimate Mean(ReadOnlySpan<double> values)
    {
        if (values.Length < 2) throw new ArgumentException($"a mean with an error takes at least two values; given {values.Length}", nameof(values));
        double mean = 0, squares = 0;
        for (var k = 0; k < values.Length; k++) // Welford: no difference of large sums
        {
            var step = values[k] - mean;
            mean += step / (k + 1);
            squares += step * (values[k] - mean);
        }
        return new Estimate(mean, Math.Sqrt(squares / (values.Length - 1) / values.Length));
    }

    /// <summary>A statistic of a whole sample with the error that leaving out one of g groups after the other shows (delete-a-group jackknife).</summary>
    /// <param name="whole">The statistic of the whole sample.</param>
    /// <param name="without">The statistic without group 0, 1, …, g − 1.</param>
    /// <remarks>Variance (g−1)/g Σ (θ_j − mean θ)²: Efron and Stein's estimate for groups; for a mean it is the usual one.</remarks>
    public static Estimate Jackknife(double whole, ReadOnlySpan<double> without)
    {
        if (without.Length < 2) throw new ArgumentException($"the jackknife takes at least two groups; given {without.Length}", nameof(without));
        double mean = 0, sum = 0;
        foreach (var value in without) mean += value / without.Length;
        foreach (var value in without) sum += (value - mean) * (value - mean);
        return new Estimate(whole, Math.Sqrt(sum * (without.Length - 1) / without.Length));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:g4} ± {StandardError:g2}");
}
