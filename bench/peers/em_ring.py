"""The rivals of em-ring, em-mixture and overhead-16: Euler-Maruyama particles, 1000 steps of the reverse VP-SDE with the exact score of a mixture of eight (mixture.py).

usage: em_ring.py ring | scattered PARTICLES

Three loops of our own. "plain": the batch at once, as one writes it. "in place": its coefficients multiplied out beforehand, every buffer allocated once, every operation in
place. "in place, transposed": coordinates and modes in rows besides, so that every operation runs along contiguous particles. The last two take the block size that is
fastest on this machine.
"""
import math
import sys
import time

import torch

import libraries
import mixture
from contest import Rival, serve

PARTICLES, STEPS, MODES = int(sys.argv[2]), 1000, 8
BLOCKS = [b for b in (2048, 4096, 8192, 16384, 50_000) if b < PARTICLES] + [PARTICLES]
TRIAL = min(STEPS, 2_000_000 // PARTICLES)  # steps by which threads are chosen
MEANS, WEIGHTS = getattr(mixture, sys.argv[1])()
SCORE = mixture.Score(MEANS, WEIGHTS)


def times(steps):
    return [1 + (mixture.END - 1) * i / STEPS for i in range(steps)], (1 - mixture.END) / STEPS


def plain(particles, steps):
    x = torch.randn(particles, 2)
    ts, h = times(steps)
    for t in ts:
        a, s = mixture.alpha_sigma(t)
        b = mixture.beta(t)
        x = x + (0.5 * b * x + b * SCORE(x, a, s)) * h + math.sqrt(b * h) * torch.randn_like(x)
    return x


def folded(steps):
    """Of x' = k x + g sum_k p_k m_k + r z, p the softmax of A x + c: A [8, 2], c [8, 1] and three numbers a step."""
    ts, h = times(steps)
    rows = []
    for t in ts:
        a, s = mixture.alpha_sigma(t)
        b, v = mixture.beta(t), a * a * mixture.VARIANCE + s * s
        rows.append((
            1 + h * (0.5 * b - b / v),
            (a / v * MEANS).float().contiguous(),
            (-0.5 * a * a / v * (MEANS * MEANS).sum(1, keepdim=True) + WEIGHTS.log()[:, None]).float(),
            h * b * a / v,
            math.sqrt(h * b)))
    return rows


def in_place(rows, particles, block):
    means, parts = MEANS.float(), []
    for start in range(0, particles, block):
        n = min(block, particles - start)
        x, z, m, p, q = torch.randn(n, 2), torch.empty(n, 2), torch.empty(n, 2), torch.empty(n, MODES), torch.empty(n, MODES)
        for k, a, c, g, r in rows:
            torch.addmm(c.T, x, a.T, out=p)
            torch.softmax(p, 1, out=q)
            torch.mm(q, means, out=m)
            z.normal_()
            x.mul_(k).add_(m, alpha=g).add_(z, alpha=r)
        parts.append(x)
    return torch.cat(parts)


def transposed(rows, particles, block):
    means, parts = MEANS.T.float().contiguous(), []
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
    return torch.cat(parts, 1).T


def blocked(loop):
    rows = folded(STEPS)

    def trial(block):
        some = min(STEPS, max(5, 200_000 // block))
        began = time.perf_counter()
        loop(rows[:some], block, block)
        return dict(wall=(time.perf_counter() - began) / (block * some))

    def run(repeats, block):
        for _ in range(repeats):
            x = loop(rows, PARTICLES, block)
        return mixture.spread(x)

    return Rival(run, trial, options=BLOCKS, label='blocks of {}')


def whole(loop, trial_steps=TRIAL):
    def run(repeats):
        for _ in range(repeats):
            x = loop(PARTICLES, STEPS)
        return mixture.spread(x)

    return Rival(run, trial=lambda: loop(PARTICLES, trial_steps))


def score_sde(particles, steps):
    """Its sampler with Euler-Maruyama and no corrector; steps other than 1000 are longer ones, for choosing threads."""
    library = libraries.score_sde()

    sde = library.sde_lib.VPSDE(N=steps)
    sample = library.sampling.get_pc_sampler(
        sde, (particles, 2, 1, 1), library.sampling.get_predictor('euler_maruyama'), library.sampling.get_corrector('none'), lambda x: x, 0.16,
        continuous=True, denoise=False, eps=mixture.END, device='cpu')
    return sample(mixture.Network(SCORE))[0].reshape(-1, 2)


class Reverse(torch.nn.Module):
    """For torchsde: time s = 1 - t."""
    sde_type, noise_type = 'ito', 'diagonal'

    def f(self, s, y):
        t = 1 - float(s)
        a, sigma = mixture.alpha_sigma(t)
        b = mixture.beta(t)
        return 0.5 * b * y + b * SCORE(y, a, sigma)

    def g(self, s, y):
        return torch.full_like(y, math.sqrt(mixture.beta(1 - float(s))))


def torchsde(particles, steps):
    end = (1 - mixture.END) * steps / STEPS
    return libraries.torchsde().sdeint(Reverse(), torch.randn(particles, 2), torch.tensor([0.0, end]), method='euler', dt=(1 - mixture.END) / STEPS)[-1]


def k_diffusion(particles, steps):
    """Its ancestral sampler: a step of the reverse SDE as well, by other coefficients."""
    samplers = libraries.k_diffusion()
    (a1, s1), (a0, s0) = mixture.alpha_sigma(1.0), mixture.alpha_sigma(mixture.END)
    sigmas = samplers.get_sigmas_karras(steps, s0 / a0, s1 / a1)

    return samplers.sample_euler_ancestral(SCORE.denoise, torch.randn(particles, 2) * sigmas[0], sigmas, disable=True)


def diffusers(particles, steps):
    """Its DDPM scheduler, likewise."""
    scheduler = libraries.diffusers('DDPMScheduler')(clip_sample=False)
    products = [float(v) for v in (1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64)).cumprod(0)]
    scheduler.set_timesteps(steps)
    x = torch.randn(particles, 2)
    for t in scheduler.timesteps:
        a, s = math.sqrt(products[int(t)]), math.sqrt(1 - products[int(t)])
        x = scheduler.step(SCORE(x, a, s) * -s, t, x, return_dict=False)[0]
    return x


torch.set_grad_enabled(False)
rivals = {'plain loop': whole(plain), 'loop in place': blocked(in_place), 'loop in place, transposed': blocked(transposed)}
if libraries.has('score_sde_pytorch'):
    rivals['score_sde_pytorch'] = whole(score_sde, max(2, TRIAL // 2))
if libraries.has('torchsde'):
    rivals['torchsde'] = whole(torchsde, max(2, TRIAL // 2))
if PARTICLES < 1000:  # other coefficients and the same work: for the cost of a step
    if libraries.has('k-diffusion') and libraries.has('torchsde') and libraries.has('torchdiffeq'):
        rivals['k-diffusion'] = whole(k_diffusion)
    if libraries.has('diffusers'):
        rivals['diffusers'] = whole(diffusers)
serve(rivals)
