"""The page of maintenance, and the price of a move."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onenumber.web.line_load.words import plan_said
from onenumber.web.maintenance import words
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def maintenance(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The windows, with the months that each may go to."""
    at = at_of(request, plan, cycle)
    found = source().maintenance(at)
    context: dict[str, object] = {
        "room": "maintenance", "lead": words.lead(found), "windows": words.views(found, request.path),
        "puts": bool(found.ways),
    }  # fmt: skip
    if found.seen is not None:
        context["decided"] = found.seen.decided
        context["unpriced"] = words.unpriced(found)
        context["of_plan"] = plan_said(found.seen.of, found.seen.stage, own=found.seen.own)
    return page(request, at, "maintenance/page.html", context, frame=found.frame)


@require_GET
@login_required
def window_price(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """What moving a window to a month brings, as a fragment: the plan is solved again for it."""
    at = at_of(request, plan, cycle)
    found = source().window_price(at, request.GET.get("window", ""), request.GET.get("month", ""))
    return render(request, "maintenance/price.html", {"said": words.price_words(found)})
