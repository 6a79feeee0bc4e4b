"""The peer of `em-ring`: Euler-Maruyama on the reverse VP-SDE of a ring of eight modes, in torch on the CPU, tuned.

100,000 particles, 1000 steps of t from 1 to 1e-3, beta linear from 0.1 to 20, data N(m_k, 0.25^2 I) on a circle of radius 4, exact score.

What is tuned: float32; coordinates and modes in rows, so that every operation runs along contiguous particles (a softmax over the last axis of
length 8 takes as long as all the rest); the score as two matrix products around one exponential; every buffer allocated once and every operation
in place; no autograd; particles in blocks that fit a cache; block size and number of threads chosen by trials of each, best of three.

Prints one line of JSON: ns per particle-step by the wall clock and by processor time, the choice made, mean radius and spread as a check.
"""
import argparse
import json
import math
import os
import time

import torch

MODES, RADIUS, VARIANCE = 8, 4.0, 0.0625
BETA0, BETA1, END = 0.1, 20.0, 1e-3


def coefficients(steps):
    """Of x' = k x + g sum_k p_k m_k + r z for each step, p the softmax of A x + c: A [8, 2], c [8, 1] and three numbers."""
    angle = 2 * math.pi * torch.arange(MODES, dtype=torch.float64) / MODES
    means = RADIUS * torch.stack([angle.cos(), angle.sin()], 1)  # [8, 2]
    rows = []
    for i in range(steps):
        t = 1 + (END - 1) * i / steps
        h = (END - 1) / steps
        beta = BETA0 + (BETA1 - BETA0) * t
        alpha = math.exp(-0.5 * (BETA0 * t + 0.5 * (BETA1 - BETA0) * t * t))
        v = alpha * alpha * VARIANCE + 1 - alpha * alpha
        # drift -beta/2 x - beta s, s = (alpha sum p m - x)/v
        rows.append((
            1 + h * (-0.5 * beta + beta / v),
            (alpha / v * means).float().contiguous(),
            (-alpha * alpha * (means * means).sum(1, keepdim=True) / (2 * v)).float(),
            -h * beta * alpha / v,
            math.sqrt(-h * beta)))
    return rows, means.T.float().contiguous()


def sample(rows, means, particles, block, seed):
    torch.manual_seed(seed)
    parts = []
    for start in range(0, particles, block):
        n = min(block, particles - start)
        x, z, m = torch.randn(2, n), torch.empty(2, n), torch.empty(2, n)
        p, s = torch.empty(MODES, n), torch.empty(1, n)
        for k, a, c, g, r in rows:
            torch.addmm(c, a, x, out=p)
            torch.amax(p, 0, keepdim=True, out=s)
            p.sub_(s).exp_()
            torch.sum(p, 0, keepdim=True, out=s)
            torch.mm(means, p, out=m)
            z.normal_()
            x.mul_(k).addcdiv_(m, s, value=g).add_(z, alpha=r)
        parts.append(x)
    return torch.cat(parts, 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--particles', type=int, default=100_000)
    parser.add_argument('--steps', type=int, default=1000)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    with torch.inference_mode():
        rows, means = coefficients(options.steps)
        trials = []
        for threads in (1, 2) if os.cpu_count() > 1 else (1,):
            torch.set_num_threads(threads)
            for block in (2048, 4096, 8192, 16384, 50_000, options.particles):
                some = max(10, 400_000 // block)
                for _ in range(3):
                    began = time.perf_counter()
                    sample(rows[:some], means, block, block, 0)
                    trials.append(((time.perf_counter() - began) / (block * some), threads, block))
        _, threads, block = min(trials)
        torch.set_num_threads(threads)
        wall, processor = time.perf_counter(), time.process_time()
        x = sample(rows, means, options.particles, block, options.seed)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    radius = x.norm(dim=0)
    scale = 1e9 / (options.particles * options.steps)
    print(json.dumps(dict(
        wall=wall * scale, processor=processor * scale, threads=threads, block=block, trial=min(trials)[0] * 1e9,
        radius=radius.mean().item(), spread=radius.std().item(), torch=torch.__version__)))


main()
