using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>SiLU of each element.</summary>
public sealed class SiLU : torch.nn.Module<Tensor, Tensor>
{
    internal SiLU(bool inplace)
        : base(nameof(SiLU)) => this.inplace = inplace;

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => torch.nn.functional.silu(tensor, inplace);
}

/// <summary>ReLU of each element.</summary>
public sealed class ReLU : torch.nn.Module<Tensor, Tensor>
{
    internal ReLU(bool inplace)
        : base(nameof(ReLU)) => this.inplace = inplace;

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => torch.nn.functional.relu(tensor, inplace);
}

/// <summary>Tanh of each element.</summary>
public sealed class Tanh : torch.nn.Module<Tensor, Tensor>
{
    internal Tanh(bool inplace)
        : base(nameof(Tanh)) => this.inplace = inplace;

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => torch.nn.functional.tanh(tensor, inplace);
}

/// <summary>Sigmoid of each element.</summary>
public sealed class Sigmoid : torch.nn.Module<Tensor, Tensor>
{
    internal Sigmoid(bool inplace)
        : base(nameof(Sigmoid)) => this.inplace = inplace;

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => torch.nn.functional.sigmoid(tensor, inplace);
}

/// <summary>Gives its input back.</summary>
public sealed class Identity : torch.nn.Module<Tensor, Tensor>
{
    internal Identity()
        : base(nameof(Identity))
    {
    }

    public override Tensor forward(Tensor tensor) => tensor.alias();
}

/// <summary>GELU of each element.</summary>
public sealed class GELU : torch.nn.Module<Tensor, Tensor>
{
    internal GELU(Approximate approximate, bool inplace)
        : base(nameof(GELU)) => (this.approximate, this.inplace) = (approximate, inplace);

    public enum Approximate
    {
        none = 0,
        tanh = 1,
    }

    public Approximate approximate { get; set; }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => torch.nn.functional.gelu(tensor, approximate, inplace);
}
