"""The queue: ask for a step, see how far it is, wish it stopped. Same plan, step, arguments and pins: same job."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from onenumber.cycle.phases import Phase
from onenumber.errors.rights import NotAllowedError
from onenumber.jobs.registry import DOABLE
from onenumber.jobs.work import run_job
from onenumber.rights.ask import check_role, may
from onenumber.steps.frame.context import Context
from onenumber.store.models import Job, JobState, SheetVersion
from onenumber.store.plans import current_cycle, find_cycle, names_of

MOST_JOBS = 50
READ_AGAIN: Mapping[str, Callable[[str], object]] = {"folder": Path, "date": dt.date.fromisoformat}
"""How the text of an argument becomes its value, by its kind; any other stands as it is."""
UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
LOST_AFTER = dt.timedelta(seconds=30)
"""A running job that has not been heard of for so long has lost its process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """A job as shown: by whom (her name), where it stands, how far, and what to do about it."""

    pk: int
    step: str
    arguments: Mapping[str, object]
    person: str
    by: str
    state: str
    done: int
    total: int
    message: str
    made_at: dt.datetime
    ended_at: dt.datetime | None
    result: Mapping[str, object]


def start(context: Context, step: str, arguments: Mapping[str, object]) -> int:
    """Put a step in the queue and return its job; one that is under way with the same key is returned instead.

    Raises:
        NotAllowedError: if no role of the person may do it (asked again, about the thing, when it runs).
        WrongPhaseError: if not now.
        BadArgumentError: if the step would not take the arguments, or they are not sound whatever the plan: a form says
            so before a job is begun.
    """
    DOABLE[step].check(arguments)
    check_role(context.actor, DOABLE[step].right(arguments), phase=_phase(context, str(arguments.get("cycle", ""))))
    if (sound := DOABLE[step].sound) is not None:  # once it is known that she may
        sound(arguments)
    pins = _pins(context)
    key = _key(context, step, arguments, pins)
    with transaction.atomic():
        same = Job.objects.filter(plan=context.plan, key=key, state__in=UNDER_WAY).first()
        if same is not None:
            return int(same.pk)
        job = Job.objects.create(
            plan=context.plan, step=step, arguments=_plain(arguments), pins=pins, person=context.actor.person, key=key,
            made_at=timezone.now(),
        )  # fmt: skip
    run_job.enqueue(job.pk)
    return int(job.pk)


def typed_again(step: str, arguments: Mapping[str, object]) -> dict[str, object]:
    """The arguments of a job's row as its step takes them."""
    kinds = {argument.name: READ_AGAIN.get(argument.kind) for argument in DOABLE[step].arguments}
    return {name: value if (read := kinds.get(name)) is None else read(str(value)) for name, value in arguments.items()}


def look(context: Context, pk: int) -> JobLine | None:
    """A job of the plan, if the person asked for it or owns the process; None otherwise."""
    row = Job.objects.filter(plan=context.plan, pk=pk).first()
    own = row is not None and (row.person == context.actor.person or may(context.actor, "advance", phase=Phase.DATA))
    return _line(row, names_of(context.plan)) if row is not None and own else None


def is_under_way(context: Context, step: str) -> bool:
    """Whether a step is being done for anybody of the plan, or waits for its turn."""
    mark_lost(timezone.now())
    return Job.objects.filter(plan=context.plan, step=step, state__in=UNDER_WAY).exists()


def jobs_of(context: Context, step: str) -> tuple[JobLine, ...]:
    """The last jobs of a step, newest first: her own, or everybody's if she owns the process."""
    rows = Job.objects.filter(plan=context.plan, step=step).order_by("-pk")[:MOST_JOBS]
    all_of_them = may(context.actor, "advance", phase=Phase.DATA)
    names = names_of(context.plan)
    return tuple(_line(row, names) for row in rows if all_of_them or row.person == context.actor.person)


def _phase(context: Context, label: str) -> Phase:
    cycle = find_cycle(context.plan, label) if label else current_cycle(context.plan)
    return Phase(cycle.phase) if cycle is not None else Phase.DATA


def cancel(context: Context, pk: int) -> None:
    """Wish that a job stops; its process sees the wish within a second and nothing of it is kept.

    Raises:
        NotAllowedError: if it is another's, and the person does not own the process.
    """
    _hers(context, pk)
    Job.objects.filter(plan=context.plan, pk=pk, state__in=UNDER_WAY).update(cancel_wanted=True)


def start_again(context: Context, pk: int) -> int:
    """A stopped, failed or cancelled job once more.

    Raises:
        NotAllowedError: if it is another's and the person does not own the process, or she may not do the step.
    """
    job = _hers(context, pk)
    return start(context, job.step, typed_again(job.step, job.arguments))


def _hers(context: Context, pk: int) -> JobLine:
    found = look(context, pk)
    if found is None:
        reason = "only who asked for it and the process owner may"
        raise NotAllowedError(person=context.actor.person, verb=f"touch job {pk}", where="", reason=reason)
    return found


def mark_lost(now: dt.datetime) -> int:
    """Running jobs whose heartbeat is lost become *stopped*; how many."""
    lost = Job.objects.filter(state=JobState.RUNNING, heartbeat__lt=now - LOST_AFTER)
    return lost.update(
        state=JobState.STOPPED, ended_at=now, message="Its process ended before it was done; nothing of it was kept."
    )


def _line(row: Job, names: Mapping[str, str]) -> JobLine:
    return JobLine(
        pk=row.pk, step=row.step, arguments=row.arguments, person=row.person,
        by=names.get(row.person, row.person), state=row.state, done=row.done, total=row.total, message=row.message,
        made_at=row.made_at, ended_at=row.ended_at, result=row.result or {},
    )  # fmt: skip


def _plain(arguments: Mapping[str, object]) -> dict[str, object]:
    """Arguments as a row holds them: a day as its text."""
    return {name: str(value) if isinstance(value, dt.date) else value for name, value in arguments.items()}


def _pins(context: Context) -> dict[str, str]:
    """The newest content of every kind: what the step will read if nothing moves."""
    rows = SheetVersion.objects.filter(plan=context.plan).order_by("sequence")
    return {f"{r.kind} {r.stage} {r.cycle_id}": r.content for r in rows}


def _key(context: Context, step: str, arguments: Mapping[str, object], pins: Mapping[str, str]) -> str:
    said = json.dumps([context.plan.key, step, dict(arguments), dict(pins)], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()
