"""Load a folder: facts and master data, good rows in, bad rows listed, whole or not at all."""

from pathlib import Path

from onenumber.files.merge import merge
from onenumber.files.read import Loaded, read_folder
from onenumber.model.contract import TABLES
from onenumber.model.finding import Severity
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.entering import enter, known_in, nothing, working, wrong
from onenumber.steps.frame.founding import in_its_plan, permit_load, why_nobody_could_load, why_not_founded
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import LoadRun

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
    loaded = read_folder(folder, known=known_in(context, working(context)), progress=through.file)
    outcome = Outcome(step="load", figures=_figures(loaded), findings=loaded.findings)
    run_row = None
    while run_row is None:  # a load that ended while this one was read stands: its rows are merged, too
        through.on("merging")
        before = working(context)
        tables = merge(known_in(context, before), loaded.tables)
        _refuse_useless(context, loaded, tables, folder)
        if dry_run:
            return outcome
        through.on("writing")
        run_row = enter(in_its_plan(context, tables), loaded, tables, source=str(folder.name), before=before)
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


def _refuse_useless(context: Context, loaded: Loaded, tables: Tables, folder: Path) -> None:
    why = (
        _why_incomplete(loaded, tables)
        or why_nobody_could_load(context.plan, tables, context.now.date())
        or why_not_founded(context.plan, tables)
    )
    if why:
        raise nothing(folder.name, why, loaded)


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


def _figures(loaded: Loaded) -> dict[str, int | str]:
    apart = [finding for finding in loaded.findings if finding.severity is Severity.APART]
    unused = [name for name, table in loaded.tables.items() if TABLES[name].unused and len(table)]
    return {
        "tables": len(loaded.tables),
        "rows_read": sum(loaded.rows_read.values()),
        "rows_loaded": sum(loaded.rows_loaded.values()),
        "findings": wrong(loaded),
        "returns": sum(int(finding.values["count"] or 0) for finding in apart if finding.code == "returns_in_all"),
        **({"kept_not_used_yet": ", ".join(unused)} if unused else {}),
    }


def _of_names(run: LoadRun) -> dict[str, int]:
    renamed = run.tables.get("people", {}).get("renamed", 0)
    return {"people_with_another_name_or_address": renamed} if renamed else {}


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
