"""The planning grid: its page, its cells as JSON, what is typed in them, and the story of one."""

import secrets
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods

from onenumber.errors import OneNumberError, StaleEditError
from onenumber.web.frame.model import At
from onenumber.web.plan_grid.model import CellAsked, GridTyped
from onenumber.web.plan_grid.read import place_of, typed_in
from onenumber.web.plan_grid.words import LAYERS, WORDS, about, as_json, lead, panel, reads, said_of
from onenumber.web.refusals import CONFLICT, status_of
from onenumber.web.render import at_of, page
from onenumber.web.security import POLICY
from onenumber.web.source import source
from onenumber.web.what_if.model import Tried


@require_GET
@login_required
def plan_home(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The layer that she types in."""
    at = at_of(request, plan, cycle)
    return redirect("plan_grid", plan=plan, cycle=cycle, layer=source().plan_layer(at))


@require_GET
@login_required
def plan_grid(request: HttpRequest, plan: str, cycle: str, layer: str) -> HttpResponse:
    """The page around the grid."""
    at = at_of(request, plan, cycle)
    shown, nonce = source().plan_grid(at, layer), secrets.token_urlsafe(16)
    hers = bool(shown.writes.any())
    context: dict[str, object] = {
        "room": "plan", "shown": shown, "lead": lead(shown), "layers": LAYERS.items(), "layer": layer,
        "about": about(shown), "name": LAYERS[layer], "words": {code: str(word) for code, word in WORDS.items()},
        "hers": hers, "reads": "" if hers else reads(layer, shown.yours),
    }  # fmt: skip
    response = page(request, at, "plan_grid/page.html", {**context, "nonce": nonce})
    response.headers["Content-Security-Policy"] = f"{POLICY}; style-src 'self' 'nonce-{nonce}'"  # the grid's widths
    return response


@require_http_methods(["GET", "POST"])
@login_required
@gzip_page
def plan_cells(request: HttpRequest, plan: str, cycle: str, layer: str) -> HttpResponse:
    """All cells of the layer; what is typed comes here as well, and is answered with the cells as they stand then."""
    at = at_of(request, plan, cycle)
    if request.method == "GET":
        return JsonResponse(as_json(source().plan_grid(at, layer)))
    seen = None
    try:
        typed = typed_in(request.body)
        seen = typed.seen
        made = source().type_in(at, layer, typed)
    except OneNumberError as error:
        return _refused(at, layer, error, seen)
    return JsonResponse({"said": _done(typed, made), "made": made, "grid": as_json(source().plan_grid(at, layer))})


@require_GET
@login_required
def plan_cell(request: HttpRequest, plan: str, cycle: str, layer: str) -> HttpResponse:
    """The story of a cell, as a fragment."""
    at = at_of(request, plan, cycle)
    level, key, period = (request.GET.get(name, "") for name in ("level", "key", "month"))
    if not level:
        raise Http404
    story = source().plan_cell(at, CellAsked(layer=layer, place=place_of(level, key), period=period))
    closed = reverse("plan_grid", args=[plan, cycle, layer])
    asked = Tried(layer=layer, level=level, key=key, month=period)
    here = f"{closed}?{urlencode({'level': level, 'key': key, 'month': period})}"
    context = {"cell": panel(story), "closed": closed, "plan": plan, "cycle": cycle, "asked": asked, "here": here}
    return render(request, "plan_grid/panel.html", context)


def _done(typed: GridTyped, made: tuple[int, ...]) -> str:
    return said_of(len(made), undone=bool(typed.undo))


def _refused(at: At, layer: str, error: OneNumberError, seen: int | None) -> JsonResponse:
    """The sentence of an error; where somebody was faster, also what she typed, and the cells as they stand now."""
    if not isinstance(error, StaleEditError) or seen is None:
        return JsonResponse({"said": str(error)}, status=status_of(error))
    moved = [
        {"who": one.person, "where": one.place, "first": one.first, "last": one.last}
        for one in source().typed_since(at, layer, seen)
    ]
    grid = as_json(source().plan_grid(at, layer))
    return JsonResponse({"said": str(error), "moved": moved, "grid": grid}, status=CONFLICT)
