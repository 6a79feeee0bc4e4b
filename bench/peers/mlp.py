"""The rivals of mlp: 10,000 points of the plane, 200 Euler-Maruyama steps of the reverse VP-SDE with a network 66-128-128-128-2 for the noise (two coordinates and 64
sinusoidal features of the time, SiLU).

Loops of our own: "plain" as one writes it, the features made once a step and put beside the coordinates; "folded": the columns of the time multiplied out into a bias once a
step, which takes a quarter of the first layer's work away; "folded, in place": every buffer allocated once besides. And score_sde_pytorch's pc_sampler with the plain network.
"""
import math

import torch

import libraries
import mixture
from contest import Rival, serve

POINTS, STEPS, FEATURES, WIDTH = 10_000, 200, 64, 128
ANGULAR = 1000 * 10000 ** (-2 * torch.arange(FEATURES // 2, dtype=torch.float64) / FEATURES)


def features(t):
    """[..., 64] of times [...]."""
    angle = t[..., None].double() * ANGULAR
    return torch.cat([angle.sin(), angle.cos()], -1).float()


torch.manual_seed(1)
NET = torch.nn.Sequential(
    torch.nn.Linear(2 + FEATURES, WIDTH), torch.nn.SiLU(), torch.nn.Linear(WIDTH, WIDTH), torch.nn.SiLU(), torch.nn.Linear(WIDTH, WIDTH), torch.nn.SiLU(),
    torch.nn.Linear(WIDTH, 2)).requires_grad_(False)
LAYERS = [layer for layer in NET if isinstance(layer, torch.nn.Linear)]


def coefficients():
    """t and the factors of x, epsilon and the noise: x' = x + h (beta x / 2 - beta epsilon / sigma) + sqrt(beta h) z."""
    h = (1 - mixture.END) / STEPS
    for i in range(STEPS):
        t = 1 + (mixture.END - 1) * i / STEPS
        b, (_, s) = mixture.beta(t), mixture.alpha_sigma(t)
        yield t, 1 + 0.5 * h * b, -h * b / s, math.sqrt(h * b)


ROWS = list(coefficients())


@torch.inference_mode()
def plain(steps):
    x = torch.randn(POINTS, 2)
    for t, k, g, r in ROWS[:steps]:
        e = NET(torch.cat([x, features(torch.tensor(t)).expand(POINTS, FEATURES)], 1))
        x = k * x + g * e + r * torch.randn_like(x)
    return x


@torch.inference_mode()
def folded(steps):
    x, first = torch.randn(POINTS, 2), LAYERS[0]
    inner, outer = first.weight[:, :2].T.contiguous(), first.weight[:, 2:].contiguous()
    rest = NET[1:]
    for t, k, g, r in ROWS[:steps]:
        e = rest(torch.addmm(first.bias + outer @ features(torch.tensor(t)), x, inner))
        x = k * x + g * e + r * torch.randn_like(x)
    return x


@torch.inference_mode()
def in_place(steps):
    x, first = torch.randn(POINTS, 2), LAYERS[0]
    inner, outer = first.weight[:, :2].T.contiguous(), first.weight[:, 2:].contiguous()
    a, b, e, z = torch.empty(POINTS, WIDTH), torch.empty(POINTS, WIDTH), torch.empty(POINTS, 2), torch.empty(POINTS, 2)
    middle = [(layer.bias, layer.weight.T) for layer in LAYERS[1:3]]
    for t, k, g, r in ROWS[:steps]:
        torch.addmm(first.bias + outer @ features(torch.tensor(t)), x, inner, out=a)
        torch.nn.functional.silu(a, inplace=True)
        for bias, weight in middle:
            torch.addmm(bias, a, weight, out=b)
            torch.nn.functional.silu(b, inplace=True)
            a, b = b, a
        torch.addmm(LAYERS[3].bias, a, LAYERS[3].weight.T, out=e)
        z.normal_()
        x.mul_(k).add_(e, alpha=g).add_(z, alpha=r)
    return x


def loop(function):
    def run(repeats):
        for _ in range(repeats):
            x = function(STEPS)
        return mixture.spread(x)
    return Rival(run, lambda: function(25) is None or None)


def score_sde():
    peer = libraries.score_sde()

    class Model(torch.nn.Module):
        def forward(self, x, labels):  # labels are 999 t; pictures of one pixel
            return NET(torch.cat([x[:, :, 0, 0], features(labels / 999)], 1))[:, :, None, None]

    sampler = {n: peer.sampling.get_pc_sampler(
        peer.sde_lib.VPSDE(mixture.BETA0, mixture.BETA1, n), (POINTS, 2, 1, 1), peer.sampling.EulerMaruyamaPredictor, peer.sampling.NoneCorrector, lambda x: x,
        snr=0.1, continuous=True, denoise=False, eps=mixture.END, device='cpu') for n in (STEPS, 25)}

    def run(repeats):
        for _ in range(repeats):
            x, _calls = sampler[STEPS](Model())
        return mixture.spread(x[:, :, 0, 0])
    return Rival(run, lambda: sampler[25](Model()) is None or None)


RIVALS = {'plain': loop(plain), 'folded': loop(folded), 'folded, in place': loop(in_place)}
if libraries.has('score_sde_pytorch'):
    RIVALS['score_sde'] = score_sde()
serve(RIVALS)
