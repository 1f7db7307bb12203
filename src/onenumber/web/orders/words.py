"""The sentences and tables of the order book."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.review.order_book import MATERIAL, RELEASED, STOCK
from onenumber.steps.see.order_ground import Asked
from onenumber.steps.see.orders import SHIPS, Bought, OrdersShown, Waiting
from onenumber.web.numbers import NOTHING, number, period_words
from onenumber.web.orders.deeds import (
    NEXT,
    ask_words,
    late_words,
    next_head,
    next_words,
    quantity_words,
    short_day,
    to_customer,
    to_vendor,
)
from onenumber.web.orders.emergency import row_way
from onenumber.web.tables.model import Block, Cell, Row, table, without, words

COMES: Mapping[str, str | Promise] = {
    STOCK: _("in stock"), RELEASED: _("released production"), MATERIAL: _("to be built"),
}  # fmt: skip
LEAVES, KEY = "leaves", "key"
ONLY: Mapping[str, str | Promise] = {LEAVES: _("late, in stock and can leave now"), KEY: _("of key accounts")}
"""Sorts of lines that can be looked at alone."""
WAS = _("late, and was in stock")
"""Of the first sort, where the facts are old."""
T = TypeVar("T", Waiting, Bought)
FRESH = 4
"""Days after which a stock count is said to be old: a load a week, and a weekend."""
MOST, MOST_ALL = 15, 300
"""Lines that are looked at first, and the most that a page shows."""
MONEY = 4
"""The column of money behind the name, in both tables."""


def lead(shown: OrdersShown) -> str:
    """How many lines leave late and which comes first, in a sentence."""
    late, fell = [one for one in shown.waiting if one.late > 0], _fell_due(shown, shown.waiting)
    if not shown.waiting and not shown.bought:
        return gettext("No order is open.")
    if not late:
        said = gettext("Every open order can leave by its day.")
        return _by_facts(shown, gettext("every open order could leave by its day.") if shown.old else said, fell)
    values = {
        "n": len(late), "all": len(shown.waiting), "order": late[0].order, "name": late[0].name,
        "what": quantity_words(late[0]), "late": late_words(late[0].late),
    }  # fmt: skip
    said = ngettext("%(n)d of %(all)d open order lines leaves after the promised day.",
                    "%(n)d of %(all)d open order lines leave after the promised day.", len(late))  # fmt: skip
    if shown.old:  # on which day it can leave, and so how late it is, is not known any more
        return _by_facts(shown, (said + gettext(" First %(order)s of %(name)s, %(what)s.")) % values, fell)
    said = (said + gettext(" First %(order)s of %(name)s, %(what)s: %(late)s.")) % values
    if shown.as_of is None or not _is_old(shown):
        return said
    return gettext("By the stock of %(day)s, %(said)s") % {"day": short_day(shown.as_of), "said": said}


def _fell_due(shown: OrdersShown, lines: Sequence[Waiting] | Sequence[Bought]) -> int:
    """How many lines were due since the facts ended: whether they left or came is not loaded."""
    due = [one.due for one in lines if one.due is not None] if shown.old else []
    return sum(shown.counted <= day < shown.today for day in due)


def _by_facts(shown: OrdersShown, said: str, fell: int) -> str:
    """What is said of lines, by the day to which the facts go where that is old, with what fell due since."""
    if not shown.old:
        return said
    since = ngettext(
        "Since then %(n)d line fell due: whether it left is not loaded.",
        "Since then %(n)d lines fell due: whether they left is not loaded.", fell,
    )  # fmt: skip
    told = gettext("By the facts of %(day)s, %(said)s") % {"day": short_day(shown.counted), "said": said}
    return f"{told} {since % {'n': fell}}" if fell else told


def _is_old(shown: OrdersShown) -> bool:
    return shown.as_of is not None and (shown.today - shown.as_of).days > FRESH


def as_of(shown: OrdersShown) -> str:
    """Up to which day the facts say what is on hand, where that is not the day before."""
    if shown.as_of is None:
        return gettext("No stock was counted, so none is taken to be there.")
    if shown.old:
        said = gettext(
            "Nothing was loaded since %(day)s. What left and came since is not known, so nothing is written to "
            "customers and vendors from here before the next load."
        )
        return said % {"day": short_day(shown.counted)}
    if not _is_old(shown):
        return ""
    said = gettext("Stock was counted last on %(day)s. What came and left since comes with the next load.")
    return said % {"day": short_day(shown.as_of)}


def part_words(shown: OrdersShown) -> str:
    """Whose part of the order book is shown; empty where it is all of it."""
    if not shown.plants:
        return gettext("This is your part of the company.") if shown.part else ""
    said = gettext("Of %(plants)s: the open lines of what is made or bought there. The company has %(n)d in all.")
    return said % {"plants": ", ".join(shown.plants), "n": shown.company}


def waiting_block(shown: OrdersShown, customer_page: Callable[[str], str], *, whole: bool, only: str = "") -> Block:
    """What customers wait for, perhaps ``only`` a sort of it; ``customer_page`` is the address of a customer's page."""
    heads = (
        gettext("Order line"), next_head(shown, NEXT), gettext("Customer"), gettext("Item"),
        gettext("Quantity"), gettext("Open, %(currency)s") % {"currency": shown.currency}, gettext("Promised"),
        gettext("Could leave") if shown.old else gettext("Can leave"),
        _comes_head(shown),
    )  # fmt: skip
    late = [one for one in shown.waiting if one.late > 0]
    of_stock = sum(one.by == STOCK for one in late)
    said = gettext("No line is late.")
    if late:
        said = gettext("%(stock)d of the %(n)d late lines are in stock and can leave now; %(key)d of the %(n)d are of "
                       "key accounts.")  # fmt: skip
        if shown.old:
            said = gettext("%(stock)d of the %(n)d late lines were in stock on %(day)s; %(key)d of the %(n)d are of "
                           "key accounts.")  # fmt: skip
        if len(late) == 1:
            said = gettext("One line is late.")
        elif not of_stock:
            said = gettext("None of the %(n)d late lines is in stock; %(key)d of the %(n)d are of key accounts.")
        said = said % {
            "day": short_day(shown.counted), "stock": of_stock, "n": len(late),
            "key": sum(one.key_account for one in late),
        }  # fmt: skip
    new = sum(one.since_freeze for one in shown.waiting)
    tail = ngettext(
        " %(n)d line came or changed since the freeze.", " %(n)d lines came or changed since the freeze.", new
    )
    return _block("customers", gettext("Customers' orders"), said + (tail % {"n": new} if new else ""), heads,
                  _narrowed(shown, only), lambda one: _waiting_row(one, shown, customer_page),
                  whole=whole or bool(only))  # fmt: skip


def _comes_head(shown: OrdersShown) -> str:
    """The head of what lines come of, with the day of which that is where it is old."""
    said = gettext("Comes from, as of %(day)s")
    return said % {"day": short_day(shown.counted)} if shown.old else gettext("Comes from")


def _narrowed(shown: OrdersShown, only: str) -> tuple[Waiting, ...]:
    if only == LEAVES:
        return tuple(one for one in shown.waiting if one.late > 0 and one.by == STOCK)
    return tuple(one for one in shown.waiting if one.key_account) if only == KEY else shown.waiting


def only_links(shown: OrdersShown, only: str) -> tuple[tuple[str, str, bool], ...]:
    """The sorts of lines that can be looked at alone, with address and whether it is; none where all is one."""
    counts = {kind: len(_narrowed(shown, kind)) for kind in ONLY}
    called = {**ONLY, **({LEAVES: WAS} if shown.old else {})}
    found = [
        (f"{called[kind]} ({count})", f"?only={kind}#customers", only == kind) for kind, count in counts.items()
        if 0 < count < len(shown.waiting)
    ]  # fmt: skip
    everything = (gettext("All (%(n)d)") % {"n": len(shown.waiting)}, "?#customers", not only)
    return (everything, *found) if found else ()


def bought_block(shown: OrdersShown, *, whole: bool) -> Block:
    """What vendors owe us."""
    heads = (
        gettext("Purchase line"), next_head(shown, (SHIPS,)), gettext("Vendor"), gettext("Item"),
        gettext("Quantity"), gettext("Value, %(currency)s") % {"currency": shown.currency},
        gettext("First promised"), gettext("Now"), gettext("Late"), gettext("Lines that it serves"),
    )  # fmt: skip
    late = [one for one in shown.bought if one.late > 0]
    said = gettext("Every open purchase is promised for its first day.")
    if late:
        said = ngettext("%(n)d of %(all)d open purchase lines comes after the day it was first promised for.",
                        "%(n)d of %(all)d open purchase lines come after the day they were first promised for.",
                        len(late)) % {"n": len(late), "all": len(shown.bought)}  # fmt: skip
    fell = _fell_due(shown, shown.bought)
    if shown.old:
        said = gettext("By the facts of %(day)s: %(said)s") % {"day": short_day(shown.counted), "said": said}
    if fell:
        since = ngettext("%(n)d was to come since: whether it came is not loaded.",
                         "%(n)d were to come since: whether they came is not loaded.", fell)  # fmt: skip
        said = f"{said} {since % {'n': fell}}"
    if not shown.bought:
        said = gettext("No purchase is open at a site that you see.")
    return _block("vendors", gettext("Purchase orders"), said, heads, shown.bought,
                  lambda one: _bought_row(one, shown), whole=whole)  # fmt: skip


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
    mark = gettext(" (since the freeze)") if one.since_freeze else ""
    if one.breaks:
        mark = gettext(" (since the freeze; breaks %(month)s)") % {"month": period_words(one.breaks)}
    name = one.name + (gettext(", key account") if one.key_account else "")
    cells = (
        words(next_words(one, shown)),
        words(name, href=customer_page(one.page) if one.page else ""), words(one.called),
        Cell(text=f"{number(one.quantity)} {one.unit}"), _money(one.money), _day(one.due),
        _leaves(one, shown), words(_comes(one)),
    )  # fmt: skip
    return Row(
        name=f"{one.order}, {one.line}{mark}", cells=cells, attention=one.late > 0, key=f"{one.order}-{one.line}",
        text=to_customer(one, shown),
        ways=() if shown.old and one.due < shown.today else row_way(one, shown.emergency),
    )  # fmt: skip


def _comes(one: Waiting) -> str:
    """Of what a line comes, and for which material it waits."""
    if not one.waits_for:
        there = one.by == MATERIAL and one.ready is not None
        return gettext("to be built, its materials are there") if there else str(COMES[one.by])
    said = (
        gettext("%(comes)s, waits for %(material)s")
        if one.ordered
        else gettext("%(comes)s, once %(material)s is ordered")
    )
    return said % {"comes": COMES[one.by], "material": one.waits_called}


def to_order(shown: OrdersShown) -> tuple[str, ...]:
    """The materials that nobody ordered enough of, and what waits for each."""
    said = [_to_order(one, shown) for one in shown.to_order[:MOST]]
    rest = len(shown.to_order) - len(said)
    more = ngettext("and %(n)d material more", "and %(n)d materials more", rest) % {"n": rest} if rest else ""
    return (*said, more) if more else tuple(said)


def _to_order(one: Asked, shown: OrdersShown) -> str:
    said = ngettext(
        "%(material)s: %(n)d line waits; ordered today, it can leave on %(day)s.",
        "%(material)s: %(n)d lines wait; ordered today, the first can leave on %(day)s.", one.lines,
    )  # fmt: skip
    if shown.old:
        said = ngettext(
            "%(material)s: %(n)d line waited for it on %(known)s. Look whether it was ordered since.",
            "%(material)s: %(n)d lines waited for it on %(known)s. Look whether it was ordered since.", one.lines,
        )  # fmt: skip
    return said % {
        "material": one.called, "n": one.lines, "day": short_day(one.first), "known": short_day(shown.counted)
    }  # fmt: skip


def _leaves(one: Waiting, shown: OrdersShown) -> Cell:
    """When a line can leave, by the facts; of what was not ordered when they ended it is not known any more."""
    if shown.old and not one.ordered:
        return _day(None, gettext("what it needs was not ordered by %(day)s") % {"day": short_day(shown.counted)})
    return _day(one.ready, gettext("nothing on its way covers it"))


def _bought_row(one: Bought, shown: OrdersShown) -> Row:
    cells = (
        words(ask_words(one, shown)), words(f"{one.name} ({one.vendor})"), words(f"{one.called}, {one.site}"),
        Cell(text=f"{number(one.quantity)} {one.unit}"), _money(one.money), _day(one.first, gettext("not confirmed")),
        _day(one.due, gettext("not confirmed")), words(late_words(one.late) if one.late else ""),
        Cell(text=str(one.held)),
    )  # fmt: skip
    return Row(
        name=f"{one.order}, {one.line}", cells=cells, attention=one.late > 0, key=f"{one.order}-{one.line}",
        text=to_vendor(one, shown),
    )  # fmt: skip


def _day(day: dt.date | None, why: str = "") -> Cell:
    return words(NOTHING, hint=why) if day is None else words(short_day(day))


def _money(value: float | None) -> Cell:
    if value is None:
        return Cell(text=NOTHING, hint=gettext("without an amount or a price, or not yours to see"))
    return Cell(text=number(value))
