"""Load and Company to History: demand per stream and period, raw and cleaned, and what is still open."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.demand.amounts import in_plan_currency
from onenumber.demand.cleanse import Cleansed, cleanse
from onenumber.demand.known import mappings_of, open_lines, periods_not_loaded, with_period
from onenumber.demand.streams import NO_PATCH, stream_axis, with_stream
from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Cube, State, States, Values, alike
from onenumber.model.finding import Finding, Place, Severity, Value
from onenumber.model.period import Calendar
from onenumber.model.sheet import Sheet, SheetKind

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Demand as known when a cycle opened, on one stream axis.

    ``raw``, ``demand`` (cleaned), ``value`` (money as invoiced) and ``returns`` are (streams x periods before the
    cycle); ``booked`` is (streams x horizon) and holds open orders by the period they are demand of. ``backlog``
    lists open lines of earlier periods with their age in periods (one is past due when ``requested`` is, too).
    ``adjustments`` lists what was cleaned. ``not_loaded`` are the labels of the periods whose order lines did not come.
    """

    raw: Cube
    demand: Cube
    value: Cube
    returns: Cube
    booked: Cube
    backlog: pl.DataFrame
    adjustments: pl.DataFrame
    not_loaded: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The periods of one cycle: history is [first, cycle), the horizon is [cycle, cycle + horizon)."""

    calendar: Calendar
    first: int
    cycle: int
    horizon: int

    @property
    def as_of(self) -> dt.date:
        """The day on which attributes are taken: the first day of the cycle's period."""
        return self.calendar[self.cycle].start


def history_sheet(history: History) -> Sheet:
    """The History sheet: five cubes, the backlog and the adjustments, and its sums in the notes.

    The notes name months of which no orders were loaded; where the last is one of them, it has no sums.
    """
    cubes = (history.raw, history.demand, history.value, history.returns, history.booked)
    return Sheet(
        kind=SheetKind.HISTORY,
        cubes={cube.measure: cube for cube in cubes},
        tables={"backlog": history.backlog, "adjustments": history.adjustments},
        notes={
            "streams": len(history.raw.axis),
            "units": alike(history.raw.values.sum(), history.raw.units),
            "money": round(float(history.value.values.sum()), 2),
            **_last_month(history),
            **({"not_loaded": ", ".join(history.not_loaded)} if history.not_loaded else {}),
        },
    )


def _last_month(history: History) -> dict[str, float | None]:
    """Sums of the last month; none where it is missing: what is not known is not 0."""
    if np.any(history.raw.state[:, -1] == State.MISSING):
        return {}
    return {
        "last_units": alike(history.raw.values[:, -1].sum(), history.raw.units),
        "last_money": round(float(history.value.values[:, -1].sum()), 2),
    }


def make_history(*, load: Tables, company: Tables, span: Span) -> History:
    """History as of the cycle: every order line by its period, cleaned by recorded adjustments only.

    ``load`` must already be cut to what was known (see :func:`onenumber.demand.known.known_before`). Demand is what
    was ordered, by the date the channel's mapping names; cancelled lines count unless the customer cancelled them
    (what we cancelled was demand); negative quantities are returns, kept apart. Periods before the first order of
    a stream are *none*; after it an empty period is a true zero. A period whose order lines were not loaded
    (:func:`onenumber.demand.known.periods_not_loaded`) is *missing* for every stream: not even whether it had begun is
    known, and what earlier orders asked of it is a part only. What is open is ``booked`` where its period lies in the
    horizon and ``backlog`` where it is past: it was counted as demand then, and has still to leave.
    """
    mappings = mappings_of(company)
    streams = with_stream(load["order_lines"], company=company, as_of=span.as_of)
    axis, units = _axis(streams, company)
    lines = with_period(streams, calendar=span.calendar, mappings=mappings)
    counted = lines.filter((pl.col("status") != "cancelled") | (pl.col("cancelled_by") == "us").fill_null(value=False))
    past = _placed(counted.filter((pl.col("period") >= span.first) & (pl.col("period") < span.cycle)), axis)
    sold = past.filter(pl.col("quantity") >= 0)
    returned = -_sum(past.filter(pl.col("quantity") < 0), axis, span, "quantity")
    gone = periods_not_loaded(
        "order_lines", load, company=company, calendar=span.calendar, periods=range(span.first, span.cycle)
    )
    at = [k - span.first for k in gone]
    raw = _cube("demand_raw", _sum(sold, axis, span, "quantity"), _state(sold, axis, span, at), axis, span, units)
    past = in_plan_currency(past, company=company, calendar=span.calendar)
    value = _cube("demand_value", _sum(past, axis, span, "amount"), _state(past, axis, span, at), axis, span, units)
    rows = load.get("history_adjustments")
    cleansed = cleanse(raw, rows, company=company, calendar=span.calendar, as_of=span.as_of)
    still_open = _open(load, company=company, span=span)
    return History(
        raw=raw,
        demand=cleansed.demand,
        value=value,
        returns=_cube("returns", returned, _without(np.zeros_like(raw.state), at), axis, span, units),
        booked=_booked(still_open, axis, span, units),
        backlog=_backlog(still_open, span),
        adjustments=cleansed.applied,
        not_loaded=tuple(span.calendar[k].label for k in gone),
        findings=_findings(counted, past, span, cleansed, gone),
    )


def _axis(streams: pl.DataFrame, company: Tables) -> tuple[Axis, Labels]:
    axis = stream_axis(streams)
    unit_of = dict(company["items"].select("item", "unit").iter_rows())
    return axis, np.array([unit_of[item] for item in axis.attributes["item"].tolist()], dtype=np.str_)


def _placed(lines: pl.DataFrame, axis: Axis) -> pl.DataFrame:
    """Lines with their ``row`` on the axis, in the order of the order lines: sums in it repeat to the bit."""
    streams = lines["stream"].unique(maintain_order=True)
    rows = pl.DataFrame({"stream": streams, "row": axis.rows(streams.to_list())})
    return lines.join(rows, on="stream", how="left", maintain_order="left").sort("order", "line")


def _sum(placed: pl.DataFrame, axis: Axis, span: Span, column: str) -> Values:
    """Sum per stream and period, in the order of the lines."""
    periods = span.cycle - span.first
    at = placed["row"].to_numpy() * periods + (placed["period"].to_numpy() - span.first)
    weights = placed[column].fill_null(0.0).to_numpy()
    total = np.bincount(at, weights=weights, minlength=len(axis) * periods).astype(np.float64)
    return total.reshape(len(axis), periods)


def _state(placed: pl.DataFrame, axis: Axis, span: Span, gone: list[int]) -> States:
    periods = span.cycle - span.first
    began = np.full(len(axis), periods)
    np.minimum.at(began, placed["row"].to_numpy(), placed["period"].to_numpy() - span.first)
    state = np.where(np.arange(periods)[None, :] < began[:, None], State.NONE, State.PRESENT).astype(np.uint8)
    return _without(state, gone)


def _without(state: States, gone: list[int]) -> States:
    state[:, gone] = State.MISSING
    return state


def _cube(measure: str, values: Values, state: States, axis: Axis, span: Span, units: Labels) -> Cube:
    return Cube(measure, np.where(state == State.PRESENT, values, 0.0), state, axis, span.first, units)


def _open(load: Tables, *, company: Tables, span: Span) -> pl.DataFrame:
    """Open order lines with their stream and the period they are demand of; -1 is before the calendar."""
    lines = with_stream(open_lines(load), company=company, as_of=span.as_of)
    mappings = mappings_of(company)
    dated = with_period(lines, calendar=span.calendar, mappings=mappings)
    by_order = [channel for channel, mapping in mappings.items() if mapping.date_used == "ordered"]  # known, so past
    after_the_calendar = (pl.col("period") < 0) & (pl.col("requested") >= span.as_of)
    return dated.filter(~after_the_calendar | pl.col("channel").is_in(by_order))


def _booked(lines: pl.DataFrame, axis: Axis, span: Span, units: Labels) -> Cube:
    ahead = _placed(lines.filter(pl.col("period").is_between(span.cycle, span.cycle + span.horizon - 1)), axis)
    at = ahead["row"].to_numpy() * span.horizon + (ahead["period"].to_numpy() - span.cycle)
    values = np.bincount(at, weights=ahead["open"].to_numpy(), minlength=len(axis) * span.horizon).astype(np.float64)
    shape = (len(axis), span.horizon)
    return Cube("booked", values.reshape(shape), np.zeros(shape, dtype=np.uint8), axis, span.cycle, units)


def _backlog(lines: pl.DataFrame, span: Span) -> pl.DataFrame:
    late = lines.filter(pl.col("period") < span.cycle).with_columns((span.cycle - pl.col("period")).alias("age"))
    wanted = ["order", "line", "stream", "customer", "item", "open", "requested", "first_confirmed", "age"]
    return late.select(wanted).sort("order", "line")


def _findings(
    counted: pl.DataFrame, past: pl.DataFrame, span: Span, cleansed: Cleansed, gone: Sequence[int]
) -> tuple[Finding, ...]:
    outside = counted.filter(pl.col("period") < 0)
    no_amount = past.filter(pl.col("amount").is_null())
    no_patch = counted.filter(pl.col("patch") == NO_PATCH)["customer"].n_unique()
    found: dict[str, dict[str, Value]] = {
        "orders_not_loaded": {"months": ", ".join(span.calendar[k].label for k in gone)},
        "history_outside_calendar": {"lines": len(outside), "first": str(span.calendar[0].start)},
        "lines_without_amount": {"lines": len(no_amount)},
        "customers_without_patch": {"customers": no_patch},
        "adjustments_not_applied": {"adjustments": cleansed.not_applied},
        "adjusted_below_zero": {"cells": cleansed.below_zero},
    }
    return tuple(
        Finding(code=code, severity=Severity.ATTENTION, place=Place(), values=values)
        for code, values in found.items()
        if next(iter(values.values()))
    )
