"""Load a folder: facts and master data, good rows in, bad rows listed, whole or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
from django.db import transaction
from django.db.models import Max

from onenumber.errors.steps import NothingLoadedError
from onenumber.files.merge import merge
from onenumber.files.read import Loaded, read_folder
from onenumber.model.contract import COMPANY, LOAD, TABLES
from onenumber.model.finding import Severity, counted, findings_table
from onenumber.model.sheet import Sheet, SheetKind, SheetState
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.founding import (
    founded,
    in_its_plan,
    note_installer,
    permit_load,
    taken,
    why_nobody_could_load,
    why_not_founded,
)
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.manifest import Pins, latest
from onenumber.store.models import LoadRun, Person, Plan, SheetVersion

AFTER_FILES = ("merging", "writing")

NO_GOOD_ROW = "No row of it could be used; the findings say of each why, and what to do."


def run(context: Context, *, folder: Path, dry_run: bool = False) -> Outcome:
    """Read a folder of contract tables and merge it into what is there: the newest load wins per business key.

    Raises:
        NotAllowedError: if the person may not load.
        NothingLoadedError: if no row could be loaded, a required table would still be missing, nobody could load after
            it, or the plan that it would found cannot be.
    """
    permit_load(context)
    through = _Through(context)
    loaded = read_folder(folder, known=_known(context, _working(context)), progress=through.file)
    outcome = Outcome(step="load", figures=_figures(loaded), findings=loaded.findings)
    run_row = None
    while run_row is None:  # a load that ended while this one was read stands: its rows are merged, too
        through.on("merging")
        before = _working(context)
        tables = merge(_known(context, before), loaded.tables)
        _refuse_useless(context, loaded, tables, folder)
        if dry_run:
            return outcome
        through.on("writing")
        run_row = _enter(in_its_plan(context, tables), loaded, tables, source=str(folder.name), before=before)
    through.on("done")
    return Outcome(
        step="load",
        figures={**outcome.figures, **_of_names(run_row), "load": run_row.sequence, "changed": run_row.changed},
        findings=loaded.findings,
    )


class _Through:
    """How far a load is: each file is a part, and after the last one merging and writing are one each."""

    def __init__(self, context: Context) -> None:
        self._tell = context.progress
        self._files = 0

    def file(self, done: int, files: int, name: str) -> None:
        """The file that is read next; it bears the name of its table."""
        self._files = files
        self._tell(done, files + len(AFTER_FILES), f"reading {name}")

    def on(self, part: str) -> None:
        """What comes after the files."""
        done = self._files + (AFTER_FILES.index(part) if part in AFTER_FILES else len(AFTER_FILES))
        self._tell(done, self._files + len(AFTER_FILES), part)


Before = Mapping[SheetKind, SheetVersion | None]


def _working(context: Context) -> Before:
    return {kind: latest(context.plan, kind) for kind in (SheetKind.COMPANY, SheetKind.LOAD)}


def _known(context: Context, before: Before) -> dict[str, pl.DataFrame]:
    return {name: table for version in before.values() for name, table in _tables(context, version).items()}


def _tables(context: Context, version: SheetVersion | None) -> Tables:
    return context.versions.get(version.content).tables if version is not None else {}


def _refuse_useless(context: Context, loaded: Loaded, tables: Tables, folder: Path) -> None:
    why = (
        _why_incomplete(loaded, tables)
        or why_nobody_could_load(context.plan, tables, context.now.date())
        or why_not_founded(context.plan, tables)
    )
    if why:
        raise _nothing(folder.name, why, loaded)


def _nothing(source: str, why: str, loaded: Loaded) -> NothingLoadedError:
    """That nothing landed, of how many rows that were read."""
    read = sum(loaded.rows_read.values())
    return NothingLoadedError(folder=source, why=why, rows_read=read, count=_wrong(loaded), findings=loaded.findings)


def _why_incomplete(loaded: Loaded, tables: Tables) -> str:
    missing = [name for name, table in TABLES.items() if table.required and _is_missing(name, loaded, tables)]
    if missing:
        return f"Tables that a company needs are missing: {', '.join(missing)}."
    return "" if sum(loaded.rows_loaded.values()) else NO_GOOD_ROW


def _is_missing(name: str, loaded: Loaded, tables: Tables) -> bool:
    """Whether a table did not come: one with a header and no rows says that there are none; but a plan there is."""
    if name not in tables or len(tables[name]):
        return name not in tables
    return name == "plan" or loaded.rows_read.get(name, 0) > 0


def _wrong(loaded: Loaded) -> int:
    """How many findings say that something is to be looked at."""
    return counted(finding for finding in loaded.findings if finding.severity is not Severity.APART).total()


def _figures(loaded: Loaded) -> dict[str, int | str]:
    apart = [finding for finding in loaded.findings if finding.severity is Severity.APART]
    unused = [name for name, table in loaded.tables.items() if TABLES[name].unused and len(table)]
    return {
        "tables": len(loaded.tables),
        "rows_read": sum(loaded.rows_read.values()),
        "rows_loaded": sum(loaded.rows_loaded.values()),
        "findings": _wrong(loaded),
        "returns": sum(int(finding.values["count"] or 0) for finding in apart if finding.code == "returns_in_all"),
        **({"kept_not_used_yet": ", ".join(unused)} if unused else {}),
    }


def _of_names(run: LoadRun) -> dict[str, int]:
    renamed = run.tables.get("people", {}).get("renamed", 0)
    return {"people_with_another_name_or_address": renamed} if renamed else {}


def _enter(
    context: Context,
    loaded: Loaded,
    tables: Tables,
    *,
    source: str,
    before: Before,
) -> LoadRun | None:
    """Enter what was merged into ``before``; None where another load was entered since."""
    company = Sheet(kind=SheetKind.COMPANY, tables={n: _nameless(n, tables[n]) for n in COMPANY if n in tables})
    facts = Sheet(kind=SheetKind.LOAD, tables={n: tables[n] for n in LOAD if n in tables})
    listed = Sheet(kind=SheetKind.LOAD, tables={"findings": findings_table(loaded.findings)})
    put = {sheet.kind: context.versions.put(sheet) for sheet in (company, facts)}
    findings = context.versions.put(listed)  # all before the transaction, so that it stays short
    how = Written(step="load", state=SheetState.DRAFT)
    with transaction.atomic():
        plan = founded(context.plan)
        if plan is None:
            raise _nothing(source, taken(context.plan.key), loaded)
        context = replace(context, plan=plan)
        if _working(context) != before:
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
            tables=_counts(loaded, renamed), findings=_wrong(loaded), findings_sheet=findings,
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


STEP = Step(
    name="load",
    verb="load",
    phase=None,
    says="Load a folder of tables.",
    run=run,
    arguments=(
        Argument(name="folder", doc="Folder with one file per table.", kind="folder", positional=True),
        Argument(name="dry_run", doc="Read and list findings only; nothing is kept.", kind="flag", required=False),
    ),
)
