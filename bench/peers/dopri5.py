"""The rivals of dopri5: the probability flow of the ring from t = 1 to 1e-3 by Dormand and Prince's pair, rtol = atol = 1e-5, 10,000 particles. All of them take one step size for
the whole batch, by the root mean square of all errors.

Two loops of our own, as in em_ring.py ("plain" and "in place, transposed"), torchdiffeq in float32 and float64, and score_sde_pytorch's sampler, which is scipy's RK45.
"""
import math

import torch

import libraries
import mixture
from contest import Rival, serve

PARTICLES, TOLERANCE = 10_000, 1e-5
MEANS, WEIGHTS = mixture.ring()
A = [[1 / 5], [3 / 40, 9 / 40], [44 / 45, -56 / 15, 32 / 9], [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
     [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656], [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84]]
C = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
E = [35 / 384 - 5179 / 57600, 0, 500 / 1113 - 7571 / 16695, 125 / 192 - 393 / 640, -2187 / 6784 + 92097 / 339200, 11 / 84 - 187 / 2100, -1 / 40]


class Plain:
    def __init__(self):
        self.score = mixture.Score(MEANS, WEIGHTS)
        self.x = torch.randn(PARTICLES, 2)

    def slope(self, t, x, out=None):
        a, s = mixture.alpha_sigma(t)
        return -0.5 * mixture.beta(t) * (x + self.score(x, a, s))

    def combine(self, x, slopes, weights, out=None):
        for k, w in zip(slopes, weights):
            if w:
                x = x + w * k
        return x

    def error(self, x, y, slopes, weights):
        e = self.combine(0, slopes, weights)
        return ((e / (TOLERANCE + TOLERANCE * torch.maximum(x.abs(), y.abs()))) ** 2).mean().sqrt().item()

    result = property(lambda self: self.x)


class Transposed(Plain):
    def __init__(self):
        self.x = torch.randn(2, PARTICLES)
        self.p, self.s, self.m = torch.empty(8, PARTICLES), torch.empty(1, PARTICLES), torch.empty(2, PARTICLES)
        self.columns, self.squares, self.means = MEANS.float(), -0.5 * (MEANS * MEANS).sum(1, keepdim=True).float(), MEANS.T.float().contiguous()
        self.e, self.w = torch.empty_like(self.x), torch.empty_like(self.x)

    def slope(self, t, x, out=None):
        (a, s), b = mixture.alpha_sigma(t), mixture.beta(t)
        v = a * a * mixture.VARIANCE + s * s
        torch.addmm(self.squares, self.columns, x, beta=a * a / v, alpha=a / v, out=self.p)
        torch.amax(self.p, 0, keepdim=True, out=self.s)
        self.p.sub_(self.s).exp_()
        torch.sum(self.p, 0, keepdim=True, out=self.s)
        torch.mm(self.means, self.p, out=self.m)
        out = torch.empty_like(x) if out is None else out
        return torch.mul(x, -0.5 * b * (1 - 1 / v), out=out).addcdiv_(self.m, self.s, value=-0.5 * b * a / v)

    def combine(self, x, slopes, weights, out=None):
        out = torch.empty_like(self.x) if out is None else out
        out.zero_() if isinstance(x, int) else out.copy_(x)
        for k, w in zip(slopes, weights):
            if w:
                out.add_(k, alpha=w)
        return out

    def error(self, x, y, slopes, weights):
        e = self.combine(0, slopes, weights, self.e)
        torch.maximum(torch.abs(x, out=self.w), y.abs(), out=self.w)
        return e.div_(self.w.mul_(TOLERANCE).add_(TOLERANCE)).norm().item() / math.sqrt(e.numel())

    result = property(lambda self: self.x.T)


def dormand_prince(way):
    """Hairer, Norsett and Wanner, Solving ODEs I, II.4: first step by its size there, then h (0.9 / error^(1/5)) within [0.2, 10]."""
    t, end, x = 1.0, mixture.END, way.x
    k = way.slope(t, x)
    scale = TOLERANCE + TOLERANCE * x.abs()
    d0, d1 = ((x / scale) ** 2).mean().sqrt().item(), ((k / scale) ** 2).mean().sqrt().item()
    h0 = 0.01 * d0 / d1
    d2 = (((way.slope(t - h0, x - h0 * k) - k) / scale) ** 2).mean().sqrt().item() / h0
    h = -min(100 * h0, (0.01 / max(d1, d2)) ** 0.2)
    evaluations, buffers = 2, [torch.empty_like(x) for _ in range(7)]
    y = torch.empty_like(x)
    while t > end:
        h = max(h, end - t)
        slopes = [k]
        for i, (row, c) in enumerate(zip(A, C)):
            y = way.combine(x, slopes, [h * a for a in row], y)
            slopes.append(way.slope(t + c * h, y, buffers[i + 1]))
        evaluations += 6
        error = way.error(x, y, slopes, [h * e for e in E])
        if error <= 1:
            t = end if h == end - t else t + h
            x, y = y, x
            buffers[6], buffers[0] = buffers[0], slopes[6]  # the last slope is the next step's first
            k = slopes[6]
        h *= min(10, max(0.2 if error > 1 else 1, 0.9 / error ** 0.2)) if error > 0 else 10
    way.x = x
    return evaluations


def own(kind):
    def run(repeats):
        for _ in range(repeats):
            way = kind()
            evaluations = dormand_prince(way)
        return dict(mixture.spread(way.result), evaluations=evaluations)

    return Rival(run)


def torchdiffeq(dtype):
    score, odeint = mixture.Score(MEANS, WEIGHTS, dtype), libraries.torchdiffeq().odeint
    calls = [0]

    def slope(t, x):
        calls[0] += 1
        t = float(t)
        a, s = mixture.alpha_sigma(t)
        return -0.5 * mixture.beta(t) * (x + score(x, a, s))

    def run(repeats):
        for _ in range(repeats):
            calls[0] = 0
            times = torch.tensor([1.0, mixture.END], dtype=dtype)
            x = odeint(slope, torch.randn(PARTICLES, 2, dtype=dtype), times, rtol=TOLERANCE, atol=TOLERANCE, method='dopri5', options=dict(step_t=times[-1:]))[-1]
        return dict(mixture.spread(x), evaluations=calls[0])

    return Rival(run)


def score_sde():
    library, score = libraries.score_sde(), mixture.Score(MEANS, WEIGHTS)

    sample = library.sampling.get_ode_sampler(
        library.sde_lib.VPSDE(N=1000), (PARTICLES, 2, 1, 1), lambda x: x, eps=mixture.END, rtol=TOLERANCE, atol=TOLERANCE, device='cpu')

    def run(repeats):
        for _ in range(repeats):
            x, evaluations = sample(mixture.Network(score))
        return dict(mixture.spread(x.reshape(-1, 2)), evaluations=int(evaluations))

    return Rival(run)


torch.set_grad_enabled(False)
rivals = {'plain loop': own(Plain), 'loop in place, transposed': own(Transposed)}
if libraries.has('torchdiffeq'):
    rivals['torchdiffeq float32'], rivals['torchdiffeq float64'] = torchdiffeq(torch.float32), torchdiffeq(torch.float64)
if libraries.has('score_sde_pytorch'):
    rivals['score_sde_pytorch RK45'] = score_sde()
serve(rivals)
