namespace ScoreSde.Cli.Terminal;

/// <summary>Options that name one or several of a few things.</summary>
internal static class Choice
{
    /// <summary>The parts of a comma-separated list, each of which is allowed.</summary>
    public static IReadOnlyList<string> Several(string option, string text, IReadOnlyList<string> allowed)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (parts.Count > 0 && parts.All(allowed.Contains)) return parts;
        throw new BadInputException($"{option} is '{text}'; allowed: one or more of {string.Join(", ", allowed)}, separated by commas");
    }
}
