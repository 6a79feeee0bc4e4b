"""Writes reference.json: what PyTorch's Python interface computes for inputs made from a formula, to compare the layer's calls with.

Run with the PyTorch of the same libtorch:  python3 reference.py > reference.json   (written with 1.13.0, float64, one thread)
"""
import json
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def values(*shape, shift=0.0):
    """cos(0.37 k + shift) for k = 0, 1, ... in row-major order."""
    count = 1
    for size in shape:
        count *= size
    return torch.cos(0.37 * torch.arange(count, dtype=torch.float64) + shift).reshape(shape)


def run(optimizer_of, steps=5):
    """Five steps of a quartic with two parameters; every value after every step."""
    a = values(2, 3).clone().requires_grad_(True)
    b = values(4, shift=1.0).clone().requires_grad_(True)
    optimizer = optimizer_of([a, b])
    trace = []
    for step in range(steps):
        optimizer.zero_grad()
        ((a ** 4).sum() + (b * values(4, shift=float(step))).pow(2).sum()).backward()
        optimizer.step()
        trace.append(a.detach().flatten().tolist() + b.detach().tolist())
    return trace


optimizers = {
    "adam": run(lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.95), eps=1e-6)),
    "adam_decay": run(lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1)),
    "adam_amsgrad": run(lambda p: torch.optim.Adam(p, lr=0.1, amsgrad=True)),
    "adam_maximize": run(lambda p: torch.optim.Adam(p, lr=0.01, maximize=True)),
    "adamw": run(lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1)),
    "sgd": run(lambda p: torch.optim.SGD(p, lr=0.01)),
    "sgd_momentum": run(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, dampening=0.1, weight_decay=0.1)),
    "sgd_nesterov": run(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True)),
}

x, w, bias = values(2, 4, 5, 6), values(6, 4, 3, 3, shift=0.5), values(6, shift=0.2)
q, k, v = values(2, 3, 4, 8), values(2, 3, 5, 8, shift=1.0), values(2, 3, 5, 8, shift=2.0)
logits, classes = values(3, 5), torch.tensor([0, 4, 2])
causal = torch.ones(4, 5).tril().bool()
functions = {
    "conv2d": F.conv2d(x, w, bias, stride=2, padding=1),
    "conv2d_dilated": F.conv2d(x, values(4, 2, 3, 3), None, padding=2, dilation=2, groups=2),
    "conv_transpose2d": F.conv_transpose2d(x, values(4, 3, 3, 3), None, stride=2, padding=1, output_padding=1),
    "linear": F.linear(x, values(3, 6), values(3)),
    "group_norm": F.group_norm(x, 2, values(4), values(4, shift=1.0), 1e-4),
    "layer_norm": F.layer_norm(x, (5, 6), values(5, 6), values(5, 6, shift=1.0), 1e-4),
    "silu": F.silu(x),
    "gelu": F.gelu(x),
    "gelu_tanh": 0.5 * x * (1 + torch.tanh((2 / torch.pi) ** 0.5 * (x + 0.044715 * x ** 3))),
    "softplus": F.softplus(x, 2.0, 1.0),
    "softmax": F.softmax(x, 1),
    "log_softmax": F.log_softmax(x, -1),
    "logsumexp": torch.logsumexp(x, 2),
    "mse_loss": F.mse_loss(x, x.flip(0)),
    "l1_loss_sum": F.l1_loss(x, x.flip(0), reduction="sum"),
    "huber_loss": F.huber_loss(x, x.flip(0), delta=0.3),
    "cross_entropy": F.cross_entropy(logits, classes, label_smoothing=0.1),
    "attention": torch.softmax(q @ k.transpose(-2, -1) / 8 ** 0.5, -1) @ v,
    "attention_masked": torch.softmax((q @ k.transpose(-2, -1) / 8 ** 0.5).masked_fill(~causal, float("-inf")), -1) @ v,
    "interpolate_nearest": F.interpolate(x, scale_factor=2.0),
    "interpolate_bilinear": F.interpolate(x, size=(7, 4), mode="bilinear", align_corners=False),
    "interpolate_bicubic": F.interpolate(x, size=(3, 9), mode="bicubic", align_corners=True),
    "interpolate_area": F.interpolate(x, size=(2, 3), mode="area"),
    "avg_pool2d": F.avg_pool2d(x, 2, 1, 1),
    "max_pool2d": F.max_pool2d(x, 2),
    "pad_reflect": F.pad(x, (1, 2, 2, 1), "reflect"),
    "pad_circular": F.pad(x, (1, 2, 2, 1), "circular"),
    "pad_constant": F.pad(x, (1, 0, 0, 2), value=0.7),
    "normalize": F.normalize(x),
    "einsum": torch.einsum("bchw,bdhw->bcd", x, x),
    "baddbmm": torch.baddbmm(values(2, 3, 4), values(2, 3, 5), values(2, 5, 4), beta=0.5, alpha=2.0),
    "cdist": torch.cdist(values(3, 4), values(5, 4, shift=1.0)),
    "std": x.std((2, 3), unbiased=False),
    "var": x.var((1,), unbiased=True, keepdim=True),
    "norm": x.norm(p=3, dim=1),
    "quantile": torch.quantile(x.flatten(), torch.tensor([0.1, 0.5, 0.99])),
    "cumsum": x.cumsum(1),
    "lerp": torch.lerp(x, x.flip(1), 0.3),
    "addcdiv": torch.addcdiv(x, x.flip(0), x.abs() + 1, value=0.25),
    "round": x.round(decimals=2),
    "erfinv": torch.erfinv(0.9 * x),
    "solve": torch.linalg.solve(values(3, 3) + 2 * torch.eye(3), values(3, 2)),
    "eigvalsh": torch.linalg.eigvalsh(values(4, 4) + values(4, 4).T),
    "det": torch.linalg.det(values(3, 3) + torch.eye(3)),
    "unfold": values(10).unfold(0, 4, 3),
    "roll": values(3, 4).roll(1, 1),
}
print(json.dumps({
    "optimizers": optimizers,
    "functions": {name: {"shape": list(t.shape), "values": t.flatten().tolist()} for name, t in functions.items()},
}))
