"""The list of conflicts, and the page of one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from onenumber.web.conflicts import cannot_words as of_plants
from onenumber.web.conflicts.cannot_words import cannot_block
from onenumber.web.conflicts.escalated import escalated_lines, escalated_sentence
from onenumber.web.conflicts.words import (
    alike_table,
    broken_block,
    lead,
    list_block,
    one_line,
    option_taken,
    options_sentence,
    options_table,
)
from onenumber.web.render import at_of, page
from onenumber.web.said import say_remedy, say_what
from onenumber.web.source import source


@require_GET
@login_required
def conflicts(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The conflicts of the cycle's review, the most severe first; where the address names a cause, the first of it."""
    at = at_of(request, plan, cycle)
    found = source().conflicts(at)
    shown, cause = found.shown, request.GET.get("cause", "")
    first = next((one for one in shown.lines if cause and one.cause == cause), None)
    if first is not None:
        return redirect("conflict", plan=plan, cycle=cycle, key=first.conflict)
    context: dict[str, object] = {
        "room": "conflicts",
        "lead": lead(shown),
        "listed": list_block(shown, plan, every="all" in request.GET),
        "cannot": cannot_block(shown, plan),
        "broken": broken_block(shown, plan, names_emergency=found.frame.names_emergency),
        "sheet": shown.sheet,
        "decided": shown.decided,
        "escalated": escalated_lines(shown.escalated),
        "escalated_sentence": escalated_sentence(shown.escalated) if shown.escalated else "",
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
        "remedy": say_remedy(shown.line.says) if shown.line.taken is None else "",
        "line": one_line(shown),
        "sentence": options_sentence(shown),
        "options": options_table(shown.options, shown.recommended, shown.shown.currency, taken=option_taken(shown)),
        "alike": alike_table(shown, plan),
        "ways": found.ways,
        "paper": shown.line.paper,
    }
    return page(request, at, "conflicts/one.html", context, frame=found.frame)


@require_GET
@login_required
def cannot(request: HttpRequest, plan: str, cycle: str, site: str, month: str, item: str) -> HttpResponse:
    """What a plant cannot make of an item in a month: who says so, what it puts at risk, and the ways out."""
    at = at_of(request, plan, cycle)
    found = source().cannot(at, (site, item, month))
    line = found.found.line
    context: dict[str, object] = {
        "room": "conflicts",
        "title": of_plants.title(line),
        "line": of_plants.one_line(found.found),
        "tries": reverse("cannot_tried", args=[plan, cycle, site, month, item]) if found.found.tries else "",
        "paper": line.paper,
        "ways": found.ways,
    }
    return page(request, at, "conflicts/cannot.html", context, frame=found.frame)


@require_GET
@login_required
def cannot_tried(request: HttpRequest, plan: str, cycle: str, site: str, month: str, item: str) -> HttpResponse:
    """The plan solved again with what the plant can make, as a fragment: it takes its seconds."""
    at = at_of(request, plan, cycle)
    tried = of_plants.tried_view(source().cannot_tried(at, (site, item, month)))
    return render(request, "conflicts/tried.html", {"tried": tried})
