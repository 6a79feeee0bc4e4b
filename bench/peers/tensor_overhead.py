"""The rivals of tensor-overhead: what a sampler costs beyond its network's calls. DPM-Solver++ 2M, 20 steps of images of 28 x 28. The network returns a tensor it has ready, so that all
that is timed is the sampler: noise, times, arithmetic, bookkeeping. The time of as many bare calls is taken off.

usage: tensor_overhead.py BATCH
"""
import math
import sys
import time

import torch

import libraries
import mixture
from contest import Rival, serve

BATCH, STEPS = int(sys.argv[1]), 20
SHAPE = (BATCH, 1, 28, 28)


class Network(torch.nn.Module):
    """(x, time [B]) -> noise."""

    def __init__(self):
        super().__init__()
        self.answer = torch.zeros(SHAPE)

    def forward(self, x, time):
        return self.answer


NETWORK = Network().eval()


def grid():
    """Uniform in lambda, t from 1 to 1e-3: (t, alpha, sigma, lambda)."""
    def level(t):
        a, s = mixture.alpha_sigma(t)
        return t, a, s, math.log(a / s)
    first, last = level(1.0)[3], level(mixture.END)[3]
    return [level(t) for t in [1.0] + [mixture.time_of(first + (last - first) * i / STEPS) for i in range(1, STEPS)] + [mixture.END]]


def plain():
    """As one writes it: algorithm 2 of 2211.01095."""
    levels = grid()
    x, last = torch.randn(SHAPE), None
    for i in range(STEPS):
        (t, a, s, lam), (_, an, sn, after) = levels[i], levels[i + 1]
        data = (x - s * NETWORK(x, torch.full((BATCH,), t))) / a
        h = after - lam
        if last is None:
            d = data
        else:
            r = (lam - levels[i - 1][3]) / h
            d = (1 + 0.5 / r) * data - 0.5 / r * last
        x = (sn / s) * x - an * math.expm1(-h) * d
        last = data
    return x


def in_place():
    """The same with coefficients multiplied out, times made beforehand, and no new tensors in the loop."""
    levels = grid()
    x, new, old = torch.randn(SHAPE), torch.empty(SHAPE), torch.empty(SHAPE)
    times = torch.tensor([level[0] for level in levels])[:, None].expand(-1, BATCH).contiguous().unbind()
    for i in range(STEPS):
        (_, a, s, lam), (_, an, sn, after) = levels[i], levels[i + 1]
        torch.mul(x, 1 / a, out=new).add_(NETWORK(x, times[i]), alpha=-s / a)
        h = after - lam
        half = 0 if i == 0 else 0.5 * h / (lam - levels[i - 1][3])
        k = -an * math.expm1(-h)
        x.mul_(sn / s).add_(new, alpha=k * (1 + half))
        if i > 0:
            x.add_(old, alpha=-k * half)
        new, old = old, new
    return x


def k_diffusion():
    samplers = libraries.k_diffusion()
    (a1, s1), (a0, s0) = mixture.alpha_sigma(1.0), mixture.alpha_sigma(mixture.END)
    high, low = s1 / a1, s0 / a0

    def denoise(x, sigma, **more):
        """A network of noise behind x_0 = x - sigma epsilon, scaled as such networks are trained."""
        wide = sigma[:, None, None, None]
        return x - wide * NETWORK(x / (1 + wide * wide).sqrt(), sigma)

    def sample():
        sigmas = samplers.get_sigmas_karras(STEPS, low, high)
        return samplers.sample_dpmpp_2m(denoise, torch.randn(SHAPE) * high, sigmas, disable=True)

    return sample


def diffusers():
    scheduler = libraries.diffusers('DPMSolverMultistepScheduler')()

    def sample():
        scheduler.set_timesteps(STEPS)
        x = torch.randn(SHAPE)
        for t in scheduler.timesteps:
            x = scheduler.step(NETWORK(x, t.expand(BATCH)), t, x, return_dict=False)[0]
        return x

    return sample


def bare(repeats):
    x, t = torch.randn(SHAPE), torch.ones(BATCH)
    wall, processor = time.perf_counter(), time.process_time()
    for _ in range(repeats * STEPS):
        NETWORK(x, t)
    return time.perf_counter() - wall, time.process_time() - processor


def rival(sample):
    def run(repeats):
        wall, processor = time.perf_counter(), time.process_time()
        for _ in range(repeats):
            sample()
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        off = bare(repeats)
        return dict(wall=(wall - off[0]) / repeats, processor=(processor - off[1]) / repeats)

    return Rival(run, trial=lambda: run(20))


torch.set_grad_enabled(False)
rivals = {'plain loop': rival(plain), 'loop in place': rival(in_place)}
if libraries.has('k-diffusion') and libraries.has('torchsde') and libraries.has('torchdiffeq'):
    rivals['k-diffusion'] = rival(k_diffusion())
if libraries.has('diffusers'):
    rivals['diffusers'] = rival(diffusers())
serve(rivals)
