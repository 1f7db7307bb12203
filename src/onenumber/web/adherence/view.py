"""The page of adherence."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.adherence.words import heads, lead, miss_views, owner_views
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def adherence(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Who kept the plan last month, what was answered, and what came of last time's answers."""
    at = at_of(request, plan, cycle)
    found = source().adherence(at)
    shown = found.shown
    misses = miss_views(shown.misses, found.ways)
    asked = [one for one in misses if one.ways and not one.said]
    context: dict[str, object] = {
        "room": "adherence",
        "lead": lead(shown, found.day, found.frame.today),
        "others": shown.others,
        "hers": [one for one in asked if one.owner == found.frame.person_name],
        "under": [one for one in asked if one.owner != found.frame.person_name],
        "misses": misses,
        "earlier": miss_views(shown.earlier, {}),
        "owners": owner_views(shown),
        "heads": heads(shown),
        "periods": shown.periods[::-1],
    }
    return page(request, at, "adherence/page.html", context, frame=found.frame)
