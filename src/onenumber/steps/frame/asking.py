"""From a plan's key and a person's to a context: what edges (command, page, job) use to ask for a step."""

import difflib

from django.utils import timezone

from onenumber.errors.rights import UnknownPersonError
from onenumber.errors.store import NoPlanError
from onenumber.steps.frame.context import Context, Progress, make_context, quiet
from onenumber.store.models import Plan, Purpose
from onenumber.store.plans import find_plan, names_of

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


def somebody(context: Context) -> Context:
    """The context, if it is one of the company's people who asks; before the first load whoever installs it does.

    Raises:
        UnknownPersonError: if nobody is named, or somebody whom the company does not know.
    """
    person, names = context.actor.person, names_of(context.plan)
    if context.actor.grants or person in names:
        return context
    near = difflib.get_close_matches(person, names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    raise UnknownPersonError(who=f"{person!r} is none of its people{hint}" if person else "Nobody is named.")


def found_plan(key: str, *, purpose: Purpose) -> Plan:
    """A new, empty plan."""
    return Plan.objects.create(key=key, name=key, purpose=purpose, made_at=timezone.now())
