"""Rehearse whole cycles on a folder of data: nobody is there, every step is the real one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from onenumber.jobs.cast import RUN, Act, Rehearsal
from onenumber.jobs.executor import LocalProcesses
from onenumber.jobs.month import Played, play_month
from onenumber.steps.frame.asking import found_plan
from onenumber.steps.frame.context import Progress, make_context, quiet
from onenumber.steps.load import run as load
from onenumber.store.models import Plan, Purpose


def rehearse(folder: Path, *, first: str, last: str, progress: Progress = quiet) -> Iterator[Played]:
    """Load a folder into a plan flagged rehearsal and play its cycles from ``first`` to ``last``.

    The rehearsal begins anew each time: one plan per folder, first and last cycle; what an earlier one left stays.

    Raises:
        NothingLoadedError: if the folder cannot be loaded.
        OutsideCalendarError: if a cycle is not in the plan's calendar.
    """
    plan = found_plan(_free_key(f"rehearsal-{folder.name}"), purpose=Purpose.REHEARSAL)
    context = make_context(plan, person=RUN, progress=progress)
    context = replace(context, actor=replace(context.actor, person=RUN))
    yield Played(
        act=Act(step="load", person=RUN, day=1), at=context.now, outcome=load(context, folder=folder), seconds=0.0
    )
    calendar = context.frame().calendar
    start, end = calendar.labelled(first).index, calendar.labelled(last).index
    with LocalProcesses() as processes:
        for index in range(start, end + 1):
            yield from play_month(plan, Rehearsal(), calendar[index], measure=index > start, mapper=processes.map_each)


def _free_key(wanted: str) -> str:
    taken = set(Plan.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
