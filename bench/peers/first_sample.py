"""The rival of first-sample: a program that begins at nothing (first_sample_run.py), from its start to the line it prints.

usage: first_sample.py MODEL-FOLDER
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

import torch

from contest import Rival, serve

HERE = os.path.dirname(os.path.abspath(__file__))


def run(repeats):
    wall, before = 0, resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(repeats):
            began = time.perf_counter()
            with subprocess.Popen(
                    [sys.executable, os.path.join(HERE, 'first_sample_run.py'), sys.argv[1], str(torch.get_num_threads()), os.path.join(folder, 'samples')],
                    stdout=subprocess.PIPE, text=True) as child:
                line = child.stdout.readline()
                wall += time.perf_counter() - began
            if child.returncode or not line.startswith('mean'):
                raise RuntimeError(f'first_sample_run.py ended with {child.returncode}')
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return dict(wall=wall / repeats, processor=(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / repeats, mean=float(line.split()[1]))


serve({'plain torch': Rival(run)})
