"""The sentences of My month: what waits, by when, and what comes next."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.dues import says
from onenumber.cycle.words import sentence
from onenumber.steps.see.customer_orders import RequestShown
from onenumber.steps.see.month import MyMonth
from onenumber.steps.see.month_page import KEYED, Where
from onenumber.steps.see.month_waits import CHAIRED, SILENT, UNANSWERED, UNBUDGETED, UNCONFIRMED, UNJUDGED, UNSAID, Wait
from onenumber.web.act.model import Way
from onenumber.web.month.model import BeginPage
from onenumber.web.numbers import MINUS, number, period_words
from onenumber.web.said import say_what
from onenumber.web.words import WRONG, account_words, named, roles_words

SAYS: Mapping[str, str | Promise] = {
    "action_open": _("%(text)s (%(held)s)"),
    "paper_back": _("%(who)s sent paper %(name)s back to you: “%(rationale)s”"),
    "question_open": _("%(who)s asks about %(place)s: “%(text)s”"),
    "patch_defaulted": _("Patch %(name)s was filled by its default at the cut-off; a late figure is a change request"),
    "orders_break": _("Orders since the freeze break a month: %(name)s"),
    "emergency_open": _(
        "%(who)s asks for %(quantity)s more of %(item)s at %(site)s before the next meeting: “%(reason)s”; after "
        "%(until)s that day the plan stays as it is"
    ),
    "change_asked": _("%(who)s asks for a change at %(place)s: %(amount)s from %(first)s. “%(reason)s”"),
}
"""What waits though no gate waits for it, in words, by its code."""
MEANT: Mapping[str, str | Promise] = {
    "set": _("%(value)s a month"), "add": _("%(value)s a month"), "percent": _("%(value)s %%"),
}  # fmt: skip
"""What a value is, by how it was meant."""
MEETING: Mapping[str, str | Promise] = {
    "demand": _("demand meeting"), "supply": _("supply meeting"), "pre-sop": _("pre-S&OP"),
    "executive": _("executive meeting"),
}  # fmt: skip
"""What a meeting is called within a sentence."""
NONE: Mapping[tuple[str, str], tuple[Way, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """One thing that waits: in words, by when, whether that is past, where and how it is settled, who sent it back.

    ``loads``: the page on which a file that settles it is loaded, where one does.
    """

    text: str
    by: str
    late: bool
    href: str
    returned: str
    ways: tuple[Way, ...]
    loads: str = ""


OF_PLAN = {"data": "loads", "logins": "logins"}
"""Pages whose address carries no cycle."""


def href_of(where: Where, plan: str, cycle: str) -> str:
    """The address of a page."""
    if where.page in OF_PLAN:
        return reverse(OF_PLAN[where.page], args=[plan])
    return reverse(where.page, args=[plan, cycle, *([where.key] if where.page in KEYED else [])])


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
    count, late = len(mine.waits), sum(one.late for one in mine.waits)
    if not count:
        return gettext("Nothing waits for you now.")
    head = ngettext("%(n)d thing waits for you", "%(n)d things wait for you", count) % {"n": count}
    if late == count:
        return ngettext("%(head)s, and it is late.", "%(head)s, and all are late.", late) % {"head": head}
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


def wait_lines(
    waits: Sequence[Wait], plan: str, cycle: str, ways: Mapping[tuple[str, str], tuple[Way, ...]] = NONE
) -> tuple[WaitLine, ...]:
    """What waits, in words, with the ways to settle it where they are known."""
    return tuple(_wait_line(one, plan, cycle, ways.get((one.said, one.name), ())) for one in waits)


def _wait_line(one: Wait, plan: str, cycle: str, ways: tuple[Way, ...]) -> WaitLine:
    by = gettext("was due %(day)s") if one.late else gettext("by %(day)s")
    back = gettext("%(person)s returned it: “%(because)s”")
    values = {"person": one.returned.person, "because": one.returned.because} if one.returned else {}
    return WaitLine(
        text=_wait_words(one), by=by % {"day": day_words(one.day)}, late=one.late, href=href_of(one.where, plan, cycle),
        returned=back % values if values else "", ways=ways,
        loads=reverse(OF_PLAN["data"], args=[plan]) if one.said == UNBUDGETED else "",
    )  # fmt: skip


def _wait_words(one: Wait) -> str:
    if one.about is not None:
        return request_words(one.about) if isinstance(one.about, RequestShown) else say_what(one.about).rstrip(".")
    if one.said in SAYS:
        held = MEETING.get(one.values.get("meeting", ""), "")
        return str(SAYS[one.said]) % {"name": one.name, "held": held, **one.values, **_amount(one.values)}
    if one.said == SILENT:
        told = one.values
        last = dt.date.fromisoformat(told["last"])
        return silent_sentence(one.name, last=last, days=int(told["days"]), usual=float(told["usual"]))
    if one.said == UNCONFIRMED:
        lines = int(one.name)  # together they are one thing to do
        said = ngettext("%(n)d open order line is not confirmed", "%(n)d open order lines are not confirmed", lines)
        return said % {"n": lines}
    return _counted(one) or sentence(one.said, one.name)


def silent_sentence(name: str, *, last: dt.date, days: int, usual: float) -> str:
    """A buyer who is silent longer than usual; counted to where the orders end, so it is true on any later day.

    ``days`` run to the first day of which no order is loaded; the sentence counts to the last one of which some are.

    Example:
        >>> silent_sentence("Bo", last=dt.date(2026, 5, 1), days=31, usual=19.6)
        'Bo is silent: the last order came on Friday 1 May, 30 days before the loaded orders end; usually every 20 days'
    """
    said = gettext(
        "%(name)s is silent: the last order came on %(day)s, %(days)d days before the loaded orders end; usually every "
        "%(usual)d days"
    )
    return said % {"name": name, "day": day_words(last), "days": days - 1, "usual": round(usual)}


def _counted(one: Wait) -> str:
    """What stands for several, in words; empty for what does not."""
    if one.said == CHAIRED:
        count = int(one.values["count"])  # together they are one thing to ask for
        said = ngettext(
            "%(n)d action that the last %(meeting)s agreed is not done: it comes first on the agenda",
            "%(n)d actions that the last %(meeting)s agreed are not done: they come first on the agenda",
            count,
        )
        return said % {"n": count, "meeting": MEETING[one.name]}
    if one.said == UNBUDGETED:
        count, account = int(one.values["count"]), one.values["account"]
        said = ngettext(
            "A line has no budget in %(year)s, so its gap is not known: %(line)s",
            "%(n)d lines have no budget in %(year)s, so their gap is not known; the first is %(line)s",
            count,
        )
        line = f"{account_words(account)}, {one.name}"
        return said % {"n": count, "year": one.values["year"], "line": line}
    if one.said == UNJUDGED:
        said = ngettext(
            "%(n)d thing unlike the past waits for a verdict: history is cleaned of it, or stands",
            "%(n)d things unlike the past wait for a verdict: history is cleaned of each, or stands",
            one.count,
        )
        return said % {"n": one.count}
    if one.said == UNSAID:
        said = ngettext(
            "Of %(n)d key account nothing is said yet: news, or none",
            "Of %(n)d key accounts nothing is said yet: news, or none",
            one.count,
        )
        return said % {"n": one.count}
    if one.said != UNANSWERED:
        return ""
    said = ngettext(
        "%(n)d figure that missed the plan in %(month)s has no answer from you",
        "%(n)d figures that missed the plan in %(month)s have no answer from you",
        one.count,
    )
    return said % {"n": one.count, "month": period_words(one.name)}


def _amount(values: Mapping[str, str]) -> Mapping[str, str]:
    """How much a change request asks for, as it was meant, over how many months."""
    if "mode" not in values:
        return {}
    value = values["value"].replace("-", MINUS)
    value = value if values["mode"] == "set" or value.startswith(MINUS) else f"+{value}"
    meant = str(MEANT[values["mode"]]) % {"value": value}
    months = ngettext("for %(n)s month", "for %(n)s months", int(values["periods"])) % {"n": values["periods"]}
    return {"amount": f"{meant} {months}", "first": period_words(values["first"])}


def request_words(one: RequestShown) -> str:
    """What somebody asks about an order."""
    values = {
        "order": one.order, "line": one.line, "item": one.item_name or one.item, "person": one.person, "text": one.text,
        "day": day_words(one.day) if one.day is not None else "", "quantity": number(one.quantity or 0.0),
        "customer": one.customer_name or one.customer, "wrong": str(WRONG[one.kind]),
    }  # fmt: skip
    if one.kind == "missing":
        said = gettext("%(person)s misses an order of %(customer)s: %(quantity)s of %(item)s for %(day)s: “%(text)s”")
    elif one.kind == "wrong_date":
        said = gettext("%(person)s: order %(order)s/%(line)s of %(customer)s is wanted on %(day)s: “%(text)s”")
    else:
        said = gettext("%(person)s: order %(order)s/%(line)s is not of %(customer)s: “%(text)s”")
    return said % values


def urgent_lines(mine: MyMonth) -> tuple[str, ...]:
    """What she must know of key accounts today."""
    return tuple(
        f"{one.name}: {one.said.text} ({one.said.person}, {date_format(one.said.at, 'j F H:i')})"
        for one in mine.urgent
        if one.said is not None
    )


def struck_lines(mine: MyMonth) -> tuple[str, ...]:
    """Her signatures that a re-open struck through, and why."""
    said = gettext("Your signature “%(meaning)s” was struck through on %(day)s: %(because)s. It is to be given again.")
    return tuple(
        said % {"meaning": one.meaning, "day": day_words(one.struck_at.date()), "because": one.because.rstrip(".")}
        for one in mine.struck
    )


def stand_in_lines(mine: MyMonth) -> tuple[str, ...]:
    """For whom she stands in, from when, and up to which day."""
    from_on, span = (
        gettext("You stand in for %(name)s from %(since)s on."),
        gettext("You stand in for %(name)s from %(since)s to %(last)s."),
    )
    return tuple(
        (from_on if one.until is None else span)
        % {
            "name": one.name, "since": date_format(one.since, "j F"),
            "last": date_format(one.until - dt.timedelta(days=1), "j F") if one.until is not None else "",
        }
        for one in mine.stands_in
    )  # fmt: skip


def stood_in_lines(mine: MyMonth) -> tuple[str, ...]:
    """Who stands in for her, now or soon, and on which days: what waits for both is done once."""
    from_on, span = (
        gettext("%(name)s stands in for you from %(since)s on."),
        gettext("%(name)s stands in for you, %(since)s to %(last)s."),
    )
    return tuple(
        (from_on if one.until is None else span) % {"name": one.name, **span_words(one.since, one.until)}
        for one in mine.stood_in
    )


def span_words(since: dt.date, until: dt.date | None) -> Mapping[str, str]:
    """The first and the last day of some days, the month once where both are in it; the last is before ``until``.

    Example:
        >>> dict(span_words(dt.date(2026, 6, 6), dt.date(2026, 6, 16)))
        {'since': '6', 'last': '15 June'}
        >>> dict(span_words(dt.date(2026, 5, 30), dt.date(2026, 6, 16)))
        {'since': '30 May', 'last': '15 June'}
        >>> dict(span_words(dt.date(2026, 5, 30), None))
        {'since': '30 May', 'last': ''}
    """
    if until is None:
        return {"since": date_format(since, "j F"), "last": ""}
    last = until - dt.timedelta(days=1)
    alike = (since.year, since.month) == (last.year, last.month)
    return {"since": date_format(since, "j" if alike else "j F"), "last": date_format(last, "j F")}


def changes_sentence(since: dt.datetime | None, lines: int) -> str:
    """How much others did since she last looked, counted as it is listed below."""
    if since is None:
        said = ngettext(
            "Others did %(n)d thing in this cycle so far.", "Others did %(n)d things in this cycle so far.", lines,
        )  # fmt: skip
        none = gettext("Nobody else did anything in this cycle so far that concerns you.")
    else:
        said = ngettext(
            "%(n)d thing changed since you last looked, on %(day)s.",
            "%(n)d things changed since you last looked, on %(day)s.",
            lines,
        )
        none = gettext("Nothing changed since you last looked, on %(day)s.")
    day = day_words(since.date()) if since is not None else ""
    return (said if lines else none) % {"n": lines, "day": day}
