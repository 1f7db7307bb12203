"""The page of the calendar."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.calendar.words import gate_sentence, given_lines, lead, posts_table, reopen_lines, turn_lines
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def calendar(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Milestones by working day, the gate and what it waits for, and what was signed, let pass and re-opened."""
    at = at_of(request, plan, cycle)
    found = source().calendar(at)
    shown = found.shown
    context: dict[str, object] = {
        "room": "calendar",
        "lead": lead(shown),
        "gate": gate_sentence(shown, len(found.to_settle)),
        "to_settle": found.to_settle,
        "ending": (*found.ending, *found.others),
        "posts": posts_table(shown),
        "signed": given_lines(shown.signed),
        "waived": given_lines(shown.waived),
        "turns": turn_lines(shown),
        "reopens": reopen_lines(shown),
    }
    return page(request, at, "calendar/page.html", context, frame=found.frame)
