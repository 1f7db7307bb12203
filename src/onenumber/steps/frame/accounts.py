"""Key accounts: who speaks for each, and what a cycle says of it last."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.model.validity import latest_on
from onenumber.rights.ask import Actor, Thing, may
from onenumber.steps.frame.context import Context, Tables
from onenumber.store.models import BriefRow, Cycle

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
    company = context.company(cycle)
    if "customers" not in company:
        return ()
    of = patches_by_customer(context, company)
    rows = company["customers"].filter(pl.col("key_account").fill_null(value=False)).sort("name", "customer")
    return tuple(
        Account(customer=customer, name=name or customer, patches=of.get(customer, ()))
        for customer, name in rows.select("customer", "name").iter_rows()
    )


def patches_by_customer(context: Context, company: Tables) -> dict[str, tuple[str, ...]]:
    """The patches of each customer today; several where its families are spoken for by several people."""
    rows = company["patch_customers"].with_columns(pl.col("family").fill_null(""))
    held = latest_on(rows, context.today, ["customer", "family"]).sort("customer", "patch")
    found: dict[str, dict[str, None]] = {}
    for customer, patch in held.select("customer", "patch").iter_rows():
        found.setdefault(customer, {})[patch] = None
    return {customer: tuple(patches) for customer, patches in found.items()}


def speaks_of(actor: Actor, account: Account, phase: Phase) -> bool:
    """Whether a person may say what is new with an account: it lies in a patch of hers."""
    patches = account.patches or ("",)
    return any(may(actor, "brief", phase=phase, thing=Thing(patch=patch)) for patch in patches)


def said_of(cycle: Cycle) -> Mapping[str, BriefRow]:
    """The last word of a cycle on each account that has one."""
    return {row.customer: row for row in BriefRow.objects.filter(cycle=cycle).order_by("pk")}


def unsaid(context: Context, cycle: Cycle) -> tuple[Account, ...]:
    """The key accounts that a person may speak of and of which the cycle says nothing yet, while that is waited for."""
    phase = Phase(cycle.phase)
    if phase not in BRIEFED or "SM" not in context.actor.roles:
        return ()
    said = said_of(cycle)
    return tuple(
        one for one in key_accounts(context, cycle) if one.customer not in said and speaks_of(context.actor, one, phase)
    )
