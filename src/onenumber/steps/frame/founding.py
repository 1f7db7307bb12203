"""The first load: the plan that it founds."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from onenumber.steps.frame.context import Context
from onenumber.store.models import Plan
from onenumber.store.plans import versions_of

Tables = Mapping[str, pl.DataFrame]
LONGEST_KEY = 60
BESIDE_PATHS = ("/", "\\")
"""Signs that a key may not hold: it names the plan's folder, and stands in the address of every page."""


def why_not_founded(plan: Plan, tables: Tables) -> str:
    """Why the tables cannot found ``plan``, which has no row yet; empty where they can, or where it has one."""
    if plan.pk is not None:
        return ""
    key = _key(tables)
    if plan.key not in ("", key):
        return f"Its plan is {key!r}, and --plan names {plan.key!r}. Leave --plan out, or write {plan.key!r} in plan."
    if len(key) > LONGEST_KEY or key.startswith(".") or any(sign in key for sign in BESIDE_PATHS):
        return f"{key!r} in plan cannot be the key of a plan: use at most {LONGEST_KEY} letters, without / and \\."
    return taken(key) if Plan.objects.filter(key=key).exists() else ""


def taken(key: str) -> str:
    """That there is a plan of this key already, and how to load into it.

    Example:
        >>> taken("tiny")
        "There is a plan 'tiny' already. Load into it with --plan and --as."
    """
    return f"There is a plan {key!r} already. Load into it with --plan and --as."


def in_its_plan(context: Context, tables: Tables) -> Context:
    """The context in the plan that the tables are of: one that has no row yet goes by the key that they say."""
    if context.plan.pk is not None:
        return context
    own = context.plan
    plan = Plan(key=_key(tables), name=own.name, purpose=own.purpose, made_at=own.made_at)
    return replace(context, plan=plan, versions=versions_of(plan))


def founded(plan: Plan) -> Plan | None:
    """The plan with its row, locked until the transaction ends; None where another load has founded it meanwhile."""
    if plan.pk is not None:
        return Plan.objects.select_for_update().get(pk=plan.pk)
    own = {"name": plan.name, "purpose": plan.purpose, "made_at": plan.made_at}
    found, is_new = Plan.objects.get_or_create(key=plan.key, defaults=own)
    return found if is_new else None


def _key(tables: Tables) -> str:
    return str(tables["plan"]["plan"][0])
