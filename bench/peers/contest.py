"""What every program here shares: it answers lines on its input with lines of JSON on its output.

    rivals              -> ["plain loop", "k-diffusion", ...]
    run NAME REPEATS    -> {"wall": seconds a repeat, "processor": seconds a repeat, "choice": "2 threads", ... numbers or words to compare with the library's}
                           or {"error": "why it cannot"}

A program calls serve({name: run}) with a function of the number of repeats each, or with a Rival. Before its first run a rival is tried with one and with two threads and keeps
what was faster.
"""
import json
import os
import sys
import time

import torch


class Rival:
    """run(repeats) does the work and may return a dict of numbers and words to show, or "wall" and "processor" in seconds a repeat, where the figure is not the time of the
    call. trial() is a shorter piece of the same work, by which the number of threads is chosen. With options, run(repeats, option) and trial(option) get one of them, and that
    is chosen too; label says what an option is. A trial that is not the same work for each option returns its "wall" in seconds a piece."""

    def __init__(self, run, trial=None, threads=(1, 2), options=None, label='{}'):
        self.options, self.label, self.threads = options or (None,), label, threads
        self.run = run if options else lambda repeats, _: run(repeats)
        self.trial = (trial or (lambda option: run(1, option))) if options else (lambda _: trial() if trial else run(1))
        self.chosen = None

    def choose(self):
        ways = [(n, o) for n in self.threads if n <= os.cpu_count() for o in self.options]
        best = dict.fromkeys(ways, float('inf'))
        for _ in range(3 if len(ways) > 1 else 1):
            for n, option in ways:
                torch.set_num_threads(n)
                began = time.perf_counter()
                said = self.trial(option)
                took = said['wall'] if isinstance(said, dict) and 'wall' in said else time.perf_counter() - began
                best[n, option] = min(best[n, option], took)
        self.chosen = min(ways, key=best.get)

    def __call__(self, repeats):
        if self.chosen is None:
            self.choose()
        threads, option = self.chosen
        torch.set_num_threads(threads)
        wall, processor = time.perf_counter(), time.process_time()
        said = self.run(repeats, option)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        choice = '1 thread' if threads == 1 else f'{threads} threads'
        if option is not None:
            choice += ', ' + self.label.format(option)
        return dict(dict(wall=wall / repeats, processor=processor / repeats, choice=choice), **(said or {}))


def serve(rivals):
    """Answers until the input ends. What libraries print goes to the error stream."""
    out = os.fdopen(os.dup(1), 'w')
    os.dup2(2, 1)
    rivals = {name: r if isinstance(r, Rival) else Rival(r) for name, r in rivals.items()}
    for line in sys.stdin:
        words = line.split()
        if not words:
            continue
        if words == ['rivals']:
            answer = list(rivals)
        else:
            name = ' '.join(words[1:-1])
            try:
                answer = rivals[name](int(words[-1]))
            except Exception as e:  # a library that cannot on this machine says so on the page
                answer = dict(error=f'{type(e).__name__}: {e}'[:300])
        print(json.dumps(answer), file=out, flush=True)
