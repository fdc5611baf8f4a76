"""The recogniser's network: convolutions only, from a 48-row strip to two CTC steps per 4 pixels.

Why so: recurrent layers are slow on a CPU and gain little on print; dense convolutions run at
the processor's full speed in bfloat16, depthwise ones do not. A Thai cell such as ที่ puts three
code points above one another in about a dozen pixels, so the head speaks twice per position:
a step every two pixels of the strip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from torch import Tensor, nn
from torch.nn import functional

STEP_PIXELS = 2
"""Strip pixels for each CTC step."""
STEPS_PER_POSITION = 2


@dataclass(frozen=True, slots=True)
class Size:
    """Channels of each stage, and the dilation of each 1-D residual convolution of the trunk."""

    stem: int = 24
    wide: int = 48
    low: int = 96
    trunk: int = 288
    dilations: tuple[int, ...] = (1, 2, 1, 4, 1, 2, 1)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class ConvNorm(nn.Module):
    """Convolution, batch normalisation, and a rectifier unless it ends a residual branch."""

    def __init__(
        self,
        channels_in: int,
        channels_out: int,
        kernel: tuple[int, int],
        stride: tuple[int, int] = (1, 1),
        padding: tuple[int, int] = (1, 1),
        dilation: tuple[int, int] = (1, 1),
        rectify: bool = True,
    ) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(channels_in, channels_out, kernel, stride, padding, dilation, bias=False)
        self.norm = nn.BatchNorm2d(channels_out, momentum=0.02)
        self.rectify = rectify
        self.rounding: Callable[[Tensor], Tensor] | None = None
        """What is done to the weights first, see :mod:`training.eight_bits`."""

    def forward(self, x: Tensor) -> Tensor:
        held = self.convolution
        weight = self.rounding(held.weight) if self.rounding else held.weight
        convolved = functional.conv2d(x, weight, None, held.stride, held.padding, held.dilation)
        normed: Tensor = self.norm(convolved)
        return functional.relu(normed, inplace=True) if self.rectify else normed


class Residual(nn.Module):
    """``relu(x + branch(x))`` with one or two convolutions in the branch."""

    def __init__(self, *branch: ConvNorm) -> None:
        super().__init__()
        self.branch = nn.ModuleList(branch)

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for layer in self.branch:
            y = layer(y)
        return functional.relu(x + y, inplace=True)


class Network(nn.Module):
    """Strips (N×1×48×W, 0 paper to 1 ink, W a multiple of 4) to logits (N×(W/2)×classes)."""

    def __init__(self, classes: int, size: Size | None = None) -> None:
        super().__init__()
        self.size = size or Size()
        self.classes = classes
        self.body = nn.ModuleList(_layers(self.size))
        self.head = nn.Conv2d(self.size.trunk, STEPS_PER_POSITION * classes, 1)

    def forward(self, strips: Tensor) -> Tensor:
        x = strips
        for layer in self.body:
            x = layer(x)
        logits: Tensor = self.head(x).squeeze(2).transpose(1, 2)
        return logits.reshape(logits.shape[0], -1, self.classes)


def _layers(size: Size) -> Iterator[nn.Module]:
    yield ConvNorm(1, size.stem, (5, 5), (2, 2), (2, 2))
    yield ConvNorm(size.stem, size.wide, (3, 3), (2, 2))
    yield Residual(
        ConvNorm(size.wide, size.wide, (3, 3)), ConvNorm(size.wide, size.wide, (3, 3), rectify=False)
    )
    yield ConvNorm(size.wide, size.low, (3, 3), (2, 1))
    yield Residual(ConvNorm(size.low, size.low, (3, 3), rectify=False))
    yield ConvNorm(size.low, size.trunk, (6, 1), padding=(0, 0))
    for dilation in size.dilations:
        yield Residual(
            ConvNorm(
                size.trunk,
                size.trunk,
                (1, 3),
                padding=(0, dilation),
                dilation=(1, dilation),
                rectify=False,
            )
        )
