"""Loads, as their pages show them: those that ended, and the jobs that are under way or came to nothing."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.conf import settings

from onenumber.cycle.phases import Phase
from onenumber.errors import NoSuchLoadError
from onenumber.files.write import csv_bytes
from onenumber.jobs import queue
from onenumber.model.contract.empty import table_or_empty
from onenumber.steps.frame.context import Context
from onenumber.steps.see import loads as seen
from onenumber.web.loads.model import FindingGroup, FindingsAsked, LoadDetail, LoadLine, LoadState, TableCount, Upload

JOB = "job-"
LONGEST_NAME = 80
STATES = {
    "waiting": LoadState.WAITING,
    "running": LoadState.RUNNING,
    "failed": LoadState.NOTHING,
    "stopped": LoadState.STOPPED,
    "cancelled": LoadState.CANCELLED,
    "done": LoadState.CHECKED,
}


def all_loads(context: Context) -> tuple[LoadLine, ...]:
    """The loads and the jobs that became none, the newest first."""
    jobs = [_of_job(job) for job in queue.jobs_of(context, "load") if _load_of(job) is None]
    return tuple(sorted([*jobs, *map(_of_run, seen.loads_of(context))], key=lambda line: line.at, reverse=True))


def one_load(context: Context, load_id: str, asked: FindingsAsked) -> LoadDetail:
    """A load, or the job of one; a job that is done is the load it made.

    Raises:
        NoSuchLoadError: if the plan has none of that name, or it is not the person's.
    """
    if load_id.isdecimal():
        return _run_detail(context, int(load_id), asked)
    job = queue.look(context, int(load_id.removeprefix(JOB))) if load_id.removeprefix(JOB).isdecimal() else None
    if job is None:
        raise NoSuchLoadError(load=load_id)
    made = _load_of(job)
    if made is not None:
        return _run_detail(context, made, asked)
    line = _of_job(job)
    return _detail(context, line, (), listed=str(job.result.get("listed", "")), asked=asked)


def empty_file(context: Context, table: str) -> bytes:
    """A table of the contract as a CSV of its heads, to be filled.

    Raises:
        NotAllowedError: if the person loads nothing.
    """
    context.permit("load", phase=Phase.DATA)
    return csv_bytes(table_or_empty({}, table))


def start(context: Context, files: Sequence[Upload], *, dry_run: bool) -> str:
    """Keep the files and put their load in the queue."""
    folder = Path(settings.ONENUMBER_HOME) / "uploads" / uuid.uuid4().hex / _called(files)
    folder.mkdir(parents=True)
    for file in files:
        with (folder / Path(str(file.name)).name).open("xb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
    return f"{JOB}{queue.start(context, 'load', {'folder': str(folder), 'dry_run': dry_run})}"


def cancel(context: Context, load_id: str) -> None:
    """Wish that a load stops.

    Raises:
        NoSuchLoadError: if the person has no such job.
    """
    number = load_id.removeprefix(JOB)
    if not number.isdecimal() or queue.look(context, int(number)) is None:
        raise NoSuchLoadError(load=load_id)
    queue.cancel(context, int(number))


def _called(files: Sequence[Upload]) -> str:
    names = ", ".join(sorted(Path(str(file.name)).name for file in files))
    return names if len(names) <= LONGEST_NAME else f"{names[:LONGEST_NAME]}..."


def _load_of(job: queue.JobLine) -> int | None:
    figures = job.result.get("figures")
    made = figures.get("load") if isinstance(figures, dict) else None
    return made if isinstance(made, int) else None


def _run_detail(context: Context, sequence: int, asked: FindingsAsked) -> LoadDetail:
    run = seen.load_of(context, sequence)
    return _detail(context, _of_run(run), tuple(_tables(run)), listed=run.listed, asked=asked)


def _detail(
    context: Context, line: LoadLine, tables: tuple[TableCount, ...], *, listed: str, asked: FindingsAsked
) -> LoadDetail:
    first = (asked.page - 1) * asked.lines
    found = seen.findings_page(context, listed, code=asked.code, first=first, lines=asked.lines)
    groups = tuple(
        FindingGroup(code=g.example.code, severity=g.example.severity, count=g.count, rows=g.rows, example=g.example)
        for g in found.groups
    )
    return LoadDetail(
        line=line, tables=tables, groups=groups, apart=found.apart, findings=found.lines, findings_total=found.total
    )


def _tables(run: seen.LoadLine) -> Iterator[TableCount]:
    for name, counts in sorted(run.tables.items()):
        yield TableCount(table=name, rows=counts["read"], loaded=counts["loaded"])


def _of_run(run: seen.LoadLine) -> LoadLine:
    return LoadLine(
        id=str(run.sequence), state=LoadState.LOADED, at=run.at, by=run.person, source=run.source, dry_run=False,
        done=run.rows_read, total=run.rows_read, rows_good=run.rows_loaded, rows_bad=run.rows_read - run.rows_loaded,
        findings=run.findings, changed=run.changed, renamed=run.tables.get("people", {}).get("renamed", 0),
        tables={name: counts["loaded"] for name, counts in run.tables.items() if counts["loaded"]},
    )  # fmt: skip


def _of_job(job: queue.JobLine) -> LoadLine:
    figures = job.result.get("figures")
    good, bad, findings = _counted(figures if isinstance(figures, dict) else {})
    return LoadLine(
        id=f"{JOB}{job.pk}", state=STATES[job.state], at=job.made_at, by=job.by,
        source=Path(str(job.arguments["folder"])).name, dry_run=bool(job.arguments.get("dry_run")),
        done=job.done, total=job.total, rows_good=good, rows_bad=bad, findings=findings, said=job.message,
    )  # fmt: skip


def _counted(figures: Mapping[str, object]) -> tuple[int, int, int] | tuple[None, None, None]:
    """Rows that load, rows that don't, and findings; None of a job that ended, or is, before they were counted."""
    if "rows_read" not in figures:
        return None, None, None
    read, good, findings = (int(str(figures[name])) for name in ("rows_read", "rows_loaded", "findings"))
    return good, read - good, findings
