"""The family page: demand, supply, stock or backlog and service of one place, period by period (domain §3.6)."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from onenumber.inventory.cover import forward_cover
from onenumber.model.cube import State, Values
from onenumber.review.leaves import Leaves, Sum, latest, sums

WEEK_DAYS = 7.0


class How(StrEnum):
    """How the figures of a row come from its leaves."""

    SUM = "sum"
    RATIO = "ratio"  # times * over / under
    COVER = "cover"  # days until what is held is used up
    LATEST = "latest"  # the last of them to come


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The leaves of one place that the page is made from, by name; a name that is not there was not made.

    Names: new, planned (what the supply plan is asked for, where orders make it differ from new), last, budget,
    delivered (in money only), actual, since (orders since the freeze), low, high (demand); supply, supply_last,
    supply_actual; stock, stock_last, stock_actual, safety, and held (what days of stock are counted on: actual, then
    planned) with need (demand for what is stocked, valued as stock is); bookings, booked, backlog, lost (what the plan
    gives up: neither shipped nor waited for), backlog_last, backlog_actual, comes (periods until all that a column asks
    for has left), and late (actual, then planned backlog) with asked (demand, valued as backlog is); shipped and due;
    kept and counted (order lines by the period of their requested date).
    ``days`` are the days of each column. Money is in minor units. ``why`` has the reasons of a row, by its code, that
    is there and empty because something was not loaded; for the others :data:`PLAIN` does. ``unvalued`` are the tables
    of prices and costs, as reasons, that money lacks as a whole.
    """

    leaves: Mapping[str, Leaves]
    days: Values
    unit: str
    why: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unvalued: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRow:
    """One row: ``over`` summed; of a ratio ``times * over / under``.

    Of a cover it is how many of the days in ``times`` pass until ``over`` is used up by the ``under`` of the columns
    after it; of the latest, the largest of ``over``. ``source`` names the leaves it shows; ``reasons`` say why a
    column is empty, (past, ahead), and ``unvalued`` why what is there has no value in money.
    """

    code: str
    source: str
    unit: str
    over: Leaves
    reasons: tuple[str, str]
    under: Leaves | None = None
    times: Values | None = None
    how: How = How.SUM
    unvalued: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a figure: its label at a level, and its figures over all columns."""

    label: str
    figures: tuple[Sum, ...]


PLAIN = (
    ("demand_new", "new", ("over", "not_made")),
    ("demand_plan", "planned", ("over", "not_made")),
    ("demand_last", "last", ("no_plan_then", "beyond_last")),
    ("demand_difference", "new - last", ("over", "beyond_last")),
    ("demand_budget", "budget", ("no_budget", "no_budget")),
    ("demand_delivered", "delivered", ("no_data", "no_actual")),
    ("demand_actual", "actual", ("no_data", "no_actual")),
    ("demand_deviation", "actual - last", ("no_plan_then", "no_actual")),
    ("demand_since", "since", ("over", "not_made")),
    ("demand_low", "low", ("over", "not_made")),
    ("demand_high", "high", ("over", "not_made")),
    ("supply_new", "supply", ("over", "not_made")),
    ("supply_last", "supply_last", ("no_plan_then", "beyond_last")),
    ("supply_difference", "supply - supply_last", ("over", "beyond_last")),
    ("supply_actual", "supply_actual", ("no_data", "no_actual")),
    ("supply_deviation", "supply_actual - supply_last", ("no_plan_then", "no_actual")),
    ("inventory", "stock", ("over", "not_made")),
    ("inventory_last", "stock_last", ("no_plan_then", "beyond_last")),
    ("inventory_actual", "stock_actual", ("no_data", "no_actual")),
    ("inventory_deviation", "stock_actual - stock_last", ("no_plan_then", "no_actual")),
    ("inventory_target", "safety", ("over", "not_made")),
    ("inventory_days", "held", ("no_data", "beyond_horizon")),
    ("backlog_bookings", "bookings", ("no_data", "no_actual")),
    ("backlog_booked", "booked", ("over", "not_made")),
    ("backlog", "backlog", ("over", "not_made")),
    ("backlog_lost", "lost", ("over", "not_made")),
    ("backlog_last", "backlog_last", ("no_plan_then", "beyond_last")),
    ("backlog_actual", "backlog_actual", ("no_data", "no_actual")),
    ("backlog_weeks", "late", ("no_data", "no_demand")),
    ("backlog_promise", "comes", ("over", "not_promised")),
    ("service_actual", "kept", ("nothing_due", "no_actual")),
    ("service", "shipped", ("over", "no_demand")),
)
"""Every row in its order: code, the leaves it shows (or the difference of two), and why a column may be empty."""


def family_rows(sources: Sources) -> tuple[FamilyRow, ...]:
    """The rows of a place whose leaves are there; what a place does not have (stock, backlog) has no row.

    Days of stock are forward cover (K42): the demand of the periods after it (what was asked, then what is planned),
    walked until the stock is used up; None where it outlasts the horizon. Weeks of backlog = backlog at the end /
    demand of the same period a week; the promise is when the last of what a period asks for leaves, in periods after
    it; service = shipped / (asked + backlog before), of the plan; actual service = order lines on time in full on their
    requested date / lines due (K27).
    """
    return tuple(_rows(sources))


def _rows(sources: Sources) -> Iterator[FamilyRow]:
    for code, wanted, reasons in PLAIN:
        over = _over(sources.leaves, wanted)
        if over is None or (code in OF_QUANTITIES and not sources.unit):
            continue
        under, times, unit = _ratio(sources, code)
        if unit and (under is not None or times is None):
            yield FamilyRow(
                code=code, source=wanted.split(" ")[0], unit=unit, over=over, reasons=sources.why.get(code, reasons),
                under=under, times=times, how=HOW.get(code, How.SUM),
                unvalued=_unvalued(sources, wanted.split(" ")[0]),
            )  # fmt: skip


AT_COST = (
    "supply", "supply_last", "supply_actual", "stock", "stock_last", "stock_actual", "safety", "held",
)  # fmt: skip
"""Leaves whose money is their cost; that of the others is their price."""


def _unvalued(sources: Sources, name: str) -> str:
    reason = "no_costs" if name in AT_COST else "no_prices"
    return reason if reason in sources.unvalued else ""


HOW = {
    "inventory_days": How.COVER, "backlog_weeks": How.RATIO, "backlog_promise": How.LATEST,
    "service_actual": How.RATIO, "service": How.RATIO,
}  # fmt: skip
"""Rows that are no sum."""
OF_QUANTITIES = ("inventory_days", "backlog_weeks", "service")
"""Ratios of sums: of unlike units there is none to divide; that of order lines counts lines, which are alike."""


def _over(leaves: Mapping[str, Leaves], wanted: str) -> Leaves | None:
    name, _, other = wanted.partition(" - ")
    if name not in leaves or (other and other not in leaves):
        return None
    return leaves[name].minus(leaves[other]) if other else leaves[name]


def _ratio(sources: Sources, code: str) -> tuple[Leaves | None, Values | None, str]:
    """What a row is divided by, what it is multiplied with, and its unit; a ratio without its base has no row."""
    match code:
        case "inventory_days":
            return sources.leaves.get("need"), sources.days, "days"
        case "backlog_weeks":
            return sources.leaves.get("asked"), sources.days / WEEK_DAYS, "weeks"
        case "service_actual":
            return sources.leaves.get("counted"), np.ones(len(sources.days)), "share"
        case "backlog_promise":
            return None, None, "periods"
        case "service":
            return sources.leaves.get("due"), np.ones(len(sources.days)), "share"
        case _:
            return None, None, sources.unit


def figures(row: FamilyRow) -> tuple[Sum, ...]:
    """The figures of a row."""
    if row.how is How.LATEST:
        return tuple(latest(row.over)[0])
    return _divided(row, sums(row.over)[0], None if row.under is None else sums(row.under)[0])


def parts(row: FamilyRow, level: str) -> tuple[Part, ...]:
    """The parts of a row by one level, the largest sum first; empty where its leaves do not know the level."""
    sides = [side for side in (row.over, row.under) if side is not None]
    if any(level not in side.by for side in sides):
        return ()
    labels = np.unique(np.concatenate([side.by[level] for side in sides]))
    added = latest if row.how is How.LATEST else sums
    tables = [added(side, np.searchsorted(labels, side.by[level]), len(labels)) for side in sides]
    below: Sequence[list[Sum] | None] = tables[1] if row.under is not None else [None] * len(labels)
    found = [
        Part(label=str(label), figures=_divided(row, over, under))
        for label, over, under in zip(labels, tables[0], below, strict=True)
    ]
    return tuple(sorted(found, key=lambda part: -sum(abs(f.value or 0.0) for f in part.figures)))


def _divided(row: FamilyRow, over: list[Sum], under: list[Sum] | None) -> tuple[Sum, ...]:
    if under is None or row.times is None:
        return tuple(over)
    if row.how is How.COVER:
        return tuple(_cover_of(over, under, row.times, k) for k in range(len(over)))
    return tuple(_ratio_of(a, b, float(times)) for a, b, times in zip(over, under, row.times, strict=True))


def _ratio_of(over: Sum, under: Sum, times: float) -> Sum:
    if over.value is None or not under.value:
        return Sum(value=None, state=over.state if over.value is None else State.NONE, coverage=0.0)
    return Sum(value=times * over.value / under.value, state=State.PRESENT, coverage=min(over.coverage, under.coverage))


def _cover_of(stock: list[Sum], need: list[Sum], days: Values, column: int) -> Sum:
    """Days that the stock at the end of a column lasts; a column ahead without demand of its own uses nothing.

    Where it has to last over a month of which the demand is missing, nobody knows how long it does.
    """
    held, ahead = stock[column], slice(column + 1, None)
    if held.value is None:
        return Sum(value=None, state=held.state, coverage=0.0)
    demand = np.array([[one.value or 0.0 for one in need[ahead]]])
    cover = forward_cover(stock=np.array([held.value]), demand=demand)
    walked = need[ahead] if cover.beyond[0] else need[ahead][: math.ceil(cover.periods[0])]
    if any(one.state is State.MISSING for one in walked):
        return Sum(value=None, state=State.MISSING, coverage=0.0)
    if cover.beyond[0]:
        return Sum(value=None, state=State.NONE, coverage=0.0)
    passed = np.concatenate([[0.0], np.cumsum(days[ahead])])
    lasts = float(np.interp(cover.periods[0], np.arange(len(passed)), passed))
    return Sum(
        value=lasts,
        state=State.PRESENT,
        coverage=min([held.coverage, *(n.coverage for n in need[ahead] if n.value is not None)]),
    )
