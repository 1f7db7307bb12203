"""Key accounts: who speaks for each, and what a cycle says of it last."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import SheetKind
from onenumber.model.validity import latest_on
from onenumber.rights.ask import Actor, Thing, may
from onenumber.rights.roles import leads_sales
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.glance import Glance, cycle_earlier, rows_in
from onenumber.steps.frame.news import news_ever
from onenumber.steps.frame.unit_values import Master, worth_by
from onenumber.store.models import BriefRow, Cycle
from onenumber.store.versions import Versions

MUCH = 0.10
"""The share by which a forecast must move to be asked about (domain.md SM-2)."""
KEPT = 8

BRIEFED = (Phase.DEMAND, Phase.SUPPLY, Phase.RECONCILE)
"""The phases in which what is not said of a key account is waited for: the pack goes out after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A key account: its key and name, and the patches that it belongs to."""

    customer: str
    name: str
    patches: tuple[str, ...]


def key_accounts(context: Context, cycle: Cycle) -> tuple[Account, ...]:
    """The key accounts of a cycle's company, by name."""
    found = context.company_version(cycle)
    return _accounts(context.versions, found.content, context.today) if found is not None else ()


@lru_cache(maxsize=KEPT)
def _accounts(versions: Versions, content: str, day: dt.date) -> tuple[Account, ...]:
    """Every page counts those of which nothing is said, and a version of the company never changes."""
    company = versions.get(content).tables
    if "customers" not in company:
        return ()
    of = patches_by_customer(company, day)
    rows = company["customers"].filter(pl.col("key_account").fill_null(value=False)).sort("name", "customer")
    return tuple(
        Account(customer=customer, name=name or customer, patches=of.get(customer, ()))
        for customer, name in rows.select("customer", "name").iter_rows()
    )


def patches_by_customer(company: Tables, day: dt.date) -> dict[str, tuple[str, ...]]:
    """The patches of each customer on a day; several where its families are spoken for by several people."""
    rows = company["patch_customers"].with_columns(pl.col("family").fill_null(""))
    held = latest_on(rows, day, ["customer", "family"]).sort("customer", "patch")
    found: dict[str, dict[str, None]] = {}
    for customer, patch in held.select("customer", "patch").iter_rows():
        found.setdefault(customer, {})[patch] = None
    return {customer: tuple(patches) for customer, patches in found.items()}


def speaks_of(actor: Actor, account: Account, phase: Phase) -> bool:
    """Whether a person may say what is new with an account: it lies in a patch of hers."""
    patches = account.patches or ("",)
    return any(may(actor, "brief", phase=phase, thing=Thing(patch=patch)) for patch in patches)


def said_of(context: Context, cycle: Cycle) -> Mapping[str, BriefRow]:
    """The last word of a cycle on each account that has one."""
    return {row.customer: row for row in rows_in(context, BriefRow, cycle)}


def unsaid(context: Context, cycle: Cycle) -> tuple[Account, ...]:
    """The key accounts that a person may speak of and of which the cycle says nothing yet, while that is waited for."""
    phase = Phase(cycle.phase)
    if phase not in BRIEFED or not leads_sales(context.actor):
        return ()
    said = said_of(context, cycle)
    return tuple(
        one for one in key_accounts(context, cycle) if one.customer not in said and speaks_of(context.actor, one, phase)
    )


def asked_about(look: Glance, cycle: Cycle) -> Mapping[str, str]:
    """The key accounts of which something should be said, and why: ``loss`` was told, or the forecast ``moved``.

    It moved where what the baseline is worth differs by more than 10 % (domain.md SM-2): see :func:`moved_by`.
    """
    losses = (row for row in news_ever(look, cycle) if row.kind == "loss" and row.cycle_id == cycle.pk)
    lost = [row.place.get("planning_customer") for row in losses]
    moved = {who: "moved" for who, share in moved_by(look, cycle).items() if abs(share) > MUCH}
    asked = {**moved, **dict.fromkeys(lost, "loss")}
    return {one.customer: asked[one.customer] for one in key_accounts(look, cycle) if one.customer in asked}


def moved_by(look: Glance, cycle: Cycle) -> Mapping[str, float]:
    """By which share the forecast of each planning customer moved against the cycle before, in money.

    Of the months of the year ahead, those that both baselines reach; nothing of whom one of them knows nothing.
    """
    before = cycle_earlier(look, cycle)
    ends = [_reach(look, one) for one in (cycle, before) if one is not None]
    if before is None or None in ends:
        return {}
    months = min([_year(look, cycle), *(end - cycle.index for end in ends if end is not None)])
    now, was = worth_of(look, cycle, cycle, months=months), worth_of(look, before, cycle, months=months)
    return {who: worth / was[who] - 1 for who, worth in now.items() if was.get(who)}


def _reach(look: Glance, of: Cycle) -> int | None:
    """The period after the last that the baseline of a cycle reaches; None before there is one."""
    forecast = look.sheet(SheetKind.FORECAST, of)
    return forecast.cube("L1").indices.stop if forecast is not None else None


def moved_without_word(look: Glance, cycle: Cycle) -> tuple[str, ...]:
    """Those of which the cycle says nothing: neither news nor that there is none."""
    asked = asked_about(look, cycle)
    said = said_of(look, cycle) if asked else {}
    return tuple(customer for customer in asked if customer not in said)


def worth_of(look: Glance, of: Cycle, cycle: Cycle, *, months: int | None = None) -> Mapping[str, float]:
    """What the baseline of a cycle says of the months from another's on is worth, by planning customer.

    Of so many ``months``; of a year where none are named.
    """
    forecast, company = look.version(SheetKind.FORECAST, of), look.company_version(of)
    if forecast is None or company is None:
        return {}
    return _worth(
        look.versions, (forecast.content, company.content), look.frame(of), cycle.index, months or _year(look, of)
    )


def _year(look: Glance, cycle: Cycle) -> int:
    """How many months make a year."""
    return look.frame(cycle).calendar.periods_a_year


@lru_cache(maxsize=KEPT)
def _worth(versions: Versions, of: tuple[str, str], frame: PlanFrame, first: int, months: int) -> Mapping[str, float]:
    """Worked out once in a process: neither sheet ever changes."""
    baseline, master = versions.get(of[0]).cube("L1"), Master(of[1], versions.get(of[1]).tables)
    cube = baseline.cut(first, min(months, baseline.indices.stop - first))
    return worth_by("planning_customer", cube, master, frame)
