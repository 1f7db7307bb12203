"""Load and Company to History: demand per stream and period, raw and cleaned, and what is still open."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.demand.known import mappings_of, open_lines, with_period
from onenumber.demand.streams import stream_axis, with_stream
from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Cube, State, States, Values
from onenumber.model.finding import Finding, Place, Severity
from onenumber.model.period import Calendar
from onenumber.model.sheet import Sheet, SheetKind

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Demand as known when a cycle opened, on one stream axis.

    ``raw``, ``demand`` (cleaned), ``value`` (money as invoiced) and ``returns`` are (streams x periods before the
    cycle); ``booked`` is (streams x horizon) and holds open orders by requested period. ``backlog`` lists past-due
    open lines with their age in periods. ``adjustments`` lists what was cleaned.
    """

    raw: Cube
    demand: Cube
    value: Cube
    returns: Cube
    booked: Cube
    backlog: pl.DataFrame
    adjustments: pl.DataFrame
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
    """The History sheet: five cubes, the backlog and the adjustments, and its sums in the notes."""
    cubes = (history.raw, history.demand, history.value, history.returns, history.booked)
    return Sheet(
        kind=SheetKind.HISTORY,
        cubes={cube.measure: cube for cube in cubes},
        tables={"backlog": history.backlog, "adjustments": history.adjustments},
        notes={
            "streams": len(history.raw.axis),
            "units": float(history.raw.values.sum()),
            "money": round(float(history.value.values.sum()), 2),
            "last_units": float(history.raw.values[:, -1].sum()),
            "last_money": round(float(history.value.values[:, -1].sum()), 2),
        },
    )


def make_history(*, load: Tables, company: Tables, span: Span) -> History:
    """History as of the cycle: every order line by its period, cleaned by recorded adjustments only.

    ``load`` must already be cut to what was known (see :func:`onenumber.demand.known.known_before`). Demand is what
    was ordered, by the date the channel's mapping names; cancelled lines count unless the customer cancelled them
    (what we cancelled was demand); negative quantities are returns, kept apart. Periods before the first order of
    a stream are *none*; after it an empty period is a true zero.
    """
    mappings = mappings_of(company)
    streams = with_stream(load["order_lines"], company=company, as_of=span.as_of)
    axis, units = _axis(streams, company)
    lines = with_period(streams, calendar=span.calendar, mappings=mappings)
    counted = lines.filter((pl.col("status") != "cancelled") | (pl.col("cancelled_by") == "us").fill_null(value=False))
    past = counted.filter((pl.col("period") >= span.first) & (pl.col("period") < span.cycle))
    sold = past.filter(pl.col("quantity") >= 0)
    state = _state(sold, axis, span)
    returned = -_sum(past.filter(pl.col("quantity") < 0), axis, span, "quantity")
    raw = _cube("demand_raw", _sum(sold, axis, span, "quantity"), state, axis, span, units)
    demand, adjustments = _cleaned(raw, load, axis=axis, span=span, company=company)
    return History(
        raw=raw,
        demand=demand,
        value=_cube("demand_value", _sum(past, axis, span, "amount"), state, axis, span, units),
        returns=_cube("returns", returned, np.zeros_like(state), axis, span, units),
        booked=_booked(load, company=company, axis=axis, span=span, units=units),
        backlog=_backlog(load, company=company, span=span),
        adjustments=adjustments,
        findings=_findings(lines, counted, span),
    )


def _axis(streams: pl.DataFrame, company: Tables) -> tuple[Axis, Labels]:
    axis = stream_axis(streams)
    unit_of = dict(company["items"].select("item", "unit").iter_rows())
    return axis, np.array([unit_of[item] for item in axis.attributes["item"].tolist()], dtype=np.str_)


def _sum(lines: pl.DataFrame, axis: Axis, span: Span, column: str) -> Values:
    """Sum per stream and period, in the order of the order lines so that bits repeat."""
    periods = span.cycle - span.first
    ordered = lines.sort("order", "line")
    rows = axis.rows(ordered["stream"].to_list())
    at = rows * periods + (ordered["period"].to_numpy() - span.first)
    weights = ordered[column].fill_null(0.0).to_numpy()
    total = np.bincount(at, weights=weights, minlength=len(axis) * periods).astype(np.float64)
    return total.reshape(len(axis), periods)


def _state(lines: pl.DataFrame, axis: Axis, span: Span) -> States:
    periods = span.cycle - span.first
    began = np.full(len(axis), periods)
    np.minimum.at(began, axis.rows(lines["stream"].to_list()), lines["period"].to_numpy() - span.first)
    return np.where(np.arange(periods)[None, :] < began[:, None], State.NONE, State.PRESENT).astype(np.uint8)


def _cube(measure: str, values: Values, state: States, axis: Axis, span: Span, units: Labels) -> Cube:
    return Cube(measure, np.where(state == State.PRESENT, values, 0.0), state, axis, span.first, units)


def _cleaned(raw: Cube, load: Tables, *, axis: Axis, span: Span, company: Tables) -> tuple[Cube, pl.DataFrame]:
    rows = load.get("history_adjustments", pl.DataFrame())
    if not len(rows):
        return raw.rename("demand"), pl.DataFrame(schema={"stream": pl.String, "period": pl.Int64, "delta": pl.Float64})
    of_customer = with_stream(rows.filter(pl.col("customer").is_not_null()), company=company, as_of=span.as_of)
    days = of_customer["period"].to_numpy().astype("datetime64[D]")
    at = span.calendar.indices(days) - span.first
    found = axis.find(of_customer["stream"].to_list())
    good = (found >= 0) & (at >= 0) & (at < raw.periods)
    values = raw.values.copy()
    np.add.at(values, (found[good], at[good]), of_customer["delta"].to_numpy()[good])
    cleaned = Cube("demand", np.maximum(values, 0.0), raw.state, axis, raw.first, raw.units)
    applied = of_customer.filter(pl.Series(good)).with_columns(pl.Series("index", at[good] + span.first))
    return cleaned, applied


def _booked(load: Tables, *, company: Tables, axis: Axis, span: Span, units: Labels) -> Cube:
    lines = with_stream(open_lines(load), company=company, as_of=span.as_of)
    periods = span.calendar.indices(lines["requested"].to_numpy().astype("datetime64[D]")) - span.cycle
    inside = (periods >= 0) & (periods < span.horizon)
    at = axis.rows(lines["stream"].to_list())[inside] * span.horizon + periods[inside]
    weights = lines["open"].to_numpy()[inside]
    values = np.bincount(at, weights=weights, minlength=len(axis) * span.horizon).astype(np.float64)
    shape = (len(axis), span.horizon)
    return Cube("booked", values.reshape(shape), np.zeros(shape, dtype=np.uint8), axis, span.cycle, units)


def _backlog(load: Tables, *, company: Tables, span: Span) -> pl.DataFrame:
    lines = with_stream(open_lines(load), company=company, as_of=span.as_of)
    periods = span.calendar.indices(lines["requested"].to_numpy().astype("datetime64[D]"))
    late = lines.with_columns(pl.Series("age", span.cycle - periods)).filter(pl.col("requested") < span.as_of)
    wanted = ["order", "line", "stream", "customer", "item", "open", "requested", "first_confirmed", "age"]
    return late.select(wanted).sort("order", "line")


def _findings(lines: pl.DataFrame, counted: pl.DataFrame, span: Span) -> tuple[Finding, ...]:
    outside = lines.filter(pl.col("period") < 0)
    no_patch = counted.filter(pl.col("patch") == "no patch")["customer"].n_unique()
    found = []
    if len(outside):
        found.append(_finding("history_outside_calendar", lines=len(outside), first=str(span.calendar[0].start)))
    if no_patch:
        found.append(_finding("customers_without_patch", customers=no_patch))
    return tuple(found)


def _finding(code: str, **values: str | int) -> Finding:
    return Finding(code=code, severity=Severity.ATTENTION, place=Place(), values=values)
