"""The supply side as it stands: what is short and why, and the papers on the table."""

import polars as pl

from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import reads
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.gates import lines_waiting, open_blockers, signature_blockers, undecided
from onenumber.store.plans import find_cycle


def open_shortages(context: Context, label: str = "") -> tuple[str, ...]:
    """Causes of shortages that still block the supply signature; nothing to who sees no plan."""
    return _blocking(context, "sign_supply", "shortage_open", label)


def without_paper(context: Context, label: str = "") -> tuple[str, ...]:
    """Escalated causes that have no paper and so block the review's signature; nothing to who sees no plan."""
    return _blocking(context, "sign_review", "conflict_open", label)


def accounts_unsaid(context: Context, label: str = "") -> tuple[str, ...]:
    """Key accounts that moved without a word and so block the demand's signature; nothing to who sees no plan."""
    return _blocking(context, "sign_demand", "account_unsaid", label)


def _blocking(context: Context, verb: str, code: str, label: str) -> tuple[str, ...]:
    if not reads(context.actor, Figure.VOLUME):
        return ()
    cycle = find_cycle(context.plan, label)
    return tuple(b.subject for b in signature_blockers(context, cycle, verb) if b.code == code)


def unloaded(context: Context, label: str = "") -> tuple[str, ...]:
    """Facts of last month that were not loaded and so keep the data open; nothing to who sees no plan."""
    if not reads(context.actor, Figure.VOLUME):
        return ()
    waiting = open_blockers(context, find_cycle(context.plan, label))
    return tuple(b.subject for b in waiting if b.code == "facts_not_loaded")


def papers_on_table(context: Context, label: str = "") -> tuple[tuple[str, ...], pl.DataFrame]:
    """Papers that wait for a decision, and all options with their figures; nothing to who reads no such cost."""
    cycle = find_cycle(context.plan, label)
    sheet = context.sheet(SheetKind.DECISION, cycle, "papers")
    if sheet is None or not _reads_all_cost(context):
        return (), pl.DataFrame()
    return undecided(context, cycle), sheet.table("options")


def lines_over_budget(context: Context, label: str = "") -> tuple[str, ...]:
    """Budget lines that wait for an executive's decision."""
    if not _reads_all_cost(context):
        return ()
    return lines_waiting(context, find_cycle(context.plan, label))


def _reads_all_cost(context: Context) -> bool:
    return reads(context.actor, Figure.COST) and sees_all(context.actor)
