"""Fits the polynomials of normals.md: weighted minimax, coefficients rounded to float32 one by one, lowest first.

Run: python3 normals-fit.py   (needs numpy)

Minimax by Lawson's iteration: least squares on 1500 Chebyshev points, each point's weight multiplied by its error, until the errors level
out. After a coefficient is rounded the others are fitted again, so that they mend what rounding did.
"""
import numpy as np


def minimax(points, target, weight, powers):
    w = np.ones_like(points)
    basis = np.stack([points ** p for p in powers], axis=1) * weight[:, None]
    best, least = None, np.inf
    for _ in range(400):
        root = np.sqrt(w / w.sum())
        c = np.linalg.lstsq(basis * root[:, None], target * weight * root, rcond=None)[0]
        error = np.abs(target * weight - basis @ c)
        if error.max() < least:
            best, least = c, error.max()
        w = w * (error / error.max() + 1e-9)
    return best


def fit(name, target, weight, degree, fixed, a, b):
    x = (a + b) / 2 + (b - a) / 2 * np.cos(np.pi * (np.arange(1500) + 0.5) / 1500)
    done = dict(fixed)
    left = [p for p in range(degree + 1) if p not in done]
    while left:
        rest = target(x) - sum(c * x ** p for p, c in done.items())
        done[left[0]] = float(np.float32(minimax(x, rest, weight(x), left)[0]))
        left.pop(0)
    x = np.linspace(a, b, 100001)
    error = np.abs(weight(x) * (target(x) - sum(c * x ** p for p, c in done.items()))).max()
    print(f'{name:7s}', ' '.join('%.9g' % done[p] for p in sorted(done)), ' relative error %.2e' % error)


def quotient(f):                                # -2 log(1+f)/f
    small = np.abs(f) < 1e-5
    g = np.where(small, 1, f)
    return np.where(small, -2 + f - 2 * f * f / 3, -2 * np.log1p(g) / g)


def sine(z):                                    # sin(pi/2 t)/t, z = t^2
    return np.pi / 2 * np.sinc(np.sqrt(z) / 2)


def cosine(z):                                  # cos(pi/2 t)
    return np.cos(np.pi / 2 * np.sqrt(z))


for d in (7, 8):
    fit(f'log {d}', quotient, lambda f: 1 / np.abs(quotient(f)), d, {0: -2.0}, -1 / 3, 1 / 3)
for d in (3,):
    fit(f'sin {d}', sine, lambda z: 1 / sine(z), d, {}, 0, 0.25)
for d in (4,):
    fit(f'cos {d}', cosine, lambda z: 1 / cosine(z), d, {0: 1.0}, 0, 0.25)
