"""From nothing to sixteen images: imports torch, builds the network, reads its weights, samples by DDIM in 20 steps, writes the numbers, says so.

usage: first_sample_run.py MODEL-FOLDER THREADS OUT-FILE
"""
import math
import sys

import torch

from unet_model import Network

torch.set_num_threads(int(sys.argv[2]))
torch.set_grad_enabled(False)
network = Network.load(sys.argv[1])
x, labels, steps = torch.randn(16, 1, 28, 28), torch.arange(16) % 10, 20


def level(i):
    t = 1 - (1 - 1e-3) * i / steps
    integral = 0.1 * t + 0.5 * 19.9 * t * t
    return t, math.exp(-0.5 * integral), math.sqrt(-math.expm1(-integral))


for i in range(steps):
    (t, a, s), (_, an, sn) = level(i), level(i + 1)
    velocity = network(x, torch.full((16,), t), labels)  # alpha epsilon - sigma x_0
    x = an * (a * x - s * velocity) + sn * (s * x + a * velocity)
x.numpy().tofile(sys.argv[3])
print(f'mean {x.mean().item():.4f}', flush=True)
