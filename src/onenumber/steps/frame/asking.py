"""From a plan's key and a person's to a context: what edges (command, page, job) use to ask for a step."""

from django.utils import timezone

from onenumber.errors.store import NoPlanError
from onenumber.steps.frame.context import Context, Progress, make_context, quiet
from onenumber.store.models import Plan, Purpose
from onenumber.store.plans import find_plan

FIRST_KEY = "company"


def context_for(key: str, *, person: str, may_found: bool = False, progress: Progress = quiet) -> Context:
    """The context of a person in the plan called ``key`` (or the only live one).

    ``may_found``: a first load founds the plan where there is none.

    Raises:
        NoPlanError: if there is no such plan and none may be founded.
    """
    try:
        plan = find_plan(key)
    except NoPlanError:
        if not may_found or (not key and Plan.objects.filter(purpose=Purpose.LIVE).exists()):
            raise
        plan = found_plan(key or FIRST_KEY, purpose=Purpose.LIVE)
    return make_context(plan, person=person, progress=progress)


def found_plan(key: str, *, purpose: Purpose) -> Plan:
    """A new, empty plan."""
    return Plan.objects.create(key=key, name=key, purpose=purpose, made_at=timezone.now())
