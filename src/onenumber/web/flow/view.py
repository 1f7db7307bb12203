"""From forecast to schedule."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.flow.words import groups, heads, lead, signal_lines
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def flow(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """A family or item by month; ``place`` names it."""
    at = at_of(request, plan, cycle)
    shown = source().flow(at, request.GET.get("place", ""))
    keys = [one.key for one in shown.places]
    here = keys.index(shown.place.key) if shown.place.key in keys else -1
    signals, rest = signal_lines(shown)
    context: dict[str, object] = {
        "room": "flow", "shown": shown, "lead": lead(shown), "signals": signals, "rest": rest, "heads": heads(shown),
        "groups": groups(shown, plan, cycle), "next": shown.places[here + 1] if 0 <= here < len(keys) - 1 else None,
        "previous": shown.places[here - 1] if here > 0 else None,
    }  # fmt: skip
    return page(request, at, "flow/page.html", context)
