"""The page of materials."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.line_load.words import own_words, plan_said
from onenumber.web.materials import words
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def materials(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The materials that hold something back or run low."""
    at = at_of(request, plan, cycle)
    found = source().materials(at)
    context: dict[str, object] = {"room": "materials", "lead": words.lead(found), "materials": words.views(found)}
    context["own"] = own_words(found.own_by, found.frame.cycle)
    if found.seen is not None:
        seen = found.seen
        context |= {
            "of_plan": plan_said(seen.of, seen.stage, own=seen.own),
            "heads": words.months(seen),
            "low": words.low_rows(found),
            "asked": (asked := words.asked_lines(found))[: words.MOST_ASKED],
            "asked_rest": asked[words.MOST_ASKED :],
        }
    return page(request, at, "materials/page.html", context, frame=found.frame)
