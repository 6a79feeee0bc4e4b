using ScoreSde.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

[NoTensorLeaks]
public class ModuleTests
{
    [Fact]
    public void Components_RegisteredByField_AppearUnderTheirNames()
    {
        using var net = new Net();
        Assert.Equal(
            ["gain", "first.weight", "first.bias", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "renamed.weight"],
            net.named_parameters().Select(named => named.name));
        Assert.Equal(["mean"], net.named_buffers().Select(named => named.name));
        Assert.Equal(["first", "blocks", "renamed", "none"], net.named_children().Select(named => named.name));
        Assert.Equal(["first", "blocks", "blocks.0", "blocks.1", "renamed", "none"], net.named_modules().Select(named => named.name));
        Assert.Equal(8, net.state_dict().Count);
        Assert.True(net.has_parameter("blocks.1.weight"));
        Assert.Null(net.get_parameter("blocks.2.weight"));
        Assert.Equal([3L, 2], net.get_parameter("first.weight")!.shape);
        Assert.Equal("Net", net.GetName());
    }

    [Fact]
    public void StateDict_LoadedIntoAnother_IsBitForBitTheSame()
    {
        using var from = new Net();
        using var to = new Net();
        var (missing, unexpected) = to.load_state_dict(from.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        foreach (var (name, tensor) in from.state_dict())
            Assert.Equal(tensor.bytes.ToArray(), to.state_dict()[name].bytes.ToArray());
    }

    [Fact]
    public void LoadStateDict_KeysOrShapesDoNotFit_IsRefusedByName()
    {
        using var net = new Net();
        using var scope = NewDisposeScope();
        var state = net.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach());
        state.Remove("gain");
        state.Add("extra", ones(1));
        string message = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state)).Message;
        Assert.Contains("gain", message, StringComparison.Ordinal);
        Assert.Contains("extra", message, StringComparison.Ordinal);
        var (missing, unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["gain"], missing);
        Assert.Equal(["extra"], unexpected);
        state["first.bias"] = ones(4);
        Assert.Contains("first.bias", Assert.Throws<ArgumentException>(() => net.load_state_dict(state, strict: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void To_AnotherType_KeepsTheObjectsAndConvertsFloatingPointOnly()
    {
        using var net = new Net();
        var weight = net.get_parameter("first.weight")!;
        Assert.Same(net, net.to(ScalarType.Float64));
        Assert.Same(weight, net.get_parameter("first.weight"));
        Assert.Equal(ScalarType.Float64, weight.dtype);
        Assert.Equal(ScalarType.Int64, net.get_buffer("mean")!.dtype);
        Assert.True(weight.requires_grad && weight.is_leaf);
        using var optimizer = optim.Adam(net.parameters());
        using (NewDisposeScope())
        {
            net.call(ones(1, 2, ScalarType.Float64)).sum().backward();
            optimizer.step();
        }

        net.@float();
        Assert.Equal(ScalarType.Float32, weight.dtype);
    }

    [Fact]
    public void TrainAndEval_ReachEveryDescendant()
    {
        using var net = new Net();
        net.eval();
        Assert.All(net.modules().Append(net), module => Assert.False(module.training));
        net.train();
        Assert.All(net.modules().Append(net), module => Assert.True(module.training));
        int visited = 0;
        net.apply(_ => visited++);
        Assert.Equal(7, visited);
    }

    [Fact]
    public void Dropout_EvaluatedAndTrained_KeepsOrZeroes()
    {
        using var dropout = nn.Dropout(0.5);
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = ones(1000);
        float zeros = (dropout.call(x) == 0).sum().ToSingle();
        // binomial(1000, 1/2): a deviation of 158 = 10 sigma has probability below 1e-20
        Assert.InRange(zeros, 342, 658);
        dropout.eval();
        Assert.True(dropout.call(x).allclose(x));
    }

    [Fact]
    public void Dispose_Module_DisposesParametersBuffersAndChildren()
    {
        var net = new Net();
        var all = net.state_dict().Values.ToArray();
        net.Dispose();
        Assert.All(all, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void Parameter_TakesOverItsTensor()
    {
        using var scope = NewDisposeScope();
        var data = ones(3);
        var parameter = nn.Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(scope.Contains(parameter));
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Layers_MadeInsideAScope_OutliveIt()
    {
        Linear layer;
        using (NewDisposeScope()) layer = nn.Linear(2, 2);
        using var input = ones(1, 2);
        using var output = layer.call(input);
        Assert.Equal([1L, 2], output.shape);
        layer.Dispose();
    }

    [Fact]
    public void Sequential_DisposesWhatPassesThrough()
    {
        using var net = nn.Sequential(("a", nn.Linear(2, 3)), ("b", nn.SiLU()), ("c", nn.Linear(3, 1)));
        Assert.Equal(["a.weight", "a.bias", "c.weight", "c.bias"], net.named_parameters().Select(named => named.name));
        using var quiet = no_grad();
        using var x = ones(4, 2);
        using (var y = net.call(x)) Assert.Equal([4L, 1], y.shape);
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void Initializations_StayWithinTheirBounds()
    {
        manual_seed(2);
        using var weight = empty(50, 40);
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        using (NewDisposeScope()) Assert.True(weight.abs().max().ToSingle() <= 1 / Math.Sqrt(40));
        nn.init.orthogonal_(weight);
        using (NewDisposeScope()) Assert.True(weight.t().mm(weight).allclose(eye(40), atol: 1e-5));
        nn.init.trunc_normal_(weight, std: 2, a: -1, b: 1);
        using (NewDisposeScope()) Assert.True(weight.abs().max().ToSingle() <= 1);
        nn.init.constant_(weight, 3);
        using (NewDisposeScope()) Assert.Equal(6000f, weight.sum().ToSingle());
        using var window = ones(50, 40, 3, 3);
        Assert.Equal((40L * 9, 50L * 9), nn.init.CalculateFanInAndFanOut(window));
    }

    [Fact]
    public void Embedding_RowsAndPadding()
    {
        using var table = nn.Embedding(5, 3, padding_idx: 1);
        using var scope = NewDisposeScope();
        var rows = table.call(tensor(new long[] { 1, 4 }));
        Assert.Equal([2L, 3], rows.shape);
        Assert.Equal(0f, rows[0].abs().sum().ToSingle());
        Assert.True(rows[1].allclose(table.weight[4]));
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(2, 3);
        private readonly ModuleList<Linear> blocks = nn.ModuleList(nn.Linear(3, 3), nn.Linear(3, 3, hasBias: false));

        [ComponentName(Name = "renamed")]
        private readonly Linear last = nn.Linear(3, 1, hasBias: false);

        private readonly Identity none = nn.Identity();
        private readonly Parameter gain = nn.Parameter(ones(1));
        private readonly Tensor mean = zeros(2, ScalarType.Int64);

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var h = first.call(input - mean);
            foreach (var block in blocks) h = block.call(h).relu();
            return scope.MoveToOuter(none.call(last.call(h)) * gain);
        }
    }
}
