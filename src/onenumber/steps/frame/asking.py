"""From a plan's key and a person's to a context: what edges (command, page, job) use to ask for a step."""

import difflib
from dataclasses import replace

from django.utils import timezone

from onenumber.errors.rights import UnknownPersonError
from onenumber.errors.store import NoPlanError
from onenumber.rights.actors import everybody, keeper
from onenumber.steps.frame.context import INSTALLER, Context, Progress, make_context, quiet
from onenumber.steps.frame.founding import nobody_may_load
from onenumber.store.models import Plan, Purpose
from onenumber.store.plans import find_plan, names_of


def context_for(key: str, *, person: str, at_machine: bool = False, progress: Progress = quiet) -> Context:
    """The context of a person in the plan called ``key`` (or the only live one).

    ``at_machine``: whoever sits at the machine's own command line asks, to load. Where there is no plan, the context is
    that of one yet to be founded: it has no row, and the load that lands in it founds it. Where nobody holds the right
    to load and nobody is named, she is the installer again, so that no company is locked out for good (ADR 0027).

    Raises:
        NoPlanError: if there is no such plan and none may be founded.
    """
    try:
        plan = find_plan(key)
    except NoPlanError:
        if not at_machine or (not key and Plan.objects.filter(purpose=Purpose.LIVE).exists()):
            raise
        plan = Plan(key=key, name=key, purpose=Purpose.LIVE, made_at=timezone.now())
    context = make_context(plan, person=person, progress=progress)
    unheld = at_machine and not person and nobody_may_load(context)
    return context.speaking_as(everybody(INSTALLER)) if unheld else context


def somebody(context: Context) -> Context:
    """The context, if who is named is one of the company's people; where nobody is, the right that is asked says so.

    Raises:
        UnknownPersonError: if the company does not know who is named.
    """
    person = context.actor.person
    if context.actor.grants or not person:
        return context
    names = names_of(context.plan)
    if person in names:
        return context
    near = difflib.get_close_matches(person, names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    raise UnknownPersonError(person=person, hint=hint)


def keeping_logins(context: Context) -> Context:
    """The same plan for whoever sits at the machine's own command line and names nobody: she may let people in.

    She can write the database anyway (ADR 0040). It is no right to act in a rehearsal.
    """
    return context.speaking_as(replace(keeper(INSTALLER), looks_only=context.actor.looks_only))


def found_plan(key: str, *, purpose: Purpose) -> Plan:
    """A new, empty plan."""
    return Plan.objects.create(key=key, name=key, purpose=purpose, made_at=timezone.now())
