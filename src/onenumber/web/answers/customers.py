"""The pages of customers: one before a visit, the orders to confirm, and the form of news."""

from collections.abc import Mapping, Sequence

from onenumber.rights.ask import may, may_somewhere
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.news import Stand
from onenumber.steps.see.customer import customer_seen
from onenumber.steps.see.customer_orders import RequestShown, orders_seen
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.news_form import news_form
from onenumber.steps.see.risks import risks_shown
from onenumber.web.act.model import Way
from onenumber.web.answers.act import settle_ways
from onenumber.web.answers.frame import framed
from onenumber.web.customers.model import CustomerPage, NewsPage, OrdersPage


def customer(context: Glance, cycle: str, key: str) -> CustomerPage:
    """A customer."""
    bar = cycle_bar(context, cycle)
    seen = customer_seen(context, key, cycle)
    shares = bar.phase is not None and may_somewhere(context.actor, "news", phase=bar.phase)
    return CustomerPage(frame=framed(context, bar), seen=seen, ways=settling(seen.requests), shares=shares)


def orders(context: Glance, cycle: str) -> OrdersPage:
    """The orders of a patch."""
    bar = cycle_bar(context, cycle)
    seen = orders_seen(context, cycle)
    return OrdersPage(frame=framed(context, bar), seen=seen, ways=settling(seen.requests))


def news(context: Glance, cycle: str) -> NewsPage:
    """The form of news."""
    found, told, bar = news_form(context, cycle), risks_shown(context, cycle), cycle_bar(context, cycle)
    return NewsPage(
        frame=framed(context, bar), decides=bar.phase is not None and may(context.actor, "triage", phase=bar.phase),
        patches=found.patches, customers=found.customers,
        families=found.families, channels=found.channels, months=found.months,
        open=tuple(one for one in told.risks if one.stand is Stand.UNDECIDED), now=found.now, again=found.again,
    )  # fmt: skip


def settling(requests: Sequence[RequestShown]) -> Mapping[int, tuple[Way, ...]]:
    """The ways to answer those requests that the person may answer, by their number."""
    return {one.number: settle_ways(one) for one in requests}
