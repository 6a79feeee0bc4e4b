using System.CommandLine;
using System.Globalization;

namespace ScoreSde.Cli.Terminal;

/// <summary>Options that are numbers with a range: a value outside is refused with both named.</summary>
internal static class Numbers
{
    public static Option<int> Whole(string name, string description, int byDefault, int low, int high) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high) return value;
            result.AddError($"{name} is '{text}'; allowed: a whole number from {low} to {high}");
            return byDefault;
        },
    };

    /// <summary>A number of things that may be very many: 100000000, or 1e8.</summary>
    public static Option<long> Count(string name, string description, long byDefault, long low, long high) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (decimal.TryParse(text, NumberStyles.AllowExponent | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value == Math.Floor(value) && value >= low && value <= high) return (long)value;
            result.AddError($"{name} is '{text}'; allowed: a whole number from {low} to {high}, such as 100000 or 1e5");
            return byDefault;
        },
    };

    public static Option<double?> Real(string name, string description, double low, double high) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high) return value;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; allowed: a number from {low} to {high}"));
            return null;
        },
    };

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "seed of all randomness; the same seed gives the same result",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return value;
            result.AddError($"--seed is '{text}'; allowed: a whole number from 0 to {ulong.MaxValue}");
            return 1;
        },
    };
}
