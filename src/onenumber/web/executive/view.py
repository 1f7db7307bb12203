"""The executive page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.decisions.words import urgent_views, urgent_waiting
from onenumber.web.executive import words
from onenumber.web.executive.served import decided_lines, served_lines
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def executive(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The one page: what worked, what is asked, where the year lands, what changed, who kept the plan."""
    at = at_of(request, plan, cycle)
    found = source().executive(at)
    seen = found.seen
    context: dict[str, object] = {
        "room": "executive",
        "lead": words.worked_sentence(seen),
        "worked": words.worked_lines(seen),
        "urgent": words.urgent_lines(seen.urgent),
        "asked_sentence": words.asked_sentence(found),
        "asked": words.asked_lines(found),
        "decided": decided_lines(found.decided, found.final, seen.currency),
        "served": served_lines(seen, plan),
        "final": words.final_sentence(found.final, seen.currency),
        "emergencies": urgent_views(found.urgent, seen.currency),
        "emergencies_wait": urgent_waiting(found.urgent),
        "landing_sentence": words.landing_sentence(seen),
        "lines": words.line_views(seen.landing),
        "currency": seen.currency,
        "unknown": words.unknown(seen.landing),
        "changed": words.changed_lines(seen, plan),
        "bridge": words.bridge_table(seen),
        "kept_sentence": words.kept_sentence(seen),
        "sign_sentence": words.sign_sentence(found),
        "waits": words.waits(found),
        "sign": () if found.waits else found.sign,
    }
    return page(request, at, "executive/page.html", context, frame=found.frame)
