using ScoreSde.Kernels;
using ScoreSde.Kernels.Cuda;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Solvers.Diffusion;
using TorchSharp;

namespace ScoreSde.Models.Tests.States;

/// <summary>The way that states take on a GPU, with the device's kernels run on the host: equal bits, noise made on the way, one launch a model evaluation.</summary>
public sealed class DeviceFormTests : IDisposable
{
    private static readonly TimeGrid Grid = TimeGrid.Create(new VariancePreserving(new LinearSchedule(0.1, 20)), new UniformLambda(), 12, 0.99, 1e-3);

    public DeviceFormTests() => DeviceForms.InProgramMemory = HostDevice.Kernels;

    public void Dispose() => DeviceForms.InProgramMemory = null;

    [Fact]
    [NoTensorLeaks]
    public void EverySolver_ThroughTheDevicesKernels_HasTheBitsOfTheCpu()
    {
        var ring = GaussianMixture.Ring();
        foreach (var solver in SolverCatalogue.Instance.All)
            foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
            {
                float[] Run()
                {
                    var request = new SampleRequest { Solver = solver, Grid = Grid, Event = [2], Count = 5, Batch = 5, Seed = 3, Type = type };
                    using var batch = TensorSampler.Run(request, (_, _) => new LawScore(ring));
                    using var single = batch.Samples.to(ScalarType.Float32);
                    return single.data<float>().ToArray();
                }
                Assert.Equal(WithoutKernels(Run), Run());
            }
    }

    [Fact]
    [NoTensorLeaks]
    public void EverySolver_OnADevice_LaunchesOneKernelForEachEvaluationNoiseIncluded()
    {
        foreach (var solver in SolverCatalogue.Instance.All)
        {
            using var scope = NewDisposeScope();
            using var gradients = no_grad();
            var draws = new TensorDraws(1, NoiseStream.Step, 0, [4, 2], ScalarType.Float32, CPU);
            var noise = new IndependentNoise<TensorState, TensorDraws>(draws, Math.Max(1, solver.Card.NoiseSlots));
            var (launches, passes, calls) = (DeviceKernels.Launches, LinearFormKernel.Launches, new int[1]);
            var result = Sampler.Run(solver, Walk.Straight(Grid), new TensorState(ones(4, 2)), new Halving(calls), noise);
            // A method whose step does not begin with a call at the state makes one pass more for the end of its steps.
            Assert.True(DeviceKernels.Launches - launches <= calls[0] + Grid.Steps, $"{solver.Card.Name}: {DeviceKernels.Launches - launches} launches for {calls[0]} calls");
            if (solver.Card.EvaluationsPerStep == 1 && result.Evaluations == Grid.Steps)
                Assert.True(DeviceKernels.Launches - launches <= Grid.Steps, $"{solver.Card.Name}: {DeviceKernels.Launches - launches} launches for {Grid.Steps} steps");
            Assert.Equal(passes, LinearFormKernel.Launches);
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void Noise_IsMadeWhereItIsWanted_AndHasTheBitsOfTheHost()
    {
        using var scope = NewDisposeScope();
        foreach (var shape in new long[][] { [5, 1], [5, 2], [3, 3, 7], [2, 1, 8, 8] })
            foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
            {
                var draws = new TensorDraws(9, NoiseStream.Step, 17, shape, type, CPU);
                var launches = DeviceKernels.Launches;
                var (one, two) = (draws.Normal(4), draws.Normal(5));
                Assert.Equal(launches, DeviceKernels.Launches); // nothing was made yet
                var sum = (2 * one - 0.5 * two).Value; // two draws inside one pass
                Assert.Equal(launches + 1, DeviceKernels.Launches);
                var product = one.Value * two.Value; // an operation of torch makes them
                Assert.Equal(launches + 3, DeviceKernels.Launches);
                _ = one.Value;
                Assert.Equal(launches + 3, DeviceKernels.Launches); // and they stay made
                DeviceForms.InProgramMemory = null;
                var (first, second) = (draws.Normal(4), draws.Normal(5));
                AssertSame(one.Value, first.Value);
                AssertSame(sum, (2 * first - 0.5 * second).Value);
                AssertSame(product, first.Value * second.Value);
                DeviceForms.InProgramMemory = HostDevice.Kernels;
            }
    }

    [Fact]
    [NoTensorLeaks]
    public void Noise_InAFormThatIsNotFused_IsMadeFirst()
    {
        using var scope = NewDisposeScope();
        var draws = new TensorDraws(9, NoiseStream.Step, 0, [3, 2], ScalarType.Float64, CPU);
        var turned = arange(6, dtype: ScalarType.Float64).reshape(2, 3).t(); // not contiguous: plain operations of torch
        var sum = (new TensorState(turned) + 2 * draws.Normal(1)).Value;
        var expected = new double[6];
        NormalNoise.Fill(expected, 9, NoiseStream.Step, 1, 0, 2);
        for (var i = 0; i < 6; i++) Assert.Equal(turned[i / 2, i % 2].item<double>() + 2 * expected[i], sum[i / 2, i % 2].item<double>(), 1e-15);
    }

    [Fact]
    [NoTensorLeaks]
    public void NonFinite_OnADevice_IsLookedForEvery64MovesAndAtTheEnd()
    {
        foreach (var (steps, bad, seen) in new[] { (12, 5, 11), (200, 5, 63), (200, 64, 127), (200, 199, 199) })
        {
            using var scope = NewDisposeScope();
            using var gradients = no_grad();
            var grid = TimeGrid.Create(new VariancePreserving(new LinearSchedule(0.1, 20)), new UniformTime(), steps, 0.99, 1e-3);
            var noise = new IndependentNoise<TensorState, TensorDraws>(new TensorDraws(1, NoiseStream.Step, 0, [4, 2], ScalarType.Float32, CPU), 1);
            var result = Sampler.Run(
                new Ddim(), Walk.Straight(grid), new TensorState(ones(4, 2)), new Breaking(bad, new int[1]), noise, new RunOptions<TensorState> { Throw = false });
            Assert.Equal(RunStatus.NonFinite, result.Status);
            Assert.Equal((seen, 3), (result.Failure!.Move, (int)result.Failure.Sample));
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void AnswersInBfloat16_OnADevice_AreWidenedByThePassThatTakesThem()
    {
        using var network = new MlpConfig { Width = 16, Depth = 1 }.Build();
        using (no_grad())
            foreach (var (_, parameter) in network.named_parameters())
            {
                using var normals = new TensorDraws(3, NoiseStream.Probe, 0, [1, parameter.numel()], ScalarType.Float32, CPU).Normal(7).Value;
                using var shaped = normals.reshape(parameter.shape);
                parameter.copy_(shaped);
            }
        network.to(ScalarType.BFloat16);
        foreach (var name in new[] { "ddim", "ddpm", "dpmpp-2m", "heun" })
        {
            float[] Run()
            {
                var request = new SampleRequest { Solver = SolverCatalogue.Parse(name), Grid = Grid, Event = [2], Count = 5, Batch = 5, Seed = 3 };
                using var batch = TensorSampler.Run(request, (_, _) => new NetworkScore(network));
                Assert.Equal(ScalarType.Float32, batch.Samples.dtype);
                return batch.Samples.data<float>().ToArray();
            }
            using (NewDisposeScope())
                Assert.Equal(ScalarType.BFloat16, new NetworkScore(network).Evaluate(new TensorState(ones(4, 2)), Grid.First).Value.dtype);
            Assert.Equal(WithoutKernels(Run), Run());
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void MixedTypes_WithoutKernels_AreWidenedBeforeTheyAreAdded()
    {
        DeviceForms.InProgramMemory = null;
        using var scope = NewDisposeScope();
        var brain = tensor(new[] { 1.0078125f, 3f }).to(ScalarType.BFloat16);
        var sum = (0.3 * new TensorState(brain) + new TensorState(tensor(new[] { 1e-4f, 2f }))).Value;
        Assert.Equal(ScalarType.Float32, sum.dtype);
        Assert.Equal(0.3f * 1.0078125f + 1e-4f, sum[0].item<float>(), 1e-7f); // a product rounded to bfloat16 would be off by 1e-3
    }

    [Fact]
    public void Samples_OutsideTheCounter_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorDraws(1, NoiseStream.Step, NoiseCounter.LargestSample, [2, 2], ScalarType.Float32, CPU).Normal(0));

    [Fact]
    [NoTensorLeaks]
    public void Address_OfATensor_IsThatOfItsMemory()
    {
        using var x = ones(5);
        using var part = x.narrow(0, 2, 2);
        Assert.Equal(TensorMemory.Address(x), DeviceMemory.Address(x));
        Assert.Equal(TensorMemory.Address(x) + 8, DeviceMemory.Address(part));
    }

    private static void AssertSame(Tensor found, Tensor expected)
    {
        Assert.Equal(expected.dtype, found.dtype);
        Assert.Equal(expected.shape, found.shape);
        Assert.Equal(TensorMemory.Elements<byte>(expected).ToArray(), TensorMemory.Elements<byte>(found).ToArray());
    }

    private readonly struct Halving(int[] calls) : IScore<TensorState>
    {
        public Parametrisation Output => Parametrisation.Epsilon;

        public TensorState Evaluate(TensorState x, in Level level)
        {
            calls[0]++;
            return new(x.Value * 0.5);
        }
    }

    private readonly struct Breaking(int from, int[] calls) : IScore<TensorState>
    {
        public Parametrisation Output => Parametrisation.Epsilon;

        public TensorState Evaluate(TensorState x, in Level level)
        {
            var answer = x.Value * 0.5;
            if (calls[0]++ >= from)
            {
                using var row = answer.narrow(0, 3, 1);
                row.fill_(float.NaN);
            }
            return new TensorState(answer);
        }
    }

    /// <summary>The same on the CPU's own way.</summary>
    private static float[] WithoutKernels(Func<float[]> run)
    {
        DeviceForms.InProgramMemory = null;
        try
        {
            return run();
        }
        finally
        {
            DeviceForms.InProgramMemory = HostDevice.Kernels;
        }
    }
}
