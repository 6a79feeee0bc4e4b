using System.Diagnostics;
using System.Runtime.Versioning;
using ScoreSde.Tests.Support;

namespace ScoreSde.Cli.Tests;

/// <summary>The bundle's entry on machines as they are found: a libtorch and a compiler that are stand-ins, and a program that prints what it was called with.</summary>
[SupportedOSPlatform("linux")]
public sealed class LaunchTests : IDisposable
{
    private const int Commands = 1 + 2 + 1 + 2 + 1; // the header, two files and the library; two files and the kernels

    private readonly string _folder = Directory.CreateTempSubdirectory("a bundle ").FullName;
    private readonly string _bundle, _torch, _tools;

    public LaunchTests()
    {
        (_bundle, _torch, _tools) = (Path.Combine(_folder, "bundle"), Path.Combine(_folder, "torch"), Path.Combine(_folder, "tools"));
        foreach (var source in new[] { "native/torch/abi.h", "native/torch/a.cpp", "native/torch/b.cpp", "native/kernels/k.cpp", "native/kernels/k_plain.cpp" }) Write(_bundle, source, "");
        Write(_bundle, "native/kernels/flags", "-O3 -ffp-contract=off");
        Write(_bundle, "native/kernels/flags.plain", "-ffp-contract=fast");
        Program(Path.Combine(_bundle, "app/scoresde"), "echo \"native $SCORESDE_NATIVE\"; echo \"called $*\"");
        var launch = Path.Combine(_bundle, "scoresde");
        File.Copy(Path.Combine(Repository.Root, "src/Cli/Bundle/launch"), launch);
        Torch(_torch, 2, 4);
        foreach (var tool in new[] { "bash", "dirname", "readlink", "sed", "grep", "cut", "cksum", "stat", "cat", "mkdir", "mktemp", "rm", "mv", "cp", "uname", "nproc", "head", "tail", "sleep", "touch", "flock", "wc" })
        {
            Directory.CreateDirectory(_tools);
            File.CreateSymbolicLink(Path.Combine(_tools, tool), Path.Combine("/usr/bin", tool));
        }
        // A compiler that notes its arguments and makes what it is asked for.
        Program(Path.Combine(_tools, "g++"), """
            if [[ $1 == --version ]]; then echo 'g++ (Stand-in) 12.3'; exit 0; fi
            echo "$*" >> "$CALLS"
            if [[ -n ${BROKEN-} && $* == *"$BROKEN"* ]]; then echo "b.cpp:1:1: error: broken" >&2; exit 1; fi
            while (($# > 0)); do if [[ $1 == -o ]]; then touch -- "$2"; fi; shift; done
            """);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void FirstCall_BuildsForTheLibtorchThatIsThere_AndTheNextDoesNot()
    {
        var (code, output, error) = Launch(["sample", "--n", "a b"]);
        Assert.Equal(0, code);
        Assert.Contains("libtorch 2.4 in " + _torch + "; g++ (Stand-in) 12.3", error, StringComparison.Ordinal);
        Assert.Contains("called sample --n a b", output, StringComparison.Ordinal);
        Assert.Equal(Commands, Calls().Length);
        Assert.All(Calls()[..3], c => Assert.Contains("-std=c++17", c, StringComparison.Ordinal));
        var (kernel, network) = (Calls().Single(c => c.Contains("k.cpp", StringComparison.Ordinal)), Calls().Single(c => c.Contains("k_plain.cpp", StringComparison.Ordinal)));
        Assert.Contains("-ffp-contract=off", kernel, StringComparison.Ordinal);
        Assert.DoesNotContain("-ffp-contract=fast", kernel, StringComparison.Ordinal);
        Assert.Contains("-ffp-contract=off -ffp-contract=fast", network, StringComparison.Ordinal);
        var native = output.Split('\n')[0]["native ".Length..];
        Assert.True(File.Exists(Path.Combine(native, "libscoresde_torch.so")));
        Assert.True(File.Exists(Path.Combine(native, "libscoresde_kernels.so")));
        var again = Launch(["list"]);
        Assert.Equal((0, ""), (again.Code, again.Error));
        Assert.Equal(Commands, Calls().Length);
    }

    [Fact]
    public void AnotherLibtorch_OrOtherSources_AreBuiltForAnew()
    {
        Launch(["list"]);
        Torch(_torch, 2, 9);
        File.WriteAllText(Path.Combine(_torch, "lib/libtorch_cuda.so"), "");
        var (_, _, error) = Launch(["list"]);
        Assert.Contains("libtorch 2.9 with CUDA", error, StringComparison.Ordinal);
        Assert.Equal(2 * Commands, Calls().Length);
        Assert.Contains("-std=c++20", Calls()[Commands], StringComparison.Ordinal);
        Assert.Contains(Calls(), c => c.Contains("libtorch_cuda.so", StringComparison.Ordinal) && c.Contains("--no-as-needed", StringComparison.Ordinal));
        File.AppendAllText(Path.Combine(_bundle, "native/kernels/k.cpp"), "// changed");
        Launch(["list"]);
        Assert.Equal(3 * Commands, Calls().Length);
    }

    [Fact]
    public void Test_IsTheConformanceSuite_AndSaysWhatWasFound()
    {
        Launch(["list"]);
        var (_, output, error) = Launch(["test", "--device", "cuda"]);
        Assert.Contains("called conform --device cuda", output, StringComparison.Ordinal);
        Assert.Contains("libtorch 2.4", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Machine_WithoutLibtorchOrCompiler_SaysWhatIsMissing()
    {
        var (code, _, error) = Launch(["list"], ("LIBTORCH", Path.Combine(_folder, "nothing")));
        Assert.Equal(2, code);
        Assert.Contains("no libtorch with its headers was found in: " + Path.Combine(_folder, "nothing"), error, StringComparison.Ordinal);
        File.Delete(Path.Combine(_tools, "g++"));
        (code, _, error) = Launch(["list"]);
        Assert.Equal(2, code);
        Assert.Contains("no C++ compiler", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ThatFails_ShowsTheErrorAndLeavesNothingBehind()
    {
        var (code, _, error) = Launch(["list"], ("BROKEN", "/b.cpp"));
        Assert.Equal(1, code);
        Assert.Contains("b.cpp:1:1: error: broken", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder, "cache/scoresde")));
        Assert.Equal(0, Launch(["list"]).Code);
    }

    private static void Torch(string folder, int major, int minor)
    {
        Write(folder, "include/ATen/ATen.h", "");
        Write(folder, "include/torch/csrc/api/include/torch/version.h", $"#define TORCH_VERSION_MAJOR {major}\n#define TORCH_VERSION_MINOR {minor}\n");
        foreach (var library in new[] { "torch", "torch_cpu", "c10" }) Write(folder, $"lib/lib{library}.so", "");
    }

    private string[] Calls() => File.ReadAllLines(Path.Combine(_folder, "calls"));

    private static void Write(string root, string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    [Fact]
    public void Libtorch_OfTheSystem_IsNotNamedAmongItsFoldersOfHeaders()
    {
        if (!File.Exists("/usr/include/ATen/ATen.h")) return; // libtorch is elsewhere on this machine
        Assert.Equal(0, Launch(["list"], ("LIBTORCH", "/usr")).Code);
        Assert.All(Calls()[..3], c => Assert.Contains("-isystem /usr/include/torch/csrc/api/include", c, StringComparison.Ordinal));
        Assert.All(Calls()[..3], c => Assert.DoesNotContain("-isystem /usr/include -", c + " -", StringComparison.Ordinal)); // g++ finds no stdlib.h then
    }

    private static void Program(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/bash\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int Code, string Output, string Error) Launch(string[] arguments, params ReadOnlySpan<(string, string)> environment)
    {
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(_bundle, "scoresde"), .. arguments]);
        start.Environment.Clear();
        (start.Environment["PATH"], start.Environment["CALLS"]) = (_tools, Path.Combine(_folder, "calls"));
        (start.Environment["LIBTORCH"], start.Environment["SCORESDE_CACHE"]) = (_torch, Path.Combine(_folder, "cache"));
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return ScriptRun.Of(start);
    }
}
