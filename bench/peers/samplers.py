"""The rivals of ddim, dpmpp-2m, unipc and edm-heun: 100,000 particles, 20 evaluations of the exact score on the ring of eight (mixture.py), steps uniform in
lambda = log(alpha/sigma) from t = 1 to 1e-3.

usage: samplers.py ddim | dpmpp-2m | unipc | edm-heun

Three loops of our own, as in em_ring.py: "plain", "in place" and "in place, transposed"; the last two are in blocks of the size that is fastest. k-diffusion and diffusers
take their own grids with as many evaluations.
"""
import math
import sys

import torch

import libraries
import mixture
from contest import Rival, serve

NAME, PARTICLES, EVALUATIONS = sys.argv[1], 100_000, 20
STEPS = EVALUATIONS // (2 if NAME == 'edm-heun' else 1)
BLOCKS = (2048, 4096, 8192, 16384, 50_000, PARTICLES)
MEANS, WEIGHTS = mixture.ring()
SCORE = mixture.Score(MEANS, WEIGHTS)


class Level:
    """One level: alpha, sigma, lambda, and x_0(x) = keep x + gain sum_k p_k m_k with p the softmax of a x + c."""

    def __init__(self, t):
        self.alpha, self.sigma = mixture.alpha_sigma(t)
        self.lam = math.log(self.alpha / self.sigma)
        self.v = self.alpha ** 2 * mixture.VARIANCE + self.sigma ** 2
        self.keep, self.gain = self.alpha * mixture.VARIANCE / self.v, self.sigma ** 2 / self.v
        self.a = (self.alpha / self.v * MEANS).float().contiguous()
        self.c = (-0.5 * self.alpha ** 2 / self.v * (MEANS * MEANS).sum(1, keepdim=True)).float()


def levels(steps):
    first, last = Level(1.0).lam, Level(mixture.END).lam
    return [Level(t) for t in [1.0] + [mixture.time_of(first + (last - first) * i / steps) for i in range(1, steps)] + [mixture.END]]


class Plain:
    """The whole batch, new tensors wherever they are wanted."""

    def __init__(self, particles):
        self.x = torch.randn(particles, 2)

    def data(self, level, x):
        return level.keep * x + level.gain * SCORE.mean(x, level.alpha, level.v)

    scaled = staticmethod(lambda x, k, out=None: x * k)
    add = staticmethod(lambda x, y, k: x + k * y)

    def result(self):
        return self.x


class InPlace:
    """Particles in rows; buffers are taken from a list and given back."""

    def __init__(self, particles):
        self.x = torch.randn(particles, 2)
        self.p, self.q, self.m = torch.empty(particles, 8), torch.empty(particles, 8), torch.empty(particles, 2)
        self.free = [torch.empty_like(self.x) for _ in range(5)]
        self.means = MEANS.float()

    def data(self, level, x):
        torch.addmm(level.c.T, x, level.a.T, out=self.p)
        torch.softmax(self.p, 1, out=self.q)
        torch.mm(self.q, self.means, out=self.m)
        out = self.free.pop()
        return torch.mul(self.m, level.gain, out=out).add_(x, alpha=level.keep)

    def scaled(self, x, k, out=None):
        return x.mul_(k) if out is None else torch.mul(x, k, out=self.free.pop())

    add = staticmethod(lambda x, y, k: x.add_(y, alpha=k))

    def result(self):
        return self.x


class Transposed(InPlace):
    """Coordinates and modes in rows."""

    def __init__(self, particles):
        self.x = torch.randn(2, particles)
        self.p, self.s, self.m = torch.empty(8, particles), torch.empty(1, particles), torch.empty(2, particles)
        self.free = [torch.empty_like(self.x) for _ in range(5)]
        self.means = MEANS.T.float().contiguous()

    def data(self, level, x):
        torch.addmm(level.c, level.a, x, out=self.p)
        torch.amax(self.p, 0, keepdim=True, out=self.s)
        self.p.sub_(self.s).exp_()
        torch.sum(self.p, 0, keepdim=True, out=self.s)
        torch.mm(self.means, self.p, out=self.m)
        out = self.free.pop()
        return torch.mul(x, level.keep, out=out).addcdiv_(self.m, self.s, value=level.gain)

    def result(self):
        return self.x.T


def release(way, *buffers):
    if isinstance(way, InPlace):
        way.free.extend(b for b in buffers if b is not None)


def ddim(way, grid):
    x = way.x
    for t, s in zip(grid, grid[1:]):
        d = way.data(t, x)
        x = way.add(way.scaled(x, s.sigma / t.sigma), d, s.alpha - s.sigma * t.alpha / t.sigma)
        release(way, d)
    way.x = x


def dpmpp_2m(way, grid):
    """Lu et al., 2211.01095, algorithm 2."""
    x, last = way.x, None
    for i, (t, s) in enumerate(zip(grid, grid[1:])):
        d = way.data(t, x)
        h = s.lam - t.lam
        half = 0 if i == 0 else 0.5 * h / (t.lam - grid[i - 1].lam)
        share = -s.alpha * math.expm1(-h)
        x = way.add(way.scaled(x, s.sigma / t.sigma), d, share * (1 + half))
        if i > 0:
            x = way.add(x, last, -share * half)
        release(way, last)
        last = d
    way.x = x


def edm_heun(way, grid):
    """Karras et al., 2206.00364, algorithm 1, written for x = alpha y: epsilon = (x - alpha D)/sigma."""
    x = way.x
    for t, s in zip(grid, grid[1:]):
        scale, h = s.alpha / t.alpha, s.alpha * (s.sigma / s.alpha - t.sigma / t.alpha)
        d = way.data(t, x)
        y = way.add(way.scaled(x, scale + h / t.sigma, out=True), d, -h * t.alpha / t.sigma)
        e = way.data(s, y)
        x = way.add(way.scaled(x, scale + 0.5 * h / t.sigma), d, -0.5 * h * t.alpha / t.sigma)
        x = way.add(way.add(x, y, 0.5 * h / s.sigma), e, -0.5 * h * s.alpha / s.sigma)
        release(way, d, e, y if y is not x else None)
    way.x = x


def unipc(way, grid):
    """Zhao et al., 2302.04867, order 2 with B(h) = e^h - 1 on data predictions; a corrector after each step but the last, free of charge."""
    x, old = way.x, None
    new = way.data(grid[0], x)
    for i, (t, s) in enumerate(zip(grid, grid[1:])):
        h = s.lam - t.lam
        big = math.expm1(-h)
        k = -s.alpha * big
        r = 0 if i == 0 else (grid[i - 1].lam - t.lam) / h
        x = way.add(way.scaled(x, s.sigma / t.sigma), new, k)  # what predictor and corrector share
        y = way.scaled(x, 1.0, out=True) if i + 2 < len(grid) else x
        if i > 0:
            y = way.add(way.add(y, old, 0.5 * k / r), new, -0.5 * k / r)
        if i + 2 == len(grid):
            x = y
            break
        now = way.data(s, y)
        if i == 0:
            x = way.add(way.add(x, now, 0.5 * k), new, -0.5 * k)
        else:
            # q + w = phi2, r q + w = phi3 with phi2 = (B/(-h) - 1)/B and phi3 = 2 ((B/(-h) - 1)/(-h) - 1/2)/B
            phi2, phi3 = big / -h - 1, (big / -h - 1) / -h - 0.5
            c2, c3 = phi2 / big, 2 * phi3 / big
            q = (c3 - c2) / (r - 1)
            w = c2 - q
            x = way.add(way.add(way.add(x, old, k * q / r), now, k * w), new, -k * (q / r + w))
        release(way, y, old)
        old, new = new, now
    way.x = x


STEP = {'ddim': ddim, 'dpmpp-2m': dpmpp_2m, 'edm-heun': edm_heun, 'unipc': unipc}[NAME]
GRID = levels(STEPS)


def sample(kind, block):
    parts = []
    for start in range(0, PARTICLES, block):
        way = kind(min(block, PARTICLES - start))
        STEP(way, GRID)
        parts.append(way.result())
    return torch.cat(parts)


def own(kind, blocks):
    def run(repeats, block):
        for _ in range(repeats):
            x = sample(kind, block)
        return mixture.spread(x)

    return Rival(run, options=blocks, label='blocks of {}')


def library(loop):
    def run(repeats):
        for _ in range(repeats):
            x = loop()
        return mixture.spread(x)

    return Rival(run)


def k_diffusion(name):
    samplers = libraries.k_diffusion()
    (a1, s1), (a0, s0) = mixture.alpha_sigma(1.0), mixture.alpha_sigma(mixture.END)
    sigmas = samplers.get_sigmas_karras(STEPS, s0 / a0, s1 / a1)

    return lambda: getattr(samplers, name)(SCORE.denoise, torch.randn(PARTICLES, 2) * sigmas[0], sigmas, disable=True)


def diffusers(name, **options):
    scheduler = libraries.diffusers(name)(**options)
    products = [float(v) for v in (1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64)).cumprod(0)]

    def loop():
        scheduler.set_timesteps(STEPS)
        x = torch.randn(PARTICLES, 2)
        for t in scheduler.timesteps:
            a, s = math.sqrt(products[int(t)]), math.sqrt(1 - products[int(t)])
            x = scheduler.step(SCORE(x, a, s) * -s, t, x, return_dict=False)[0]
        return x

    return loop


torch.set_grad_enabled(False)
rivals = {'plain loop': own(Plain, (PARTICLES,)), 'loop in place': own(InPlace, BLOCKS), 'loop in place, transposed': own(Transposed, BLOCKS)}
if libraries.has('k-diffusion') and libraries.has('torchsde') and libraries.has('torchdiffeq'):
    for theirs in {'ddim': ('sample_euler',), 'dpmpp-2m': ('sample_dpmpp_2m',), 'edm-heun': ('sample_heun',)}.get(NAME, ()):
        rivals[f'k-diffusion {theirs}'] = library(k_diffusion(theirs))
if libraries.has('diffusers'):
    for theirs, options in {
            'ddim': (('DDIMScheduler', dict(clip_sample=False)),), 'dpmpp-2m': (('DPMSolverMultistepScheduler', {}),),
            'unipc': (('UniPCMultistepScheduler', {}),)}.get(NAME, ()):
        rivals[f'diffusers {theirs}'] = library(diffusers(theirs, **options))
serve(rivals)
