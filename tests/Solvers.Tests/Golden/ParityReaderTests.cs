using System.Text.Json.Nodes;

namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>The reader and the comparison must be able to say no: each test spoils one thing in a file that agrees.</summary>
public class ParityReaderTests
{
    private const string Ddim = "diffusers_ddim_10_P1.json";
    private const string Stochastic = "kdiff_euler_ancestral_edm_20_P1.json";

    [Fact]
    public void File_AsRecorded_Matches()
    {
        foreach (var name in (string[])[Ddim, Stochastic])
        {
            var finding = Parity.Of("renamed.json", ParityData.Read(name)); // nothing is read from the name
            Assert.Equal(Verdict.Matched, finding.Verdict);
            Assert.True(finding.Compared > 32, $"{finding.Compared} numbers compared");
        }
    }

    [Fact]
    public void Result_OneNumberOffByTheTolerance_Differs()
    {
        var finding = Spoiled(Ddim, file => file["result"]![7]![1] = file["result"]![7]![1]!.GetValue<double>() * (1 + 4 * Checks.Allowed));
        Assert.Equal(Verdict.Differs, finding.Verdict);
        Assert.Contains("result: number 15", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_NullForANumber_Differs() =>
        Assert.Equal(Verdict.Differs, Spoiled(Ddim, file => file["result"]![0]![0] = null).Verdict);

    [Fact]
    public void Result_PointMissing_Differs() =>
        Assert.Equal(Verdict.Differs, Spoiled(Ddim, file => file["result"]!.AsArray().RemoveAt(3)).Verdict);

    [Fact]
    public void Nfe_AnotherCount_Differs() => Assert.Equal(Verdict.Differs, Spoiled(Ddim, file => file["nfe"] = 11).Verdict);

    [Fact]
    public void Noise_OneDrawMissing_DiffersAndSaysHowManyThereWere()
    {
        var finding = Spoiled(Stochastic, file => file["noise"]!.AsArray().RemoveAt(18));
        Assert.Equal(Verdict.Differs, finding.Verdict);
        Assert.Contains("all 18 recorded draws are taken", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_OneDrawTooMany_Differs() =>
        Assert.Equal(Verdict.Differs, Spoiled(Stochastic, file => file["noise"]!.AsArray().Add(file["noise"]![0]!.DeepClone())).Verdict);

    [Fact]
    public void Start_OtherThanTheSettingsSay_Differs() =>
        Assert.Equal(Verdict.Differs, Spoiled(Stochastic, file => file["start"]![0]![0] = 1.0).Verdict);

    [Fact]
    public void Field_Missing_Differs() => Assert.Equal(Verdict.Differs, Spoiled(Ddim, file => file.AsObject().Remove("nfe")).Verdict);

    [Fact]
    public void Json_CutShort_Differs() => Assert.Equal(Verdict.Differs, Parity.Of("cut.json", ParityData.Read(Ddim)[..500]).Verdict);

    [Fact]
    public void Source_Unknown_IsNotCoveredAndNamed()
    {
        var finding = Spoiled(Ddim, file => file["source"] = "someone/else@0123456789ab sampler.py:Sampler.step");
        Assert.Equal(Verdict.NotCovered, finding.Verdict);
        Assert.Contains("someone/else", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_Missing_IsNotCovered() => Assert.Equal(Verdict.NotCovered, Spoiled(Ddim, file => file.AsObject().Remove("source")).Verdict);

    [Fact]
    public void Setting_UnknownOrUnsupported_IsNotCoveredAndNamed()
    {
        foreach (var (name, value) in ((string, JsonNode)[])[("novelty", 1), ("clip_sample", true), ("thresholding", true), ("schedule", "cosine"), ("prediction_type", "sample")])
        {
            var finding = Spoiled(Ddim, file => file["settings"]![name] = value);
            Assert.Equal(Verdict.NotCovered, finding.Verdict);
            Assert.Contains(name, finding.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Setting_ThatChangesTheMethod_IsNotIgnored() =>
        Assert.Equal(Verdict.Differs, Spoiled(Stochastic, file => file["settings"]!["eta"] = 0.5).Verdict);

    [Fact]
    public void Summary_OneOfEach_CountsEach()
    {
        Finding[] findings = [new("a", Verdict.Matched, ""), new("b", Verdict.NotCovered, ""), new("c", Verdict.NotCovered, ""), new("d", Verdict.DiffersOnPurpose, "")];
        Assert.Equal("1 matched, 1 differ on purpose, 2 not covered", Parity.Summary(findings));
        Assert.StartsWith("1 DIFFER, 1 matched", Parity.Summary([.. findings, new("e", Verdict.Differs, "")]), StringComparison.Ordinal);
    }

    private static Finding Spoiled(string name, Action<JsonNode> spoil)
    {
        var file = JsonNode.Parse(ParityData.Read(name))!;
        spoil(file);
        return Parity.Of(name, file.ToJsonString());
    }
}
