using TorchSharp;

namespace ScoreSde.Cli.Conformance;

/// <summary>One thing that holds on every device that ScoreSde runs on.</summary>
/// <param name="Name">What it is about, in a few words.</param>
/// <param name="Look">Looks at a device; an exception is a failure too.</param>
internal sealed record Check(string Name, Func<torch.Device, Finding> Look);

/// <summary>What a check found: a distance from the reference and how large it may be.</summary>
/// <param name="Error">The distance; not a number counts as too large.</param>
/// <param name="Allowed">The largest distance; 0 where bits have to be equal.</param>
/// <param name="Of">What the distance is.</param>
internal readonly record struct Finding(double Error, double Allowed, string Of)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Error <= Allowed;

    /// <summary>The worse of two, by their share of what is allowed.</summary>
    public static Finding Worse(Finding a, Finding b) => !a.Holds ? a : !b.Holds ? b : Share(a) >= Share(b) ? a : b;

    /// <summary>How many numbers differ in their bits.</summary>
    public static Finding Bits(ReadOnlySpan<double> expected, ReadOnlySpan<double> found)
    {
        if (expected.Length != found.Length) return new Finding(double.NaN, 0, $"{found.Length} numbers where {expected.Length} were expected");
        var different = 0;
        for (var i = 0; i < expected.Length; i++)
            if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(found[i])) different++;
        return new Finding(different, 0, $"numbers of {expected.Length} with other bits");
    }

    /// <summary>The largest difference, in units of 1 or of the number where that is larger.</summary>
    public static Finding Difference(ReadOnlySpan<double> expected, ReadOnlySpan<double> found, double allowed)
    {
        if (expected.Length != found.Length) return new Finding(double.NaN, allowed, $"{found.Length} numbers where {expected.Length} were expected");
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs(found[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            if (!(difference <= largest)) largest = difference; // keeps a NaN
            if (double.IsNaN(largest)) break;
        }
        return new Finding(largest, allowed, "largest difference");
    }

    private static double Share(Finding f) => f.Allowed == 0 ? 0 : f.Error / f.Allowed;
}
