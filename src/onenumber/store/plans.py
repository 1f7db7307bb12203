"""Plans and cycles, found by key."""

import shutil
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model

from onenumber.cycle.phases import Phase
from onenumber.errors.cycle import PhaseMovedError
from onenumber.errors.store import NoCycleError, NoPlanError
from onenumber.store.models import Cycle, Person, Plan, Purpose
from onenumber.store.versions import Versions


def versions_of(plan: Plan) -> Versions:
    """The version store of a plan: its own folder, so that every path carries the plan."""
    return Versions(Path(settings.ONENUMBER_HOME) / "plans" / plan.key)


def find_plan(key: str = "") -> Plan:
    """The plan called ``key``, or the only live one.

    Raises:
        NoPlanError: if there is none, or several and none was named.
    """
    if key:
        found = Plan.objects.filter(key=key).first()
        if found is None:
            keys = ", ".join(Plan.objects.order_by("key").values_list("key", flat=True)) or "none yet"
            raise NoPlanError(
                which=f"There is no plan {key!r}", way_out=f"There are: {keys}. Load a folder to make one."
            )
        return found
    live = list(Plan.objects.filter(purpose=Purpose.LIVE).order_by("key"))
    if not live:
        raise _no_live_plan()
    if len(live) > 1:
        keys = ", ".join(plan.key for plan in live)
        raise NoPlanError(which=f"There are several plans: {keys}", way_out="Name one with --plan.")
    return live[0]


def _no_live_plan() -> NoPlanError:
    """Nobody means a rehearsal or a sandbox without naming it; who finds no other is told its name."""
    load = "Load a folder to make one: `onenumber load FOLDER`"
    others = ", ".join(f"{plan.key} ({plan.purpose})" for plan in Plan.objects.order_by("key"))
    if not others:
        return NoPlanError(which="There is no plan yet", way_out=f"{load}.")
    named = f"{load}; or name one of these with --plan: {others}."
    return NoPlanError(which="There is no live plan yet", way_out=named)


def current_cycle(plan: Plan) -> Cycle | None:
    """The newest cycle of a plan; None before the first."""
    return Cycle.objects.filter(plan=plan).order_by("-index").first()


def hold(cycle: Cycle) -> Cycle:
    """The cycle with its plan, locked until the transaction ends: its phase moves once, and nothing becomes stale.

    Raises:
        PhaseMovedError: if its phase moved since it was read.
    """
    held = Cycle.objects.select_for_update().select_related("plan").get(pk=cycle.pk)
    if held.phase != cycle.phase:
        raise PhaseMovedError(cycle=held.label, seen=Phase(cycle.phase).shown, phase=Phase(held.phase).shown)
    return held


def find_cycle(plan: Plan, label: str = "") -> Cycle:
    """The cycle called ``label``, or the newest one.

    Raises:
        NoCycleError: if there is none.
    """
    found = Cycle.objects.filter(plan=plan, label=label).first() if label else current_cycle(plan)
    if found is None:
        known = list(Cycle.objects.filter(plan=plan).order_by("index").values_list("label", flat=True))
        way_out = f"It has {known[0]} to {known[-1]}." if known else "Open one with `onenumber open`."
        raise NoCycleError(plan=plan.name, cycle=label or "yet", way_out=way_out)
    return found


def cycle_before(cycle: Cycle) -> Cycle | None:
    """The cycle before this one in the plan; None for the first."""
    return Cycle.objects.filter(plan=cycle.plan_id, index__lt=cycle.index).order_by("-index").first()


def names_of(plan: Plan) -> dict[str, str]:
    """Name of each person by key."""
    return dict(Person.objects.filter(plan=plan).values_list("key", "name"))


def both_names(names: Mapping[str, str], person: str, deputy_for: str) -> str:
    """Who did something, and where she stood in for somebody also for whom.

    Example:
        >>> both_names({"sven": "Sven Berg", "omar": "Omar Haddad"}, "sven", "omar")
        'Sven Berg for Omar Haddad'
        >>> both_names({"sven": "Sven Berg"}, "sven", "")
        'Sven Berg'
    """
    return " for ".join(names.get(one, one) for one in (person, deputy_for) if one)


def person_name(plan: Plan, person: str) -> str:
    """The name of a person by key; empty where nobody wrote it down."""
    return Person.objects.filter(plan=plan, key=person).values_list("name", flat=True).first() or ""


def forget(plan: Plan) -> None:
    """Remove a plan with all its rows and files: only for a sandbox that nobody worked in.

    Raises:
        NoPlanError: if the plan is not a sandbox.
    """
    if plan.purpose != Purpose.SANDBOX:
        raise NoPlanError(plan=plan.key, way_out="Only a sandbox can be removed; a live plan or rehearsal stays.")
    shutil.rmtree(Path(settings.ONENUMBER_HOME) / "plans" / plan.key, ignore_errors=True)
    with transaction.atomic():
        for model in _dependents_first():
            model._default_manager.filter(plan=plan).delete()  # noqa: SLF001 - Django's name for it
        plan.delete()


def _dependents_first() -> tuple[type[Model], ...]:
    """Every table whose rows belong to a plan, each before those that it refers to."""
    tables = [model for model in apps.get_app_config("store").get_models() if model is not Plan]
    refers = {
        model: {field.related_model for field in model._meta.fields if field.related_model in tables} - {model}  # noqa: SLF001 - Django's name for it
        for model in tables
    }
    return tuple(reversed([*TopologicalSorter(refers).static_order()]))
