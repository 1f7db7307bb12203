"""What a demo's company did by itself while its clock went on: marked, so that nobody takes it for typed.

Every played thing is done at a moment at which nobody can do anything by hand, so person and moment name it.
"""

import datetime as dt

from onenumber.store.models import AuditRow, Plan

PLAYED = "played"
Played = frozenset[tuple[str, dt.datetime]]
"""Person and moment of what was played."""


def mark_played(plan: Plan, *, person: str, at: dt.datetime, step: str, by: str) -> None:
    """Note before it is done that what a person does at a moment is played, and by whose wish the clock went on."""
    AuditRow.objects.create(plan=plan, at=at, person=person, verb=PLAYED, what={"step": step, "by": by})


def played_since(plan: Plan, since: dt.datetime) -> Played:
    """Person and moment of everything that was played from a moment on; nothing where no clock was ever moved."""
    if plan.clock is None:
        return frozenset()
    rows = AuditRow.objects.filter(plan=plan, verb=PLAYED, at__gte=since)
    return frozenset(rows.values_list("person", "at"))
