"""The sentences and figures of the page of maintenance."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.steps.see.maintenance import MovePrice, Window, WindowsSeen
from onenumber.web.act.model import Way
from onenumber.web.decisions.words import money
from onenumber.web.line_load.zones import share_read
from onenumber.web.maintenance.model import Offer, WindowsPage
from onenumber.web.numbers import NOTHING, number, period_words, signed


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesView:
    """A month that a window may go to, in words: how full the line is there, where its price is, who decides it."""

    month: str
    start: str
    full: str
    href: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowView:
    """A window in words."""

    key: str
    name: str
    text: str
    row: tuple[str, ...]
    movable: bool
    goes: tuple[GoesView, ...]
    offers: tuple[str, ...]


def lead(found: WindowsPage) -> str:
    """How many windows lie in the plan, what hours they take, and how many may move."""
    seen = found.seen
    if seen is None:
        return gettext("No supply plan is made yet: its windows stand here as soon as one is.")
    if not seen.windows:
        return gettext("No maintenance is planned in these months: load the windows of your lines.")
    free = [one for one in seen.windows if one.movable]
    values = {
        "n": len(seen.windows), "hours": number(sum(one.hours for one in seen.windows)), "free": len(free),
    }  # fmt: skip
    said = ngettext(
        "%(n)d window takes %(hours)s h of the lines", "%(n)d windows take %(hours)s h of the lines", len(seen.windows)
    )
    rest = gettext("; %(free)d may move, the others are fixed.") if free else gettext("; none may move.")
    return (said + rest) % values


def views(found: WindowsPage, address: str) -> tuple[WindowView, ...]:
    """The windows in words, those that may move first."""
    seen = found.seen
    return tuple(_view(one, found, seen, address) for one in seen.windows) if seen is not None else ()


def _view(one: Window, found: WindowsPage, seen: WindowsSeen, address: str) -> WindowView:
    values = {
        "start": date_format(one.start, "j F Y"), "hours": number(one.hours), "reason": one.reason or NOTHING,
        "full": share_read(one.share).percent if one.share is not None else NOTHING, "month": period_words(one.period),
    }  # fmt: skip
    text = (
        gettext(
            "%(reason)s, from %(start)s, %(hours)s h; with it the line is planned to %(full)s of its hours in "
            "%(month)s."
        )
        % values
    )
    if one.decided is not None:
        text += " " + gettext("A decision of an earlier month moved it there.")
    goes = tuple(
        GoesView(
            month=period_words(to.period), start=date_format(to.start, "j F"),
            full=share_read(to.share).percent if to.share is not None else NOTHING,
            href=f"{address}price/?{urlencode({'window': one.window, 'month': to.period})}" if seen.prices else "",
            ways=tuple(filter(None, [found.ways.get((one.window, to.period))])),
        )
        for to in one.goes
    )  # fmt: skip
    return WindowView(
        key=one.window, name=f"{one.name} ({one.line})", text=text[:1].upper() + text[1:],
        row=(values["reason"], values["start"], values["hours"], values["full"]), movable=one.movable,
        goes=goes,
        offers=tuple(offer_words(offer) for offer in found.offers if offer.window == one.window),
    )  # fmt: skip


def offer_words(one: Offer) -> str:
    """Where a paper would move a window, and whether that can still be taken."""
    values = {"option": one.option, "start": date_format(one.start, "j F Y"), "state": one.state}
    if one.open:
        return gettext("A decision paper offers to move it to %(start)s, as its option %(option)s.") % values
    return (
        gettext("A decision paper offered to move it to %(start)s, as its option %(option)s; it is decided: %(state)s.")
        % values
    )


def unpriced(found: WindowsPage) -> str:
    """Why no move has a price; empty where each has."""
    if found.seen is None or found.seen.prices:
        return ""
    if found.seen.decided:
        return gettext("The plan of this month is decided: the next month's can move it.")
    if not found.seen.own:
        return gettext("What moving it brings can be priced as soon as this month has its supply plan.")
    return gettext("What moving it brings is told to who reads the costs of the company.")


def price_words(price: MovePrice) -> str:
    """What moving a window brings, in a sentence."""
    values = {
        "month": period_words(price.period), "net": money(price.net_cost, price.currency),
        "hours": signed(price.overtime_hours), "revenue": money(price.revenue, price.currency),
        "extra": money(price.extra_cost, price.currency),
    }  # fmt: skip
    if not price.moved:
        return (
            gettext("Moved to %(month)s nothing changes: nobody is served otherwise, and it costs the same.") % values
        )
    if price.net_cost is None:
        said = gettext(
            "In %(month)s the plan is another one, and its net cost is not known: prices or costs are missing."
        )
    elif price.net_cost < 0:
        values["net"] = money(-price.net_cost, price.currency)
        said = gettext(
            "In %(month)s it saves %(net)s net: extra cost %(extra)s, revenue %(revenue)s, overtime %(hours)s h."
        )
    else:
        said = gettext(
            "In %(month)s it costs %(net)s net: extra cost %(extra)s, revenue %(revenue)s, overtime %(hours)s h."
        )
    return said % values
