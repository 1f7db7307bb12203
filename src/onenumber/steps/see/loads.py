"""What was loaded, and what was wrong with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.store import NoSuchLoadError
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
    listed: str
    changed: bool


def loads_of(context: Context) -> tuple[LoadLine, ...]:
    """Every load of the plan, newest first; empty to who may not load."""
    if not may(context.actor, "load", phase=Phase.DATA):
        return ()
    names = names_of(context.plan)
    return tuple(_line(row, names) for row in LoadRun.objects.filter(plan=context.plan).order_by("-sequence"))


def _line(row: LoadRun, names: Mapping[str, str]) -> LoadLine:
    return LoadLine(
        sequence=row.sequence, at=row.at, person=names.get(row.person, row.person), source=row.source,
        rows_read=row.rows_read, rows_loaded=row.rows_loaded, tables=row.tables, findings=row.findings,
        listed=row.findings_sheet, changed=row.changed,
    )  # fmt: skip


def _row(context: Context, sequence: int) -> LoadRun:
    context.permit("load", phase=Phase.DATA)
    row = LoadRun.objects.filter(plan=context.plan, sequence=sequence).first()
    if row is None:
        raise NoSuchLoadError(load=sequence)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """All findings of one code: how many, and the first of them."""

    count: int
    example: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    """The findings of a load by code, the most first, and one page of them; ``total`` counts those asked for."""

    groups: tuple[Grouped, ...]
    lines: tuple[Finding, ...]
    total: int


def load_of(context: Context, sequence: int) -> LoadLine:
    """One load of the plan.

    Raises:
        NotAllowedError: if the person may not load.
        NoSuchLoadError: if there is none of that number.
    """
    return _line(_row(context, sequence), names_of(context.plan))


def findings_page(context: Context, listed: str, *, code: str = "", first: int = 0, lines: int = 100) -> FindingsPage:
    """A page of the findings that a load kept under the hash ``listed``, of one code or of all.

    Raises:
        NotAllowedError: if the person may not load.
    """
    context.permit("load", phase=Phase.DATA)
    if not listed:
        return FindingsPage(groups=(), lines=(), total=0)
    table = context.versions.get(listed).table("findings")
    counts = table.group_by("code", maintain_order=True).agg(pl.len().alias("count"))
    examples = findings_from(table.unique(subset="code", keep="first", maintain_order=True))
    groups = [Grouped(count=n, example=e) for n, e in zip(counts["count"].to_list(), examples, strict=True)]
    asked = table.filter(pl.col("code") == code) if code else table
    return FindingsPage(
        groups=tuple(sorted(groups, key=lambda group: -group.count)),
        lines=findings_from(asked.slice(first, lines)),
        total=len(asked),
    )


def findings_of(context: Context, sequence: int) -> tuple[Finding, ...]:
    """Every finding of a load.

    Raises:
        NotAllowedError: if the person may not load.
    """
    row = _row(context, sequence)
    return findings_from(context.versions.get(row.findings_sheet).table("findings"))
