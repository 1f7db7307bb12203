"""The first load: the plan that it founds, and who may load after it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.rights import NobodyMayLoadError
from onenumber.rights.actors import held_on
from onenumber.rights.ask import who_may
from onenumber.rights.table import WRITE
from onenumber.steps.frame.context import INSTALLER, Context
from onenumber.store.models import AuditRow, LoadRun, Plan, Purpose
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


def why_nobody_could_load(plan: Plan, tables: Tables, day: dt.date) -> str:
    """Why nobody could load once these tables stand; empty where somebody could.

    A rehearsal is nobody's: who plays it holds every role.
    """
    if plan.purpose == Purpose.REHEARSAL or who_may(held_on(day, company=tables).actor(""), "load"):
        return ""
    return (
        f"Nobody in roles is {_loaders()} on {day}, so nobody could load after it. "
        "Add a row of who may, with dates that hold on that day."
    )


def nobody_may_load(context: Context) -> bool:
    """Whether a company is there and nobody holds the right to load into it today."""
    held = context.held()
    return held is not None and not who_may(held.actor(""), "load")


def permit_load(context: Context) -> None:
    """Refuse who may not load.

    Raises:
        NobodyMayLoadError: if nobody may any more, and it is not the installer who asks.
        NotAllowedError: if this person may not.
    """
    one_of_them = context.plan.purpose != Purpose.REHEARSAL and context.actor.person != INSTALLER
    if one_of_them and nobody_may_load(context):
        raise NobodyMayLoadError(plan=context.plan.name, day=context.now.date(), roles=_loaders())
    context.permit("load", phase=Phase.DATA)


def _loaders() -> str:
    *others, last = WRITE["load"].roles
    return f"{', '.join(others)} or {last}"


def note_installer(context: Context, run: LoadRun, *, first: bool) -> None:
    """Write down that a load was done without a right: by whoever sits at the machine, and why that was let pass."""
    if context.actor.person == INSTALLER:
        because = "the first load of the plan" if first else "nobody held the right to load"
        AuditRow.objects.create(
            plan=run.plan, at=context.now, person=INSTALLER, verb="load_as_installer",
            what={"load": run.sequence, "because": because},
        )  # fmt: skip


def _key(tables: Tables) -> str:
    return str(tables["plan"]["plan"][0])
