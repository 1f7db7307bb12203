"""Where the bars of a waterfall lie, lying down: each begins where the one before it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A bar: where it begins and how long it is, in the units of the drawing; ``whole`` stands on the ground."""

    x: float
    width: float
    whole: bool
    down: bool


def waterfall(start: float, steps: Sequence[float]) -> tuple[Fall, ...]:
    """The bar of the start, of each step, and of where they come to.

    The ground is never cut off: a bar's length against another's is what an eye reads as its share.

    Example:
        >>> [(fall.x, fall.width) for fall in waterfall(100.0, (-50.0, 25.0))]
        [(0.0, 240.0), (120.0, 120.0), (120.0, 60.0), (0.0, 180.0)]
        >>> [fall.width for fall in waterfall(100.0, (-17.0,)) if fall.whole]
        [240.0, 199.2]
    """
    heights = [start]
    for step in steps:
        heights.append(heights[-1] + step)
    low, high = min(heights), max(heights)
    ground = min(0.0, low)
    scale = WIDTH / ((high - ground) or 1.0)
    falls = [
        Fall(
            x=(min(before, after) - ground) * scale, width=abs(after - before) * scale, whole=False,
            down=after < before,
        )
        for before, after in pairwise(heights)
    ]  # fmt: skip
    ends = [Fall(x=0.0, width=(one - ground) * scale, whole=True, down=False) for one in (heights[0], heights[-1])]
    return (ends[0], *falls, ends[1])
