"""How a share of a line's hours is read and marked: the same on every page, so that figure and legend agree."""

from dataclasses import dataclass

import numpy as np

from onenumber.measure.capacity import load_zone
from onenumber.web.numbers import NARROW_SPACE, number

MARKS = {"overload": "▲", "tight": "△"}
"""The shape of a zone, so that colour is never alone."""
FINEST = 2
"""The most digits that a share is read with; what lies nearer to a limit is at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRead:
    """A share in per cent as it is read, with the zone of what is read, and its mark."""

    text: str
    zone: str

    @property
    def mark(self) -> str:
        """Its shape; empty where it asks for nothing."""
        return MARKS.get(self.zone, "")

    @property
    def percent(self) -> str:
        """With its sign, for a sentence."""
        return f"{self.text}{NARROW_SPACE}%"


def share_read(value: float) -> ShareRead:
    """A share by its zone: whole where the whole figure is in the zone too, else with as many digits as tell.

    Example:
        >>> [(one.text, one.mark) for one in map(share_read, (1.2, 1.003, 1.0, 0.9467, 0.95, 1.0000001))]
        [('120', '▲'), ('100.3', '▲'), ('100', '△'), ('94.7', ''), ('95', '△'), ('100', '△')]
    """
    zone = _zone(value)
    for digits in range(FINEST + 1):
        if _zone(round(value * 100, digits) / 100) == zone:
            return ShareRead(text=number(value * 100, digits), zone=zone)
    return ShareRead(text=number(value * 100), zone=_zone(round(value * 100) / 100))


def _zone(share: float) -> str:
    return str(load_zone(share=np.array([share]))[0])
