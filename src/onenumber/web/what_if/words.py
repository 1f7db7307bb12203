"""What an edit would do, in words: one sentence, then who goes short, which lines fill, what falls under safety."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from onenumber.steps.see.what_if import Filled, Lower, Short, WhatIf
from onenumber.web.month.outcomes import cause_words
from onenumber.web.numbers import number, period_words, short

MOST = 8
"""Lines of a list that are said; of more it says how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A list of conflicts of one kind, what costs most first, and how many more there are."""

    title: str
    lines: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an edit would do: its sentence, whether it is a conflict, and the conflicts by kind."""

    sentence: str
    conflict: bool
    parts: tuple[Part, ...]
    note: str


def answer_of(found: WhatIf) -> Answer:
    """The answer in words."""
    hers, others = ([one for one in found.shorts if one.hers is mine] for mine in (True, False))
    parts = (
        _part(gettext("Not all of it comes in time"), _by_customer(hers)),
        _part(gettext("Others go short for it"), _by_customer(others)),
        _part(gettext("Lines that fill up"), [_filled(one) for one in found.filled]),
        _part(gettext("Under safety stock"), [_lower(one) for one in found.lower]),
    )
    note = gettext("You see what becomes of your own customers; lines and others are the planners' to see.")
    return Answer(
        sentence=_sentence(found), conflict=not found.none, parts=tuple(one for one in parts if one.lines),
        note=note if found.part else "",
    )  # fmt: skip


def _sentence(found: WhatIf) -> str:
    moved = f"+{number(found.moved)}" if found.moved > 0 else number(found.moved)
    head = gettext("%(moved)s %(unit)s at %(place)s from %(month)s") % {
        "moved": moved, "unit": found.unit, "place": found.place, "month": period_words(found.first),
    }  # fmt: skip
    if found.none:
        said = gettext("%(head)s: no new conflict. Lines, material and stock take it.") % {"head": head}
    else:
        said = gettext("%(head)s would create conflicts: %(what)s.") % {"head": head, "what": _counted(found)}
    if not found.better:
        return said
    more = ngettext("%(n)d shortage gets smaller.", "%(n)d shortages get smaller.", found.better)
    return f"{said} {more % {'n': found.better}}"


def _counted(found: WhatIf) -> str:
    customers = len({one.customer for one in found.shorts})
    money = sum(one.money for one in found.shorts)
    said = ngettext(
        "%(n)d customer short of %(money)s %(unit)s", "%(n)d customers short of %(money)s %(unit)s", customers
    )
    parts = [said % {"n": customers, "money": short(money), "unit": found.currency}] if customers else []
    lines = len(found.filled)
    parts += [ngettext("%(n)d line full", "%(n)d lines full", lines) % {"n": lines}] if lines else []
    items = len(found.lower)
    parts += [ngettext("%(n)d item under safety", "%(n)d items under safety", items) % {"n": items}] if items else []
    return ", ".join(parts)


def shorts_by_customer(title: str, shorts: Sequence[Short]) -> Part:
    """Who goes short, a line for each customer, who loses most first."""
    return _part(title, _by_customer(list(shorts)))


def _part(title: str, lines: list[str]) -> Part:
    return Part(title=title, lines=tuple(lines[:MOST]), more=max(len(lines) - MOST, 0))


def _by_customer(shorts: list[Short]) -> list[str]:
    """A line for each customer, who loses most first; of several shortages what they come to, and why most of it is."""
    own: dict[str, list[Short]] = {}
    for one in shorts:
        own.setdefault(one.customer, []).append(one)
    order = sorted(own.values(), key=lambda those: -sum(one.money for one in those))
    return [_short(those[0]) if len(those) == 1 else _together(those) for those in order]


def _together(those: list[Short]) -> str:
    items, units = {one.item for one in those}, {one.unit for one in those}
    months = sorted({one.month for one in those})
    values = {
        "customer": those[0].customer, "n": len(items), "item": those[0].item, "first": period_words(months[0]),
        "last": period_words(months[-1]), "why": cause_words(those[0].cause, those[0].at),
        "quantity": f"{number(sum(one.more for one in those))} {those[0].unit}" if len(units) == 1 else "",
    }  # fmt: skip
    what = ngettext(
        "%(customer)s: %(quantity)s of %(item)s", "%(customer)s: %(quantity)s of %(n)d items, most %(item)s", len(items)
    )
    when = (
        gettext("%(what)s, %(first)s to %(last)s; %(why)s")
        if len(months) > 1
        else gettext("%(what)s, %(first)s; %(why)s")
    )
    return when % {**values, "what": what % values}


def _short(one: Short) -> str:
    cause = cause_words(one.cause, one.at)
    values = {
        "customer": one.customer, "quantity": number(one.more), "unit": one.unit, "item": one.item,
        "month": period_words(one.month), "comes": period_words(one.comes) if one.comes else "", "why": cause,
    }  # fmt: skip
    if one.cause_month and one.cause_month != one.month:
        values["why"] = gettext("%(why)s in %(month)s") % {"why": cause, "month": period_words(one.cause_month)}
    if one.comes:
        return gettext("%(customer)s: %(quantity)s %(unit)s %(item)s of %(month)s come by %(comes)s; %(why)s") % values
    return gettext("%(customer)s: %(quantity)s %(unit)s %(item)s of %(month)s never come; %(why)s") % values


def _filled(one: Filled) -> str:
    values = {
        "line": one.line, "month": period_words(one.month), "before": number(one.before), "after": number(one.after),
        "available": number(one.available), "overtime": number(one.overtime),
    }  # fmt: skip
    if one.overtime:
        return gettext("%(line)s in %(month)s: %(overtime)s h of overtime more") % values
    return gettext("%(line)s in %(month)s: %(before)s h become %(after)s of %(available)s") % values


def _lower(one: Lower) -> str:
    values = {
        "item": one.item, "site": one.site, "month": period_words(one.month), "more": number(one.more),
        "unit": one.unit,
    }  # fmt: skip
    return gettext("%(item)s at %(site)s: %(more)s %(unit)s further under in %(month)s") % values
