"""The page of orders."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from onenumber.web.asked import asked_of
from onenumber.web.orders.emergency import general_way
from onenumber.web.orders.words import ONLY, as_of, bought_block, lead, only_links, part_words, to_order, waiting_block
from onenumber.web.render import at_of, page
from onenumber.web.source import source


@require_GET
@login_required
def orders(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """Open lines of customers and of vendors, those that need a deed first."""
    at = at_of(request, plan, cycle)
    whole = asked_of(request, "all", ("customers", "vendors"))
    only = asked_of(request, "only", ONLY)
    found = source().orders(at)
    shown = found.shown
    blocks = [
        waiting_block(
            shown, lambda key: reverse("customer", args=[plan, shown.cycle, key]), whole=whole == "customers", only=only
        )
    ]
    if shown.sites:
        blocks.append(bought_block(shown, whole=whole == "vendors"))
    context: dict[str, object] = {
        "room": "orders",
        "lead": lead(shown),
        "as_of": as_of(shown),
        "part": part_words(shown),
        "ways": general_way(shown.emergency, request.GET),
        "only": only_links(shown, only),
        "to_order": to_order(shown),
        "blocks": blocks,
    }
    return page(request, at, "orders/page.html", context, frame=found.frame)
