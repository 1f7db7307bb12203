"""The sentences of the pages of customers: what to do next, orders, promises, service, news, and what was typed."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.customer import CustomerSeen
from onenumber.steps.see.customer_orders import CustomerOrders, OrderLine, OrdersSeen, RequestShown
from onenumber.steps.see.edits import EditShown
from onenumber.steps.see.risks import NewsShown
from onenumber.web.act.model import Way
from onenumber.web.entry.words import news_words, odd_words, silent_words
from onenumber.web.month.outcomes import outcome_words
from onenumber.web.month.words import request_words
from onenumber.web.numbers import NOTHING, day_in, deviation, number, period_words, share, signed
from onenumber.web.plan_grid.words import LAYERS

OUTCOMES: Mapping[str, str | Promise] = {"corrected": _("corrected"), "declined": _("not corrected")}
SAID: Mapping[str, str | Promise] = {
    "right": _("right"), "asked": _("asked to be corrected"), "changed": _("changed since you confirmed it"),
    "unseen": "",
}  # fmt: skip
SURE = (("0.9", _("nearly certain, 90 %")), ("0.75", _("likely, 75 %")), ("0.5", _("even, 50 %")),
        ("0.25", _("unlikely, 25 %")), ("0.1", _("hardly, 10 %")))  # fmt: skip
MODES: Mapping[str, str | Promise] = {"set": _("%(value)s"), "add": _("%(value)s"), "percent": _("%(value)s %%")}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """An order line in words; ``wrong`` names its row where a form about it is asked for."""

    line: OrderLine
    key: str
    open: str
    requested: str
    promised: str
    late: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request in a sentence, its answer, and the ways to give one."""

    request: RequestShown
    text: str
    answer: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """A customer on the page of a patch: how many orders are open, late, and to be confirmed."""

    orders: CustomerOrders
    text: str


def short_day(day: dt.date | None) -> str:
    """A day in a table."""
    return day_in(day, "j M") if day is not None else NOTHING


def orders_lead(seen: OrdersSeen) -> str:
    """How many orders are open and how many wait to be confirmed."""
    if seen.known_until is None:
        return gettext("No orders are loaded yet, so there is nothing to confirm.")
    lines = sum(len(one.lines) for one in seen.customers)
    unseen, late = sum(one.unseen for one in seen.customers), sum(one.late for one in seen.customers)
    if not lines:
        return gettext("No order of your customers is open. If one is missing, say so on the customer's page.")
    values = {"n": unseen, "all": lines}
    said = ngettext(
        "%(n)d of %(all)d open order lines waits to be confirmed",
        "%(n)d of %(all)d open order lines wait to be confirmed", unseen,
    )  # fmt: skip
    if not any(one.confirms for one in seen.customers):
        said = ngettext(
            "%(n)d of %(all)d open order lines is not confirmed, which is done while Demand is under way",
            "%(n)d of %(all)d open order lines are not confirmed, which is done while Demand is under way", unseen,
        )  # fmt: skip
    none = gettext("All %(all)d open order lines are confirmed or asked to be corrected")
    return f"{(said if unseen else none) % values}; {_past(late, next((one.by for one in seen.customers), None))}."


def _past(late: int, by: dt.date | None) -> str:
    """How many lines are past the day that was wanted; as far as it is known, where no load came for long."""
    if by is None:
        said = ngettext("%(n)d is past the day that was wanted", "%(n)d are past the day that was wanted", late)
        return said % {"n": late}
    said = ngettext(
        "on %(day)s %(n)d was past the day that was wanted, and what left since is not loaded",
        "on %(day)s %(n)d were past the day that was wanted, and what left since is not loaded", late,
    )  # fmt: skip
    return said % {"n": late, "day": date_format(by, "j F")}


def cards(seen: OrdersSeen) -> tuple[CustomerCard, ...]:
    """The customers of a patch with what waits first."""
    order = sorted(seen.customers, key=lambda one: (not one.unseen, one.name))
    return tuple(CustomerCard(orders=one, text=card_words(one)) for one in order)


def card_words(one: CustomerOrders) -> str:
    """How the orders of a customer stand."""
    lines = len(one.lines)
    said = ngettext("%(n)d line open", "%(n)d lines open", lines) % {"n": lines}
    late = gettext(", %(n)d past the day wanted") if one.late else ""
    if late and one.by is not None:
        late = gettext(", on %(day)s %(n)d past the day wanted")
    late = late % {"n": one.late, "day": short_day(one.by)}
    rest = gettext(", %(n)d to confirm") if one.confirms else gettext(", %(n)d not confirmed")
    rest = rest % {"n": one.unseen} if one.unseen else gettext(", all seen")
    return f"{said}{late}{rest}"


def line_views(orders: CustomerOrders) -> tuple[LineView, ...]:
    """Order lines in words."""
    return tuple(_line(one, orders.by) for one in orders.lines)


def _line(one: OrderLine, by: dt.date | None) -> LineView:
    if one.late:
        late = ngettext("%(n)d day late", "%(n)d days late", one.late) % {"n": one.late}
        late += gettext(" on %(day)s") % {"day": short_day(by)} if by is not None else ""
    elif one.later:
        late = ngettext("promised %(n)d day later", "promised %(n)d days later", one.later) % {"n": one.later}
    else:
        late = ""
    return LineView(
        line=one, key=f"{one.order}-{one.line}", open=number(one.open), requested=short_day(one.requested),
        promised=short_day(one.promised), late=late, said=str(SAID[one.said]),
    )  # fmt: skip


def request_views(requests: Sequence[RequestShown], ways: Mapping[int, tuple[Way, ...]]) -> tuple[RequestView, ...]:
    """Requests in words."""
    return tuple(_request(one, ways.get(one.number, ())) for one in requests)


def _request(one: RequestShown, ways: tuple[Way, ...]) -> RequestView:
    answer = gettext("%(outcome)s by %(person)s: “%(text)s”")
    values = {"outcome": OUTCOMES.get(one.outcome, ""), "person": one.answered_by, "text": one.answer}
    return RequestView(request=one, text=request_words(one), answer=answer % values if one.outcome else "", ways=ways)


def next_actions(seen: CustomerSeen) -> tuple[str, ...]:
    """What to do or to speak of before the visit, the weightiest first."""
    return tuple(_actions(seen))


def _actions(seen: CustomerSeen) -> Iterator[str]:
    for silent in seen.out.silent:
        yield gettext("Ask why: %(said)s") % {"said": silent_words(silent)}
    late = seen.orders.late
    if late and seen.orders.by is not None:
        said = ngettext(
            "Look whether %(n)d order line left that was late on %(day)s.",
            "Look whether %(n)d order lines left that were late on %(day)s.", late,
        )  # fmt: skip
        yield said % {"n": late, "day": date_format(seen.orders.by, "j F")}
    elif late:
        said = ngettext("Speak of %(n)d late order line.", "Speak of %(n)d late order lines.", late)
        yield said % {"n": late}
    if seen.slips:
        said = ngettext(
            "%(n)d order line cannot leave by its promised day: the page Orders says when it can.",
            "%(n)d order lines cannot leave by their promised day: the page Orders says when they can.", seen.slips,
        )  # fmt: skip
        yield said % {"n": seen.slips}
    if seen.outcome is not None:
        n = len(seen.outcome.lines)
        said = ngettext(
            "Tell what is not promised: %(n)d month is short.", "Tell what is not promised: %(n)d months are short.", n
        )
        yield said % {"n": n}
    for odd in seen.out.odd:
        yield gettext("Ask whether it comes again: %(said)s") % {"said": odd_words(odd)}
    if seen.orders.unseen and seen.orders.confirms:
        said = ngettext(
            "Confirm %(n)d open order line, or say what is wrong with it.",
            "Confirm %(n)d open order lines, or say what is wrong with them.",
            seen.orders.unseen,
        )
        yield said % {"n": seen.orders.unseen}


def customer_lead(seen: CustomerSeen) -> str:
    """Orders, lateness and service in a sentence."""
    lines, by = len(seen.orders.lines), seen.orders.by
    if not lines:
        return gettext("No order line is open. %(service)s") % {"service": service_words(seen)}
    values = {"n": lines, "late": seen.orders.late, "day": date_format(by, "j F") if by is not None else ""}
    said = ngettext("%(n)d order line is open", "%(n)d order lines are open", lines) % values
    late = gettext(", %(late)d of them past the day that was wanted") if seen.orders.late else ""
    if late and by is not None:
        late = ngettext(
            "; on %(day)s %(late)d of them was past the day that was wanted, and what left since is not loaded",
            "; on %(day)s %(late)d of them were past the day that was wanted, and what left since is not loaded",
            seen.orders.late,
        )  # fmt: skip
    late = late % values
    return f"{said}{late}. {service_words(seen)}"


def service_words(seen: CustomerSeen) -> str:
    """How many order lines of the last year left in full and on time."""
    if not seen.served.counted:
        return gettext("Service: – nothing was due in the last 12 months, or no shipments are loaded.")
    values = {
        "share": share(seen.served.kept / seen.served.counted), "kept": seen.served.kept, "n": seen.served.counted,
    }  # fmt: skip
    said = gettext("In the last 12 months %(share)s left in full by the day that was wanted: %(kept)s of %(n)s lines.")
    return said % values


def outcome_lines(seen: CustomerSeen) -> tuple[str, ...]:
    """What was asked and promised, month by month where something is short."""
    return tuple(outcome_words(line) for line in seen.outcome.lines) if seen.outcome is not None else ()


def outcome_sentence(seen: CustomerSeen) -> str:
    """What became of the last call for this customer."""
    if not seen.of:
        return gettext("– No plan is published yet, so nothing is promised.")
    values = {"month": period_words(seen.of)}
    if seen.outcome is None:
        return gettext("All that was asked for is promised, by the plan of %(month)s.") % values
    return gettext("Not all that was asked for is promised, by the plan of %(month)s.") % values


def came_rows(seen: CustomerSeen) -> tuple[tuple[str, str, str, str], ...]:
    """Month by month what was called a month ahead, what came, and how far that is over or under."""
    return tuple(
        (
            f"{period_words(one.label)} ({one.unit})", NOTHING if one.called is None else number(one.called),
            number(one.came), _call(one.called, one.came),
        )
        for one in seen.came
    )  # fmt: skip


def _call(called: float | None, came: float) -> str:
    """How far a call was from what came; there is no per cent of nothing."""
    if called is None:
        return NOTHING
    if round(called) == round(came):
        return gettext("right")
    return gettext("over: nothing came") if called > 0.0 >= came else deviation(called - came, came)


def came_sentence(seen: CustomerSeen) -> str:
    """What was called against what came, over the months in which both are known and the units are one."""
    known = [one for one in seen.came if one.called is not None]
    if not known:
        return gettext("– No month was called and has passed yet.")
    if len({one.unit for one in known}) > 1:
        return gettext("Called a month ahead, against what was ordered; unlike units do not add up.")
    called, came = sum(one.called or 0.0 for one in known), sum(one.came for one in known)
    said = gettext(
        "Over %(n)d months %(called)s %(unit)s were called, a month ahead, and %(came)s came: the call was %(by)s."
    )
    by = deviation(called - came, came)
    return said % {
        "n": len(known), "called": number(called), "came": number(came), "unit": known[0].unit, "by": by
    }  # fmt: skip


def news_lines(seen: CustomerSeen) -> tuple[str, ...]:
    """The news about the customer, in words."""
    return tuple(map(_news, seen.news))


def open_news(news: Sequence[NewsShown], customer: str) -> tuple[str, ...]:
    """The news of a customer that waits to be decided, so that nobody shares it twice; none where none is chosen."""
    return tuple(_news(one) for one in news if customer and one.where.get("planning_customer") == customer)


def _news(one: NewsShown) -> str:
    said = news_words(one)
    return f"{said[:1].upper()}{said[1:]} ({one.author})"


def typed_lines(seen: CustomerSeen) -> tuple[tuple[bool, str], ...]:
    """What was typed on the customer, in words, and whether it still stands; what was typed over comes last."""
    return tuple((one.over is None, _typed(one)) for one in sorted(seen.typed, key=lambda one: one.over is not None))


def _typed(one: EditShown) -> str:
    value = number(one.value or 0.0, 0 if float(one.value or 0.0).is_integer() else 1)
    value = signed(one.value or 0.0, 1) if one.mode in {"add", "percent"} else value
    said = gettext("%(layer)s, %(place)s, %(months)s: %(typed)s by %(person)s%(why)s%(carried)s%(over)s")
    months = (
        period_words(one.first) if one.first == one.last else f"{period_words(one.first)} – {period_words(one.last)}"
    )
    return said % {
        "layer": LAYERS[one.layer],
        "place": one.place,
        "months": months,
        "person": one.person,
        "typed": str(MODES.get(one.mode, one.mode)) % {"value": value} if one.mode in MODES else one.mode,
        "why": f", “{one.reason}”" if one.reason else "",
        "carried": gettext(", carried from %(month)s") % {"month": period_words(one.carried_from)}
        if one.carried_from
        else "",
        "over": gettext(", typed over on %(day)s") % {"day": date_format(one.over, "j F")} if one.over else "",
    }
