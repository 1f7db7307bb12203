"""What became of a salesperson's last call, per customer: asked, promised, and why not more, from the plan in force."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.review.naming import place_name
from onenumber.review.told import told_short
from onenumber.rights.roles import patches_sold
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Tables
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.in_force import in_force_up_to
from onenumber.steps.see.month_page import Where
from onenumber.store.models import Cycle

BY = ("planning_customer", "period", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """How much of what was asked does not come in its period: by when (empty: not within the plan), and why."""

    quantity: float
    cause: str
    at: str
    comes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a customer asked and is promised in a period, in one unit, and what is short of it."""

    period: str
    unit: str
    asked: float
    promised: float
    shorts: tuple[Short, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerOutcome:
    """A planning customer with the periods in which something is short."""

    customer: str
    name: str
    lines: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The customers of her patches by the plan published in cycle ``of`` (empty: none is in force).

    ``short`` are those that don't get all of it in time, ``whole`` how many do; the periods asked about are ``first``
    to ``last``.
    """

    of: str
    first: str
    last: str
    short: tuple[CustomerOutcome, ...]
    whole: int
    where: Where


def outcomes_of(look: Glance, cycle: Cycle) -> Outcomes | None:
    """What the plan in force answers to her; None to who has no patch."""
    patches = sorted(patches_sold(look.actor))
    if not patches:
        return None
    found = in_force_up_to(look.plan, cycle.index)
    if found is None or found.cycle is None:
        return Outcomes(of="", first="", last="", short=(), whole=0, where=Where(page="sheets"))
    company, calendar = look.company(found.cycle), look.frame(found.cycle).calendar
    promises = look.versions.get(found.content).table("promises")
    rows = promises.filter(pl.col("patch").is_in(patches), pl.col("period") >= cycle.index)
    rows = _as_told(rows, company)
    labels = {one.index: one.label for one in calendar.periods}
    short = rows.filter(pl.col("short") > 0)["planning_customer"].unique().sort().to_list()
    named = names_at(look, found.cycle)
    last = max([cycle.index, *promises["period"].unique().to_list()])
    return Outcomes(
        of=found.cycle.label, first=labels[cycle.index], last=labels[last],
        short=tuple(_customer(one, rows, named, labels) for one in short),
        whole=rows["planning_customer"].n_unique() - len(short), where=Where(page="sheet", key=str(found.pk)),
    )  # fmt: skip


def outcome_of(
    look: Glance, cycle: Cycle, customer: str, *, streams: Collection[str]
) -> tuple[str, CustomerOutcome | None]:
    """What the plan in force leaves short of a customer in some streams (those that the person sees), and its cycle.

    None where nothing is short; the cycle is empty where no plan is in force.
    """
    found = in_force_up_to(look.plan, cycle.index)
    if found is None or found.cycle is None:
        return "", None
    company, calendar = look.company(found.cycle), look.frame(found.cycle).calendar
    rows = look.versions.get(found.content).table("promises")
    rows = rows.filter(pl.col("planning_customer") == customer, pl.col("period") >= cycle.index)
    rows = rows.filter(pl.col("stream").is_in(list(streams)))
    rows = _as_told(rows, company)
    if not len(rows.filter(pl.col("short") > 0)):
        return found.cycle.label, None
    labels = {one.index: one.label for one in calendar.periods}
    return found.cycle.label, _customer(customer, rows, names_at(look, found.cycle), labels)


def _as_told(rows: pl.DataFrame, company: Tables) -> pl.DataFrame:
    """Promises with the unit of their item; of what is short by nothing in that unit all is promised."""
    items = company["items"]
    told = told_short(rows, items)
    kept = told.select("stream", "period", pl.lit(value=True).alias("told"))
    rows = rows.join(kept, on=["stream", "period"], how="left", maintain_order="left")
    return rows.with_columns(
        pl.when("told").then("promised").otherwise("asked").alias("promised"),
        pl.when("told").then("short").otherwise(0.0).alias("short"),
    ).join(items.select("item", "unit"), on="item", how="left", maintain_order="left")


def _customer(
    customer: str, rows: pl.DataFrame, names: Mapping[str, str], labels: Mapping[int, str]
) -> CustomerOutcome:
    hers = rows.filter(pl.col("planning_customer") == customer)
    sums = hers.group_by(BY, maintain_order=True).agg(pl.col("asked", "promised", "short").sum())
    sums = sums.filter(pl.col("short") > 0).sort("period", "unit")
    return CustomerOutcome(
        customer=customer,
        name=names.get(f"customer:{customer}", customer),
        lines=tuple(
            Outcome(
                period=labels[one["period"]], unit=one["unit"], asked=one["asked"], promised=one["promised"],
                shorts=_shorts(hers, one["period"], one["unit"], names, labels),
            )
            for one in sums.iter_rows(named=True)
        ),
    )  # fmt: skip


def _shorts(
    rows: pl.DataFrame, period: int, unit: str, names: Mapping[str, str], labels: Mapping[int, str]
) -> tuple[Short, ...]:
    part = rows.filter((pl.col("period") == period) & (pl.col("unit") == unit) & (pl.col("short") > 0))
    keys = ("cause", "cause_at", "next_period")
    groups = part.group_by(keys, maintain_order=True).agg(pl.col("short").sum()).sort("short", descending=True)
    return tuple(
        Short(
            quantity=quantity, cause=cause or "", at=place_name((at or "").partition(SEPARATOR)[0], names),
            comes=labels.get(comes, "") if comes is not None else "",
        )
        for cause, at, comes, quantity in groups.select(*keys, "short").iter_rows()
    )  # fmt: skip
