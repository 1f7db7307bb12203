"""How a backtest went, per level: a table of the Forecast sheet."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from onenumber.demand.backtest import Backtest
from onenumber.demand.levels import STREAM, Level
from onenumber.demand.panel import Floats
from onenumber.measure.error import Score, bias, interval_coverage, wmape
from onenumber.model.axis import Labels

SCHEMA = {
    "level": pl.String,
    "method": pl.String,
    "wape": pl.Float64,
    "bias": pl.Float64,
    "coverage80": pl.Float64,
    "cells": pl.Int64,
    "reason": pl.String,
}
LAG = 1
"""Lag scored: the second period ahead, as the first period of the horizon is the cycle's own (lag 0)."""
UNLIKE_UNITS = "unlike_units"


def score_levels(tested: Backtest, *, levels: Sequence[Level], units: Labels, inside: Floats) -> pl.DataFrame:
    """WAPE and bias (+ is over) at lag 1 and coverage over all steps ahead, of pool and naive per level.

    ``cells`` counts the scored series-periods at lag 1. No value where a level mixes units, where nothing was
    scored, or where too little was; ``reason`` says which.
    """
    first, rows = len(units), []
    nodes = [(STREAM, units, slice(0, first))]
    for level in levels:
        nodes.append((level.name, level.units, slice(first, first + len(level.labels))))
        first += len(level.labels)
    for name, unit, columns in nodes:
        for method, forecast in (("pool", tested.forecast), ("naive", tested.naive)):
            held = inside[:, :, columns] if method == "pool" else np.empty(0)
            rows.append(_row(name, method, forecast[:, :, columns], tested.actual[:, :, columns], unit, held))
    return pl.DataFrame(rows, schema=SCHEMA)


def _row(
    level: str, method: str, forecast: Floats, actual: Floats, units: Labels, inside: Floats
) -> dict[str, str | float | int | None]:
    error, tilt = _at_lag(forecast, actual, units)
    held = interval_coverage(lower=np.ones(inside.shape), upper=np.ones(inside.shape), actual=inside)
    return {
        "level": level,
        "method": method,
        "wape": error.value,
        "bias": tilt.value,
        "coverage80": held.value,
        "cells": error.cells,
        "reason": error.reason or tilt.reason,
    }


def _at_lag(forecast: Floats, actual: Floats, units: Labels) -> tuple[Score, Score]:
    """WAPE and bias at lag 1; one period per origin."""
    ahead = slice(LAG, LAG + 1)
    f, a = (np.moveaxis(x[:, ahead, :], 0, -1) for x in (forecast, actual))
    if len(set(units.tolist())) > 1:
        cells = int((np.isfinite(f) & np.isfinite(a)).sum())
        unlike = Score(value=None, reason=UNLIKE_UNITS, cells=cells)
        return unlike, unlike
    return wmape(forecast=f, actual=a), bias(forecast=f, actual=a)
