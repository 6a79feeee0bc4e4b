using ScoreSde.Evaluation.Distances;
using ScoreSde.Tests.Support;

namespace ScoreSde.Evaluation.Tests.Distances;

public class RunningMomentsTests
{
    private static readonly Tolerance Rounding = new(1e-12, "sums of 5000 terms within a unit of the number they are about; fourth powers lose three digits more");

    [Fact]
    public void Moments_OneByOne_AreThoseOfTheWholeSample()
    {
        var random = new Random(5);
        var x = Enumerable.Range(0, 5000).Select(_ => 1e4 + Math.Pow(random.NextDouble(), 3)).ToArray();
        var moments = new RunningMoments(1e4 + 0.2);
        foreach (var value in x) moments.Add(value);
        var whole = Estimate.Mean(x);
        Near.Relative(whole.Value, moments.Mean.Value, Rounding);
        Near.Relative(whole.StandardError, moments.Mean.StandardError, Rounding);
        var variance = x.Sum(v => (v - whole.Value) * (v - whole.Value)) / (x.Length - 1);
        Near.Relative(Math.Sqrt(variance), moments.Deviation.Value, Rounding);
        var fourth = x.Average(v => Math.Pow(v - whole.Value, 4));
        Near.Relative(Math.Sqrt((fourth - variance * variance) / x.Length) / (2 * Math.Sqrt(variance)), moments.Deviation.StandardError, Rounding.Times(1000));
    }

    /// <summary>Of 400 normal samples the deviations scatter as much as each says of itself: the ratio of squares is chi-squared over its degrees, 1 ± 5/√200.</summary>
    [Fact]
    public void ErrorOfADeviation_IsHowMuchItScatters()
    {
        var random = new Random(7);
        var (squares, errors) = (0.0, 0.0);
        for (var sample = 0; sample < 400; sample++)
        {
            var moments = new RunningMoments(0);
            for (var i = 0; i < 1000; i++) moments.Add(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            squares += Math.Pow(moments.Deviation.Value - 1, 2);
            errors += Math.Pow(moments.Deviation.StandardError, 2);
        }
        Assert.InRange(squares / errors, 1 - 5 / Math.Sqrt(200), 1 + 5 / Math.Sqrt(200)); // 6e-7
    }
}
