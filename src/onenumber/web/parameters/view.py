"""The page of parameters."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.web.asked import asked_of
from onenumber.web.parameters.words import amended_lines, blocks, frozen_note, lead, vendor_block
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def parameters(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """What is planned with beside what the facts show, by kind, with what accepting a row writes."""
    at = at_of(request, plan, cycle)
    found = source().parameters(at)
    shown = found.shown
    whole = asked_of(request, "all", (*shown.kinds, "vendors"))
    context: dict[str, object] = {
        "room": "parameters",
        "lead": lead(shown),
        "note": frozen_note(shown),
        "blocks": (*blocks(shown, whole), vendor_block(shown, whole=whole == "vendors")),
        "amended": amended_lines(shown.amended),
        "part": shown.part,
    }
    return page(request, at, "parameters/page.html", context, frame=found.frame)
