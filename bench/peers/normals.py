"""The rivals of the contests of normals: standard normals of float32 into memory.

usage: normals.py COUNT CORES

A new tensor, and one that is filled again and again, in pieces of the size that is fastest.
"""
import sys

import torch

from contest import Rival, serve

COUNT, CORES = int(sys.argv[1]), int(sys.argv[2])
WHOLE = torch.empty(COUNT)
THREADS = (1,) if CORES == 1 else (1, CORES)


def new(repeats):
    for _ in range(repeats):
        x = torch.randn(COUNT)
    return dict(variance=round(x.var().item(), 4))


def in_place(repeats, piece):
    for _ in range(repeats):
        for start in range(0, COUNT, piece):
            WHOLE[start:start + piece].normal_()
    return dict(variance=round(WHOLE.var().item(), 4))


torch.set_grad_enabled(False)
serve({'torch.randn': Rival(new, threads=THREADS),
       'normal_': Rival(in_place, options=(1 << 14, 1 << 16, COUNT), label='pieces of {}', threads=THREADS)})
