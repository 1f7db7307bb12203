"""Which plan is in force: the one published last, or its newest amendment. It is asked here and nowhere else."""

import datetime as dt

from django.db.models import Q, QuerySet

from onenumber.model.sheet import SheetKind, SheetState
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle, Plan, SheetVersion

AMENDED = "R"
"""How the stage of an amendment begins; its number follows: R1, R2."""
ASKED = "E"
"""How the stage of what is only asked between meetings begins: the paper of an emergency, and the plan with it."""
WHOLE = {SheetKind.PUBLISHED_PLAN: "", SheetKind.SUPPLY_PLAN: "final"}
"""The sheets that an amendment makes again, by the stage of the one that it amends."""


def is_amendment(version: SheetVersion) -> bool:
    """Whether a version is an amendment of the one that its cycle published."""
    return version.stage.startswith(AMENDED)


def is_asked(stage: str) -> bool:
    """Whether a sheet is of an emergency that was named: nobody has decided by it that anything holds.

    Example:
        >>> [is_asked(stage) for stage in ("E1", "R1", "final", "")]
        [True, False, False, False]
    """
    return stage.startswith(ASKED) and stage.removeprefix(ASKED).isdigit()


def in_force_up_to(plan: Plan, index: int) -> SheetVersion | None:
    """The published plan that stands, of the cycles up to a calendar index."""
    return _published(plan).filter(cycle__index__lte=index).order_by("-cycle__index", "-sequence").first()


def in_force_in(plan: Plan, index: int) -> SheetVersion | None:
    """The plan by which a month runs: published last before it, or an amendment of the one published in it."""
    before = Q(cycle__index__lt=index) | Q(cycle__index=index, stage__startswith=AMENDED)
    return _published(plan).filter(before).order_by("-cycle__index", "-sequence").first()


def in_force_at(plan: Plan, moment: dt.datetime) -> SheetVersion | None:
    """The published plan that stood at a moment, by which the month that began then is measured."""
    return _published(plan).filter(made_at__lt=moment).order_by("-made_at", "-sequence").first()


def amended(context: Context, kind: SheetKind, cycle: Cycle) -> SheetVersion | None:
    """The newest amendment of a sheet of a cycle, or the sheet itself; None where it was not made."""
    made = [version for (of, _), version in context.made(cycle).items() if of is kind and is_amendment(version)]
    newest = max(made, key=lambda one: one.sequence, default=None)
    return newest or context.version(kind, cycle, WHOLE[kind])


def amendments(cycle: Cycle) -> QuerySet[SheetVersion]:
    """The amendments of the plan that a cycle published, in their order."""
    kind = SheetKind.PUBLISHED_PLAN.value
    return SheetVersion.objects.filter(cycle=cycle, kind=kind, stage__startswith=AMENDED).order_by("sequence")


def _published(plan: Plan) -> QuerySet[SheetVersion]:
    found = SheetVersion.objects.filter(plan=plan, kind=SheetKind.PUBLISHED_PLAN.value)
    return found.filter(state=SheetState.PUBLISHED.value).select_related("cycle")
