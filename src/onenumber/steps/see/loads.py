"""What was loaded, and what was wrong with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.store import NoSuchLoadError
from onenumber.files.read import GROUPED
from onenumber.model.finding import Finding, findings_from
from onenumber.rights.ask import may
from onenumber.steps.frame.context import Context
from onenumber.store.models import LoadRun


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
    names = context.names()
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
    """All findings of one code: how many, in how many rows (0: of whole files), and the first of them."""

    count: int
    rows: int
    example: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    """The findings of a load by code, the most first, and a page of them; ``total`` counts lines of those asked for.

    ``apart`` says per unit how much was kept apart; it is in no group and no line.
    """

    groups: tuple[Grouped, ...] = ()
    apart: tuple[Finding, ...] = ()
    lines: tuple[Finding, ...] = ()
    total: int = 0


def load_of(context: Context, sequence: int) -> LoadLine:
    """One load of the plan.

    Raises:
        NotAllowedError: if the person may not load.
        NoSuchLoadError: if there is none of that number.
    """
    return _line(_row(context, sequence), context.names())


def findings_page(context: Context, listed: str, *, code: str = "", first: int = 0, lines: int = 100) -> FindingsPage:
    """A page of the findings that a load kept under the hash ``listed``, of one code or of all.

    Raises:
        NotAllowedError: if the person may not load.
    """
    context.permit("load", phase=Phase.DATA)
    if not listed:
        return FindingsPage()
    table = _of_codes(context.versions.get(listed).table("findings"))
    in_all = pl.col("code") == "returns_in_all"
    each = table.filter(~in_all)
    asked = each.filter(pl.col("of") == code) if code else each
    return FindingsPage(
        groups=_groups(each),
        apart=findings_from(table.filter(in_all)),
        lines=findings_from(asked.slice(first, lines)),
        total=len(asked),
    )


def _of_codes(table: pl.DataFrame) -> pl.DataFrame:
    """Each finding with the code it belongs to, ``of``, and the rows it stands for where those are many, ``many``."""
    value = pl.col("values").str.json_path_match
    count, rows = (value(f"$.{name}").cast(pl.Int64, strict=False) for name in ("count", "rows"))
    of = pl.when(pl.col("code").is_in(GROUPED)).then(value("$.code")).otherwise(pl.col("code"))
    return table.with_columns(of.alias("of"), pl.coalesce(count, rows).alias("many"))


def _groups(table: pl.DataFrame) -> tuple[Grouped, ...]:
    """By code; a row with two such findings is one row, and what was too much to list counts as it is."""
    single = pl.col("many").is_null() & pl.col("row").is_not_null()
    one_by_one = pl.struct("file", "row").filter(single).n_unique()
    found = pl.when(pl.col("code").is_in(GROUPED)).then(pl.col("many")).otherwise(1).sum()
    counts = table.group_by("of", maintain_order=True).agg(found.alias("count"), rows=one_by_one + pl.col("many").sum())
    examples = findings_from(table.unique(subset="of", keep="first", maintain_order=True))
    groups = [
        Grouped(count=count, rows=rows, example=example)
        for (count, rows), example in zip(counts.select("count", "rows").iter_rows(), examples, strict=True)
    ]
    return tuple(sorted(groups, key=lambda group: -group.count))


def findings_of(context: Context, sequence: int) -> tuple[Finding, ...]:
    """Every finding of a load.

    Raises:
        NotAllowedError: if the person may not load.
    """
    row = _row(context, sequence)
    return findings_from(context.versions.get(row.findings_sheet).table("findings"))
