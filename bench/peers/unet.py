"""The peer of `unet-sampling` and `unet-training`: the same U-Net with the same weights in plain torch (unet_model.py), tuned.

usage: unet.py sampling FOLDER BATCH STEPS [bfloat16] | unet.py training FOLDER BATCH
FOLDER holds a checkpoint, the start and what the library came to, raw float32: `difference` is the largest between that and what is found here, relative to the largest number.

Tried before the first run: one and two threads; weights and images as they are and channels last; the network as it is and, for sampling, traced, frozen and optimised for
inference by torch.jit. Numbers below the normal range count as zero. With `bfloat16` a network in that type is a rival beside those in float32: all but the embedding of
the time is converted, and images stay float32 between its calls (torch.autocast fails here in its group normalisation). With
score_sde_pytorch among the PEERS, its DDPM network of about the same size too, with its own weights.
"""
import array
import os
import sys
import time

import torch

import libraries
from contest import Rival, serve
from unet_model import Network

KIND, FOLDER, BATCH, BRAIN = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:][1:] == ['bfloat16']
LAST = torch.channels_last


def numbers(name):
    values = array.array('f')
    with open(os.path.join(FOLDER, name), 'rb') as file:
        values.frombytes(file.read())
    return torch.tensor(values, dtype=torch.float32)


def network():
    return Network.load(FOLDER)


def difference(x, name):
    ours = numbers(name)
    x = x.detach().float().contiguous().reshape(-1)
    ours = ours[:len(x)]
    return dict(difference=f'{float((x - ours).abs().max() / ours.abs().max()):.1e}')


def ddim(model, x, levels, velocity):
    """x_0 = (x - sigma eps)/alpha, or alpha x - sigma v; then x = alpha' x_0 + sigma' eps, as one linear combination."""
    for (t, a, s), (_, a2, s2) in zip(levels, levels[1:]):
        out = model(x, torch.full((x.shape[0],), t))
        if velocity:
            x = torch.add(x * (a2 * a + s2 * s), out, alpha=s2 * a - a2 * s)
        else:
            x = torch.add(x * (a2 / a), out, alpha=s2 - a2 * s / a)
    return x


def score_sde_network(size):
    library = libraries.score_sde()
    fields = library.config
    config = fields(
        data=fields(image_size=size, num_channels=1, centered=True), device=torch.device('cpu'), training=fields(continuous=True),
        model=fields(name='ddpm', sigma_min=0.01, sigma_max=50, num_scales=1000, beta_min=0.1, beta_max=20., dropout=0.0, scale_by_sigma=False, ema_rate=0.9999,
                     normalization='GroupNorm', nonlinearity='swish', nf=32, ch_mult=(1, 2, 2), num_res_blocks=1, attn_resolutions=(14,), resamp_with_conv=True,
                     conditional=True))
    import importlib
    net = importlib.import_module('models.ddpm').DDPM(config)
    return net, lambda x, t: net(x, t * 999)


class Narrowed(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, *given):
        return self.inner(*given).bfloat16()


def converted(net):
    """The network in bfloat16, but for the embedding: 1000 t enters a sine."""
    for name, child in net.named_children():
        if name != 'condition':
            child.bfloat16()
    net.condition = Narrowed(net.condition)
    return lambda x, t: net(x.bfloat16(), t).float()


class Sampling:
    WAYS = ('as they are', 'channels last', 'traced', 'traced, channels last')
    BRAIN = ('converted', 'converted, channels last')
    FEW = 8  # images of a rival that takes seconds a call, as bfloat16 does without instructions for it; its times are still those of a whole batch

    def __init__(self):
        self.start, flat = numbers('start'), numbers('levels').double().tolist()
        self.levels = list(zip(flat[0::3], flat[1::3], flat[2::3]))
        self.made = {}
        net = network()
        c = net.config
        self.velocity, self.start = c.get('output') == 'velocity', self.start.reshape(BATCH, c['imageChannels'], c['height'], c['width'])

    def model(self, way):
        if way not in self.made:
            net = network()
            for p in net.parameters():
                p.requires_grad_(False)
            x = self.start
            if 'last' in way:
                net, x = net.to(memory_format=LAST), x.contiguous(memory_format=LAST)
            if 'traced' in way:
                with torch.no_grad():
                    net = torch.jit.freeze(torch.jit.trace(net, (x, torch.full((BATCH,), 0.5)), check_trace=False))
                    net = torch.jit.optimize_for_inference(net)
                    net(x, torch.full((BATCH,), 0.5)), net(x, torch.full((BATCH,), 0.5))
            if 'converted' in way:
                net, few = converted(net), x[:self.FEW]
                with torch.inference_mode():
                    began = time.perf_counter()
                    net(few, torch.full((len(few),), 0.5))
                    x = few if time.perf_counter() - began > 0.2 else x
            self.made[way] = net, x
        return self.made[way]

    def run(self, repeats, way):
        model, x = self.model(way)
        with torch.inference_mode():
            for _ in range(repeats):
                y = ddim(model, x, self.levels, self.velocity)
        return difference(y, 'ours')

    def run_few(self, repeats, way):
        wall, processor = time.perf_counter(), time.process_time()
        said, images = self.run(repeats, way), len(self.model(way)[1])
        factor = BATCH / images / repeats
        return dict(said, wall=(time.perf_counter() - wall) * factor, processor=(time.process_time() - processor) * factor, images=images)

    def trial(self, way):
        model, x = self.model(way)
        with torch.inference_mode():
            ddim(model, x, self.levels[:3], self.velocity)

    def rivals(self):
        rivals = {'plain torch, same network': Rival(self.run, trial=self.trial, options=self.WAYS)}
        if BRAIN:
            rivals['plain torch, same network in bfloat16'] = Rival(self.run_few, trial=self.trial, options=self.BRAIN)
        if libraries.has('score_sde_pytorch') and self.start.shape[-1] == 28:
            net, call = score_sde_network(28)
            net.eval()

            def run(repeats):
                with torch.inference_mode():
                    for _ in range(repeats):
                        ddim(call, self.start, self.levels, False)
                return dict(parameters=sum(p.numel() for p in net.parameters()))

            rivals['score_sde_pytorch, its own network'] = Rival(run, trial=lambda: call(self.start, torch.full((BATCH,), 0.5)).detach())
        return rivals


class Training:
    """Squared error of epsilon, Adam, averaged weights: forward, back, optimiser, average."""
    WAYS = ('as they are', 'channels last')
    RATE, DECAY = 1e-4, 0.999

    def __init__(self, make=None):
        self.make, self.made = make or (lambda: (network(),) * 2), {}
        net = network()
        c = net.config
        shape = (BATCH, c['imageChannels'], c['height'], c['width'])
        self.x, self.target, self.time = numbers('x').reshape(shape), numbers('target').reshape(shape), numbers('time')
        loss = (net(self.x, self.time) - self.target).square().mean()
        loss.backward()
        self.check = dict(loss=float(loss), **difference(torch.cat([w.grad.reshape(-1) for _, w in sorted(net.named_parameters(), key=lambda p: p[0])]), 'gradient'))

    def state(self, way):
        if way not in self.made:
            net, call = self.make()
            net.train()
            x, target = self.x, self.target
            if 'last' in way:
                net.to(memory_format=LAST)
                x, target = x.contiguous(memory_format=LAST), target.contiguous(memory_format=LAST)
            weights = list(net.parameters())
            self.made[way] = call, x, target, weights, torch.optim.Adam(weights, self.RATE, foreach=True), [w.detach().clone() for w in weights]
        return self.made[way]

    def step(self, state):
        call, x, target, weights, adam, average = state
        adam.zero_grad(set_to_none=True)
        loss = (call(x, self.time) - target).square().mean()
        loss.backward()
        adam.step()
        with torch.no_grad():
            torch._foreach_mul_(average, self.DECAY)
            torch._foreach_add_(average, weights, alpha=1 - self.DECAY)
        return loss

    def run(self, repeats, way):
        state = self.state(way)
        for _ in range(repeats):
            self.step(state)
        return self.check

    def trial(self, way):
        self.step(self.state(way))


torch.set_flush_denormal(True)
if KIND == 'sampling':
    serve(Sampling().rivals())
else:
    own = Training()
    rivals = {'plain torch, same network': Rival(own.run, trial=own.trial, options=Training.WAYS)}
    if libraries.has('score_sde_pytorch') and own.x.shape[-1] == 28:
        theirs = Training(lambda: score_sde_network(28))
        rivals['score_sde_pytorch, its own network'] = Rival(
            lambda repeats, way: [theirs.step(theirs.state(way)) for _ in range(repeats)] and None, trial=theirs.trial, options=Training.WAYS)
    serve(rivals)
