"""The sentences, tables and texts to send of the order book."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.review.order_book import MATERIAL, RELEASED, STOCK
from onenumber.steps.see.orders import Bought, OrdersShown, Waiting
from onenumber.web.numbers import NOTHING, number, period_words
from onenumber.web.orders.emergency import row_way
from onenumber.web.tables.model import Block, Cell, Row, table, without, words

COMES: Mapping[str, str | Promise] = {
    STOCK: _("in stock"), RELEASED: _("released production"), MATERIAL: _("to be built"),
}  # fmt: skip
LEAVES, KEY = "leaves", "key"
ONLY: Mapping[str, str | Promise] = {LEAVES: _("late, in stock and can leave now"), KEY: _("of key accounts")}
"""Sorts of lines that can be looked at alone."""
T = TypeVar("T", Waiting, Bought)
FRESH = 4
"""Days after which a stock count is said to be old: a load a week, and a weekend."""
MOST, MOST_ALL = 15, 300
"""Lines that are looked at first, and the most that a page shows."""
MONEY = 4
"""The column of money behind the name, in both tables."""


def lead(shown: OrdersShown) -> str:
    """How many lines leave late and which comes first, in a sentence."""
    late = [one for one in shown.waiting if one.late > 0]
    if not shown.waiting and not shown.bought:
        return gettext("No order is open.")
    if not late:
        return gettext("Every open order can leave by its day.")
    values = {
        "n": len(late), "all": len(shown.waiting), "order": late[0].order, "name": late[0].name,
        "what": _quantity(late[0]), "late": _late(late[0].late),
    }  # fmt: skip
    said = ngettext("%(n)d of %(all)d open order lines leaves after the promised day.",
                    "%(n)d of %(all)d open order lines leave after the promised day.", len(late))  # fmt: skip
    said = (said + gettext(" First %(order)s of %(name)s, %(what)s: %(late)s.")) % values
    if shown.as_of is None or not _is_old(shown):
        return said
    return gettext("By the stock of %(day)s, %(said)s") % {"day": _short(shown.as_of), "said": said}


def _is_old(shown: OrdersShown) -> bool:
    return shown.as_of is not None and (shown.today - shown.as_of).days > FRESH


def as_of(shown: OrdersShown) -> str:
    """Up to which day the facts say what is on hand, where that is not the day before."""
    if shown.as_of is None:
        return gettext("No stock was counted, so none is taken to be there.")
    if not _is_old(shown):
        return ""
    said = gettext("Stock was counted last on %(day)s. What came and left since comes with the next load.")
    return said % {"day": _short(shown.as_of)}


def waiting_block(shown: OrdersShown, customer_page: Callable[[str], str], *, whole: bool, only: str = "") -> Block:
    """What customers wait for, perhaps ``only`` a sort of it; ``customer_page`` is the address of a customer's page."""
    heads = (
        gettext("Order line"), gettext("Next"), gettext("Customer"), gettext("Item"), gettext("Quantity"),
        gettext("Open, %(currency)s") % {"currency": shown.currency}, gettext("Promised"), gettext("Can leave"),
        gettext("Comes from"),
    )  # fmt: skip
    late = [one for one in shown.waiting if one.late > 0]
    of_stock = sum(one.by == STOCK for one in late)
    said = gettext("No line is late.")
    if late:
        said = gettext(
            "%(stock)d of the %(n)d late lines are in stock and can leave now; %(key)d of the %(n)d are of key "
            "accounts."
        )
        said = said % {"stock": of_stock, "n": len(late), "key": sum(one.key_account for one in late)}
    new = sum(one.since_freeze for one in shown.waiting)
    tail = ngettext(
        " %(n)d line came or changed since the freeze.", " %(n)d lines came or changed since the freeze.", new
    )
    return _block("customers", gettext("Customers' orders"), said + (tail % {"n": new} if new else ""), heads,
                  _narrowed(shown, only), lambda one: _waiting_row(one, shown, customer_page),
                  whole=whole or bool(only))  # fmt: skip


def _narrowed(shown: OrdersShown, only: str) -> tuple[Waiting, ...]:
    if only == LEAVES:
        return tuple(one for one in shown.waiting if one.late > 0 and one.by == STOCK)
    return tuple(one for one in shown.waiting if one.key_account) if only == KEY else shown.waiting


def only_links(shown: OrdersShown, only: str) -> tuple[tuple[str, str, bool], ...]:
    """The sorts of lines that can be looked at alone, with address and whether it is; none where all is one."""
    counts = {kind: len(_narrowed(shown, kind)) for kind in ONLY}
    found = [
        (f"{ONLY[kind]} ({count})", f"?only={kind}#customers", only == kind) for kind, count in counts.items()
        if 0 < count < len(shown.waiting)
    ]  # fmt: skip
    everything = (gettext("All (%(n)d)") % {"n": len(shown.waiting)}, "?#customers", not only)
    return (everything, *found) if found else ()


def bought_block(shown: OrdersShown, *, whole: bool) -> Block:
    """What vendors owe us."""
    heads = (
        gettext("Purchase line"), gettext("Next"), gettext("Vendor"), gettext("Item"), gettext("Quantity"),
        gettext("Value, %(currency)s") % {"currency": shown.currency}, gettext("First promised"), gettext("Now"),
        gettext("Late"), gettext("Lines that wait for it"),
    )  # fmt: skip
    late = [one for one in shown.bought if one.late > 0]
    said = gettext("Every open purchase is promised for its first day.")
    if late:
        said = ngettext("%(n)d of %(all)d open purchase lines comes after the day it was first promised for.",
                        "%(n)d of %(all)d open purchase lines come after the day they were first promised for.",
                        len(late)) % {"n": len(late), "all": len(shown.bought)}  # fmt: skip
    if not shown.bought:
        said = gettext("No purchase is open at a site that you see.")
    return _block("vendors", gettext("Purchase orders"), said, heads, shown.bought,
                  lambda one: _bought_row(one, shown.today), whole=whole)  # fmt: skip


def _block(  # noqa: PLR0913 - a block of the page, made of either kind of line
    kind: str, title: str, sentence: str, heads: tuple[str, ...], found: Sequence[T], row: Callable[[T], Row], *,
    whole: bool,
) -> Block:  # fmt: skip
    shown = found[: MOST_ALL if whole else MOST]
    rows = tuple(map(row, shown))
    if found and all(one.money is None for one in found):
        heads, rows = without(heads, rows, MONEY)
    return Block(
        kind=kind, title=title, sentence=sentence, table=table(title, heads, rows),
        more="" if whole else rest_words(len(found)), opened=whole and len(found) > MOST,
        unshown=unshown_words(len(found)),
    )  # fmt: skip


def rest_words(count: int) -> str:
    """What leads to the lines after the first, which may not be all of them; empty where all are shown."""
    rest, next_ones = count - MOST, min(count, MOST_ALL) - MOST
    if rest <= 0:
        return ""
    if rest == next_ones:
        return ngettext("%(n)d more", "%(n)d more", rest) % {"n": rest}
    return gettext("The next %(n)d of %(rest)d more") % {"n": next_ones, "rest": rest}


def unshown_words(count: int) -> str:
    """How many lines even the long list leaves out; empty where it leaves out none."""
    rest = count - MOST_ALL
    if rest <= 0:
        return ""
    said = ngettext("%(n)d more is not shown: the %(most)d that come first stand here.",
                    "%(n)d more are not shown: the %(most)d that come first stand here.", rest)  # fmt: skip
    return said % {"n": rest, "most": MOST_ALL}


def _waiting_row(one: Waiting, shown: OrdersShown, customer_page: Callable[[str], str]) -> Row:
    today = shown.today
    mark = gettext(" (since the freeze)") if one.since_freeze else ""
    if one.breaks:
        mark = gettext(" (since the freeze; breaks %(month)s)") % {"month": period_words(one.breaks)}
    name = one.name + (gettext(", key account") if one.key_account else "")
    cells = (
        words(_next(one, today) if shown.sites else _tells(one, today)),
        words(name, href=customer_page(one.page) if one.page else ""), words(one.called),
        Cell(text=f"{number(one.quantity)} {one.unit}"), _money(one.money), _day(one.due),
        _day(one.ready, gettext("nothing on its way covers it")), words(_comes(one)),
    )  # fmt: skip
    return Row(
        name=f"{one.order}, {one.line}{mark}", cells=cells, attention=one.late > 0, key=f"{one.order}-{one.line}",
        text=to_customer(one, today) if one.late > 0 or one.ready is None else "",
        ways=row_way(one, shown.emergency),
    )  # fmt: skip


def _comes(one: Waiting) -> str:
    """Of what a line comes, and for which material it waits."""
    if not one.waits_for:
        return str(COMES[one.by])
    said = (
        gettext("%(comes)s, waits for %(material)s")
        if one.ordered
        else gettext("%(comes)s, once %(material)s is ordered")
    )
    return said % {"comes": COMES[one.by], "material": one.waits_called}


def to_order(shown: OrdersShown) -> tuple[str, ...]:
    """The materials that nobody ordered enough of, and what waits for each."""
    said = [
        ngettext(
            "%(material)s: %(n)d line waits; ordered today, it can leave on %(day)s.",
            "%(material)s: %(n)d lines wait; ordered today, the first can leave on %(day)s.", one.lines,
        ) % {"material": one.called, "n": one.lines, "day": _short(one.first)}
        for one in shown.to_order[:MOST]
    ]  # fmt: skip
    rest = len(shown.to_order) - len(said)
    more = ngettext("and %(n)d material more", "and %(n)d materials more", rest) % {"n": rest} if rest else ""
    return (*said, more) if more else tuple(said)


def _next(one: Waiting, today: dt.date) -> str:
    """What is to be done about a line by who sees its site."""
    if one.ready is None:
        return gettext("Ask the plant for a day")
    if one.late > 0 and one.by == STOCK:
        return gettext("Ship it now")
    if one.ready > one.due:
        return gettext("Promise %(day)s") % {"day": _short(one.ready)}
    return gettext("Ship by %(day)s") % {"day": _short(one.due)} if one.due >= today else gettext("Promise a new day")


def _tells(one: Waiting, today: dt.date) -> str:
    """What is to be done about a line by who only sells: she ships nothing, she tells her customer."""
    if one.ready is None:
        return gettext("Tell the customer: we ask for a new day")
    if one.late > 0 and one.by == STOCK:
        return gettext("Tell the customer: it leaves now")
    if one.ready > one.due:
        return gettext("Tell the customer: it leaves on %(day)s") % {"day": _short(one.ready)}
    return gettext("Leaves by %(day)s") % {"day": _short(one.due)} if one.due >= today else gettext("Ask for a new day")


def to_customer(one: Waiting, today: dt.date) -> str:
    """What a customer is told of a line that leaves late, to be sent as it is."""
    values = {
        "order": one.order, "line": one.line, "what": _quantity(one), "due": _short(one.due),
        "ready": _short(one.ready or today), "late": _late(one.late),
    }  # fmt: skip
    if one.ready is None:
        said = gettext(
            "%(order)s, line %(line)d: %(what)s, confirmed for %(due)s. We are asking our plant for a new day and will "
            "tell you as soon as we have it."
        )
    elif one.by == STOCK:
        said = gettext("%(order)s, line %(line)d: %(what)s, confirmed for %(due)s, is in stock and leaves now.")
    else:
        said = gettext("%(order)s, line %(line)d: %(what)s, confirmed for %(due)s, can leave on %(ready)s, %(late)s. "
                       "Tell us if a part of it sooner helps you.")  # fmt: skip
    return said % values


def _bought_row(one: Bought, today: dt.date) -> Row:
    cells = (
        words(_ask(one, today)), words(f"{one.name} ({one.vendor})"), words(f"{one.called}, {one.site}"),
        Cell(text=f"{number(one.quantity)} {one.unit}"), _money(one.money), _day(one.first, gettext("not confirmed")),
        _day(one.due, gettext("not confirmed")), words(_late(one.late) if one.late else ""), Cell(text=str(one.held)),
    )  # fmt: skip
    asks = one.late > 0 or one.due is None
    return Row(
        name=f"{one.order}, {one.line}", cells=cells, attention=one.late > 0, key=f"{one.order}-{one.line}",
        text=to_vendor(one, today) if asks else "",
    )  # fmt: skip


def _ask(one: Bought, today: dt.date) -> str:
    if one.due is None:
        return gettext("Ask for a day")
    if one.due < today:
        return gettext("Ask where it is")
    if one.due == today and one.late:
        return gettext("Ask whether it comes today")
    return gettext("Ask for a part sooner") if one.late else gettext("Receive by %(day)s") % {"day": _short(one.due)}


def to_vendor(one: Bought, today: dt.date) -> str:
    """What a vendor is asked about a line, to be sent as it is."""
    values = {
        "order": one.order, "line": one.line, "what": f"{number(one.quantity)} {one.unit} {one.called}",
        "first": _short(one.first or today), "due": _short(one.due or today),
    }  # fmt: skip
    if one.due is None:
        said = gettext("%(order)s, line %(line)d: %(what)s. Please confirm the day on which it comes.")
    elif one.due < today:
        said = gettext("%(order)s, line %(line)d: %(what)s was due on %(due)s and has not come. On which day does it?")
    elif one.due == today:
        said = gettext("%(order)s, line %(line)d: %(what)s is promised for today, %(due)s. Does it come?")
    else:
        said = gettext("%(order)s, line %(line)d: %(what)s, first promised for %(first)s, is now promised for %(due)s. "
                       "What can you send sooner, and is the new day firm?")  # fmt: skip
    return said % values


def _quantity(one: Waiting) -> str:
    return f"{number(one.quantity)} {one.unit} {one.called}"


def _late(days: int) -> str:
    return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}


def _short(day: dt.date) -> str:
    return date_format(day, "j F")


def _day(day: dt.date | None, why: str = "") -> Cell:
    return words(NOTHING, hint=why) if day is None else words(_short(day))


def _money(value: float | None) -> Cell:
    if value is None:
        return Cell(text=NOTHING, hint=gettext("without an amount or a price, or not yours to see"))
    return Cell(text=number(value))
