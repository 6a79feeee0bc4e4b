using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ScoreSde.Cli.Conformance;
using ScoreSde.Cli.Terminal;
using ScoreSde.Kernels.Cuda;
using ScoreSde.Models.Replay;
using TorchSharp;

namespace ScoreSde.Cli.Commands;

/// <summary>Runs the conformance suite on a device: what has to hold wherever ScoreSde runs.</summary>
internal static class ConformCommand
{
    public static Command Create(Display display, CancellationToken stop)
    {
        var device = Devices.Option();
        var filter = new Option<string?>("--filter") { Description = "only checks whose name contains this" };
        var speed = new Option<bool>("--speed") { Description = "then measure a GPU: bytes a second of a step's kernel beside a copy's, what a solver adds to a U-Net, and what replaying its calls gains" };
        var command = new Command("conform", "Checks a device: noise bit for bit, every solver, law and network against doubles on the CPU.") { device, filter, speed };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(device)!;
            if (parsed.GetValue(speed) && !name.StartsWith("cuda", StringComparison.Ordinal)) throw new BadInputException("--speed is for GPUs; ./scoresde bench measures the CPU");
            return Run(display, name, parsed.GetValue(filter) ?? "", parsed.GetValue(speed), stop);
        });
        return command.Teach(
            """
            Examples:
              ./scoresde conform                               the CPU
              ./scoresde conform --device cuda                 the GPU; skipped, with the reason, where there is none
              ./scoresde conform --device cuda --speed         and how fast its step kernel is
              ./scoresde conform --filter ddim                 only checks with ddim in their name

            One line a check. The last line is "N passed, N failed" (and ", N skipped"). Exit code 0: nothing failed.
            """);
    }

    private static int Run(Display display, string name, string filter, bool speed, CancellationToken stop)
    {
        var checks = ConformanceSuite.All.Where(c => c.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).ToList();
        if (checks.Count == 0) throw new BadInputException($"--filter is '{filter}'; no check has that in its name");
        if (Devices.Missing(name) is { } reason)
        {
            display.Say($"{name}: skipped: {reason}");
            display.Say($"0 passed, 0 failed, {checks.Count} skipped");
            return CommandLine.Success;
        }
        var place = Devices.Find(name);
        display.Say($"libtorch {torch.__version__} on {place}; {checks.Count} checks");
        if (place.type == DeviceType.CUDA) display.Say($"kernels: {DeviceKernels.For(place.index)?.Description ?? "none, plain operations of torch instead: " + DeviceKernels.Missing(place.index)}");
        if (place.type == DeviceType.CUDA) display.Say($"graphs: {(DeviceRecorder.Of(place.index).Missing is { Length: > 0 } none ? "network calls are not replayed: " + none : "network calls are recorded and replayed")}");
        var (failed, watch) = (0, Stopwatch.StartNew());
        foreach (var check in checks)
        {
            stop.ThrowIfCancellationRequested();
            var (holds, text) = Look(check, place);
            if (!holds) failed++;
            display.Say($"{(holds ? "passed" : "FAILED"),-8}{check.Name}: {text}");
        }
        if (speed) Measure(display, place);
        display.Say(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.0} s on {place}"));
        display.Say($"{checks.Count - failed} passed, {failed} failed");
        return failed == 0 ? CommandLine.Success : CommandLine.Failure;
    }

    private static void Measure(Display display, torch.Device device)
    {
        if (DeviceKernels.For(device.index) is { } kernels)
            foreach (var line in DeviceSpeed.Bandwidth(device, kernels, 1L << 26, 20)) display.Say(line); // arrays of 256 MiB
        else display.Say("no kernels, so no bandwidth of theirs");
        foreach (var line in DeviceSpeed.Overhead(device, 64, 50)) display.Say(line);
    }

    private static (bool Holds, string Text) Look(Check check, torch.Device device)
    {
        try
        {
            var finding = check.Look(device);
            return (finding.Holds, string.Create(CultureInfo.InvariantCulture, $"{finding.Error:g3} {finding.Of}{(finding.Allowed == 0 ? "" : $" (allowed {finding.Allowed:g3})")}"));
        }
#pragma warning disable CA1031 // whatever a device does wrong is one failed check, and the others are still looked at
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return (false, $"{e.GetType().Name}: {e.Message.Split('\n')[0]}");
        }
    }
}
