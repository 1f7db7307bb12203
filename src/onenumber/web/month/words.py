"""The sentences of My month: what waits, by when, and what comes next."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.cycle.dues import says
from onenumber.cycle.words import sentence
from onenumber.steps.see.month import UNANSWERED, MyMonth, Wait
from onenumber.steps.see.month_page import Where
from onenumber.web.act.model import Way
from onenumber.web.month.model import BeginPage, MonthPage
from onenumber.web.numbers import period_words
from onenumber.web.words import named, roles_words


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """One thing that waits: in words, by when, whether that is past, where and how it is settled, who sent it back."""

    text: str
    by: str
    late: bool
    href: str
    returned: str
    ways: tuple[Way, ...]


def href_of(where: Where, plan: str, cycle: str) -> str:
    """The address of a page."""
    if where.page == "data":
        return reverse("loads", args=[plan])
    if where.page == "plan":
        return reverse("plan_home", args=[plan, cycle])
    return reverse(where.page, args=[plan, cycle, *([where.key] if where.page == "sheet" else [])])


def day_words(day: dt.date) -> str:
    """A day as a person says it, with its weekday.

    Example:
        >>> day_words(dt.date(2026, 6, 5))
        'Friday 5 June'
    """
    return date_format(day, "l j F")


def begin_sentence(found: BeginPage) -> str:
    """What a plan without a month waits for."""
    if not found.loaded:
        return gettext(
            "Nothing is loaded yet. The first load brings the company: its items, customers, sites and orders."
        )
    if found.ways:
        return gettext("The company is loaded, and no month is open yet. Open the first: its meetings are held in it.")
    who = named(found.openers, roles_words(["OWN"]))
    return gettext("The company is loaded, and no month is open yet. %(who)s opens the first.") % {"who": who}


def due_sentence(mine: MyMonth) -> str:
    """How many things wait for her, how many are late, and by when the first is due; that nothing does."""
    count, late = sum(one.count for one in mine.waits), sum(one.count for one in mine.waits if one.late)
    if not count:
        return gettext("Nothing waits for you now.")
    head = ngettext("%(n)d thing waits for you", "%(n)d things wait for you", count) % {"n": count}
    if late:
        return ngettext("%(head)s, %(late)d is late.", "%(head)s, %(late)d are late.", late) % {
            "head": head, "late": late
        }  # fmt: skip
    day = day_words(mine.waits[0].day)
    together = len({one.day for one in mine.waits}) == 1
    only = gettext("%(head)s, by %(day)s.") if together else gettext("%(head)s, the first by %(day)s.")
    return only % {"head": head, "day": day}


def next_sentence(mine: MyMonth) -> str:
    """Where her roles act next, by when; empty while something waits for her, or where they have no stop."""
    if mine.waits or mine.next is None:
        return ""
    values = {
        "what": says(mine.next.milestone), "day": day_words(mine.next.day), "month": period_words(mine.next.period),
    }  # fmt: skip
    said = (
        gettext("You act next on %(day)s (%(what)s).")
        if mine.next.period == mine.cycle
        else gettext("You act next in the cycle of %(month)s, on %(day)s (%(what)s).")
    )
    return said % values


def wait_lines(found: MonthPage, plan: str) -> tuple[WaitLine, ...]:
    """What waits, in words, with the ways to settle it."""
    mine = found.month
    return tuple(_wait_line(one, plan, mine.cycle, found.ways.get((one.said, one.name), ())) for one in mine.waits)


def _wait_line(one: Wait, plan: str, cycle: str, ways: tuple[Way, ...]) -> WaitLine:
    by = gettext("was due %(day)s") if one.late else gettext("by %(day)s")
    back = gettext("%(person)s returned it: “%(because)s”")
    values = {"person": one.returned.person, "because": one.returned.because} if one.returned else {}
    return WaitLine(
        text=_wait_words(one), by=by % {"day": day_words(one.day)}, late=one.late, href=href_of(one.where, plan, cycle),
        returned=back % values if values else "", ways=ways,
    )  # fmt: skip


def _wait_words(one: Wait) -> str:
    if one.said != UNANSWERED:
        return sentence(one.said, one.name)
    said = ngettext(
        "%(n)d figure that missed the plan in %(month)s has no answer from you",
        "%(n)d figures that missed the plan in %(month)s have no answer from you",
        one.count,
    )
    return said % {"n": one.count, "month": period_words(one.name)}


def struck_lines(mine: MyMonth) -> tuple[str, ...]:
    """Her signatures that a re-open struck through, and why."""
    said = gettext("Your signature “%(meaning)s” was struck through on %(day)s: %(because)s. It is to be given again.")
    return tuple(
        said % {"meaning": one.meaning, "day": day_words(one.struck_at.date()), "because": one.because.rstrip(".")}
        for one in mine.struck
    )


def changes_sentence(mine: MyMonth) -> str:
    """How much others did since she last looked."""
    if mine.since is None:
        said = ngettext(
            "Others did %(n)d thing in this cycle so far.", "Others did %(n)d things in this cycle so far.",
            len(mine.changes),
        )  # fmt: skip
        none = gettext("Nobody else did anything in this cycle so far that concerns you.")
    else:
        said = ngettext(
            "%(n)d thing changed since you last looked, on %(day)s.",
            "%(n)d things changed since you last looked, on %(day)s.",
            len(mine.changes),
        )
        none = gettext("Nothing changed since you last looked, on %(day)s.")
    day = day_words(mine.since.date()) if mine.since is not None else ""
    return (said if mine.changes else none) % {"n": len(mine.changes), "day": day}
