using ScoreSde.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

[NoTensorLeaks]
public class NetworkTests
{
    [Fact]
    public void Network_TrainedOnOneBatch_ReducesItsLoss()
    {
        manual_seed(7);
        using var net = new Block();
        using var optimizer = optim.Adam(net.parameters(), lr: 1e-2);
        using var x = randn(4, 2, 8, 8);
        using var t = arange(4, dtype: ScalarType.Int64);
        double Loss()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(net.call(x, t), x * 0.5);
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }

        double first = Loss();
        double last = first;
        for (int step = 0; step < 60; step++) last = Loss();
        Assert.True(last < first / 4, $"{first} -> {last}");
        Assert.Equal(10, net.parameters().Count());
        Assert.Contains("time.weight", net.state_dict().Keys);
    }

    private sealed class Block : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Conv2d enter = nn.Conv2d(2, 8, 3, padding: 1);
        private readonly GroupNorm norm = nn.GroupNorm(4, 8);
        private readonly Linear attend = nn.Linear(8, 24);
        private readonly Embedding time = nn.Embedding(10, 8);
        private readonly ModuleList<nn.Module<Tensor, Tensor>> leave =
            new(nn.SiLU(), nn.Conv2d(8, 2, 3, padding: 1));
        private readonly Parameter gain = nn.Parameter(ones(1));

        public Block()
            : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input1, Tensor input2)
        {
            var h = nn.functional.silu(norm.call(enter.call(input1))) + time.call(input2)[.., .., TensorIndex.None, TensorIndex.None];
            long[] shape = h.shape;
            var tokens = h.flatten(2).transpose(1, 2);
            var parts = attend.call(tokens).chunk(3, -1);
            var weights = parts[0].bmm(parts[1].transpose(1, 2)).mul(1 / Math.Sqrt(shape[1])).softmax(-1);
            h = h + weights.bmm(parts[2]).transpose(1, 2).reshape(shape);
            h = nn.functional.interpolate(nn.functional.avg_pool2d(h, 2), scale_factor: [2]) + h;
            foreach (var layer in leave) h = layer.call(h);
            return h * gain;
        }
    }
}
