"""The levels above streams that a forecast is made, reconciled and shown at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.demand.panel import Ints, Panel
from onenumber.demand.reconcile import Grouping, sums
from onenumber.model.axis import Axis, Labels

LEVELS = ("company", "division", "family", "item", "planning_customer", "channel")
STREAM = "stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The groups of one level: their labels and units, and for each stream its group, -1 for none."""

    name: str
    labels: Labels
    units: Labels
    codes: Ints

    @property
    def grouping(self) -> Grouping:
        """The level without its labels."""
        return Grouping(codes=self.codes, groups=len(self.labels))


def levels_of(axis: Axis, units: Labels) -> tuple[Level, ...]:
    """The groups of every level whose streams share one unit; a group of unlike units, or without a name, is left out.

    Example:
        >>> attributes = {name: np.array(["x", "x"]) for name in LEVELS[1:]} | {"item": np.array(["A", "B"])}
        >>> axis = Axis("stream", np.array(["A|x", "B|x"]), attributes)
        >>> [level.name for level in levels_of(axis, np.array(["kg", "pcs"])) if len(level.labels)]
        ['item']
    """
    return tuple(_level(name, axis, units) for name in LEVELS)


def _level(name: str, axis: Axis, units: Labels) -> Level:
    if name == LEVELS[0]:
        labels, codes = np.array([name]), np.zeros(len(axis), dtype=np.int64)
    else:
        labels, codes = axis.groups(name)
    unit_labels, unit_codes = np.unique(units, return_inverse=True)
    low, high = np.full(len(labels), len(unit_labels)), np.full(len(labels), -1)
    np.minimum.at(low, codes, unit_codes)
    np.maximum.at(high, codes, unit_codes)
    kept = (low == high) & (labels != "")
    new_codes = np.where(kept, np.cumsum(kept) - 1, -1)[codes]
    return Level(name=name, labels=labels[kept], units=unit_labels[low[kept]], codes=new_codes)


def with_totals(panel: Panel, levels: Sequence[Level]) -> Panel:
    """The streams and behind them every group as a series of its own, (periods x nodes).

    A group is seen in a period when every stream that had begun by then was seen.
    """
    groupings = [level.grouping for level in levels]
    seen = sums(panel.seen.astype(np.float64), groupings)
    live = sums(panel.live.astype(np.float64), groupings)
    whole = (seen == live) & (live > 0.0)
    values = np.where(whole, sums(panel.values, groupings), 0.0)
    return Panel(np.concatenate([panel.values, values], axis=1), np.concatenate([panel.seen, whole], axis=1))
