"""My month."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from onenumber.cycle.phases import Phase
from onenumber.rights.roles import sells
from onenumber.web.asked import asked_of
from onenumber.web.frame.model import Frame
from onenumber.web.frame.words import phase_now
from onenumber.web.month.changes import change_lines
from onenumber.web.month.figures import figure_blocks
from onenumber.web.month.outcomes import outcome_page
from onenumber.web.month.words import (
    begin_sentence,
    changes_sentence,
    due_sentence,
    next_sentence,
    stand_in_lines,
    stood_in_lines,
    struck_lines,
    urgent_lines,
    wait_lines,
)
from onenumber.web.render import at_of, page
from onenumber.web.source import source

MOST = 12
"""Changes that are read at a glance; the others are one click away."""


@require_GET
@login_required
def begin(request: HttpRequest, plan: str) -> HttpResponse:
    """A plan: her month in its newest cycle; before the first one, what to do."""
    at = at_of(request, plan)
    found = source().begin(at)
    if found.frame.cycle:
        return redirect("month", plan=plan, cycle=found.frame.cycle)
    context: dict[str, object] = {
        "room": "month", "begin_sentence": begin_sentence(found), "loaded": found.loaded, "ways": found.ways,
    }  # fmt: skip
    return page(request, at, "month/begin.html", context, frame=found.frame)


def _is_closed(frame: Frame) -> bool:
    """Whether the sales input is, as the phase after it is under way."""
    now = phase_now(frame)
    return now is not None and now.place > Phase.DEMAND.place


@require_GET
@login_required
def month(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """What waits for her, what changed, and her figures."""
    at = at_of(request, plan, cycle)
    found = source().month(at)
    mine = found.month
    changes = change_lines(mine.changes, plan, mine.cycle)
    shown = changes if asked_of(request, "changes", ("all",)) else changes[:MOST]
    context: dict[str, object] = {
        "room": "month",
        "due_sentence": due_sentence(mine),
        "waits": wait_lines(mine.waits, plan, mine.cycle, found.ways),
        "ending": found.ending,
        "urgent": urgent_lines(mine),
        "struck": struck_lines(mine),
        "stands_in": (*stand_in_lines(mine), *stood_in_lines(mine)),
        "sent_back": mine.sent_back,
        "next_sentence": next_sentence(mine),
        "outcomes": outcome_page(mine.outcomes, plan, mine.cycle, closed=_is_closed(found.frame))
        if mine.outcomes is not None
        else None,
        "changes_sentence": changes_sentence(mine.since, len(changes)),
        "changes": shown,
        "more": len(changes) - len(shown),
        "blocks": figure_blocks(mine.blocks, plan, mine.cycle),
        "sees_plan": mine.sees_plan,
        "sells": sells(mine.roles),
        "shares": found.shares,
        "asks": found.asks,
    }
    return page(request, at, "month/page.html", context, frame=found.frame)
