using ScoreSde.Kernels;
using ScoreSde.Kernels.Cuda;
using ScoreSde.Models.Replay;
using ScoreSde.Models.States;
using ScoreSde.Tests.Support;

namespace ScoreSde.Cli.Tests;

/// <summary>The conformance suite: all of it on the CPU, and on a GPU where there is one.</summary>
[Collection("torch")]
public class ConformTests
{
    [Fact]
    public void Conform_OnTheCpu_PassesEveryCheck()
    {
        var run = Shell.Run("conform");
        Assert.DoesNotContain("FAILED", run.Output, StringComparison.Ordinal);
        var last = run.Output.TrimEnd('\n').Split('\n')[^1];
        Assert.Matches("^[0-9]+ passed, 0 failed$", last);
        Assert.True(int.Parse(last.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= 2 * Solvers.SolverCatalogue.Instance.Names.Count, last);
        Assert.Equal(0, run.Code);
    }

    [Fact]
    public void Conform_TheWayThatStatesTakeOnAGpu_PassesEveryCheck()
    {
        // The device's kernels, compiled for the host and run by a stand-in for the driver, on tensors of the CPU.
        var (before, passes) = (DeviceKernels.Launches, LinearFormKernel.Launches);
        var recorder = new HostRecorder();
        (DeviceForms.InProgramMemory, DeviceRecorder.InProgramMemory) = (HostDevice.Kernels, recorder);
        try
        {
            var run = Shell.Run("conform");
            Assert.DoesNotContain("FAILED", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("none is recorded", run.Output, StringComparison.Ordinal);
            Assert.Matches("^[0-9]+ passed, 0 failed$", run.Output.TrimEnd('\n').Split('\n')[^1]);
        }
        finally
        {
            (DeviceForms.InProgramMemory, DeviceRecorder.InProgramMemory) = (null, null);
        }
        Assert.Equal((13, 0), (recorder.Recordings, recorder.Alive)); // of nine networks and four runs
        Assert.True(DeviceKernels.Launches - before > 1000);
        Assert.Equal(passes, LinearFormKernel.Launches);
    }

    [Fact]
    public void Conform_WhereRecordingsFail_SaysSo()
    {
        DeviceRecorder.InProgramMemory = new HostRecorder { Failure = "operation not permitted when stream is capturing" };
        try
        {
            var run = Shell.Run("conform", "--filter", "MLP in Float32, calls replayed");
            Assert.Contains("FAILED  an MLP in Float32, calls replayed beside plain ones: 5 calls of 5 were not replayed: a recording failed: operation not permitted", run.Output, StringComparison.Ordinal);
            Assert.Equal(1, run.Code);
            DeviceRecorder.InProgramMemory = new HostRecorder { Missing = "no graphs in this libtorch" };
            run = Shell.Run("conform", "--filter", "MLP in Float32, calls replayed");
            Assert.Contains("passed  an MLP in Float32, calls replayed beside plain ones: 0 calls differ: none is recorded here: no graphs in this libtorch", run.Output, StringComparison.Ordinal);
        }
        finally
        {
            DeviceRecorder.InProgramMemory = null;
        }
    }

    [Fact]
    public void Conform_OnAGpu_PassesEveryCheckOrSaysWhyItRanNone()
    {
        var run = Shell.Run("conform", "--device", "cuda");
        var lines = run.Output.TrimEnd('\n').Split('\n');
        if (TorchSharp.torch.cuda.is_available()) Assert.Matches("^[0-9]+ passed, 0 failed$", lines[^1]);
        else
        {
            Assert.Matches("^cuda: skipped: libtorch (was built without CUDA|is one for CUDA but sees no device)$", lines[^2]);
            Assert.Matches("^0 passed, 0 failed, [1-9][0-9]* skipped$", lines[^1]);
        }
        Assert.Equal(0, run.Code);
        if (Environment.GetEnvironmentVariable("SCORESDE_TEST_NOTES") is { } notes) File.AppendAllText(notes, $"conformance on CUDA: {lines[^2]}\n");
    }

    [Fact]
    public void Speed_OfAnyKernels_IsMeasured()
    {
        DeviceForms.InProgramMemory = HostDevice.Kernels;
        try
        {
            var before = DeviceKernels.Launches;
            var lines = Conformance.DeviceSpeed.Bandwidth(TorchSharp.torch.CPU, HostDevice.Kernels, 4096, 2).ToList();
            Assert.Equal(3, lines.Count);
            Assert.Equal(3 * 2 * 10, DeviceKernels.Launches - before); // one launch a pass, noise included
            Assert.Matches("^step of two terms and noise: [0-9]+ GB/s, [0-9]+ % of a copy's$", lines[2]);
            var plain = Conformance.DeviceSpeed.Overhead(TorchSharp.torch.CPU, 8, 3).ToList();
            Assert.Matches("^U-Net of 8 x 8, one sample, 3 steps, calls launched: .* the solver adds -?[0-9.]+ %$", plain[0]);
            Assert.Matches("^network calls were not replayed", Assert.Single(plain.Skip(1)));
            DeviceRecorder.InProgramMemory = new HostRecorder();
            var both = Conformance.DeviceSpeed.Overhead(TorchSharp.torch.CPU, 8, 3).ToList();
            Assert.Matches("^U-Net of 8 x 8, one sample, 3 steps, calls replayed: .* the solver adds -?[0-9.]+ %$", both[1]);
            Assert.Matches("^a run of replayed calls is [0-9.]+ times as fast as one of launched ones$", both[2]);
        }
        finally
        {
            (DeviceForms.InProgramMemory, DeviceRecorder.InProgramMemory) = (null, null);
        }
        Assert.Contains("--speed is for GPUs", Shell.Run("conform", "--speed").ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Conform_WithAnUnknownFilterOrDevice_IsRefused()
    {
        Assert.Contains("no check has that", Shell.Run("conform", "--filter", "nothing like it").ErrorLine, StringComparison.Ordinal);
        Assert.Contains("allowed: cpu, cuda", Shell.Run("conform", "--device", "tpu").ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Finding_OfOtherNumbers_DoesNotHold()
    {
        Assert.True(Conformance.Finding.Bits([1, 2], [1, 2]).Holds);
        Assert.Equal(1, Conformance.Finding.Bits([1, 2], [1, 2.0000000000000004]).Error);
        Assert.False(Conformance.Finding.Bits([1, 2], [1]).Holds);
        Assert.True(Conformance.Finding.Difference([1, 200], [1.5, 300], 0.5).Holds);
        Assert.False(Conformance.Finding.Difference([1, 200], [1.5, 301], 0.5).Holds);
        Assert.False(Conformance.Finding.Difference([1, 200], [double.NaN, 200], 0.5).Holds);
        Assert.False(Conformance.Finding.Difference([double.NaN], [1], 0.5).Holds);
        Assert.False(Conformance.Finding.Worse(new(2, 1, ""), new(0, 1, "")).Holds);
        Assert.False(Conformance.Finding.Worse(new(0, 1, ""), new(2, 1, "")).Holds);
    }
}
