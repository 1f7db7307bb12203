"""Key accounts: who speaks for each, and what a cycle says of it last."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.model.validity import latest_on
from onenumber.rights.ask import Actor, Thing, may
from onenumber.steps.frame.context import KEPT, Context, Tables
from onenumber.steps.frame.glance import rows_in
from onenumber.store.models import BriefRow, Cycle
from onenumber.store.versions import Versions

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
    if phase not in BRIEFED or "SM" not in context.actor.roles:
        return ()
    said = said_of(context, cycle)
    return tuple(
        one for one in key_accounts(context, cycle) if one.customer not in said and speaks_of(context.actor, one, phase)
    )
