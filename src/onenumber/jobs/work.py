"""Running a job: a child process does the step, its parent watches, and a lost one leaves nothing behind."""

import os
import subprocess
import sys
import time

from django.utils import timezone
from django_tasks import task

from onenumber.jobs.registry import KEEP_PARTS
from onenumber.store.models import Job, JobState

SECONDS_BETWEEN_LOOKS = 0.5
NOTHING, PARTS = "nothing of it was kept", "what was done until then stands"


@task()
def run_job(pk: int) -> None:
    """Run one job in a process of its own, so that a crash or a kill takes only this step with it."""
    taken = Job.objects.filter(pk=pk, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=timezone.now(), heartbeat=timezone.now()
    )
    if not taken:
        return
    child = subprocess.Popen([sys.executable, "-m", "onenumber.jobs.child", str(pk)], env=dict(os.environ))  # noqa: S603 - our own module
    while child.poll() is None:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        Job.objects.filter(pk=pk).update(heartbeat=timezone.now())
        if Job.objects.filter(pk=pk, cancel_wanted=True).exists():
            child.terminate()
            child.wait()  # one whose work is kept already goes on to its end, and says so itself
            _end(pk, JobState.CANCELLED, f"Cancelled; {_kept(pk)}.")
            return
    if child.returncode:
        _end(pk, JobState.STOPPED, f"Its process ended before it was done; {_kept(pk)}.")


def _kept(pk: int) -> str:
    """What is left of a job that did not come to its end."""
    return PARTS if Job.objects.filter(pk=pk, step__in=KEEP_PARTS).exists() else NOTHING


def _end(pk: int, state: JobState, message: str) -> None:
    Job.objects.filter(pk=pk, state=JobState.RUNNING).update(state=state, ended_at=timezone.now(), message=message)
