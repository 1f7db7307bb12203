"""What an edit would do: the form, and the answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from onenumber.web.plan_grid.words import LAYERS
from onenumber.web.render import at_of, page, wants_only
from onenumber.web.source import source
from onenumber.web.what_if.read import tried_in
from onenumber.web.what_if.words import answer_of


@require_GET
@login_required
def what_if(request: HttpRequest, plan: str, cycle: str, layer: str) -> HttpResponse:
    """The form of a place and month; with ``typed``, also what that would do. Nothing is kept."""
    at = at_of(request, plan, cycle)
    asked = tried_in(layer, request.GET)
    name = source().place_called(at, asked)
    context: dict[str, object] = {
        "room": "plan", "asked": asked, "name": name, "layer_name": LAYERS.get(layer, layer), "plan": plan,
        "cycle": cycle, "closed": reverse("plan_grid", args=[plan, cycle, layer]),
    }  # fmt: skip
    if wants_only(request, "panel"):
        return render(request, "what_if/panel.html", context)
    if asked.typed:
        context["answer"] = answer_of(source().what_if(at, asked))
    if request.headers.get("HX-Request"):
        return render(request, "what_if/answer.html", context)
    return page(request, at, "what_if/page.html", context)
