"""Hours: what lines have, what maintenance takes, what overtime adds, what released orders use already."""

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.axis import Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Finding
from onenumber.model.period import WorkDays
from onenumber.supply.cells import work_days
from onenumber.supply.differences import MoveWindow, Overtime
from onenumber.supply.findings import attention_finding
from onenumber.supply.horizon import Floats, Horizon, Ints, over_periods
from onenumber.supply.network import Resources

Tables = Mapping[str, pl.DataFrame]
Weeks = Mapping[str, WorkDays]


def resource_axis(company: Tables) -> Axis:
    """The axis of all resources, with site and name of their newest row."""
    rows = company["resources"].sort("resource", "valid_from", nulls_last=False, maintain_order=True)
    rows = rows.unique("resource", keep="last", maintain_order=True).sort("resource")
    keys = np.array(rows["resource"].to_list(), dtype=np.str_)
    order = np.argsort(keys, kind="stable")
    names = {n: np.array(rows[n].fill_null("").to_list(), dtype=np.str_)[order] for n in ("site", "name")}
    return Axis("resource", keys[order], names)


def make_resources(
    company: Tables, *, axis: Axis, horizon: Horizon, moves: Sequence[MoveWindow], overtime: Sequence[Overtime],
    released: Floats,
) -> tuple[Resources, tuple[Finding, ...]]:  # fmt: skip
    """The hours of every resource and period.

    ``released`` (resources x periods) are hours of orders released before the plan; what exceeds the hours and the
    overtime that may be used is left out and is a finding.
    """
    weeks = work_days(company)
    gross = _gross(axis, company, horizon, weeks)
    taken = maintenance_hours(axis, company=company, horizon=horizon, weeks=weeks, moves=moves)
    step_resource, step, hours, cost = _steps(axis, company, horizon, overtime)
    available = np.maximum(gross - taken, 0.0)
    limit = available.copy()
    np.add.at(limit, step_resource, hours)
    over = np.maximum(released - limit, 0.0)
    findings = [
        attention_finding(
            "firm_hours_exceed",
            series=str(axis.keys[q]),
            period=horizon.periods[t].label,
            hours=round(float(over[q, t]), 3),
        )
        for q, t in zip(*np.nonzero(over > 0), strict=True)
    ]
    findings += [
        attention_finding("maintenance_exceeds", series=str(axis.keys[q]), period=horizon.periods[t].label)
        for q, t in zip(*np.nonzero(taken > gross), strict=True)
    ]
    made = Resources(
        axis=axis, available=available, maintenance=np.minimum(taken, gross), firm=released - over,
        step_resource=step_resource, step=step, step_hours=hours, step_cost=cost,
    )  # fmt: skip
    return made, tuple(findings)


def _gross(axis: Axis, company: Tables, horizon: Horizon, weeks: Weeks) -> Floats:
    """Hours before maintenance: those of the period where they are given, else of its working days."""
    rows = over_periods(company["resources"], key=["resource"], horizon=horizon)
    days = {site: week.counts(horizon.starts, horizon.ends) for site, week in weeks.items()}
    worked = np.array([days[site] for site in rows.table["site"].to_list()]).reshape(len(rows.table), horizon.count)
    daily = rows.values("hours_per_day", empty=0.0) * worked[rows.row, rows.t]
    given = rows.values("hours_per_period")
    hours = np.zeros((len(axis), horizon.count))
    at = axis.rows(rows.table["resource"].to_list())[rows.row]
    hours[at, rows.t] = np.where(np.isnan(given), daily, given)
    return hours


def maintenance_hours(
    axis: Axis, *, company: Tables, horizon: Horizon, weeks: Weeks, moves: Sequence[MoveWindow] = ()
) -> Floats:
    """Hours that planned maintenance takes from each resource and period, split by working days of the window.

    A window without a working day is split by calendar days.

    Raises:
        BadDifferenceError: if a window to be moved is unknown, may not move, or would start outside its limits.
    """
    taken = np.zeros((len(axis), horizon.count))
    if "maintenance" not in company:
        for move in moves:
            raise BadDifferenceError(what=f"there is no maintenance window {move.window!r}")
        return taken
    rows = {r["window"]: r for r in company["maintenance"].sort("window").iter_rows(named=True)}
    starts = {move.window: _moved(rows, move) for move in moves}
    places = axis.rows([r["resource"] for r in rows.values()])
    sites = axis.attributes["site"][places].tolist()
    for (window, r), place, site in zip(rows.items(), places.tolist(), sites, strict=True):
        start = starts.get(window, r["start"])
        shares = day_shares(start, start + (r["end"] - r["start"]), horizon=horizon, week=weeks[site])
        taken[place] += r["hours"] * shares
    return taken


def _moved(rows: Mapping[str, Mapping[str, object]], move: MoveWindow) -> dt.date:
    row = rows.get(move.window)
    if row is None or not row["movable"]:
        raise BadDifferenceError(what=f"window {move.window!r} is unknown or may not be moved")
    low, high = row["earliest"] or move.start, row["latest"] or move.start
    if not low <= move.start <= high:  # type: ignore[operator]  # both are dates
        raise BadDifferenceError(what=f"window {move.window!r} must start from {low} to {high}, not on {move.start}")
    return move.start


def day_shares(start: dt.date, end: dt.date, *, horizon: Horizon, week: WorkDays) -> Floats:
    """Share of the half-open range of days that lies in each period, by working days (else by calendar days).

    Example:
        >>> from onenumber.model.period import Calendar
        >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=0, count=2)
        >>> week = WorkDays(workdays="12345")
        >>> day_shares(dt.date(2026, 1, 29), dt.date(2026, 2, 3), horizon=h, week=week).round(3).tolist()
        [0.667, 0.333]
    """
    every = WorkDays(workdays="1234567")
    used = week if week.count(start, end) else every
    whole = max(used.count(start, end), 1)
    first, last = np.datetime64(start, "D"), np.datetime64(end, "D")
    begins = np.maximum(horizon.starts, first)
    inside = used.counts(begins, np.maximum(np.minimum(horizon.ends, last), begins))
    return inside.astype(np.float64) / whole


def _steps(
    axis: Axis, company: Tables, horizon: Horizon, decided: Sequence[Overtime]
) -> tuple[Ints, Ints, Floats, Floats]:
    rows = over_periods(table_or_empty(company, "overtime"), key=["resource", "step"], horizon=horizon)
    keys = rows.table.select("resource", "step")[rows.heads].rows()
    allowed = np.zeros((len(keys), horizon.count), dtype=bool)
    for d in decided:
        if (d.resource, d.step) not in keys:
            raise BadDifferenceError(what=f"resource {d.resource!r} has no overtime step {d.step}")
        since = d.first - horizon.first
        allowed[keys.index((d.resource, d.step)), max(since, 0) : max(since + d.periods, 0)] = True
    hours, cost = np.zeros(allowed.shape), np.zeros(allowed.shape)
    at = (rows.key[rows.row], rows.t)
    free = ~rows.flags("needs_decision")[rows.row]
    hours[at] = rows.values("hours_per_period") * (free | allowed[at])
    cost[at] = rows.values("cost_per_hour")
    resource = axis.rows([name for name, _ in keys])
    return resource, np.array([step for _, step in keys], dtype=np.int64), hours, cost
