"""A line in a month, opened: what fills it, who goes short for it, and what more time there could be."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.validity import valid_on
from onenumber.review.naming import place_name
from onenumber.review.told import told_short
from onenumber.rights.ask import reads
from onenumber.rights.roles import reads_customers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.line_load import EPSILON, short_at_lines
from onenumber.steps.see.planned import Planned, planned_in

MOST = 12
"""Rows of what fills a line that are read at a glance."""
OTHER = ""
"""The customer of what a person may not see by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """An item that the plan starts on the line in the month: how much of it, and its hours."""

    item: str
    name: str
    quantity: float
    unit: str
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesShort:
    """What does not come in time for a line or a material: whose, of which item, and when it comes (empty: not known).

    ``key`` is that of the item, ``whole`` whether it is planned in whole units; ``customer`` is empty where it is other
    demand than the person sees. ``page`` is the planning customer whose page she may open (empty: none).
    """

    key: str
    item: str
    customer: str
    asked_in: str
    quantity: float
    unit: str
    comes: str
    page: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreTime:
    """Hours of the line that could be had: an overtime step, with its price where the person reads costs.

    ``decided``: whether it needs a decision.
    """

    step: int
    hours: float
    price: float | None
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOpened:
    """A line in a month: what fills it, what the rest takes, who goes short for it, and what more time there is.

    ``released_hours`` are those that orders released before the plan still take of the month.
    ``movable``: whether a maintenance window of it may go to another month.
    """

    line: str
    name: str
    period: str
    filled: tuple[Filling, ...]
    other_hours: float
    released_hours: float
    short: tuple[GoesShort, ...]
    ways: tuple[MoreTime, ...]
    currency: str
    movable: bool = False


def line_opened(context: Context, line: str, month: str, label: str = "") -> LineOpened | None:
    """A line in a month of the plan that :func:`line_loads` shows; None for one that the person does not see.

    Raises:
        NotAllowedError: if she reads what no line does.
        NoSheetError: if nothing was planned.
    """
    look = glance(context)
    plan = planned_in(look, look.cycle(label))
    axis = plan.sheet.cube("hours_used").axis
    hers = axis.keys[plan.hers(axis)].tolist()
    period = next((one.index for one in plan.frame.calendar.periods if one.label == month), None)
    if line not in hers or period is None:
        return None
    filled = _filled(plan, line, period)
    short = tuple(goes_short(plan, short_at_lines(plan).filter(
        (pl.col("cause_at") == line) & (pl.col("cause_period") == period)
    )))  # fmt: skip
    return LineOpened(
        line=line,
        name=plan.names.get(f"resource:{line}", line),
        period=month,
        filled=filled[:MOST],
        other_hours=sum(one.hours for one in filled[MOST:]),
        released_hours=_released(plan, line, period, started=sum(one.hours for one in filled)),
        short=short,
        ways=tuple(_more_time(plan, line)),
        currency=plan.frame.currency,
        movable=_is_movable(plan, line),
    )


def _is_movable(plan: Planned, line: str) -> bool:
    """Whether a maintenance window of the line that is not over may move."""
    begin = plan.frame.calendar[plan.since].start
    rows = plan.table("maintenance").filter((pl.col("resource") == line) & (pl.col("end") > begin))
    return bool(rows["movable"].fill_null(value=False).any())


def _filled(plan: Planned, line: str, period: int) -> tuple[Filling, ...]:
    """The runs that the plan starts on the line in the month, by hours of it: those of its own rate of each route."""
    rates = valid_on(plan.table("rates"), plan.frame.calendar[plan.cycle.index].start)
    rates = rates.filter(pl.col("resource") == line).select("item", "site", "route", "hours_per_unit")
    runs = plan.sheet.table("runs").filter((pl.col("period") == period) & ~pl.col("released"))
    rows = runs.join(rates, on=["item", "site", "route"], how="inner", maintain_order="left")
    rows = rows.with_columns((pl.col("quantity") * pl.col("hours_per_unit")).alias("on_line"))
    rows = rows.sort("on_line", descending=True, maintain_order=True)
    names, units = plan.names, units_of(plan)
    return tuple(
        Filling(
            item=item,
            name=names.get(f"item:{item}", item),
            quantity=quantity,
            unit=units.get(item, ""),
            hours=hours,
        )
        for item, quantity, hours in rows.select("item", "quantity", "on_line").iter_rows()
    )


def _released(plan: Planned, line: str, period: int, *, started: float) -> float:
    """What is left of the hours that the plan uses once what it starts is taken: orders were begun before it."""
    used = plan.sheet.cube("hours_used")
    row = int(used.axis.rows([line])[0])
    left = float(used.values[row, period - used.first]) - started
    return left if left > EPSILON else 0.0


def units_of(plan: Planned) -> dict[str, str]:
    """In which unit each item is counted."""
    return dict(plan.table("items").select("item", "unit").iter_rows())


def goes_short(plan: Planned, rows: pl.DataFrame) -> Iterator[GoesShort]:
    """Shortages as a person sees them, the largest first; those of streams that she does not read as other demand.

    What rounds to nothing in its unit is none.
    """
    axis, names, units = plan.sheet.cube("demand").axis, plan.names, units_of(plan)
    whole = set(plan.table("items").filter(pl.col("decimals") == 0)["item"].to_list())
    opens = reads_customers(plan.look.actor.roles)
    seen = set(axis.keys[plan.hers(axis)].tolist())
    known = rows.with_columns(pl.col("stream").is_in(sorted(seen)).alias("_hers"))
    known = known.with_columns(pl.when("_hers").then("planning_customer").otherwise(pl.lit(OTHER)).alias("_who"))
    keys = ["item", "_who", "period", "next_period"]
    sums = known.group_by(keys, maintain_order=True).agg(pl.col("short").sum())
    sums = told_short(sums, plan.table("items")).sort("short", descending=True, maintain_order=True)
    for item, who, period, comes, short in sums.select(*keys, "short").iter_rows():
        customer = names.get(f"customer:{who}", who)
        yield GoesShort(
            key=item, item=place_name(item, names), customer=customer, asked_in=plan.label(period), quantity=short,
            unit=units.get(item, ""), comes=plan.label(comes) if comes is not None else "", page=who if opens else "",
            whole=item in whole,
        )  # fmt: skip


def _more_time(plan: Planned, line: str) -> Iterator[MoreTime]:
    rows = valid_on(plan.table("overtime"), plan.frame.calendar[plan.cycle.index].start)
    tells = reads(plan.look.actor, Figure.COST)
    mine = rows.filter(pl.col("resource") == line).sort("step")
    for row in mine.iter_rows(named=True):
        price = row["cost_per_hour"] if tells else None
        hours = float(np.nan_to_num(row["hours_per_period"] or 0.0))
        yield MoreTime(step=row["step"], hours=hours, price=price, decided=bool(row["needs_decision"]))
