"""The list of conflicts, and the page of one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onenumber.model.sentences import say_remedy, say_what
from onenumber.web.conflicts.words import (
    alike_table,
    broken_block,
    lead,
    list_block,
    one_line,
    options_sentence,
    options_table,
)
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def conflicts(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The conflicts of the cycle's review, the most severe first; of one cause where the address names one."""
    at = at_of(request, plan, cycle)
    found = source().conflicts(at)
    shown, cause = found.shown, request.GET.get("cause", "")
    context: dict[str, object] = {
        "room": "conflicts",
        "lead": lead(shown),
        "listed": list_block(shown, plan, cause=cause, every="all" in request.GET),
        "broken": None if cause else broken_block(shown, plan),
        "cause": cause,
        "sheet": shown.sheet,
    }
    return page(request, at, "conflicts/page.html", context, frame=found.frame)


@require_GET
@login_required
def conflict(request: HttpRequest, plan: str, cycle: str, key: str) -> HttpResponse:
    """One conflict: what it says, its options side by side, and what can be done about it."""
    at = at_of(request, plan, cycle)
    found = source().conflict(at, key)
    shown = found.found
    context: dict[str, object] = {
        "room": "conflicts",
        "says": say_what(shown.line.says),
        "remedy": say_remedy(shown.line.says),
        "line": one_line(shown),
        "sentence": options_sentence(shown),
        "options": options_table(shown),
        "alike": alike_table(shown, plan),
        "ways": found.ways,
        "paper": shown.line.paper,
    }
    return page(request, at, "conflicts/one.html", context, frame=found.frame)
