"""Other people's libraries, where the folder named by PEERS holds checkouts of them: k-diffusion, diffusers, torchsde, torchdiffeq, score_sde_pytorch. Each is imported
without what it needs only for other work (pictures, hubs, compiled extensions): modules it merely names are put in its way as empty ones. Nothing in them is changed."""
import functools
import importlib
import inspect
import os
import sys
import types
from collections import OrderedDict

import torch

PEERS = os.environ.get('PEERS', '')


def has(name):
    return bool(PEERS) and os.path.isdir(os.path.join(PEERS, name))


def _module(name, folder=None, **content):
    module = types.ModuleType(name)
    module.__dict__.update(content)
    if folder:
        module.__path__ = [os.path.join(PEERS, folder)]
    sys.modules[name] = module
    parent, _, child = name.rpartition('.')
    if parent in sys.modules:
        setattr(sys.modules[parent], child, module)
    return module


def _absent(*names):
    """Empty modules for those that are not installed."""
    for name in names:
        if name not in sys.modules:
            try:
                importlib.import_module(name)
            except ImportError:
                _module(name)


def _trampoline():
    """torchsde's helper for deep recursion: generators that yield generators, run with a stack of their own."""
    class TailCall(Exception):
        def __init__(self, generator):
            super().__init__()
            self.generator = generator

    def trampoline(generator):
        stack, value = [generator], None
        while stack:
            try:
                following, value = stack[-1].send(value), None
                stack.append(following)
            except TailCall as call:
                stack[-1], value = call.generator, None
            except StopIteration as end:
                stack.pop()
                value = end.value
        return value

    _module('trampoline', trampoline=trampoline, TailCall=TailCall)


@functools.lru_cache(None)
def torchsde():
    try:
        import trampoline  # noqa: F401
    except ImportError:
        _trampoline()
    _absent('boltons')
    sys.path.insert(0, os.path.join(PEERS, 'torchsde'))
    return importlib.import_module('torchsde')


@functools.lru_cache(None)
def torchdiffeq():
    sys.path.insert(0, os.path.join(PEERS, 'torchdiffeq'))
    return importlib.import_module('torchdiffeq')


@functools.lru_cache(None)
def k_diffusion():
    """Its samplers."""
    torchsde()
    torchdiffeq()
    _absent('PIL', 'PIL.Image', 'safetensors', 'torchvision', 'torchvision.transforms', 'torchvision.transforms.functional')
    _module('k_diffusion', 'k-diffusion/k_diffusion')
    return importlib.import_module('k_diffusion.sampling')


class _Fields(dict):
    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)


@functools.lru_cache(None)
def _diffusers():
    class ConfigMixin:
        def register_to_config(self, **values):
            self._values = _Fields(getattr(self, '_values', {}), **values)

        @property
        def config(self):
            return self._values

    def register_to_config(initialise):
        signature = inspect.signature(initialise)

        @functools.wraps(initialise)
        def wrapped(self, *args, **kwargs):
            bound = signature.bind(self, *args, **kwargs)
            bound.apply_defaults()
            self.register_to_config(**{n: v for n, v in bound.arguments.items() if n != 'self'})
            initialise(self, *args, **kwargs)
        return wrapped

    class BaseOutput(OrderedDict):
        def __post_init__(self):
            for name in self.__dataclass_fields__:
                OrderedDict.__setitem__(self, name, self.__dict__.get(name))

    class Silent:
        def __getattr__(self, name):
            return lambda *args, **kwargs: None

    def randn_tensor(shape, generator=None, device=None, dtype=None, layout=None):
        return torch.randn(tuple(shape), generator=generator, dtype=dtype)

    _module('diffusers', 'diffusers/src/diffusers')
    _module('diffusers.utils', BaseOutput=BaseOutput, deprecate=lambda *args, **kwargs: None, is_scipy_available=lambda: True,
            logging=types.SimpleNamespace(get_logger=lambda *args: Silent()), PushToHubMixin=type('PushToHubMixin', (), {}))
    _module('diffusers.utils.torch_utils', randn_tensor=randn_tensor)
    _module('diffusers.configuration_utils', ConfigMixin=ConfigMixin, register_to_config=register_to_config)
    if 'huggingface_hub' not in sys.modules:
        _module('huggingface_hub')
        _module('huggingface_hub.utils', validate_hf_hub_args=lambda f: f)
    _module('diffusers.schedulers', 'diffusers/src/diffusers/schedulers')


def diffusers(name):
    """A scheduler by its class: DDIMScheduler."""
    _diffusers()
    files = dict(DDIMScheduler='ddim', DDPMScheduler='ddpm', DPMSolverMultistepScheduler='dpmsolver_multistep', UniPCMultistepScheduler='unipc_multistep',
                 HeunDiscreteScheduler='heun_discrete', EulerDiscreteScheduler='euler_discrete')
    return getattr(importlib.import_module(f'diffusers.schedulers.scheduling_{files[name]}'), name)


@functools.lru_cache(None)
def score_sde():
    """Its processes, samplers and the folder of its networks."""
    class ConfigDict(_Fields):
        def __setattr__(self, name, value):
            self[name] = value

    def compiled(*args, **kwargs):
        raise RuntimeError('score_sde_pytorch: its compiled resampling is not built here')

    sys.path.insert(0, os.path.join(PEERS, 'score_sde_pytorch'))
    if 'ml_collections' not in sys.modules:
        _module('ml_collections', ConfigDict=ConfigDict)
    _module('op', upfirdn2d=compiled)
    _module('models', 'score_sde_pytorch/models')
    return types.SimpleNamespace(sde_lib=importlib.import_module('sde_lib'), sampling=importlib.import_module('sampling'), config=ConfigDict)
