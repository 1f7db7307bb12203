"""How far the last month was forecast wrong a month ahead (lag 1), beside the naive forecast on the same cells."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from onenumber.demand.known import not_loaded
from onenumber.demand.methods.naive import naive
from onenumber.demand.panel import panel_of
from onenumber.demand.scores import LAG
from onenumber.finance.prices import stream_prices
from onenumber.measure.error import bias, wmape
from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Cube, State, Values
from onenumber.model.finding import Value
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground

NAME = "accuracy"
"""The table's name in an Adherence sheet."""
BENCHMARK, LAYERS = "L0", ("L1", "S", "consensus")
BY_PATCH = "S"
"""The layer that somebody answers for by patch: her sales figure."""
HEADLINE = ("consensus", "S", "L1")
"""Which layer a cycle is known by: the first that was measured."""
NO_FORECAST, NO_ORDERS, NO_PRICE = "no_forecast_at_lag_1", "order_lines_not_loaded", "prices_not_known"
NOT_GIVEN = "not_handed_in"
ACCURACY = pl.Schema(
    {
        "layer": pl.String, "division": pl.String, "patch": pl.String, "period": pl.Int64, "forecast": pl.Float64,
        "actual": pl.Float64, "error": pl.Float64, "unit": pl.String, "wape": pl.Float64, "bias": pl.Float64,
        "naive_wape": pl.Float64, "naive_bias": pl.Float64, "coverage": pl.Float64, "reason": pl.String,
    }
)  # fmt: skip
ATTRIBUTES = ("item", "division", "patch", "channel", "planning_customer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the cycle two before this one forecast, by layer, as it stood before the measured month began.

    ``given`` are the patches whose S is a figure of their own; what stood in for another's is nobody's forecast.
    ``brought``: it comes from the opening snapshots and stands on today's labels.
    """

    layers: Mapping[str, Cube] = field(default_factory=dict)
    given: Collection[str] = ()
    brought: bool = False


def measured(ground: Ground) -> tuple[int, int]:
    """The period that a cycle measures, and the cycle that forecast it at lag 1."""
    return ground.cycle - 1, ground.cycle - 1 - LAG


def accuracy_table(before: Before, *, history: Cube, ground: Ground) -> pl.DataFrame:
    """WAPE (K1) and bias (K9, over is +) of each layer at lag 1: for the company, each division, and S for each patch.

    A cell is a stream, with the attributes that it had when it was forecast; ``actual`` is its demand, and it is scored
    where both are known. A scope that shares a unit is added in it, else each cell at its price of the month.
    ``coverage`` is the share of the demand for which there was a forecast. The naive one is L0 of that cycle; where it
    was not brought, what L0 would have been by the demand known then. Where a figure is not known it is null, and
    ``reason`` says why.
    """
    cells = _Cells(before=before, history=history, ground=ground)
    missing = NO_ORDERS if _is_missing(ground) else ""
    return pl.DataFrame([cells.row(*one, missing=missing) for one in _scopes(ground)], schema=ACCURACY)


def headline(table: pl.DataFrame) -> dict[str, Value]:
    """The company's figures of the first layer that was measured, for the notes; None where none was."""
    of = _company_rows(table)
    layer = next((name for name in HEADLINE if of[name]["wape"] is not None), None)
    row = of[layer or HEADLINE[0]]
    return {
        "accuracy_of": layer,
        "wape_a_month_ahead": row["wape"],
        "bias_a_month_ahead": row["bias"],
        "naive_wape_a_month_ahead": row["naive_wape"],
    }


def with_accuracy(sheet: Sheet, table: pl.DataFrame) -> Sheet:
    """Adherence with the table ``accuracy`` and its headline in the notes."""
    return replace(sheet, tables={**sheet.tables, NAME: table}, notes={**sheet.notes, **headline(table)})


def why_unknown(table: pl.DataFrame) -> str:
    """Why the headline has no figure; empty where it has one."""
    of = _company_rows(table)
    return "" if headline(table)["accuracy_of"] is not None else str(of[HEADLINE[0]]["reason"])


def _company_rows(table: pl.DataFrame) -> dict[str, dict[str, Any]]:
    whole = table.filter((pl.col("division") == "") & (pl.col("patch") == ""))
    return {row["layer"]: row for row in whole.iter_rows(named=True)}


def _is_missing(ground: Ground) -> bool:
    period = ground.frame.calendar[measured(ground)[0]]
    return "order_lines" in not_loaded(ground.load, company=ground.company, period=period)


def _scopes(ground: Ground) -> list[tuple[str, str, str]]:
    """Layer, division and patch of every row; the company has neither."""
    divisions = ["", *ground.company["divisions"]["division"].sort().to_list()]
    patches = ground.master("patches")["patch"].sort().to_list()
    return [*((layer, one, "") for layer in LAYERS for one in divisions), *((BY_PATCH, "", one) for one in patches)]


@dataclass(frozen=True, kw_only=True)
class _Cells:
    """Every stream that was forecast or asked for, and what of it is known."""

    before: Before
    history: Cube
    ground: Ground

    def row(self, layer: str, division: str, patch: str, *, missing: str) -> dict[str, Value]:
        """The figures of a layer in a scope."""
        period, _ = measured(self.ground)
        found: dict[str, Value] = dict.fromkeys(ACCURACY)
        found |= {"layer": layer, "division": division, "patch": patch, "period": period, "unit": ""}
        if layer not in self.before.layers or missing:
            return found | {"reason": missing if layer in self.before.layers else NO_FORECAST}
        if patch and patch not in self.before.given:
            return found | {"reason": NOT_GIVEN}
        return found | self._scored(self.forecast[layer], self._inside(division, patch))

    def _scored(self, forecast: Values, inside: np.ndarray) -> dict[str, Value]:
        unit, weight = self._weight(inside)
        known = np.isfinite(weight)
        if not known.any() and len(weight):
            return {"reason": NO_PRICE}
        a, w = np.where(known, self.actual[inside], np.nan)[:, None], np.where(known, weight, 0.0)[:, None]
        f = forecast[inside][:, None]
        n = np.where(np.isfinite(f), self.naive[inside][:, None], np.nan)
        error, own = wmape(forecast=f, actual=a, weight=w), bias(forecast=f, actual=a, weight=w, fewest=1)
        both = np.isfinite(f) & np.isfinite(a)
        asked, total = float((w * a)[both].sum()), float(np.nansum(w * a))
        return {
            "forecast": float((w * f)[both].sum()), "actual": asked, "error": error.numerator, "unit": unit,
            "wape": error.value, "bias": own.value, "naive_wape": wmape(forecast=n, actual=a, weight=w).value,
            "naive_bias": bias(forecast=n, actual=a, weight=w, fewest=1).value,
            "coverage": asked / total if total else None, "reason": error.reason,
        }  # fmt: skip

    def _weight(self, inside: np.ndarray) -> tuple[str, Values]:
        units = np.unique(self._units[inside])
        if len(units) > 1:
            return self.ground.frame.currency, self.price[inside]
        return "".join(units.tolist()), np.ones(int(inside.sum()))

    def _inside(self, division: str, patch: str) -> np.ndarray:
        inside = np.ones(len(self.axis), dtype=np.bool_)
        for name, label in (("division", division), ("patch", patch)):
            if label:
                inside &= self.axis.attributes[name] == label
        return inside

    @cached_property
    def axis(self) -> Axis:
        """Each stream once, as it was forecast where it was."""
        axes = [cube.axis for cube in self._cubes]
        keys, first = np.unique(np.concatenate([axis.keys for axis in axes]), return_index=True)
        return Axis("stream", keys, {name: _of(axes, name)[first] for name in ATTRIBUTES})

    @property
    def _cubes(self) -> list[Cube]:
        return [*self.before.layers.values(), self.history]

    @cached_property
    def _units(self) -> Labels:
        units = np.zeros(len(self.axis), dtype=np.result_type(*(cube.units.dtype for cube in self._cubes)))
        for cube in reversed(self._cubes):
            units[self.axis.rows(cube.axis.keys)] = cube.units
        return units

    def _on(self, cube: Cube, period: int, *, absent: float = np.nan) -> Values:
        """A period of a cube on the streams of all, NaN where it is not known."""
        cut = cube.cut(period, 1)
        values = np.full(len(self.axis), absent)
        values[self.axis.rows(cube.axis.keys)] = np.where(cut.state == State.PRESENT, cut.values, np.nan)[:, 0]
        return values

    @cached_property
    def forecast(self) -> dict[str, Values]:
        """What each layer said of the measured period."""
        return {name: self._on(cube, measured(self.ground)[0]) for name, cube in self.before.layers.items()}

    @cached_property
    def actual(self) -> Values:
        """Demand of the measured period: 0 before a stream's first order, and for one brought that never had any.

        A stream that a cycle forecast and that is not there any more has another label today: it is not scored.
        """
        found = self._on(self.history, measured(self.ground)[0], absent=0.0 if self.before.brought else np.nan)
        column = self.history.cut(measured(self.ground)[0], 1).state[:, 0]
        found[self.axis.rows(self.history.axis.keys[column == State.NONE])] = 0.0
        return found

    @cached_property
    def naive(self) -> Values:
        """The benchmark, as it stood where it did."""
        then = self._known_then()
        frozen = self.forecast.get(BENCHMARK, then)
        return np.where(np.isfinite(frozen), frozen, then)

    def _known_then(self) -> Values:
        """The benchmark by what was known when the forecast was made; nothing seen is 0."""
        _, cycle = measured(self.ground)
        past = self.history.cut(self.history.first, max(cycle - self.history.first, 0))
        values = np.zeros(len(self.axis))
        if past.periods:
            panel = panel_of(np.where(past.state == State.PRESENT, past.values, np.nan))
            ahead = naive(panel, horizon=LAG + 1, season=self.ground.frame.calendar.periods_a_year)[LAG]
            values[self.axis.rows(self.history.axis.keys)] = np.nan_to_num(ahead)
        return values

    @cached_property
    def price(self) -> Values:
        """Price of a unit in the measured period, NaN where it is not known."""
        periods = [self.ground.frame.calendar[measured(self.ground)[0]]]
        currency = self.ground.frame.currency
        found: Values = stream_prices(company=self.ground.company, axis=self.axis, periods=periods, currency=currency)[
            :, 0
        ]
        return found


def _of(axes: Iterable[Axis], name: str) -> Labels:
    found: Labels = np.concatenate([axis.attributes[name] for axis in axes])
    return found
