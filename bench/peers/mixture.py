"""The problem of the particle contests: data that is a mixture of eight Gaussians of one variance in the plane, the VP process with beta from 0.1 to 20 linear in t,
t from 1 to 1e-3, the exact score. float32; no autograd."""
import math

import torch

BETA0, BETA1, END, VARIANCE = 0.1, 20.0, 1e-3, 0.0625


def ring():
    """Eight equal modes on a circle of radius 4."""
    angle = 2 * math.pi * torch.arange(8, dtype=torch.float64) / 8
    return 4 * torch.stack([angle.cos(), angle.sin()], 1), torch.full((8,), 1 / 8, dtype=torch.float64)


def scattered():
    """Eight modes without order or symmetry, with unlike weights (bench/Benchmarks/Contests/Problems.cs has the same numbers)."""
    means = [[3.1, -0.7], [-1.9, 2.6], [0.4, 3.7], [-3.3, -2.2], [2.2, 2.9], [-0.6, -1.4], [1.3, -3.5], [-3.8, 0.9]]
    weights = [0.21, 0.05, 0.13, 0.17, 0.08, 0.11, 0.02, 0.23]
    return torch.tensor(means, dtype=torch.float64), torch.tensor(weights, dtype=torch.float64)


def alpha_sigma(t):
    integral = BETA0 * t + 0.5 * (BETA1 - BETA0) * t * t
    return math.exp(-0.5 * integral), math.sqrt(-math.expm1(-integral))


def beta(t):
    return BETA0 + (BETA1 - BETA0) * t


def time_of(lam):
    """t at lambda = log(alpha/sigma)."""
    integral = math.log1p(math.exp(-2 * lam))
    return 2 * integral / (BETA0 + math.sqrt(BETA0 ** 2 + 2 * (BETA1 - BETA0) * integral))


class Score:
    """As one writes it: particles in rows, the means as a matrix, softmax; a and s are numbers."""

    def __init__(self, means, weights, dtype=torch.float32):
        self.means = means.to(dtype)
        self.columns = self.means.T.contiguous()
        self.half_squares = 0.5 * (self.means * self.means).sum(1)
        self.logs = weights.log().to(dtype) if float(weights.max() - weights.min()) else None

    def mean(self, x, a, v):
        """sum_k p_k m_k."""
        logits = (x @ self.columns) * (a / v) - self.half_squares * (a * a / v)
        if self.logs is not None:
            logits = logits + self.logs
        return torch.softmax(logits, 1) @ self.means

    def __call__(self, x, a, s):
        v = a * a * VARIANCE + s * s
        return (self.mean(x, a, v) * a - x) * (1 / v)

    def at_times(self, x, a, s):
        """The same with a time for each particle, as score_sde asks."""
        v = (a * a * VARIANCE + s * s)[:, None]
        a = a[:, None]
        logits = (x @ self.columns) * (a / v) - self.half_squares * (a * a / v)
        if self.logs is not None:
            logits = logits + self.logs
        return (torch.softmax(logits, 1) @ self.means * a - x) / v

    def denoise(self, x, sigma, **more):
        """What k-diffusion asks: the mean of the data at alpha = 1, a noise level for each particle, all the same."""
        v = float(sigma[0]) ** 2 + VARIANCE
        return (VARIANCE / v) * x + (1 - VARIANCE / v) * self.mean(x, 1.0, v)


class Network:
    """What score_sde asks of a network: -sigma times the score of pictures of two channels and one pixel, labels 999 t."""

    def __init__(self, score):
        self.score = score

    def eval(self):
        return self

    def __call__(self, x, labels):
        t = labels / 999
        log_alpha = -0.25 * t * t * (BETA1 - BETA0) - 0.5 * t * BETA0
        a, s = log_alpha.exp(), (-torch.expm1(2 * log_alpha)).sqrt()
        return (-s[:, None] * self.score.at_times(x.reshape(-1, 2), a, s)).reshape(x.shape)


def spread(x):
    """What the ends are compared by: mean radius and its deviation, particles in rows."""
    radius = x.double().norm(dim=1)
    return dict(radius=round(radius.mean().item(), 4), spread=round(radius.std().item(), 4))
