"""The child process of a job: ``python -m onenumber.jobs.child ID``."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onenumber.conf.settings")
if __name__ == "__main__":
    django.setup()

from django.utils import timezone

from onenumber.errors import BadArgumentError, NothingLoadedError, OneNumberError
from onenumber.jobs.executor import LocalProcesses
from onenumber.jobs.queue import typed_again
from onenumber.jobs.registry import DOABLE
from onenumber.model.finding import Finding, counted, findings_table
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import Context, make_context
from onenumber.store.models import Job, JobState, Plan

SECONDS_BETWEEN_MARKS = 0.3
Findings = tuple[Finding, ...]
REFUSED = ("argument", "reason")
"""What is kept of an argument that a step did not take."""


def do(pk: int, *, kept: Callable[[], object] = lambda: None) -> None:
    """Do a job's step and write down how it ended; an anticipated error is its sentence.

    ``kept`` is called once what it did is kept: from there on it cannot be cancelled.
    """
    job = Job.objects.select_related("plan").get(pk=pk)
    context = make_context(_plan(job), person=job.person, progress=_progress(pk))
    try:
        with LocalProcesses() as processes:
            context = replace(context, map=processes.map_each)
            outcome = DOABLE[job.step].run(context, **typed_again(job.step, job.arguments))
            kept()
    except NothingLoadedError as error:
        said = error.values
        figures = {"rows_read": said["rows_read"], "rows_loaded": 0, "findings": said["count"]}
        result = {"figures": figures, **_listed(context, cast(Findings, said["findings"]))}
        _end(pk, JobState.FAILED, message=str(error), result=result)
        return
    except BadArgumentError as error:  # a page names the field as its form does
        said = {name: str(error.values[name]) for name in REFUSED}
        _end(pk, JobState.FAILED, message=str(error), result={"refused": said})
        return
    except OneNumberError as error:
        _end(pk, JobState.FAILED, message=str(error))
        return
    result = {
        "figures": dict(outcome.figures),
        "versions": [version.pk for version in outcome.versions],
        **_listed(context, outcome.findings),
    }
    _end(pk, JobState.DONE, result=result)


def go_on() -> None:
    """Let nobody stop this process any more."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _listed(context: Context, findings: Findings) -> dict[str, object]:
    """How many findings there were, and the hash under which they are kept, for whoever looks at the job."""
    sheet = Sheet(kind=SheetKind.LOAD, tables={"findings": findings_table(findings)})
    return {"findings": counted(findings).total(), "listed": context.versions.put(sheet) if findings else ""}


def _plan(job: Job) -> Plan:
    if job.plan is None:
        message = f"job {job.pk} has no plan"
        raise ValueError(message)
    return job.plan


def _progress(pk: int) -> Callable[[int, int, str], None]:
    marked = [0.0]

    def mark(done: int, total: int, message: str) -> None:
        now = time.monotonic()
        if now - marked[0] >= SECONDS_BETWEEN_MARKS or done >= total - 1:  # the last part may be the longest
            marked[0] = now
            Job.objects.filter(pk=pk).update(done=done, total=total, message=message)

    return mark


def _end(pk: int, state: JobState, *, message: str = "", result: Mapping[str, object] | None = None) -> None:
    Job.objects.filter(pk=pk).update(state=state, message=message, result=result, ended_at=timezone.now())


if __name__ == "__main__":
    do(int(sys.argv[1]), kept=go_on)
