"""A customer, its orders as a file, the orders of a patch, and the form of news."""

import csv

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from onenumber.web.customers.words import (
    SURE,
    came_rows,
    came_sentence,
    cards,
    customer_lead,
    line_views,
    news_lines,
    next_actions,
    open_news,
    orders_lead,
    outcome_lines,
    outcome_sentence,
    request_views,
    typed_lines,
)
from onenumber.web.entry.words import NEWS
from onenumber.web.render import at_of, page
from onenumber.web.source import source
from onenumber.web.words import WRONG

MOST = 40
"""Order lines that a page shows at first: the first wanted."""
HEADS = (
    "order", "line", "customer", "item", "name", "unit", "quantity", "open", "ordered", "wanted", "promised",
    "days_late", "said",
)  # fmt: skip


@require_GET
@login_required
def customer(request: HttpRequest, plan: str, cycle: str, key: str) -> HttpResponse:
    """All that is known of a customer."""
    at = at_of(request, plan, cycle)
    found = source().customer(at, key)
    seen, every = found.seen, "all" in request.GET or "wrong" in request.GET
    lines = line_views(seen.orders)
    context: dict[str, object] = {
        "room": "entry", "seen": seen, "lead": customer_lead(seen), "actions": next_actions(seen),
        "lines": lines if every else lines[:MOST], "rest": len(lines) - MOST, "every": every,
        "requests": request_views(seen.requests, found.ways), "outcome": outcome_sentence(seen),
        "short": outcome_lines(seen), "came_sentence": came_sentence(seen), "came": came_rows(seen),
        "news": news_lines(seen), "typed": typed_lines(seen), "shares": found.shares,
        "wrong": request.GET.get("wrong", ""), "kinds": [(code, WRONG[code]) for code in ("not_mine", "wrong_date")],
    }  # fmt: skip
    return page(request, at, "customers/customer.html", context, frame=found.frame)


@require_GET
@login_required
def customer_orders(request: HttpRequest, plan: str, cycle: str, key: str) -> HttpResponse:
    """The open orders of a customer as a CSV file."""
    seen = source().customer(at_of(request, plan, cycle), key).seen
    name = "".join(letter if letter.isalnum() else "-" for letter in seen.customer)
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="orders-{name}-{cycle}.csv"'},
    )
    rows = csv.writer(answer)
    rows.writerow(HEADS)
    for one in seen.orders.lines:
        rows.writerow(
            [one.order, one.line, one.buyer or seen.name, one.item, one.item_name, one.unit, one.quantity, one.open,
             one.ordered, one.requested, one.promised or "", one.late, one.said]
        )  # fmt: skip
    return answer


@require_GET
@login_required
def orders_to_confirm(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The open orders of a patch, customer by customer, and the requests about them."""
    at = at_of(request, plan, cycle)
    found = source().orders_to_confirm(at)
    context: dict[str, object] = {
        "room": "orders_to_confirm", "lead": orders_lead(found.seen), "cards": cards(found.seen),
        "requests": request_views(found.seen.requests, found.ways),
        "closed": any(one.unseen for one in found.seen.customers) and not any(
            one.confirms for one in found.seen.customers
        ),
    }  # fmt: skip
    return page(request, at, "customers/orders.html", context, frame=found.frame)


@require_GET
@login_required
def news_form(request: HttpRequest, plan: str, cycle: str) -> HttpResponse:
    """The form by which somebody shares news; a link may name the customer and the family."""
    at = at_of(request, plan, cycle)
    found, asked, customer = source().news_form(at), request.GET.get("next", ""), request.GET.get("customer", "")
    context: dict[str, object] = {
        "room": "entry", "form": found, "kinds": [(code, str(said)) for code, said in NEWS.items()],
        "sure": SURE, "customer": customer, "family": request.GET.get("family", ""),
        "next": asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "",
        "nobody": gettext("no patch"), "open": open_news(found.open, customer),
    }  # fmt: skip
    return page(request, at, "customers/news.html", context, frame=found.frame)
