"""The page of plants."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.plants import words
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def plants(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Each plant with what it is asked and what it answered."""
    at = at_of(request, plan, cycle)
    found = source().plants(at)
    context: dict[str, object] = {"room": "plants", "lead": words.lead(found), "plants": words.views(found)}
    if found.seen is not None:
        context |= {"of_plan": words.head(found.seen), "heads": words.months(found.seen)}
    return page(request, at, "plants/page.html", context, frame=found.frame)
