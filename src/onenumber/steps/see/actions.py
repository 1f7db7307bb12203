"""The actions of meetings that nobody has said are done: whose they are, and which the chair asks for first."""

from onenumber.cycle.meetings import MEETINGS
from onenumber.steps.frame.glance import Glance
from onenumber.store.models import ActionRow, Cycle

OPEN = "open actions"
"""Where a look keeps them."""


def open_actions(look: Glance, cycle: Cycle) -> list[ActionRow]:
    """Every action of the plan that is not done, whichever cycle agreed it, the first due first."""
    if not look.has_ever(ActionRow, cycle):
        return []
    every = ActionRow.objects
    return look.gathered(OPEN, cycle, lambda: every.filter(plan=look.plan, ends=None).order_by("due", "pk"))


def chaired_actions(look: Glance, cycle: Cycle) -> dict[str, int]:
    """How many actions of earlier cycles are open in each meeting of the phase now that she leads, by meeting.

    Her own are not counted: they wait for her by themselves.
    """
    led = [one for one in MEETINGS.values() if one.phase == cycle.phase and one.chair in look.actor.roles]
    hers = look.actor.stands_for
    found = {
        one.key: sum(
            row.meeting == one.key and row.cycle_id != cycle.pk and row.owner not in hers
            for row in open_actions(look, cycle)
        )
        for one in led
    }
    return {meeting: count for meeting, count in found.items() if count}
