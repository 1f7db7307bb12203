"""From forecast to schedule in words: what does not fit, and each row with the page behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.review.misfits import LEAST
from onenumber.steps.see.flow import NEAR, Flow, FlowRow, Signal
from onenumber.web.line_load.zones import share_read
from onenumber.web.numbers import NOTHING, number, period_head, period_words

MOST = 10
"""Items whose misfit is said in words; the others are named."""
ROWS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "baseline": (_("Demand"), _("baseline")), "stands": (_("Demand"), _("stands now")),
    "last": (_("Demand"), _("last cycle")),
    "booked": (_("Orders"), _("booked")), "backlog": (_("Orders"), _("late at the freeze")),
    "released": (_("Schedule"), _("released, due")), "planned": (_("Schedule"), _("made by the plan")),
    "stock": (_("Stock"), _("at the end of the month")), "safety_stock": (_("Stock"), _("safety stock")),
    "promise": (_("Stock"), _("free to promise")),
    "promised_over": (_("Stock"), _("promised beyond what is free")),
    "line": (_("Load, planned of normal hours: ▲ over 100 %, △ from 95 %"), ""),
}  # fmt: skip
"""The group and the name of each row."""
ORDER = ("baseline", "stands", "last", "booked", "backlog", "released", "planned", "stock", "safety_stock", "promise",
         "promised_over")  # fmt: skip
SIGNALS: Mapping[str, str | Promise] = {
    "orders_over": _(
        "%(when)s %(amount)s %(unit)s more are ordered than forecast. Raise the forecast, or ask sales."
    ),
    "asked_over": _(
        "%(when)s %(amount)s %(unit)s more are asked than stock and schedule hold. Plan more, or ask sales for less."
    ),
    "made_over": _(
        "at the end of %(last)s %(amount)s %(unit)s more are in stock and schedule than demand, safety stock and a "
        "month's need."
    ),
}  # fmt: skip
AGREED: Mapping[str, str | Promise] = {
    "stands": _("agreed"),
    "orders_over": _(
        "%(when)s %(amount)s %(unit)s more are ordered than agreed. For the next month's forecast: ask sales."
    ),
    "asked_over": _(
        "%(when)s %(amount)s %(unit)s more are asked than stock and schedule hold. Plan more, or it stays short."
    ),
}  # fmt: skip
"""What a row and a misfit are called once the demand is agreed: nobody raises it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as shown: its name, the page behind it (empty: none), and its months, each a text, a mark and a look."""

    name: str
    href: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that say the same sort of thing."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalLine:
    """What does not fit at an item, and the place where it is seen.

    ``missing`` is how much is, 0 where nothing is, and ``since`` the month from which on.
    """

    text: str
    name: str
    place: str
    item: str
    missing: float
    since: str


def lead(shown: Flow) -> str:
    """Whether demand and schedule fit, and by which plan."""
    count = len({one.item for one in shown.signals})
    values = {"n": count, "months": NEAR, "name": shown.place.name}
    if count:
        said = ngettext(
            "%(name)s: at %(n)d item demand and schedule do not fit in the next %(months)d months.",
            "%(name)s: at %(n)d items demand and schedule do not fit in the next %(months)d months.",
            count,
        )
    else:
        said = gettext("%(name)s: demand and schedule fit in the next %(months)d months.")
    if shown.plan is None:
        return gettext("%(name)s: there is no schedule yet; it comes with the first supply plan.") % values
    told = said % values
    told += " " + gettext("The schedule is of the plan of %(month)s.") % {"month": period_words(shown.plan_of)}
    return told + " " + gettext("What it makes holds what is released.")


def signal_lines(shown: Flow) -> tuple[list[SignalLine], list[SignalLine]]:
    """What does not fit, a line for each item, what is largest first; and the items after the first, to be named."""
    by_item: dict[str, list[Signal]] = {}
    for one in shown.signals:
        by_item.setdefault(one.item, []).append(one)
    lines = [_signal(those, agreed=shown.agreed) for those in by_item.values()]
    return lines[:MOST], lines[MOST:]


def _signal(those: list[Signal], *, agreed: bool) -> SignalLine:
    one, words = those[0], {**SIGNALS, **AGREED} if agreed else SIGNALS
    said = [_first_large(str(words[of.code]) % _values(of)) for of in those]
    short = [of for of in those if of.code == "asked_over"]
    return SignalLine(
        text=f"{one.name}: {' '.join(said)}", name=one.name, place=f"item:{one.item}", item=one.item,
        missing=float(sum(ceil(of.amount) for of in short)), since=short[0].first if short else "",
    )  # fmt: skip


def _values(of: Signal) -> dict[str, str]:
    """What a misfit is said with: how much, and in which months."""
    first, last = period_words(of.first), period_words(of.last)
    when = gettext("in %(first)s") if first == last else gettext("from %(first)s to %(last)s")
    return {
        "amount": number(of.amount), "unit": of.unit, "last": last, "when": when % {"first": first, "last": last},
    }  # fmt: skip


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def heads(shown: Flow) -> tuple[str, ...]:
    """The months."""
    return tuple(map(period_head, shown.labels))


def groups(shown: Flow, plan: str, cycle: str) -> tuple[Group, ...]:
    """The rows in the order of the way from forecast to schedule."""
    rows = sorted(shown.rows, key=lambda one: ORDER.index(one.code))
    found: dict[str, list[Row]] = {}
    for one in (*rows, *shown.lines):
        found.setdefault(str(ROWS[one.code][0]), []).append(_row(one, shown, plan, cycle))
    return tuple(Group(name=name, rows=tuple(own)) for name, own in found.items())


def _row(one: FlowRow, shown: Flow, plan: str, cycle: str) -> Row:
    cells = tuple(_cell(one.code, value) for value in one.amounts)
    name = AGREED["stands"] if shown.agreed and one.code == "stands" else ROWS[one.code][1]
    return Row(name=one.name or str(name), href=_href(one.code, shown, plan, cycle), cells=cells)


def _cell(code: str, value: float | None) -> tuple[str, str, str]:
    """The text of a cell, its mark where it is odd, and the look of it."""
    if value is None:
        return NOTHING, "", ""
    if code == "line":
        read = share_read(value)
        return read.percent, read.mark, "attention" if read.mark else ""
    out = code == "promised_over" and value > LEAST
    return number(value), "▲" if out else "", "attention" if out else ""


def _href(code: str, shown: Flow, plan: str, cycle: str) -> str:
    """The page behind a row."""
    place = shown.place
    if code == "baseline":
        return f"{reverse('bench', args=[plan, cycle])}?place={place.key}"
    if code in ("stands", "last"):
        month = shown.labels[0] if shown.labels else ""
        return f"{reverse('plan_grid', args=[plan, cycle, 'L4'])}?level={place.level}&key={place.label}&month={month}"
    if code in ("line", "planned", "safety_stock") and shown.plan is not None:
        return reverse("sheet", args=[plan, shown.plan_of or cycle, shown.plan.pk])
    return f"{reverse('family', args=[plan, cycle])}?place={place.key}"
