"""The one door by which rows come in: a load's and a single amended row's, merged into what is there, whole or not."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
from django.db import transaction
from django.db.models import Max

from onenumber.errors.steps import NothingLoadedError
from onenumber.files.read import Loaded
from onenumber.model.contract import COMPANY, LOAD
from onenumber.model.finding import Severity, counted, findings_table
from onenumber.model.sheet import Sheet, SheetKind, SheetState
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.founding import founded, note_installer, taken
from onenumber.steps.frame.writing import Written, write
from onenumber.store.manifest import Pins, latest
from onenumber.store.models import LoadRun, Person, Plan, SheetVersion

Before = Mapping[SheetKind, SheetVersion | None]


def working(context: Context) -> Before:
    """The newest master data and facts, as a load will find them."""
    return {kind: latest(context.plan, kind) for kind in (SheetKind.COMPANY, SheetKind.LOAD)}


def known_in(context: Context, before: Before) -> dict[str, pl.DataFrame]:
    """Every table of some versions."""
    return {name: table for version in before.values() for name, table in _tables(context, version).items()}


def _tables(context: Context, version: SheetVersion | None) -> Tables:
    return context.versions.get(version.content).tables if version is not None else {}


def wrong(loaded: Loaded) -> int:
    """How many findings say that something is to be looked at."""
    return counted(finding for finding in loaded.findings if finding.severity is not Severity.APART).total()


def nothing(source: str, why: str, loaded: Loaded) -> NothingLoadedError:
    """That nothing landed, of how many rows that were read."""
    read = sum(loaded.rows_read.values())
    return NothingLoadedError(folder=source, why=why, rows_read=read, count=wrong(loaded), findings=loaded.findings)


def enter(
    context: Context,
    loaded: Loaded,
    tables: Tables,
    *,
    source: str,
    before: Before,
    step: str = "load",
) -> LoadRun | None:
    """Enter what was merged into ``before``; None where another load was entered since.

    Raises:
        NothingLoadedError: if somebody founded the plan meanwhile.
    """
    company = Sheet(kind=SheetKind.COMPANY, tables={n: _nameless(n, tables[n]) for n in COMPANY if n in tables})
    facts = Sheet(kind=SheetKind.LOAD, tables={n: tables[n] for n in LOAD if n in tables})
    listed = Sheet(kind=SheetKind.LOAD, tables={"findings": findings_table(loaded.findings)})
    put = {sheet.kind: context.versions.put(sheet) for sheet in (company, facts)}
    findings = context.versions.put(listed)  # all before the transaction, so that it stays short
    how = Written(step=step, state=SheetState.DRAFT)
    with transaction.atomic():
        plan = founded(context.plan)
        if plan is None:
            raise nothing(source, taken(context.plan.key), loaded)
        context = replace(context, plan=plan)
        if working(context) != before:
            return None
        made = [
            write(context, None, sheet, pins=Pins(), how=replace(how, content=put[sheet.kind]))
            for sheet in (company, facts)
        ]
        renamed = _name_people(plan, loaded.tables.get("people"))
        _name_plan(plan, company.tables["plan"])
        last = LoadRun.objects.filter(plan=plan).aggregate(last=Max("sequence"))["last"]
        moved = any(before[SheetKind(v.kind)] is None or before[SheetKind(v.kind)].pk != v.pk for v in made)  # type: ignore[union-attr]  # None is asked first
        run_row = LoadRun.objects.create(
            plan=plan, sequence=(last or 0) + 1, at=context.now, person=context.actor.person, source=source,
            rows_read=sum(loaded.rows_read.values()), rows_loaded=sum(loaded.rows_loaded.values()),
            tables=_counts(loaded, renamed), findings=wrong(loaded), findings_sheet=findings,
            changed=moved or renamed > 0,
        )  # fmt: skip
        note_installer(context, run_row, first=before[SheetKind.COMPANY] is None)
        return run_row


def _counts(loaded: Loaded, renamed: int) -> dict[str, dict[str, int]]:
    """Per table the rows read and loaded, and of people how many have another name or address now."""
    counts = {n: {"read": loaded.rows_read[n], "loaded": loaded.rows_loaded[n]} for n in loaded.rows_read}
    if renamed:
        counts["people"]["renamed"] = renamed
    return counts


def _nameless(name: str, table: pl.DataFrame) -> pl.DataFrame:
    """People without names and addresses: those stay in SQL, where they can be erased without breaking a plan."""
    if name != "people":
        return table
    return table.with_columns(pl.col("person").alias("name"), pl.lit(None, dtype=pl.String).alias("email"))


def _name_people(plan: Plan, people: pl.DataFrame | None) -> int:
    """Keep names and addresses; of how many people who were there already one is another now: no sheet shows it."""
    if people is None:
        return 0
    known = {key: (name, email) for key, name, email in plan.people.values_list("key", "name", "email")}
    rows = [
        Person(plan=plan, key=row["person"], name=row["name"], email=row["email"] or "")
        for row in people.iter_rows(named=True)
    ]
    Person.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["plan", "key"], update_fields=["name", "email"]
    )
    now = {row.key: (row.name, row.email) for row in rows}
    return sum(key in known and known[key] != value for key, value in now.items())


def _name_plan(plan: Plan, table: pl.DataFrame) -> None:
    plan.name = str(table["name"][0])
    plan.save(update_fields=["name"])
