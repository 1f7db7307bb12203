"""Planned maintenance: windows, when each became known, and the hours they take."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.catalogue import LINES
from onenumber.sample.clock import Clock
from onenumber.sample.rows import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A maintenance window of a line; ``earliest`` and ``latest`` start say how far it may move, none: not at all.

    ``known`` is the day on which it was planned; none: since ever.
    """

    window: str
    line: str
    start: dt.date
    days: int
    hours: float
    reason: str
    earliest: dt.date | None = None
    latest: dt.date | None = None
    known: dt.date | None = None

    @property
    def movable(self) -> bool:
        """May it move?"""
        return self.latest is not None


def windows_table(windows: Sequence[Window], day: dt.date) -> pl.DataFrame:
    """The `maintenance` table as known in the morning of ``day``."""
    known = [w for w in windows if w.known is None or w.known < day]
    return rows(
        "maintenance",
        [
            (w.window, w.line, w.start, w.start + dt.timedelta(days=w.days), w.hours, w.movable, w.earliest, w.latest,
             w.reason)
            for w in known
        ],
    )  # fmt: skip


def ordinary_windows(clock: Clock) -> tuple[Window, ...]:
    """Two days of service per line every half year, fixed; the lines take turns."""
    return tuple(
        Window(
            window=f"W-{line}-{clock.day(month):%y%m}",
            line=line,
            start=clock.day(month, 8 + k),
            days=2,
            hours=14.0,
            reason="half-yearly service",
        )
        for k, (line, _, _) in enumerate(LINES)
        for month in range(-12 + k % 6, 18, 6)
    )


def hours_taken(windows: Sequence[Window], clock: Clock) -> Values:
    """Hours that the windows take (lines x months): in the month each begins."""
    lines = [line for line, _, _ in LINES]
    taken = np.zeros((len(lines), len(clock.calendar)))
    for window in windows:
        taken[lines.index(window.line), clock.calendar.index_of(window.start)] += window.hours
    return taken
