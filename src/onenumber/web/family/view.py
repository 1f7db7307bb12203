"""The family page, and a figure of it opened at its side."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onenumber.errors import NoSuchFigureError
from onenumber.web.family.model import FamilyAsked, FamilyPage, Measure, Opened, Place
from onenumber.web.family.rows import LEVELS
from onenumber.web.family.table import charts, groups, heads, link, panel
from onenumber.web.family.words import sayings
from onenumber.web.frame.model import At
from onenumber.web.render import at_of, page, wants_only
from onenumber.web.source import source

BELOW = ("item", "planning_customer")
"""Levels that the picker does not list: there are too many of them."""


@require_GET
@login_required
def family(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The page of a place; with ``row`` and ``column``, that figure opened to its items and customers."""
    at = at_of(request, plan, cycle)
    asked = _asked(request)
    if wants_only(request, "panel"):
        return render(
            request, "family/panel.html", _panel_context(request, at, source().opened(at, asked), asked.measure)
        )
    shown = source().family(at, asked)
    context: dict[str, object] = {"room": "family", **_page_context(shown, (asked.row, asked.column))}
    if shown.opened is not None:
        context |= _panel_context(request, at, shown.opened, asked.measure)
    return page(request, at, "family/page.html", context)


def _asked(request: HttpRequest) -> FamilyAsked:
    counted = request.GET.get("in") or Measure.UNITS.value
    if counted not in set(Measure):
        raise NoSuchFigureError(asked=counted)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    return FamilyAsked(place=request.GET.get("place", ""), measure=Measure(counted), row=row, column=column)


def _panel_context(request: HttpRequest, at: At, opened: Opened, measure: Measure) -> dict[str, object]:
    return {"panel": panel(opened, measure), "plan": at.plan, "cycle": at.cycle, "closed": _closed(request)}


def _closed(request: HttpRequest) -> str:
    """The address of this page with the panel closed."""
    query = request.GET.copy()
    query.pop("row", None)
    query.pop("column", None)
    return f"{request.path}?{query.urlencode()}"


def _page_context(shown: FamilyPage, opened: tuple[str, str]) -> dict[str, object]:
    said = [{"saying": one, "href": f"?{link(shown, one.row, one.column)}"} for one in sayings(shown)]
    return {
        "shown": shown,
        "level": LEVELS[shown.place.level],
        "key": _key(shown.place),
        "above": _above(shown),
        "listed": shown.place in shown.places,
        "options": _options(shown.places),
        "steps": _steps(shown),
        "said": said,
        "charts": charts(shown),
        "heads": heads(shown),
        "groups": groups(shown, opened),
    }


def _key(place: Place) -> str:
    """The business key of an item or customer, where it is not its name."""
    key = place.key.partition(":")[2]
    return key if place.level in BELOW and key != place.name else ""


def _above(shown: FamilyPage) -> list[Place]:
    """Of an item or customer the places that it lies in, the company first; the picker says it of all others."""
    listed = {place.key: place for place in shown.places}
    at, found = listed.get(shown.place.above) if shown.place.level in BELOW else None, []
    while at is not None:
        found.append(at)
        at = listed.get(at.above)
    return found[::-1]


def _options(places: Sequence[Place]) -> list[tuple[str, list[Place]]]:
    """The places as the picker groups them: the company alone, then each division with its families."""
    tops = [place for place in places if place.level != "family"]
    return [(top.name, [top, *(p for p in places if p.level == "family" and p.above == top.key)]) for top in tops]


def _steps(shown: FamilyPage) -> dict[str, Place | None]:
    """The places before and after this one, for the keys j and k; of an item, before and after its family."""
    order = [place for _, members in _options(shown.places) for place in members]
    here = shown.place.above if shown.place.level in BELOW else shown.place.key
    at = next((k for k, place in enumerate(order) if place.key == here), None)
    if at is None:
        return {"previous": None, "next": None}
    return {
        "previous": order[at - 1] if at > 0 else None,
        "next": order[at + 1] if at + 1 < len(order) else None,
    }
