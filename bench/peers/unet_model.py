"""The U-Net of this repository in plain torch, its weights read from a checkpoint folder (config.json, model.safetensors).

The same layers in the same order as `UNet`, nothing else: what a careful user of torch would write. `Network.load(folder)` builds it and
`forward(x, time, labels=None)` answers what the checkpoint's `output` says (epsilon, velocity, ...).
"""
import json
import math
import os
import struct

import torch
from torch import nn
from torch.nn import functional as F

TYPES = {"F32": torch.float32, "F64": torch.float64, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64}


def read_safetensors(path):
    """A safetensors file as a dictionary of tensors: eight bytes of length, a JSON header, the numbers."""
    with open(path, "rb") as file:
        content = bytearray(file.read())
    length, = struct.unpack_from("<Q", content)
    header, tensors = json.loads(bytes(content[8:8 + length])), {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, end = entry["data_offsets"]
        count = (end - first) // torch.empty(0, dtype=TYPES[entry["dtype"]]).element_size()
        flat = torch.frombuffer(content, dtype=TYPES[entry["dtype"]], count=count, offset=8 + length + first)
        tensors[name] = flat.clone().reshape(entry["shape"])
    return tensors


class Condition(nn.Module):
    def __init__(self, c):
        super().__init__()
        features, width = c["timeFeatures"], c["embeddingWidth"]
        self.first, self.second = nn.Linear(features, width), nn.Linear(width, width)
        self.classes = nn.Parameter(torch.zeros(c["classes"] + 1, width)) if c.get("classes", 0) > 0 else None
        self.register_buffer("angular", torch.tensor([1000 * 10000.0 ** (-2 * i / features) for i in range(features // 2)]), persistent=False)

    def forward(self, time, labels):
        angle = time[:, None] * self.angular
        e = self.second(F.silu(self.first(torch.cat([angle.sin(), angle.cos()], 1))))
        if self.classes is not None:
            e = e + (self.classes[-1:] if labels is None else self.classes[labels])
        return F.silu(e)


class Attention(nn.Module):
    def __init__(self, channels, c):
        super().__init__()
        self.heads = max(1, channels // c["headChannels"])
        self.norm = nn.GroupNorm(c["groups"], channels)
        self.qkv, self.projection = nn.Conv2d(channels, 3 * channels, 1), nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        b, c, h, w = x.shape
        d = c // self.heads
        q, k, v = self.qkv(self.norm(x)).reshape(b, 3, self.heads, d, h * w).unbind(1)
        weights = (q.transpose(2, 3) * (1 / math.sqrt(d)) @ k).softmax(-1)
        return x + self.projection((v @ weights.transpose(2, 3)).reshape(b, c, h, w))


class Block(nn.Module):
    def __init__(self, channels, out, attention, c):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(c["groups"], channels), nn.Conv2d(channels, out, 3, padding=1)
        self.given = nn.Linear(c["embeddingWidth"], out)
        self.norm2, self.conv2 = nn.GroupNorm(c["groups"], out), nn.Conv2d(out, out, 3, padding=1)
        self.skip = nn.Conv2d(channels, out, 1) if channels != out else None
        self.attention = Attention(out, c) if attention else None

    def forward(self, x, e):
        h = self.conv1(F.silu(self.norm1(x), inplace=not torch.is_grad_enabled()))
        h = h + self.given(e)[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h), inplace=not torch.is_grad_enabled()))
        h = h + (x if self.skip is None else self.skip(x))
        return h if self.attention is None else self.attention(h)


class Network(nn.Module):
    def __init__(self, config):
        super().__init__()
        c = self.config = config
        channels, self.blocks, self.patch = c["channels"], c["blocksPerLevel"], c["patchSize"]
        pixels, attention = c["imageChannels"] * self.patch ** 2, set(c["attentionLevels"])
        self.condition = Condition(c)
        self.input = nn.Conv2d(pixels, channels[0], 3, padding=1)
        self.down, self.shrink, self.middle, self.up, self.grow = (nn.ModuleList() for _ in range(5))
        n = channels[0]
        for level, width in enumerate(channels):
            for _ in range(self.blocks):
                self.down.append(Block(n, width, level in attention, c))
                n = width
            if level + 1 < len(channels):
                self.shrink.append(nn.Conv2d(n, n, 3, stride=2, padding=1))
        self.middle.extend([Block(n, n, True, c), Block(n, n, False, c)])
        for level in reversed(range(len(channels))):
            for _ in range(self.blocks):
                self.up.append(Block(n + channels[level], channels[level], level in attention, c))
                n = channels[level]
            if level > 0:
                self.grow.append(nn.Conv2d(n, channels[level - 1], 3, padding=1))
                n = channels[level - 1]
        self.norm, self.output = nn.GroupNorm(c["groups"], n), nn.Conv2d(n, pixels, 3, padding=1)

    @staticmethod
    def load(folder):
        with open(os.path.join(folder, "config.json")) as file:
            network = Network(json.load(file)["network"])
        network.load_state_dict(read_safetensors(os.path.join(folder, "model.safetensors")))
        return network.eval()

    def forward(self, x, time, labels=None):
        p, (height, width) = self.patch, x.shape[2:]
        if p > 1:
            x = F.pixel_unshuffle(F.pad(x, (0, -width % p, 0, -height % p)), p)
        e, h, skips = self.condition(time, labels), self.input(x), []
        for i, block in enumerate(self.down):
            if i > 0 and i % self.blocks == 0:
                h = self.shrink[i // self.blocks - 1](h)
            h = block(h, e)
            skips.append(h)
        for block in self.middle:
            h = block(h, e)
        for i, block in enumerate(self.up):
            skip = skips.pop()
            if i > 0 and i % self.blocks == 0:
                h = self.grow[i // self.blocks - 1](F.interpolate(h, size=skip.shape[2:], mode="nearest"))
            h = block(torch.cat([h, skip], 1), e)
        h = self.output(F.silu(self.norm(h)))
        return F.pixel_shuffle(h, p)[:, :, :height, :width].contiguous() if p > 1 else h
