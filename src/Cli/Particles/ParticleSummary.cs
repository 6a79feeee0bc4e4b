using System.Globalization;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Distances;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Sde;

namespace ScoreSde.Cli.Particles;

/// <summary>What many particles are beside the law they should have: moments and a histogram. Memory does not depend on how many there are.</summary>
internal sealed class ParticleSummary
{
    private const int Cells = 128, Side = 384;
    private const double Deviations = 5; // from the outermost centres to the edge
    private readonly MixtureAtLevel _law;
    private readonly RunningMoments[] _moments;
    private readonly PlaneHistogram? _plane;
    private readonly long[] _line = new long[Cells]; // of the first coordinate, where there is no plane
    private readonly double _low, _high;

    /// <summary>For the law that the particles should have.</summary>
    public ParticleSummary(MixtureAtLevel law)
    {
        (_law, _moments) = (law, [.. Enumerable.Range(0, law.Dimension).Select(j => new RunningMoments(law.Mean(j)))]);
        var (all, one) = (Enumerable.Range(0, law.Dimension).Select(j => law.Window(j, Deviations)).ToArray(), law.Window(0, Deviations));
        if (law.Dimension == 2) _plane = new PlaneHistogram(all.Min(w => w.Low), all.Max(w => w.High), Cells);
        else (_low, _high) = one;
    }

    /// <summary>Some particles more, [particle, coordinate].</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        var d = _moments.Length;
        for (var j = 0; j < d; j++)
        {
            var moments = _moments[j];
            for (var i = j; i < samples.Length; i += d) moments.Add(samples[i]);
            _moments[j] = moments;
        }
        if (_plane is not null)
            for (var i = 0; i < samples.Length; i += 2) _plane.Add(samples[i], samples[i + 1]);
        else
            for (var i = 0; i < samples.Length; i += d)
                if (samples[i] >= _low && samples[i] < _high) _line[(int)((samples[i] - _low) / (_high - _low) * Cells)]++;
    }

    /// <summary>The moments with their errors beside the exact ones, and in the plane the distance from the exact law.</summary>
    public void Say(Display display)
    {
        if (_moments[0].Count < 2) return;
        for (var j = 0; j < _moments.Length; j++)
            display.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"x{j}: mean {_moments[j].Mean}, deviation {_moments[j].Deviation}; exact at sigma = {_law.Level.Sigma:g4}: mean {Math.Round(_law.Mean(j), 12):g4}, deviation {_law.Deviation(j):g4}"));
        if (_plane is null || _plane.Count < 2 * _plane.Groups) return;
        var variation = GridVariation.Of(_plane, _law.Density);
        display.Say(string.Create(CultureInfo.InvariantCulture, $"total variation from the exact law on {Cells} x {Cells} cells: {variation.Distance}; a sample of the law itself has {variation.Floor:g4}"));
    }

    /// <summary>In the plane the particles' density beside the law's; else that of the first coordinate, with the law's as a line.</summary>
    public Raster Picture() => _plane is null ? Line() : Plane(_plane);

    private Raster Plane(PlaneHistogram plane)
    {
        var window = (plane.Low, plane.High);
        var drawn = new Chart(window, window, Side, Side).Density(plane.Density);
        var exact = new Chart(window, window, Side, Side).Density(_law.Density);
        return Montage.Grid([drawn.Picture, exact.Picture], 2, 10, Colour.White, ["particles", "exact law"]);
    }

    private Raster Line()
    {
        var bin = (_high - _low) / Cells;
        var x = Enumerable.Range(0, Cells).Select(k => _low + (k + 0.5) * bin).ToArray();
        var drawn = Array.ConvertAll(_line, count => count / (_moments[0].Count * bin));
        var exact = Array.ConvertAll(x, at => _law.Marginal(0, at));
        var chart = new Chart((_low, _high), (0, 1.1 * Math.Max(drawn.Max(), exact.Max())), 2 * Side, Side);
        return Montage.Grid([chart.Path(x, exact, Colour.Grey(0.6), 3).Path(x, drawn, Colour.Category(5)).Picture], 1, 10, Colour.White, ["first coordinate; grey: exact law"]);
    }
}
