"""The sentences and figures of the page of loads."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.emergency_form import NEAR
from onenumber.steps.see.line_load import EPSILON, LineLoad, LineMonth, LoadSeen
from onenumber.steps.see.line_opened import GoesShort, LineOpened, MoreTime
from onenumber.steps.see.papers import PaperShown
from onenumber.steps.see.parameters import UntrueRates
from onenumber.web.decisions.words import money
from onenumber.web.line_load.model import LoadPage
from onenumber.web.line_load.zones import MARKS, share_read
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NOTHING, number, period_head, period_words, share
from onenumber.web.said import say_change

SHIFT_HOURS = 8.0
"""A shift, in which hours of lines are said as well."""
WHY: Mapping[str, str | Promise] = {
    "resource_closed": _("the line is closed in this month, and hours are asked of it"),
    "no_activity": _("the line is closed in this month"),
}
LEAST_HOURS = 0.5
"""Fewer hours would stand as 0: a line lacks them by no word."""
LEAST_SAID = 0.1
"""What is under it would stand as 0.0."""
MOST_SHORT = 12
"""Who goes short, as far as it is read at a glance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """A line in a month: its share in words, its zone, a hint with the hours, and the address that opens it."""

    text: str
    mark: str
    zone: str
    hint: str
    href: str
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """A line: its name, the best month that it ever made, and its months."""

    line: str
    name: str
    best: str
    best_share: str
    cells: tuple[HeatCell, ...]


def lead(found: LoadPage) -> str:
    """How many lines are asked for more hours than they have, and the fullest; that nothing was planned."""
    seen = found.seen
    if seen is None or not seen.lines:
        return gettext("No supply plan is made yet: its lines stand here as soon as one is.")
    over = [one for one in seen.lines if one.worst.zone == "overload"]
    first = seen.lines[0]
    values = {
        "n": len(over), "all": len(seen.lines), "line": first.name, "month": period_words(first.worst.period),
        "share": share_read(first.worst.share or 0.0).percent,
    }  # fmt: skip
    if not over:
        return (
            gettext("No line is asked for more hours than it has; the fullest is %(line)s, %(share)s in %(month)s.")
            % values
        )
    said = ngettext(
        "%(n)d of %(all)d lines is asked for more hours than it has: %(line)s needs %(share)s of them in %(month)s.",
        "%(n)d of %(all)d lines are asked for more hours than they have; most of all %(line)s, which needs %(share)s "
        "of its hours in %(month)s.",
        len(over),
    )
    return said % values


def plan_said(of: str, stage: str, *, own: bool) -> str:
    """Which plan a page shows: of which month, in which stage, and whether it is the one in force from before."""
    said = {
        "final": gettext("by the final plan of %(month)s"), "proposed": gettext("by the plan proposed in %(month)s")
    }.get(stage, gettext("by amendment %(stage)s of the plan of %(month)s"))  # fmt: skip
    text = said % {"month": period_words(of), "stage": stage}
    return text if own else gettext("%(plan)s, which is in force until this month has its own") % {"plan": text}


def own_words(day: dt.date | None, cycle: str) -> str:
    """When the page has the month's own plan; empty where it has.

    Example:
        >>> own_words(dt.date(2026, 6, 15), "2026-06"), own_words(None, "2026-06")
        ('The supply plan of June 2026 is due by Monday 15 June; then it stands here.', '')
    """
    said = gettext("The supply plan of %(month)s is due by %(day)s; then it stands here.")
    return said % {"month": period_words(cycle), "day": day_words(day)} if day is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSaid:
    """A line in words: its shape, whether it can be made, and that its rates are no longer true (empty: they are)."""

    name: str
    mark: str
    text: str
    rates: str


def sentences(seen: LoadSeen, untrue: Mapping[str, UntrueRates]) -> tuple[LineSaid, ...]:
    """Each line that is not free, or whose hours are not what stands here as its rates are no longer true."""
    return tuple(
        LineSaid(
            name=one.name, mark=MARKS.get(one.worst.zone, ""), text=line_sentence(one),
            rates=_rates(untrue[one.line]) if one.line in untrue else "",
        )
        for one in seen.lines if _is_told(one) or one.line in untrue
    )  # fmt: skip


def _rates(one: UntrueRates) -> str:
    """That rates of a line are no longer true, and what that means for its hours.

    Example:
        >>> _rates(UntrueRates(count=9, judged=12, beside=-0.12)).partition(", and ")[0].replace(chr(8239), " ")
        '9 of its 12 rates are no longer true: it is 12 % slower than planned with'
    """
    said = ngettext(
        "%(n)d of its %(all)d rates is no longer true: it is %(share)s slower than planned with, and needs more hours "
        "than stand here.",
        "%(n)d of its %(all)d rates are no longer true: it is %(share)s slower than planned with, and needs more hours "
        "than stand here.", one.count,
    )  # fmt: skip
    if one.beside >= 0:
        said = ngettext(
            "%(n)d of its %(all)d rates is no longer true: it is %(share)s faster than planned with, and needs fewer "
            "hours than stand here.",
            "%(n)d of its %(all)d rates are no longer true: it is %(share)s faster than planned with, and needs fewer "
            "hours than stand here.", one.count,
        )  # fmt: skip
    return said % {"n": one.count, "all": one.judged, "share": share(abs(one.beside))}


def _is_told(one: LineLoad) -> bool:
    return one.worst.zone in ("overload", "tight") or _never_made(one)


def line_sentence(one: LineLoad) -> str:
    """Whether a line can make what is asked of it: its fullest month, what is missing, and the best it ever made."""
    month, values = one.worst, {"line": one.name}
    values |= {"share": share_read(month.share or 0.0).percent, "month": period_words(month.period)}
    values |= {"asked": number(month.asked), "available": number(month.available)}
    said = gettext("%(line)s needs %(share)s in %(month)s: %(asked)s of %(available)s h.") % values
    return " ".join(part for part in (said, _verdict(one), _against_best(one)) if part)


def _verdict(one: LineLoad) -> str:
    """Whether it has the hours; what a line never made in a month is not called achievable."""
    missing, extra = one.held_back, one.overtime
    if missing >= LEAST_HOURS:
        said = gettext(
            "Not achievable as asked: the plan makes what fits, and holds %(hours)s h (%(shifts)s shifts) back over "
            "the horizon."
        )
        return said % {"hours": number(missing), "shifts": number(missing / SHIFT_HOURS)}
    never = _never_made(one)
    if extra >= LEAST_HOURS:
        said = gettext("Achievable with %(hours)s h of overtime over the horizon.")
        if never:
            said = gettext("With %(hours)s h of overtime over the horizon it has the hours, but it never made so much.")
        return said % {"hours": number(extra)}
    return gettext("It has the hours, but it never made so much.") if never else gettext("Achievable.")


def _never_made(one: LineLoad) -> bool:
    """Whether the plan asks more of a line than the best month that it ever made."""
    return one.best is not None and _most(one).planned > one.best.hours


def _most(one: LineLoad) -> LineMonth:
    return max(one.months, key=lambda month: month.planned)


def _against_best(one: LineLoad) -> str:
    if one.best is None:
        return gettext("What it ever made in a month is not known: no production was recorded.")
    most = _most(one)
    values = {
        "best": number(one.best.hours), "when": period_words(one.best.period), "month": period_words(most.period),
        "share": share(most.planned / one.best.hours), "planned": number(most.planned),
    }  # fmt: skip
    said = gettext(
        "The best month it ever made was %(best)s h, in %(when)s; the plan has %(planned)s h in %(month)s, %(share)s "
        "of that."
    )
    return said % values


def heat(seen: LoadSeen, address: str, opened: LineOpened | None) -> tuple[tuple[str, ...], tuple[HeatRow, ...]]:
    """The months at the head, and the lines below."""
    heads = tuple(period_head(month.period) for month in seen.lines[0].months) if seen.lines else ()
    return heads, tuple(_row(one, address, opened) for one in seen.lines)


def _row(one: LineLoad, address: str, opened: LineOpened | None) -> HeatRow:
    best = f"{number(one.best.hours)} h, {period_head(one.best.period)}" if one.best is not None else NOTHING
    most = share(_most(one).planned / one.best.hours) if one.best is not None else NOTHING
    return HeatRow(
        line=one.line, name=f"{one.name} ({one.line})", best=best, best_share=most,
        cells=tuple(_cell(one, month, address, opened) for month in one.months),
    )  # fmt: skip


def _cell(one: LineLoad, month: LineMonth, address: str, opened: LineOpened | None) -> HeatCell:
    query = urlencode({"line": one.line, "month": month.period})
    read = None if month.share is None else share_read(month.share)
    return HeatCell(
        text=read.text if read is not None else NOTHING, mark=read.mark if read is not None else "",
        zone=read.zone if read is not None else month.zone, hint=hint(month), href=f"{address}?{query}#opened",
        opened=opened is not None and (one.line, month.period) == (opened.line, opened.period),
    )  # fmt: skip


def hint(month: LineMonth) -> str:
    """The hours of a line in a month, in words."""
    said = gettext("%(month)s: %(asked)s h asked, %(planned)s planned, %(available)s there (%(shifts)s shifts)")
    text = said % {
        "month": period_words(month.period), "asked": number(month.asked), "planned": number(month.planned),
        "available": number(month.available), "shifts": number(month.available / SHIFT_HOURS),
    }  # fmt: skip
    more = [
        gettext("%(hours)s h overtime") % {"hours": number(month.overtime)} if month.overtime > EPSILON else "",
        gettext("%(hours)s h maintenance") % {"hours": number(month.maintenance)}
        if month.maintenance > EPSILON
        else "",
        str(WHY.get(month.why, "")),
    ]
    return "; ".join([text, *filter(None, more)])


def opened_sentence(opened: LineOpened, seen: LoadSeen) -> str:
    """The hours of the line that was opened."""
    line = next(one for one in seen.lines if one.line == opened.line)
    month = next((one for one in line.months if one.period == opened.period), None)
    return hint(month) + "." if month is not None else ""


def short_words(one: GoesShort) -> str:
    """Who goes short of what, and when it comes."""
    return _first_large((one.customer or gettext("other demand")) + " " + short_of(one))


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def short_of(one: GoesShort) -> str:
    """What somebody goes short of, and when it comes, to stand behind a name."""
    values = {"n": _some(one), "unit": one.unit, "item": one.item}
    values |= {"asked": period_words(one.asked_in), "comes": period_words(one.comes) if one.comes else ""}
    if one.comes:
        return gettext("waits for %(n)s %(unit)s of %(item)s, asked in %(asked)s, until %(comes)s.") % values
    return gettext("does not get %(n)s %(unit)s of %(item)s, asked in %(asked)s, within the plan.") % values


def _some(one: GoesShort) -> str:
    """How much somebody goes short of; of what is planned in whole units no part is said."""
    if one.quantity >= 1:
        return number(one.quantity)
    if one.whole:
        return gettext("less than 1")
    return gettext("less than 0.1") if one.quantity < LEAST_SAID else number(one.quantity, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortLine:
    """Who goes short, the customer's page (empty: none), of what, and what an emergency would ask for (or None).

    ``missing`` is how much of it that is: a whole unit at least, of what is planned in them.
    """

    who: str
    page: str
    text: str
    asked: GoesShort | None
    missing: float


def short_lines(
    opened: LineOpened, seen: LoadSeen, *, whole: bool, went_up: bool = False
) -> tuple[tuple[ShortLine, ...], int]:
    """Who goes short, and how many lines after the first.

    What is asked late in the plan is no emergency, and nothing is once its cause ``went_up``: its paper asks for it.
    """
    months = seen.lines[0].months[:NEAR] if seen.lines and not went_up else ()
    near = {month.period for month in months}
    shown = opened.short if whole else opened.short[:MOST_SHORT]
    lines = tuple(
        ShortLine(
            who=_first_large(one.customer or gettext("other demand")), page=one.page, text=short_of(one),
            asked=one if one.asked_in in near and one.quantity >= LEAST_SAID else None,
            missing=max(one.quantity, 1.0) if one.whole else one.quantity,
        )
        for one in shown
    )  # fmt: skip
    return lines, len(opened.short) - len(shown)


def more_time(opened: LineOpened, seen: LoadSeen) -> tuple[str, ...]:
    """The overtime steps of the line, with their price where it may be read and how much of each the plan takes."""
    line = next((one for one in seen.lines if one.line == opened.line), None)
    month = next((one for one in line.months if one.period == opened.period), None) if line is not None else None
    left, found = month.overtime if month is not None else 0.0, []
    for one in opened.ways:
        taken = min(left, one.hours)
        left -= taken
        values = {"step": one.step, "hours": number(one.hours), "currency": opened.currency}
        if taken > EPSILON and taken >= one.hours - EPSILON:
            found.append(gettext("Overtime step %(step)s: no more, all its %(hours)s h are in the plan.") % values)
            continue
        said = gettext("Overtime step %(step)s: up to %(hours)s h a month") % values
        price = gettext(", %(price)s an hour") % {"price": money(one.price, opened.currency)} if one.price else ""
        found.append(f"{said}{price}{_taken(one, taken)}")
    return tuple(found)


def _taken(one: MoreTime, taken: float) -> str:
    """What the plan has of an overtime step in the month, and what the rest of it needs."""
    if taken > EPSILON:
        said = (
            gettext("; %(taken)s h of it are in the plan, the rest needs a decision.")
            if one.decided
            else gettext("; %(taken)s h of it are in the plan, which uses it by itself.")
        )
        return said % {"taken": number(taken)}
    return gettext("; it needs a decision.") if one.decided else gettext("; the plan uses it by itself.")


def options(papers: Sequence[PaperShown], currency: str) -> tuple[tuple[str, str, str], ...]:
    """What papers offer for the line: the option and whether it was taken, what it changes, its net cost."""
    return tuple(
        (_option(paper, one.option), say_change(one.change), money(one.net_cost, currency))
        for paper in papers
        for one in paper.options
    )


def _option(paper: PaperShown, option: str) -> str:
    taken = not paper.open and paper.state.startswith(f"{option} ")
    said = gettext("Option %(option)s, taken") if taken else gettext("Option %(option)s")
    return said % {"option": option}
