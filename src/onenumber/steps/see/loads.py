"""What was loaded, and what was wrong with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.model.finding import Finding, findings_from
from onenumber.rights.ask import may
from onenumber.steps.frame.context import Context
from onenumber.store.models import LoadRun
from onenumber.store.plans import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLine:
    """One load as shown."""

    sequence: int
    at: dt.datetime
    person: str
    source: str
    rows_read: int
    rows_loaded: int
    tables: Mapping[str, Mapping[str, int]]
    findings: int
    changed: bool


def loads_of(context: Context) -> tuple[LoadLine, ...]:
    """Every load of the plan, newest first; empty to who may not load."""
    if not may(context.actor, "load", phase=Phase.DATA):
        return ()
    names = names_of(context.plan)
    return tuple(
        LoadLine(
            sequence=row.sequence, at=row.at, person=names.get(row.person, row.person), source=row.source,
            rows_read=row.rows_read, rows_loaded=row.rows_loaded, tables=row.tables, findings=row.findings,
            changed=row.changed,
        )
        for row in LoadRun.objects.filter(plan=context.plan).order_by("-sequence")
    )  # fmt: skip


def findings_of(context: Context, sequence: int) -> tuple[Finding, ...]:
    """Every finding of a load.

    Raises:
        NotAllowedError: if the person may not load.
    """
    context.permit("load", phase=Phase.DATA)
    row = LoadRun.objects.get(plan=context.plan, sequence=sequence)
    return findings_from(context.versions.get(row.findings_sheet).table("findings"))
