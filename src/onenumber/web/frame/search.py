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
from onenumber.rights.roles import sells
from onenumber.web.frame.model import At, Frame, Hit
from onenumber.web.frame.nav import address_of, pages_for
from onenumber.web.guide.links import guides_like
from onenumber.web.render import at_of, page, wants_only
from onenumber.web.source import source

MOST_LETTERS = 100

CUSTOMER = "planning_customer"
KINDS: Mapping[str, str | Promise] = {
    "division": _("division"),
    "family": _("family"),
    "item": _("item"),
    CUSTOMER: _("customer"),
}


@require_GET
@login_required
def search(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """What was found: as a list under the box, or as a page of its own."""
    at = at_of(request, plan, cycle)
    text = request.GET.get("q", "").strip()[:MOST_LETTERS]
    frame = source().frame(at)
    context: dict[str, object] = {"asked_text": text, "hits": _hits(at, text, frame) if text else []}
    if wants_only(request, "hits"):
        return render(request, "frame/hits.html", context)
    return page(request, at, "frame/search.html", context, frame=frame)


def _hits(at: At, text: str, frame: Frame) -> list[dict[str, str]]:
    pages = [
        {"href": address_of(one, plan=at.plan, cycle=at.cycle), "name": str(one.says), "kind": str(_("page"))}
        for one in pages_for(frame)
        if text.lower() in str(one.says).lower()
    ]
    pages += [
        {
            "href": f"{reverse('who', args=[at.plan, at.cycle])}#{duty.code}",
            "name": f"{duty.code} {duty.says}",
            "kind": str(_("duty")),
        }
        for duty in duties_like(text)
    ]
    pages += [{"href": one.href, "name": one.says, "kind": str(_("guide"))} for one in guides_like(text)]
    found = source().search(at, text)
    exact = [hit for hit in found if hit.key.lower() == text.lower()]
    has_patch = sells(frame.roles)
    others = [_shown(at, hit, has_patch=has_patch) for hit in found if hit not in exact]
    return [_shown(at, hit, has_patch=has_patch) for hit in exact] + pages + others


def _shown(at: At, hit: Hit, *, has_patch: bool) -> dict[str, str]:
    """A hit with its page: a customer's own, to who sells to it."""
    href = f"{reverse('family', args=[at.plan, at.cycle])}?{urlencode({'place': hit.place})}"
    if has_patch and hit.kind == CUSTOMER:
        href = reverse("customer", args=[at.plan, at.cycle, hit.key])
    name = hit.name if hit.name == hit.key else f"{hit.key} {hit.name}"
    return {"href": href, "name": name, "kind": str(KINDS.get(hit.kind, hit.kind))}
