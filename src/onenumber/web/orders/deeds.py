"""What is to be done about a line of the order book, by whom, and what is sent to customers and vendors."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.review.order_book import MATERIAL, STOCK
from onenumber.steps.see.orders import MAKES, SHIPS, TELLS, Bought, OrdersShown, Waiting
from onenumber.web.numbers import day_in, number

ASK, LOOK, BUILT, CANNOT, NOW, THEN, BY = "ask", "look", "built", "cannot", "now", "then", "by"
"""What an open line needs: a day at all, a look whether it left, whether it was built first, or whether it still can by
its day, to leave now, to be promised for the day on which it can leave, to leave by its day."""
_SHIPS: Mapping[str, str | Promise] = {
    ASK: _("Ask the plant for a day"), LOOK: _("Look whether it left"),
    BUILT: _("Look whether it was built and left"), CANNOT: _("Look whether it can leave by its day"),
    NOW: _("Ship it now"), THEN: _("Promise %(day)s"), BY: _("Ship by %(day)s"),
}  # fmt: skip
NEXT: Mapping[str, Mapping[str, str | Promise]] = {
    SHIPS: _SHIPS,
    MAKES: {**_SHIPS, ASK: _("Say by when it can be made"), THEN: _("Have it ready by %(day)s")},
    TELLS: {
        ASK: _("Tell the customer: we ask for a new day"), LOOK: _("Ask supply whether it left"),
        BUILT: _("Ask supply whether it was built and left"),
        CANNOT: _("Ask supply whether it can leave by its day"), NOW: _("Tell the customer: it leaves now"),
        THEN: _("Tell the customer: it leaves on %(day)s"), BY: _("Leaves by %(day)s"),
    },
}  # fmt: skip
"""The next deed of who ships, of who makes it, and of who does neither but tells her customer."""
WRITES = (SHIPS, TELLS)
"""Who writes to customers; to vendors only who ships."""


def next_head(shown: OrdersShown, doers: Collection[str]) -> str:
    """The head of what comes next: hers to do, or supply's."""
    return gettext("Next") if shown.does in doers else gettext("Next, by supply")


def next_words(one: Waiting, shown: OrdersShown) -> str:
    """What is to be done about a line: by who looks, or (where it is not hers to do) by who ships."""
    case = _case(one, shown)
    day = one.ready if case == THEN and one.ready is not None else one.due
    return str(NEXT.get(shown.does, NEXT[SHIPS])[case]) % {"day": short_day(day)}


def _case(one: Waiting, shown: OrdersShown) -> str:
    """What an open line needs, as far as the facts tell."""
    if shown.old and one.due < shown.today:
        return BUILT if one.by == MATERIAL else LOOK
    if one.ready is None:
        return ASK
    if shown.old and not one.ordered:
        return CANNOT  # its day held if the material was ordered when the facts ended, and nobody knows whether it was
    if one.ready <= one.due:
        return BY
    if one.by == STOCK:
        return NOW
    return CANNOT if shown.old else THEN


def to_customer(one: Waiting, shown: OrdersShown) -> str:
    """What a customer is told of a line that leaves late, to be sent as it is.

    Empty where there is nothing to tell, where it is not hers to tell, and where it is not known any more.
    """
    if shown.old or shown.does not in WRITES or not (one.late > 0 or one.ready is None):
        return ""
    values = {
        "order": one.order, "line": one.line, "what": quantity_words(one), "due": short_day(one.due),
        "ready": short_day(one.ready or shown.today), "late": late_words(one.late),
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


def ask_words(one: Bought, shown: OrdersShown) -> str:
    """What is to be done about a purchase line."""
    if one.due is None:
        return gettext("Ask for a day")
    if one.due < shown.today:
        return gettext("Look whether it came") if shown.old else gettext("Ask where it is")
    if one.due == shown.today and one.late:
        return gettext("Ask whether it comes today")
    return gettext("Ask for a part sooner") if one.late else gettext("Receive by %(day)s") % {"day": short_day(one.due)}


def to_vendor(one: Bought, shown: OrdersShown) -> str:
    """What a vendor is asked about a line, to be sent as it is; empty where nothing is to be asked, or not by her."""
    today = shown.today
    if shown.old or shown.does != SHIPS or not (one.late > 0 or one.due is None):
        return ""
    values = {
        "order": one.order, "line": one.line, "what": f"{number(one.quantity)} {one.unit} {one.called}",
        "first": short_day(one.first or today), "due": short_day(one.due or today),
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


def quantity_words(one: Waiting) -> str:
    """What of a line is open, with the item by name."""
    return f"{number(one.quantity)} {one.unit} {one.called}"


def late_words(days: int) -> str:
    """By how many days something is late."""
    return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}


def short_day(day: dt.date) -> str:
    """A day in a sentence of orders."""
    return day_in(day, "j F")
