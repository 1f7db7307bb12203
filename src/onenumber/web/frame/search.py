"""The search box: pages, places, items and customers."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from onenumber.rights.duties import duties_like
from onenumber.web.frame.model import At, Hit
from onenumber.web.render import at_of, page, wants_only
from onenumber.web.source import source

MOST_LETTERS = 100

PAGES: Mapping[str, str | Promise] = {
    "month": _("My month"),
    "sheets": _("Sheets of the cycle"),
    "family": _("Family page"),
    "who": _("Who does what: duties, signatures, figures"),
    "loads": _("Data: loads and findings"),
}

KINDS: Mapping[str, str | Promise] = {
    "division": _("division"),
    "family": _("family"),
    "item": _("item"),
    "planning_customer": _("customer"),
}


@require_GET
@login_required
def search(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """What was found: as a list under the box, or as a page of its own."""
    at = at_of(request, plan, cycle)
    text = request.GET.get("q", "").strip()[:MOST_LETTERS]
    context: dict[str, object] = {"asked_text": text, "hits": _hits(at, text) if text else []}
    if wants_only(request, "hits"):
        return render(request, "frame/hits.html", context)
    return page(request, at, "frame/search.html", context)


def _hits(at: At, text: str) -> list[dict[str, str]]:
    pages = [
        {"href": _page_link(name, at), "name": str(words), "kind": str(_("page"))}
        for name, words in PAGES.items()
        if text.lower() in str(words).lower()
    ]
    pages += [
        {"href": f"{_page_link('who', at)}#{duty.code}", "name": f"{duty.code} {duty.says}", "kind": str(_("duty"))}
        for duty in duties_like(text)
    ]
    found = source().search(at, text)
    exact = [hit for hit in found if hit.key.lower() == text.lower()]
    return [_shown(at, hit) for hit in exact] + pages + [_shown(at, hit) for hit in found if hit not in exact]


def _page_link(name: str, at: At) -> str:
    return reverse(name, args=[at.plan] if name == "loads" else [at.plan, at.cycle])


def _shown(at: At, hit: Hit) -> dict[str, str]:
    href = f"{reverse('family', args=[at.plan, at.cycle])}?{urlencode({'place': hit.place})}"
    name = hit.name if hit.name == hit.key else f"{hit.key} {hit.name}"
    return {"href": href, "name": name, "kind": str(KINDS.get(hit.kind, hit.kind))}
