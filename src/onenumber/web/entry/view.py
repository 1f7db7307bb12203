"""My customers: the lines of a salesperson."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from onenumber.errors import OneNumberError
from onenumber.web.asked import asked_of
from onenumber.web.entry.read import typed_in
from onenumber.web.entry.words import (
    MOST,
    call_head,
    first_months,
    lead,
    needing,
    out_lines,
    patch_views,
    rest_words,
    typed_words,
    views,
)
from onenumber.web.frame.model import At
from onenumber.web.refusals import refused
from onenumber.web.render import at_of, go, page
from onenumber.web.source import source


@require_http_methods(["GET", "POST"])
@login_required
def entry(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Her lines, those that need her first; what is typed in them comes here as well."""
    at = at_of(request, plan, cycle)
    return _enter(request, at) if request.method == "POST" else _show(request, at)


def _enter(request: HttpRequest, at: At) -> HttpResponse:
    sent = {name: str(text) for name, text in request.POST.items()}
    try:
        typed = typed_in(sent)
        entered = source().enter(at, typed)
    except OneNumberError as error:
        if not sent.get("hand_in"):
            raise
        return refused(request, error, gettext("Nothing was handed in."))
    messages.success(request, typed_words(entered, undone=bool(typed.undo)))
    every = "?all=1" if request.POST.get("all") else ""
    return go(request, reverse("entry", args=[at.plan, at.cycle]) + every)


def _show(request: HttpRequest, at: At) -> HttpResponse:
    found = source().entry(at)
    seen, every = found.seen, bool(asked_of(request, "all", ("1",)))
    opened = asked_of(request, "open", [f"{row.customer}|{row.family}" for row in seen.rows])
    need = needing(seen)
    first = need[:MOST]
    shown = seen.rows if every else first
    if opened and not every:
        shown = (*first, *(row for row in seen.rows if f"{row.customer}|{row.family}" == opened and row not in first))
    rest, writes = len(seen.rows) - len(shown), any(one.writes for one in seen.patches)
    context: dict[str, object] = {
        "rest": rest_words(rest, sum(row not in shown for row in need) if writes else 0) if rest else "",
        "room": "entry", "seen": seen, "lead": lead(seen), "out": out_lines(seen.out),
        "lines": views(shown, opened, seen), "every": every, "call_head": call_head(seen),
        "writes": writes, "patches": patch_views(seen),
        "from_months": first_months(seen), "opened": opened,
        "asks": [(one.name, [found.ways[one.patch]]) for one in seen.patches if one.patch in found.ways],
    }  # fmt: skip
    return page(request, at, "entry/page.html", context, frame=found.frame)
