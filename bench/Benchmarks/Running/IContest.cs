namespace ScoreSde.Benchmarks.Running;

/// <summary>
/// One row of the table of speed: a piece of work that the library and its rivals do in turn in one run (<see cref="ContestRunner"/>). A class with a parameterless constructor
/// is found by itself; several contests of one kind are listed by an <see cref="IContestFamily"/>. Making one is cheap: what takes time belongs to <see cref="Prepare"/>.
/// </summary>
internal interface IContest
{
    /// <summary>The name on the command line and in the last lines: em-ring.</summary>
    string Name { get; }

    /// <summary>What is done, a few words: 100,000 particles × 1000 Euler–Maruyama steps on the ring of eight.</summary>
    string Title { get; }

    /// <summary>How many times faster than the fastest rival the library is meant to be.</summary>
    double Bar { get; }

    /// <summary>What times are divided by, with its article: a particle-step.</summary>
    string Unit { get; }

    /// <summary>Units in one run of either side.</summary>
    double Units { get; }

    /// <summary>The rivals' program in bench/peers, and its arguments behind blanks: samplers.py ddim.</summary>
    string Peer { get; }

    /// <summary>Runs of a rival in a round, so that a round takes tenths of a second; the library's are repeated until theirs do too.</summary>
    int Repeats => 1;

    /// <summary>Rows are in this order on the page.</summary>
    int Place => 100;

    /// <summary>Called once before the first run; a contest that is <see cref="IDisposable"/> is disposed of after the last.</summary>
    void Prepare()
    {
    }

    /// <summary>One run of the library.</summary>
    void Ours();

    /// <summary>A round of the library: nanoseconds a unit. To be replaced where the figure is not the time of a run (what a solver adds to its network's calls).</summary>
    Times Measure() => Times.Of(Ours, Units, Repeats);

    /// <summary>What the arithmetic of the usual algorithm alone takes on this machine, measured in the same run.</summary>
    Limit? Limit => null;

    /// <summary>After the rounds: what the library's runs ended on, beside which the rivals' own checks stand.</summary>
    string? Check => null;
}

/// <summary>Contests that share a class, one for each variant.</summary>
internal interface IContestFamily
{
    /// <summary>The variants.</summary>
    IEnumerable<IContest> Contests { get; }
}

/// <summary>What a contest would take at best by the usual algorithm.</summary>
/// <param name="Name">What is timed: exponentials, counters and normals in registers.</param>
/// <param name="Measure">Nanoseconds of the contest's unit by the wall clock, with as many threads as the contest has.</param>
internal sealed record Limit(string Name, Func<double> Measure);
