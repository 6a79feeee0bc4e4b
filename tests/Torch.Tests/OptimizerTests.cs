using ScoreSde.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

[NoTensorLeaks]
public class OptimizerTests
{
    // The update's operations are PyTorch's own, in their order; five steps add up five roundings of each.
    private const double Rounding = 1e-14;

    [Fact]
    public void Adam_FiveSteps_FollowsPyTorch()
    {
        Follows("adam", p => optim.Adam(p, 0.01, 0.8, 0.95, 1e-6));
        Follows("adam_decay", p => optim.Adam(p, 0.01, weight_decay: 0.1));
        Follows("adam_amsgrad", p => optim.Adam(p, 0.1, amsgrad: true));
        Follows("adam_maximize", p => optim.Adam(p, 0.01, maximize: true));
    }

    [Fact]
    public void AdamW_FiveSteps_FollowsPyTorch() => Follows("adamw", p => optim.AdamW(p, 0.01, weight_decay: 0.1));

    [Fact]
    public void Sgd_FiveSteps_FollowsPyTorch()
    {
        Follows("sgd", p => optim.SGD(p, 0.01));
        Follows("sgd_momentum", p => optim.SGD(p, 0.01, 0.9, 0.1, 0.1));
        Follows("sgd_nesterov", p => optim.SGD(p, 0.01, 0.9, nesterov: true));
    }

    [Fact]
    public void Adam_SavedAndLoadedHalfWay_ContinuesBitForBit()
    {
        using var through = new Problem();
        using var whole = optim.Adam(through.Parameters, 0.01, amsgrad: true);
        for (int step = 0; step < 4; step++) through.Step(whole, step);

        using var first = new Problem();
        using var half = optim.Adam(first.Parameters, 0.5, amsgrad: true);
        half.ParamGroups.Single().LearningRate = 0.01;
        for (int step = 0; step < 2; step++) first.Step(half, step);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) half.save_state_dict(writer);

        using var second = new Problem();
        second.CopyFrom(first);
        using var rest = optim.Adam(second.Parameters, 0.7, amsgrad: true);
        stream.Position = 0;
        using (var reader = new BinaryReader(stream)) rest.load_state_dict(reader);
        Assert.Equal(2, ((Adam.State)rest.state_dict().State[0]).step);
        for (int step = 2; step < 4; step++) second.Step(rest, step);
        Assert.Equal(through.Values(), second.Values());
    }

    [Fact]
    public void Adam_StateFields_CanBeReadAndSet()
    {
        using var one = new Problem();
        using var source = optim.Adam(one.Parameters, 0.01);
        for (int step = 0; step < 3; step++) one.Step(source, step);
        using var two = new Problem();
        two.CopyFrom(one);
        using var target = optim.Adam(two.Parameters, 0.01);
        foreach (var (from, to) in source.state_dict().State.Zip(target.state_dict().State))
        {
            var (have, want) = ((Adam.State)to, (Adam.State)from);
            have.step = want.step;
            have.exp_avg.copy_(want.exp_avg);
            have.exp_avg_sq.copy_(want.exp_avg_sq);
        }

        one.Step(source, 3);
        two.Step(target, 3);
        Assert.Equal(one.Values(), two.Values());
    }

    [Fact]
    public void Step_ParameterWithoutGradient_IsLeftAlone()
    {
        using var used = nn.Parameter(ones(2));
        using var unused = nn.Parameter(ones(2));
        using var optimizer = optim.Adam([used, unused], 0.1);
        using (NewDisposeScope())
        {
            used.sum().backward();
            optimizer.step();
        }

        Assert.Equal(0.9f, used.data<float>()[0], 1e-6f);
        Assert.Equal(1f, unused.data<float>()[0]);
        Assert.Equal([1L, 0L], optimizer.state_dict().State.Cast<Adam.State>().Select(state => state.step));
    }

    [Fact]
    public void ZeroGrad_Optimizer_ZeroesWhereModuleForgets()
    {
        using var parameter = nn.Parameter(ones(2));
        using var optimizer = optim.SGD([parameter], 0.1);
        using var scope = NewDisposeScope();
        parameter.sum().backward();
        optimizer.zero_grad();
        Assert.Equal([0f, 0f], parameter.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Schedulers_TenSteps_FollowTheirFormulas()
    {
        using var parameter = nn.Parameter(ones(1));
        using var optimizer = optim.SGD([parameter], 0.4);
        double Rate() => optimizer.ParamGroups.Single().LearningRate;
        var lambda = optim.lr_scheduler.LambdaLR(optimizer, step => 1.0 / (1 + step));
        for (int step = 1; step <= 10; step++)
        {
            lambda.step();
            Assert.Equal(0.4 / (1 + step), Rate(), 1e-15);
        }

        using var other = optim.SGD([parameter], 0.4);
        var steps = optim.lr_scheduler.StepLR(other, 3, 0.5);
        for (int step = 1; step <= 10; step++) steps.step();
        Assert.Equal(0.4 / 8, other.ParamGroups.Single().LearningRate, 1e-15);

        using var third = optim.SGD([parameter], 0.4);
        var cosine = optim.lr_scheduler.CosineAnnealingLR(third, 10, 0.1);
        for (int step = 1; step <= 5; step++) cosine.step();
        Assert.Equal(0.25, cosine.get_last_lr().Single(), 1e-15);
    }

    [Fact]
    public void ClipGradNorm_AboveTheLimit_ScalesAllGradientsTogether()
    {
        using var a = nn.Parameter(ones(2));
        using var b = nn.Parameter(ones(1));
        using var scope = NewDisposeScope();
        (a.sum() * 2 + b.sum() * 1).backward();
        Assert.Equal(3, nn.utils.clip_grad_norm_([a, b], 1.5), 1e-6);
        // libtorch divides by the norm + 1e-6, in single precision.
        Assert.Equal(1f, a.grad!.data<float>()[0], 1e-6f);
        Assert.Equal(0.5f, b.grad!.data<float>()[0], 1e-6f);
    }

    private static void Follows(string name, Func<IEnumerable<Parameter>, optim.Optimizer> make)
    {
        using var problem = new Problem();
        using var optimizer = make(problem.Parameters);
        double[][] expected = Reference.Optimizer(name);
        for (int step = 0; step < expected.Length; step++)
        {
            problem.Step(optimizer, step);
            double[] values = problem.Values();
            for (int i = 0; i < values.Length; i++)
                Assert.True(Math.Abs(values[i] - expected[step][i]) <= Rounding, $"{name}, step {step}, value {i}: {values[i]:r}, not {expected[step][i]:r}");
        }
    }

    /// <summary>The problem of Data/reference.py.</summary>
    private sealed class Problem : IDisposable
    {
        private readonly Parameter a = nn.Parameter(Reference.Values([2, 3]));
        private readonly Parameter b = nn.Parameter(Reference.Values([4], 1));

        public Parameter[] Parameters => [a, b];

        public void Step(optim.Optimizer optimizer, int step)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (a.pow(4).sum() + (b * Reference.Values([4], step)).pow(2).sum()).backward();
            optimizer.step();
        }

        public double[] Values() => [.. a.data<double>(), .. b.data<double>()];

        public void CopyFrom(Problem other)
        {
            using var quiet = no_grad();
            a.copy_(other.a);
            b.copy_(other.b);
        }

        public void Dispose()
        {
            a.Dispose();
            b.Dispose();
        }
    }
}
