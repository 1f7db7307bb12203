"""How far plans were wrong over the periods that a safety stock covers, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from onenumber.inventory.parameters import replayed_fill, summed_errors
from onenumber.model.cube import Cube, State
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.planning import SETTINGS
from onenumber.steps.frame.unit_values import KEPT
from onenumber.store.models import Cycle, SheetVersion

Floats = npt.NDArray[np.float64]
FIRM = SETTINGS.firm_periods
"""Periods of a plan in which nothing new comes, so that a stock covers them too."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ItemErrors:
    """Of an item: what each plan said of its firm periods and the next (plans x periods), and what was asked for.

    ``mean`` is the demand a period of the last year, ``sigma`` the standard deviation of the plans' errors over all the
    periods that a safety stock covers, and ``count`` how many such errors there are. Bias is no reason for stock, and
    taken off.
    """

    mean: float
    forecast: Floats
    actual: Floats
    sigma: float
    count: int

    @classmethod
    def of(cls, mean: float, forecast: Floats, actual: Floats) -> "ItemErrors":
        """The errors of plans that said this, of what came."""
        errors = summed_errors(forecast=forecast, actual=actual)
        sigma = float(np.std(errors, ddof=1)) if len(errors) > 1 else 0.0
        return cls(mean=mean, forecast=forecast, actual=actual, sigma=sigma, count=len(errors))

    def kept(self, stock: float) -> float | None:
        """What share of demand a safety stock would have met; None without a plan whose periods are over."""
        if not self.count:
            return None
        return replayed_fill(stock=stock, forecast=self.forecast, actual=self.actual)


def errors_of(look: Glance, cycle: Cycle) -> Mapping[str, ItemErrors]:
    """The errors of the last year's plans by item, as far as every plan in a row names it."""
    history = look.version(SheetKind.HISTORY, cycle)
    if history is None:
        return {}
    year = look.frame(cycle).calendar.periods_a_year
    rows = SheetVersion.objects.filter(plan=look.plan, kind=SheetKind.CONSENSUS.value, cycle__index__lt=cycle.index)
    newest = {row.cycle_id: row for row in rows.select_related("cycle").order_by("sequence")}
    made = sorted((row.cycle.index, row.content) for row in newest.values() if row.cycle is not None)
    return _errors(look.versions, history.content, tuple(made[-year:]), cycle.index, year)


@lru_cache(maxsize=KEPT)
def _errors(
    versions: Any, history: str, made: tuple[tuple[int, str], ...], cycle: int, year: int
) -> Mapping[str, ItemErrors]:
    """Worked out once in a process: no sheet ever changes."""
    actual = _by_item(versions.get(history).cube("demand"))
    said = {index: _by_item(versions.get(content).cube("consensus")) for index, content in made}
    found = {}
    for item, months in actual.items():
        past = [months[k] for k in sorted(months)[-year:]]
        row = in_a_row(item, months, said, cycle)
        forecast = np.array([[said[t][item][t + k] for k in range(FIRM + 1)] for t in row]).reshape(-1, FIRM + 1)
        came = np.array([months[t] for t in row], dtype=np.float64)
        found[item] = ItemErrors.of(float(np.mean(past)) if past else 0.0, forecast, came)
    return found


def in_a_row(item: str, months: Mapping[int, float], said: Mapping[int, Any], cycle: int) -> list[int]:
    """The last plans without a gap that say something of an item in all the periods, and whose first is over."""
    row: list[int] = []
    for t in sorted(said, reverse=True):
        known = t < cycle and t in months and all(t + k in said[t].get(item, {}) for k in range(FIRM + 1))
        if known and (not row or row[0] == t + 1):
            row.insert(0, t)
        elif row:
            break
    return row


def _by_item(cube: Cube) -> dict[str, dict[int, float]]:
    """The figures of a cube by item and period, where any of them is present."""
    present = cube.state == State.PRESENT
    items, codes = np.unique(cube.axis.attributes["item"], return_inverse=True)
    sums, count = np.zeros((len(items), cube.periods)), np.zeros((len(items), cube.periods))
    np.add.at(sums, codes, np.where(present, cube.values, 0.0))
    np.add.at(count, codes, present)
    return {
        item: {cube.first + k: float(row[k]) for k in np.flatnonzero(some).tolist()}
        for item, row, some in zip(items.tolist(), sums, count, strict=True)
    }
