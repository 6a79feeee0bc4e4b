"""Which points make Winograd's F(m x m, 3 x 3) accurate in float32: errors of one convolution of 64 channels, beside the direct sum's.

usage: /usr/bin/python3 winograd-points.py     (torch; ten seconds)
"""
import torch

DOUBLE = torch.float64


def matrices(points, m):
    """A' (m x n), G (n x 3) and B' (n x n) of the points and infinity: y = A' [(G g) * (B' d)] for every d and g."""
    n = m + 2
    p = torch.tensor(points, dtype=DOUBLE)
    a, g = torch.zeros(m, n, dtype=DOUBLE), torch.zeros(n, 3, dtype=DOUBLE)
    for k in range(n - 1):
        a[:, k], g[k] = p[k] ** torch.arange(m), p[k] ** torch.arange(3)
    a[m - 1, n - 1] = g[n - 1, 2] = 1
    products = torch.stack([a[i] * g[:, j] for i in range(m) for j in range(3)])
    wanted = torch.zeros(3 * m, n, dtype=DOUBLE)
    for i in range(m):
        for j in range(3):
            wanted[3 * i + j, i + j] = 1
    return a, g, torch.linalg.lstsq(products, wanted).solution


def transform(x, by):
    """by x for each channel's square x, a rounding at each step."""
    out = torch.zeros(x.shape[0], by.shape[0], x.shape[2])
    for i in range(by.shape[1]):
        out = out + by[:, i][None, :, None] * x[:, i][:, None, :]
    return out


def both(x, by):
    return transform(transform(x, by).transpose(1, 2), by).transpose(1, 2)


def errors(points, m, channels=64, trials=40):
    """Root mean square of the errors by the points and of the direct sum's, for results of size about 0.6."""
    a, g, b = matrices(points, m)
    draws, n = torch.Generator().manual_seed(1), m + 2
    found, direct = [], []
    for _ in range(trials):
        d = torch.nn.functional.silu(torch.randn(channels, n, n, generator=draws))
        w = torch.randn(channels, 3, 3, generator=draws) / (9 * channels) ** 0.5
        weights = torch.einsum('ai,cij,bj->cab', g, w.double(), g).float()
        values, total = both(d, b.float()), torch.zeros(n, n)
        for c in range(channels):
            total = total + weights[c] * values[c]
        result = both(total[None], a.float())[0]
        exact, plain = torch.zeros(m, m, dtype=DOUBLE), torch.zeros(m, m)
        for y in range(3):
            for x in range(3):
                exact += torch.einsum('cij,c->ij', d[:, y:y + m, x:x + m].double(), w[:, y, x].double())
        for c in range(channels):
            for y in range(3):
                for x in range(3):
                    plain = plain + d[c, y:y + m, x:x + m] * w[c, y, x]
        found.append((result - exact).square().mean())
        direct.append((plain - exact).square().mean())
    return [float(torch.stack(e).mean().sqrt()) for e in (found, direct)]


torch.set_num_threads(1)
print('points and infinity: error by them, of the direct sum')
print('F(2x2) 0 +-1: %.1e %.1e' % tuple(errors([0, 1, -1], 2)))
for near, far in [(1, 2), (0.5, 1), (0.5 ** 0.5, 2 ** 0.5), (0.75, 1.5), (2 / 3, 1.5), (0.5, 1.5), (0.75, 4 / 3), (0.625, 1.25)]:
    print('F(4x4) 0 +-%.3g +-%.3g: %.1e %.1e' % (near, far, *errors([0, near, -near, far, -far], 4)))
print('F(6x6) 0 +-0.5 +-1 +-2: %.1e %.1e' % tuple(errors([0, 0.5, -0.5, 1, -1, 2, -2], 6)))
