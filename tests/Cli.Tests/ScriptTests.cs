using System.Diagnostics;
using ScoreSde.Tests.Support;

namespace ScoreSde.Cli.Tests;

/// <summary>The entry script against a stand-in for <c>dotnet</c> that only notes how it was called: no build runs here.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ScriptTests : IDisposable
{
    private const string FakeDotnet = """
        #!/bin/bash
        echo "$*" >> "$CALLS"
        case $1 in
            --list-sdks) echo "10.0.100 [/somewhere]" ;;
            build)
                if [[ -n ${FAIL_BUILD-} ]]; then echo "Thing.cs(1,2): error CS1002: ; expected"; exit 1; fi
                mkdir -p "$PROJECT/src/Cli/bin/Release/net10.0" "$PROJECT/tests/Some.Tests/bin/Release/net10.0"
                touch "$PROJECT/src/Cli/bin/Release/net10.0/scoresde.dll" "$PROJECT/tests/Some.Tests/bin/Release/net10.0/ScoreSde.Some.Tests.dll" ;;
            test)
                for word in "$@"; do [[ $word == trx* ]] && log=${word#*LogFileName=}; done
                [[ -n ${COUNTERS-} ]] && echo "<Counters $COUNTERS />" > "$log"
                exit "${TEST_CODE-0}" ;;
            *) echo "ran: $*" ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("script test ").FullName;
    private readonly string _project, _tools, _calls;

    public ScriptTests()
    {
        (_project, _tools, _calls) = (Path.Combine(_folder, "a project"), Path.Combine(_folder, "tools"), Path.Combine(_folder, "calls"));
        foreach (var folder in new[] { "src/Cli", "tests/Some.Tests", "bench" }) Directory.CreateDirectory(Path.Combine(_project, folder));
        foreach (var file in new[] { "src/Cli/Program.cs", "Directory.Build.props", "Directory.Packages.props", "global.json", "ScoreSde.sln" })
            File.WriteAllText(Path.Combine(_project, file), "x");
        File.Copy(Path.Combine(Repository.Root, "scoresde"), Path.Combine(_project, "scoresde"));
        Tool("dotnet", FakeDotnet);
        Tool("cmake", "#!/bin/bash");
        Tool("g++", "#!/bin/bash");
        Tool("dpkg-query", "#!/bin/bash\necho installed");
        File.WriteAllText(_calls, "");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void SecondCall_WithNothingChanged_NeitherRestoresNorBuilds()
    {
        Assert.Equal(0, Script(["sample", "--n", "a b"]).Code);
        Assert.Single(Calls(), c => c.StartsWith("build", StringComparison.Ordinal));
        var (code, output, _) = Script(["sample", "--n", "a b"]);
        Assert.Equal(0, code);
        Assert.Single(Calls(), c => c.StartsWith("build", StringComparison.Ordinal));
        Assert.EndsWith("scoresde.dll sample --n a b", output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void Call_AfterAChangeOfTheSources_BuildsAgain()
    {
        Script(["info"]);
        File.AppendAllText(Path.Combine(_project, "src/Cli/Program.cs"), "y");
        Script(["info"]);
        Assert.Equal(2, Builds());
        File.WriteAllText(Path.Combine(_project, "src/Cli/New.cs"), "");
        Script(["info"]);
        Assert.Equal(3, Builds());
        File.Delete(Path.Combine(_project, "src/Cli/New.cs"));
        Script(["info"]);
        Assert.Equal(4, Builds());
        foreach (var made in new[] { "src/Cli/obj", "src/Cli/bin", "src/Cli/native/.build" }) // what a build makes is no source
        {
            Directory.CreateDirectory(Path.Combine(_project, made));
            File.WriteAllText(Path.Combine(_project, made, "made.cs"), "");
        }
        Script(["info"]);
        Assert.Equal(4, Builds());
        Script(["info"], ("LIBTORCH", "/elsewhere"));
        Assert.Equal(5, Builds());
    }

    [Fact]
    public void Call_ThroughALinkFromAnotherFolder_FindsTheProject()
    {
        var link = Path.Combine(_folder, "link to it");
        File.CreateSymbolicLink(link, Path.Combine("a project", "scoresde"));
        var (code, output, _) = Start("/bin/bash", [link, "info"], "/");
        Assert.Equal(0, code);
        Assert.Contains("a project/src/Cli/bin/Release/net10.0/scoresde.dll info", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ThatFails_ShowsTheErrorAndLeavesNoStamp()
    {
        var (code, _, error) = Script(["info"], ("FAIL_BUILD", "1"));
        Assert.Equal(1, code);
        Assert.Contains("error CS1002", error, StringComparison.Ordinal);
        Assert.Equal(0, Script(["info"]).Code);
        Assert.Equal(2, Builds());
    }

    [Fact]
    public void Packages_MissingWithoutApt_AreNamedWithExitCode2()
    {
        Tool("dpkg-query", "#!/bin/bash\nexit 1");
        var (code, _, error) = Script(["info"], ("PATH", OnlyBasicTools()));
        Assert.Equal(2, code);
        Assert.Contains("libtorch-dev libopenblas0-openmp", error, StringComparison.Ordinal);
        Assert.Equal(0, Builds());
    }

    [Fact]
    public void Libtorch_NamedByTheVariable_NeedsNoDebianPackage()
    {
        Tool("dpkg-query", "#!/bin/bash\nexit 1");
        // Apt as a stand-in: where the data set is missing on this machine it may be asked for that and for nothing else.
        Tool("apt-get", "#!/bin/bash\necho \"apt-get $*\" >> \"$CALLS\"");
        Tool("sudo", "#!/bin/bash\n[[ $1 == -n ]] && exit 0\n\"$@\"");
        Assert.Equal(0, Script(["info"], ("LIBTORCH", "/opt/torch")).Code);
        Assert.DoesNotContain(Calls(), c => c.Contains("libtorch", StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_MissingWithApt_AreInstalledOnceAfterOneUpdate()
    {
        Tool("dpkg-query", "#!/bin/bash\n[[ -e $CALLS.installed ]] && echo installed");
        Tool("apt-get", "#!/bin/bash\necho \"apt-get $*\" >> \"$CALLS\"; [[ $* == *install* ]] && touch \"$CALLS.installed\"; exit 0");
        Tool("sudo", "#!/bin/bash\n[[ $1 == -n ]] && exit 0\n\"$@\"");
        Script(["info"]);
        Script(["info"]);
        Assert.Single(Calls(), c => c.StartsWith("apt-get", StringComparison.Ordinal) && c.EndsWith("update", StringComparison.Ordinal));
        Assert.Single(Calls(), c => c.Contains("libtorch-dev", StringComparison.Ordinal));
    }

    [Fact]
    public void Test_Always_EndsWithTheCountAsItsLastLine()
    {
        Assert.Equal((0, "7 passed, 0 failed"), Counted("total=\"7\" executed=\"7\" passed=\"7\" failed=\"0\""));
        Assert.Equal((0, "5 passed, 0 failed, 2 skipped"), Counted("total=\"7\" executed=\"5\" passed=\"5\" failed=\"0\""));
        Assert.Equal((1, "5 passed, 2 failed"), Counted("total=\"7\" executed=\"7\" passed=\"5\" failed=\"2\"", "1"));
        Assert.Equal((1, "0 passed, 1 failed"), Counted(null, "134")); // the host died without a word
        Assert.Equal((1, "3 passed, 1 failed"), Counted("total=\"3\" executed=\"3\" passed=\"3\" failed=\"0\"", "1")); // or after three tests
        Assert.Equal((1, "0 passed, 0 failed"), Counted("total=\"0\" executed=\"0\" passed=\"0\" failed=\"0\"")); // nothing ran
    }

    [Fact]
    public void Test_WithAPlainFilter_LooksForItInFullNames()
    {
        Script(["test", "--filter", "Parity"], ("COUNTERS", "total=\"1\" executed=\"1\" passed=\"1\" failed=\"0\""));
        Assert.Contains(Calls(), c => c.Contains("--filter FullyQualifiedName~Parity", StringComparison.Ordinal));
        Script(["test", "--filter", "Category!=Slow"], ("COUNTERS", "total=\"1\" executed=\"1\" passed=\"1\" failed=\"0\""));
        Assert.Contains(Calls(), c => c.EndsWith("--filter Category!=Slow", StringComparison.Ordinal));
    }

    [Fact]
    public void Test_WithAnUnknownArgument_IsRefused()
    {
        var (code, _, error) = Script(["test", "--bogus"]);
        Assert.Equal(2, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains("'--bogus'", error, StringComparison.Ordinal);
    }

    private (int, string) Counted(string? counters, string code = "0")
    {
        var (exit, output, _) = Script(["test"], ("COUNTERS", counters ?? ""), ("TEST_CODE", code));
        return (exit, output.TrimEnd('\n').Split('\n')[^1]);
    }

    private int Builds() => Calls().Count(c => c.StartsWith("build", StringComparison.Ordinal));

    private string[] Calls() => File.ReadAllLines(_calls);

    /// <summary>A path on which there are the basic tools of any machine but no apt.</summary>
    private string OnlyBasicTools()
    {
        foreach (var tool in new[] { "bash", "dirname", "readlink", "find", "sort", "cksum", "mkdir", "flock", "cat", "grep", "head", "tail", "sed", "rm", "sleep" })
            File.CreateSymbolicLink(Path.Combine(_tools, tool), Path.Combine("/usr/bin", tool));
        return _tools;
    }

    private void Tool(string name, string script)
    {
        Directory.CreateDirectory(_tools);
        var path = Path.Combine(_tools, name);
        File.WriteAllText(path, script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int Code, string Output, string Error) Script(string[] arguments, params ReadOnlySpan<(string, string)> environment) =>
        Start("/bin/bash", [Path.Combine(_project, "scoresde"), .. arguments], _folder, environment);

    private (int Code, string Output, string Error) Start(string program, string[] arguments, string folder, params ReadOnlySpan<(string, string)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        start.Environment["PATH"] = _tools + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["CALLS"] = _calls;
        start.Environment["PROJECT"] = _project;
        start.Environment.Remove("LIBTORCH");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return ScriptRun.Of(start);
    }
}
