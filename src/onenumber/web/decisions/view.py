"""The page of decisions."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.conflicts.escalated import escalated_sentence, unasked_lines
from onenumber.web.decisions.words import beyond_lines, lead, urgent_views, urgent_waiting, views
from onenumber.web.render import at_of, page
from onenumber.web.said import say_change
from onenumber.web.source import source


@require_GET
@login_required
def decisions(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The papers of a cycle with their options, what is in force of earlier ones, and what was sent back."""
    at = at_of(request, plan, cycle)
    found = source().decisions(at)
    shown = found.shown
    papers, rest = views(found.papers, shown.currency if shown is not None else "")
    held = shown.held if shown is not None else ()
    context: dict[str, object] = {
        "room": "decisions",
        "month_before": max((one for one in found.frame.cycles if one < found.frame.cycle), default=""),
        "none_yet": shown is None,
        "lead": lead(found),
        "urgent": urgent_views(found.urgent, found.currency),
        "urgent_waiting": urgent_waiting(found.urgent),
        "papers": papers,
        "rest": rest,
        "beyond": beyond_lines(found, shown.currency) if shown is not None else (),
        "held": [{"held": one, "change": say_change(one.change)} for one in held],
        "unasked": unasked_lines(found.escalated),
        "went_up": escalated_sentence(found.escalated) if shown is None and found.escalated else "",
        "told": (*shown.dropped, *shown.sent_back, *filter(None, [shown.unpriced])) if shown is not None else (),
    }
    return page(request, at, "decisions/page.html", context, frame=found.frame)
