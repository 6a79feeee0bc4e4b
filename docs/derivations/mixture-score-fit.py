"""Fits the polynomial of mixture-score.md: 2^f on [0, 1], least largest absolute error, coefficients rounded to float32 one by one, lowest first.

Run: python3 mixture-score-fit.py   (needs numpy; the method is that of normals-fit.py)
"""
import numpy as np


def minimax(points, target, powers):
    w = np.ones_like(points)
    basis = np.stack([points ** p for p in powers], axis=1)
    best, least = None, np.inf
    for _ in range(400):
        root = np.sqrt(w / w.sum())
        c = np.linalg.lstsq(basis * root[:, None], target * root, rcond=None)[0]
        error = np.abs(target - basis @ c)
        if error.max() < least:
            best, least = c, error.max()
        w = w * (error / error.max() + 1e-9)
    return best


x = 0.5 + 0.5 * np.cos(np.pi * (np.arange(1500) + 0.5) / 1500)
done, left = {0: 1.0}, [1, 2, 3, 4, 5]
while left:
    rest = np.exp2(x) - sum(c * x ** p for p, c in done.items())
    done[left[0]] = float(np.float32(minimax(x, rest, left)[0]))
    left.pop(0)
x = np.linspace(0, 1, 100001)
error = np.abs(np.exp2(x) - sum(c * x ** p for p, c in done.items())).max()
print(' '.join('%.9g' % done[p] for p in sorted(done)), ' absolute error %.3g' % error)
