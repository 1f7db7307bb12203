"""The page of the budget."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.budget.words import blocks, lead, unbudgeted
from onenumber.web.parameters.words import amended_lines
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def budget(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Every budget line with its landing and gap, by division and by plant."""
    at = at_of(request, plan, cycle)
    found = source().budget(at)
    shown = found.shown
    context: dict[str, object] = {
        "room": "budget",
        "lead": lead(shown),
        "unbudgeted": unbudgeted(shown),
        "part": shown.part,
        "blocks": blocks(shown, plan, every="years" in request.GET),
        "more": "years" not in request.GET and any(one.year != shown.year for one in shown.lines),
        "of": shown.of,
        "final": shown.final,
        "sheet": shown.sheet,
        "amended": amended_lines(shown.amended),
    }
    return page(request, at, "budget/page.html", context, frame=found.frame)
