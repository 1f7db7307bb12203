"""The sentences and figures of the page of materials."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.steps.see.causes import PaperAbout, Passed
from onenumber.steps.see.materials import Material, MaterialsSeen, Seller
from onenumber.steps.see.order_ground import Asked
from onenumber.web.act.model import Way
from onenumber.web.line_load.words import short_words
from onenumber.web.materials.model import MaterialsPage
from onenumber.web.numbers import NOTHING, number, period_head, period_words
from onenumber.web.said import say_change

MOST_WAIT = 5
"""Who waits for a material, as far as it is read at a glance."""
MOST_ASKED = 6
"""Materials that orders wait for, as far as they are read at a glance."""
MONTHS = 9
"""Months that a material is shown; the sheet holds the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialView:
    """A material in words, with its months as rows of figures; ``paper``: a decision paper is about it."""

    key: str
    name: str
    unit: str
    text: str
    action: str
    paper: bool
    waits: tuple[str, ...]
    rest: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    ways: tuple[Way, ...]


def lead(found: MaterialsPage) -> str:
    """How many materials hold something back or run low, and how many are well."""
    seen = found.seen
    if seen is None:
        return gettext("No supply plan is made yet: the outlook of materials comes with it.")
    if not seen.materials and not seen.well:
        return gettext("No bought material is planned: the company brings none.")
    short = [one for one in seen.materials if one.state == "short"]
    values = {"n": len(short), "low": len(seen.materials) - len(short), "well": seen.well}
    if not seen.materials:
        return (
            gettext(
                "Every material lasts by this plan: at the end of no month is one of %(well)d under its safety stock."
            )
            % values
        )
    said = (
        ngettext(
            "By this plan %(n)d material holds sales back", "By this plan %(n)d materials hold sales back", len(short)
        )
        % values
    )
    said = said if short else gettext("By this plan no material holds sales back")
    if short:
        first = short[0]
        more = gettext(", first %(item)s from %(month)s") if len(short) > 1 else gettext(": %(item)s from %(month)s")
        said += more % {"item": f"{first.name} ({first.item})", "month": period_words(first.first_short)}
    rest = gettext("; %(low)d run under their safety stock, %(well)d are well.") % values
    return said + rest


def asked_lines(found: MaterialsPage) -> tuple[str, ...]:
    """Which materials open orders wait for, whatever the plan says of them."""
    seen = found.seen
    return tuple(_asked(one, seen) for one in seen.asked) if seen is not None else ()


def _asked(one: Asked, seen: MaterialsSeen) -> str:
    values = {"material": one.called, "n": one.lines, "day": date_format(one.first, "j F")}
    if seen.known is not None:
        said = ngettext("%(material)s: %(n)d open order line waited for it on %(known)s.",
                        "%(material)s: %(n)d open order lines waited for it on %(known)s.", one.lines)  # fmt: skip
        return said % {**values, "known": date_format(seen.known, "j F")}
    if one.ordered:
        said = ngettext("%(material)s: %(n)d open order line waits for it and can leave on %(day)s.",
                        "%(material)s: %(n)d open order lines wait for it; the first can leave on %(day)s.",
                        one.lines)  # fmt: skip
        return said % values
    said = ngettext(
        "%(material)s: %(n)d open order line waits for it, and too little is ordered; ordered today, it can leave on "
        "%(day)s.",
        "%(material)s: %(n)d open order lines wait for it, and too little is ordered; ordered today, the first can "
        "leave on %(day)s.", one.lines,
    )  # fmt: skip
    return said % values


def months(seen: MaterialsSeen) -> tuple[str, ...]:
    """The months at the head of each table."""
    return tuple(period_head(one.period) for one in seen.materials[0].months[:MONTHS]) if seen.materials else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LowRow:
    """A material that runs low and holds nothing back, in a row: when, how low, from whom, and what is next."""

    name: str
    month: str
    left: str
    safety: str
    sellers: str
    action: str


def low_rows(found: MaterialsPage) -> tuple[LowRow, ...]:
    """The materials that run under their safety stock while nobody waits."""
    rows = found.seen.materials if found.seen is not None else ()
    return tuple(_low_row(one) for one in rows if one.state == "low")


def _low_row(one: Material) -> LowRow:
    month = next(m for m in one.months if m.period == one.first_low)
    return LowRow(
        name=f"{one.name} ({one.item}), {one.site_name}", month=period_head(one.first_low),
        left=f"{number(month.stock)} {one.unit}", safety=number(month.safety), sellers=_sellers(one.sellers, one.unit),
        action=_action(one),
    )  # fmt: skip


def views(found: MaterialsPage) -> tuple[MaterialView, ...]:
    """The materials that hold something back, in words."""
    rows = found.seen.materials if found.seen is not None else ()
    return tuple(_view(one, found.waiting, found.seen) for one in rows if one.state == "short" and found.seen)


def _view(one: Material, ways: Mapping[str, tuple[Way, ...]], seen: MaterialsSeen) -> MaterialView:
    shown = one.months[:MONTHS]
    rows = (
        (gettext("Comes"), tuple((number(m.receipts), False) for m in shown)),
        (gettext("Needed"), tuple((number(m.need), False) for m in shown)),
        (gettext("Left"), tuple((number(m.stock), m.stock < m.safety - LEAST) for m in shown)),
        (gettext("Safety stock"), tuple((number(m.safety) if m.safety else NOTHING, False) for m in shown)),
    )
    waits_for_it = any(cause in ways for cause in one.causes)
    return MaterialView(
        key=f"{one.item}-{one.site}", name=f"{one.name} ({one.item}), {one.site_name}", unit=one.unit, text=_text(one),
        action=_action(one) if waits_for_it else _settled(one, seen),
        paper=any(cause in seen.papers for cause in one.causes), waits=tuple(map(short_words, one.short[:MOST_WAIT])),
        rest=tuple(map(short_words, one.short[MOST_WAIT:])), rows=rows,
        ways=tuple(way for cause in one.causes for way in ways.get(cause, ())),
    )  # fmt: skip


LEAST = 1e-6


def _text(one: Material) -> str:
    values = {"opening": number(one.opening), "unit": one.unit, "sellers": _sellers(one.sellers, one.unit)}
    stock = gettext("%(opening)s %(unit)s in stock; from %(sellers)s.") % values
    said = gettext("Holds sales back from %(month)s.") % {"month": period_words(one.first_short)}
    return f"{said} {stock}"


def _sellers(sellers: tuple[Seller, ...], unit: str) -> str:
    if not sellers:
        return gettext("no vendor that is known")
    return ", ".join(_seller(one, unit) for one in sellers)


def _seller(one: Seller, unit: str) -> str:
    days = (
        gettext("%(days)d days") % {"days": one.lead_days}
        if one.lead_days is not None
        else gettext("lead time not known")
    )
    if one.lead_days is not None and one.lately is not None:
        days = gettext("%(days)d days planned, %(lately)s lately") % {
            "days": one.lead_days, "lately": number(one.lately)
        }  # fmt: skip
    open_ = gettext(", needs a decision") if one.decided else ""
    return f"{one.name} ({days}{_limit(one, unit)}{open_})"


def _limit(one: Seller, unit: str) -> str:
    """The most that a vendor delivers in a month; empty where it has no limit.

    Example:
        >>> most = Seller(vendor="V1", name="Acme", lead_days=9, decided=False, limit=400.0)
        >>> _limit(most, "pcs"), _seller(most, "pcs")
        (', at most 400 pcs a month', 'Acme (9 days, at most 400 pcs a month)')
        >>> from dataclasses import replace
        >>> _limit(replace(most, until="2026-09"), "pcs")
        ', at most 400 pcs a month until September 2026'
    """
    if one.limit is None:
        return ""
    until = gettext(" until %(month)s") % {"month": period_words(one.until)} if one.until else ""
    values = {"n": number(one.limit), "unit": unit, "until": until}
    if one.together:
        return gettext(", at most %(n)s a month%(until)s of all its items together") % values
    return gettext(", at most %(n)s %(unit)s a month%(until)s") % values


def _settled(one: Material, seen: MaterialsSeen) -> str:
    """What is said of a shortage that no gate waits for any more: who took it where, and what was decided."""
    passed = [_passed(seen.passed[cause]) for cause in one.causes if cause in seen.passed]
    asked = [_asked_about(seen.papers[cause]) for cause in one.causes if cause in seen.papers]
    return " ".join([*passed, *asked]) or gettext("Nothing waits for it now.")


def _passed(one: Passed) -> str:
    said = (
        gettext("Escalated to the pre-S&OP on %(day)s by %(by)s.")
        if one.up
        else gettext("Let pass on %(day)s by %(by)s.")
    )
    return said % {"day": date_format(one.day, "j F"), "by": one.who}


def _asked_about(one: PaperAbout) -> str:
    if one.taken is None:
        return gettext("Its paper waits to be decided.")
    values = {"day": date_format(one.taken.day, "j F"), "by": one.taken.who}
    if one.change is None:
        return gettext("Its paper was settled on %(day)s by %(by)s without an option.") % values
    return gettext("Decided on %(day)s by %(by)s: %(change)s") % {**values, "change": say_change(one.change)}


def _action(one: Material) -> str:
    """What to do next, the cheapest first."""
    second = [seller for seller in one.sellers if seller.decided]
    if not one.sellers:
        return gettext("Load a vendor for it, with price and lead time.")
    first = one.sellers[0]
    if one.state != "short":
        return gettext("Order sooner of %(vendor)s, ask it to bring an order forward, or accept it for the time.") % {
            "vendor": first.name
        }
    if second:
        said = gettext("Escalate it; the second source %(vendor)s becomes an option of its paper, with its price.")
        return said % {"vendor": second[0].name}
    return gettext("Ask %(vendor)s to deliver earlier, and escalate what stays short.") % {"vendor": first.name}
