"""The workbench."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.bench.odd import odd_lines
from onenumber.web.bench.words import (
    chart_of,
    chart_words,
    grid_place,
    lead,
    months,
    queue_lines,
    reason,
    stands,
    tries,
)
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def bench(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The queue and one place of it; ``place`` names it, else it is the first of the queue."""
    at = at_of(request, plan, cycle)
    shown = source().bench(at, request.GET.get("place", ""))
    lines = queue_lines(shown)
    current = next((k for k, one in enumerate(lines) if one.current), -1)
    context: dict[str, object] = {
        "room": "bench", "shown": shown, "lead": lead(shown), "queue": lines,
        "next": lines[current + 1] if current + 1 < len(lines) else None,
        "previous": lines[current - 1] if current > 0 else None,
        "chart": chart_of(shown), "chart_words": chart_words(shown), "months": months(shown), "reason": reason(shown),
        "odds": odd_lines(shown), "here": request.get_full_path(), "grid": grid_place(shown),
        "tries": tries(shown), "stands": stands(shown), "odd_parts": any(one.odds for one in shown.parts),
    }  # fmt: skip
    return page(request, at, "bench/page.html", context)
