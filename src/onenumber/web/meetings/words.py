"""The sentences of the pages of meetings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.meetings import Meeting
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.escalated import WentUp
from onenumber.steps.see.meetings import BEFORE, NOW, OVER, ActionShown, MeetingLine, MeetingSeen, PromiseShown
from onenumber.web.act.model import Way
from onenumber.web.conflicts.escalated import escalated_sentence
from onenumber.web.meetings.model import MeetingPage
from onenumber.web.month.words import MEETING, day_words, span_words
from onenumber.web.numbers import period_words
from onenumber.web.sheets.adherence import CALLED
from onenumber.web.words import ROLES, named, under_way

NAMES: Mapping[str, str | Promise] = {
    "demand": _("Demand meeting"), "supply": _("Supply meeting"), "pre-sop": _("Pre-S&OP"),
    "executive": _("Executive meeting"),
}  # fmt: skip
AGENDA: Mapping[str, tuple[str | Promise, str]] = {
    "actions": (_("Actions from last time"), "#last"),
    "deviations": (_("Last month: where sales left the plan, and what it means"), "deviations"),
    "news": (_("News, and what of it is in the plan"), "sheets"),
    "families": (_("Families that moved most, and why"), "family"),
    "risks": (_("Risks and opportunities beside the plan"), "sheets"),
    "attainment": (_("Last month: made against planned, by name"), "adherence"),
    "load": (_("Load of the lines"), "line_load"),
    "maintenance": (_("Maintenance windows"), "maintenance"),
    "materials": (_("Materials and vendors"), "materials"),
    "plants": (_("What the plants answered"), "plants"),
    "conflicts": (_("Conflicts: settle or escalate"), "conflicts"),
    "money": (_("Landing against the budget"), "#figures"),
    "papers": (_("Decision papers, in order"), "decisions"),
    "sign": (_("Read back, and sign"), "#minutes"),
}
"""Each point of an agenda in words, and the part of the page or the page where it is."""
PART: Mapping[str, str] = {"conflicts": "#decide", "papers": "#papers"}
"""Points that are dealt with on the page itself, once their part of it is there."""
HERE: Mapping[str, Callable[[MeetingPage], bool]] = {
    "conflicts": lambda found: bool(found.points or found.ending),
    "papers": lambda found: found.papers is not None and bool(found.papers.papers),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A meeting in the list: its name, day, who leads and decides, where it stands, its address."""

    href: str
    name: str
    day: str
    chair: str
    stands: str
    now: bool
    actions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView:
    """A point of an agenda: its words, its minutes, and where it is."""

    text: str
    minutes: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """An action in words, whether it is late or open, and the ways to close it."""

    text: str
    about: str
    late: bool
    open: bool
    ways: tuple[Way, ...]


def name_of(meeting: Meeting) -> str:
    """What a meeting is called."""
    return str(NAMES[meeting.key])


def list_lead(lines: tuple[MeetingLine, ...]) -> str:
    """Which meeting is next, and when."""
    for one in lines:
        if one.stands in (NOW, BEFORE):
            values = {"name": MEETING[one.meeting.key], "day": day_words(one.day), "leads": _leads(one)}
            return gettext("Next is the %(name)s, by %(day)s; %(leads)s.") % values
    return gettext("All four meetings of this month are over; their minutes stand behind each.")


def list_lines(lines: tuple[MeetingLine, ...], plan: str, cycle: str) -> tuple[LineView, ...]:
    """The meetings in their order."""
    return tuple(_list_line(one, plan, cycle) for one in lines)


def _list_line(one: MeetingLine, plan: str, cycle: str) -> LineView:
    stands = {"before": gettext("to come"), "now": gettext("its phase is under way"), "over": gettext("over")}
    count = one.open_actions
    actions = ngettext("%(n)d open", "%(n)d open", count) % {"n": count} if count else gettext("none open")
    return LineView(
        href=reverse("meeting", args=[plan, cycle, one.meeting.key]), name=name_of(one.meeting),
        day=day_words(one.day), chair=_chair(one), stands=stands[one.stands], now=one.stands == NOW, actions=actions,
    )  # fmt: skip


def _chair(one: MeetingLine) -> str:
    """Who leads a meeting and who decides in it; of one that is over only who led it."""
    if one.stands == OVER:
        return _led(one)
    chair = _led_by(one)
    if not one.meeting.decides:
        return chair
    decides = named(one.deciders, str(ROLES[one.meeting.decides]))
    return gettext("%(chair)s (%(decides)s decides)") % {"chair": chair, "decides": decides}


def _leads(one: MeetingLine) -> str:
    """Who leads a meeting and who decides in it, as a clause."""
    values = {"chair": _led_by(one)}
    if not one.meeting.decides:
        return gettext("%(chair)s leads it") % values
    values["decides"] = named(one.deciders, str(ROLES[one.meeting.decides]))
    return gettext("%(chair)s leads it, %(decides)s decides") % values


def _led(one: MeetingLine) -> str:
    return named(one.led, str(ROLES[one.meeting.chair]))


def _led_by(one: MeetingLine) -> str:
    """Who is in the chair on the day of a meeting, with who stands in for her then."""
    chair = named(one.chairs, str(ROLES[one.meeting.chair]))
    if not one.stand_ins:
        return chair
    stands = "; ".join(map(_stands_in, one.stand_ins))
    return gettext("%(chair)s (%(stands)s)") % {"chair": chair, "stands": stands}


def _stands_in(one: StandIn) -> str:
    """Who stands in, and on which days.

    Example:
        >>> import datetime as dt
        >>> _stands_in(StandIn(name="Chen Wei", since=dt.date(2026, 6, 6), until=dt.date(2026, 6, 16)))
        'Chen Wei stands in, 6 to 15 June'
        >>> _stands_in(StandIn(name="Chen Wei", since=dt.date(2026, 5, 30), until=dt.date(2026, 6, 16)))
        'Chen Wei stands in, 30 May to 15 June'
    """
    from_on, span = gettext("%(name)s stands in from %(since)s"), gettext("%(name)s stands in, %(since)s to %(last)s")
    return (from_on if one.until is None else span) % {"name": one.name, **span_words(one.since, one.until)}


def lead(found: MeetingPage) -> str:
    """When the meeting is, who leads it, and how many things are to be settled in it."""
    line = found.seen.line
    papers = sum(bool(one.ways) for one in found.papers.papers) if found.papers is not None else 0
    count = len(found.points) + papers
    asked = len(found.seen.cannot)
    values = {"day": day_words(line.day), "chair": _chair(line), "leads": _leads(line), "n": count}
    if line.stands == BEFORE:
        values["under_way"] = under_way(line.meeting.phase)
        said = gettext("It is on %(day)s; %(leads)s. What is to be settled stands here once %(under_way)s.")
        return said % values
    if line.stands != NOW:
        return gettext("It is over; %(chair)s led it. Its minutes stand below.") % {"chair": _led(line)}
    said = ngettext(
        "By %(day)s, led by %(chair)s: %(n)d thing is to be settled.",
        "By %(day)s, led by %(chair)s: %(n)d things are to be settled.",
        count,
    )
    none = (
        gettext("By %(day)s, led by %(chair)s.")
        if asked
        else gettext("By %(day)s, led by %(chair)s: nothing is left to settle.")
    )
    text = (said if count else none) % values
    still = ngettext(
        "The plan still asks %(n)d thing that a plant said it cannot make.",
        "The plan still asks %(n)d things that plants said they cannot make.", asked,
    )  # fmt: skip
    return f"{text} {still % {'n': asked}}" if asked else text


def last_sentence(found: MeetingPage) -> str:
    """How many actions of before are open, what was promised with answers, and how many of each are late."""
    seen = found.seen
    if not seen.last and not seen.promised and not seen.sent_back:
        return gettext("Nothing was promised to this meeting before.")
    text = "; ".join(filter(None, (_earlier(seen.last), _promised(seen.promised))))
    return text[:1].upper() + text[1:] + "."


def _earlier(last: Sequence[ActionShown]) -> str:
    open_, all_ = [one for one in last if not one.done_by], len(last)
    if not last:
        return gettext("no action of this meeting was written down before")
    if not open_:
        return ngettext("the earlier action is done", "all %(n)d earlier actions are done", all_) % {"n": all_}
    said = ngettext("%(n)d earlier action is open", "%(n)d earlier actions are open", len(open_))
    return said % {"n": len(open_)} + _late_of(sum(one.late for one in open_), len(open_))


def _promised(promised: Sequence[PromiseShown]) -> str:
    said = ngettext("%(n)d thing was promised with an answer", "%(n)d things were promised with answers", len(promised))
    late = _late_of(sum(one.late for one in promised), len(promised))
    return said % {"n": len(promised)} + late if promised else ""


def _late_of(late: int, count: int) -> str:
    """How many of some things are past their day, as the end of their clause; empty where none is.

    Example:
        >>> _late_of(1, 2), _late_of(2, 3), _late_of(2, 2), _late_of(1, 1), _late_of(0, 1)
        (', 1 of them past its day', ', 2 of them past their day', ', all past their day', ', past its day', '')
    """
    if not late:
        return ""
    if late == count:
        return ngettext(", past its day", ", all past their day", count)
    return ngettext(", %(n)d of them past its day", ", %(n)d of them past their day", late) % {"n": late}


def agenda(found: MeetingPage, plan: str, cycle: str) -> tuple[AgendaView, ...]:
    """The agenda in order."""
    views = []
    for one in found.seen.line.meeting.agenda:
        text, where = AGENDA[one.code]
        if one.code in HERE and HERE[one.code](found):
            where = PART[one.code]
        href = where if where.startswith("#") else reverse(where, args=[plan, cycle])
        views.append(AgendaView(text=str(text), minutes=one.minutes, href=href))
    return tuple(views)


def action_view(one: ActionShown, found: MeetingPage) -> ActionView:
    """An action in words."""
    values = {"owner": one.owner, "due": date_format(one.due, "j F"), "by": one.done_by, "note": one.note}
    about = gettext("%(owner)s, by %(due)s") % values
    if one.done_by:
        about = gettext("%(owner)s, done: “%(note)s”") % values
    of = gettext("agreed in %(month)s") % {"month": period_words(one.cycle)} if one.cycle != found.seen.cycle else ""
    return ActionView(
        text=one.text, about=", ".join(filter(None, [about, of])), late=one.late, open=not one.done_by,
        ways=found.done.get(one.number, ()),
    )  # fmt: skip


def promise_view(one: PromiseShown) -> ActionView:
    """What an owner promised with her answer, in words."""
    figure = str(CALLED.get(one.figure, one.figure))
    values = {
        "owner": one.owner, "figure": figure, "scope": one.scope, "n": one.figures, "month": period_words(one.of),
    }  # fmt: skip
    due = (
        gettext(", by %(day)s") % {"day": date_format(one.due, "j F")}
        if one.due is not None
        else gettext(", no day named")
    )
    said = ngettext(
        "%(owner)s, with the answer for %(month)s: %(figure)s (%(scope)s)",
        "%(owner)s, with the answers for %(n)d figures of %(month)s, such as %(figure)s (%(scope)s)",
        one.figures,
    )
    about = said % values + due
    return ActionView(text=one.action, about=about, late=one.late, open=True, ways=())


def told_of(seen: MeetingSeen) -> tuple[WentUp, ...]:
    """What was escalated and is told in a meeting: all in the pre-S&OP, after it what went on without a paper."""
    if seen.line.meeting.key == "pre-sop":
        return seen.escalated
    return tuple(one for one in seen.escalated if not one.paper and one.passed is not None)


def escalated_said(seen: MeetingSeen) -> str:
    """How many of what was escalated have a paper; in the meeting after it what is to know of the others."""
    if seen.line.meeting.key == "pre-sop":
        return escalated_sentence(seen.escalated)
    return ngettext(
        "No decision is asked about it: the plan stays as it is there.",
        "No decision is asked about them: the plan stays as it is there.", len(told_of(seen)),
    )  # fmt: skip


def closed_by(actions: Sequence[ActionView]) -> str:
    """Who closes what is open, where the person who looks may close not all of it; empty where there is nothing so."""
    if any(one.open and not one.ways for one in actions):
        return gettext("An action is closed by its owner, or by who stands above her.")
    return ""


def read_back(found: MeetingPage) -> str:
    """What is read out at the end: how much was written down and agreed."""
    minutes, agreed = len(found.seen.minutes), len(found.seen.agreed)
    if not minutes and not agreed:
        over = found.seen.line.stands == OVER
        return gettext("Nothing was signed, decided, returned or agreed in it.") if over else gettext(
            "Nothing was signed, decided, returned or agreed in it yet."
        )  # fmt: skip
    said = ngettext("%(n)d entry, written as it was done", "%(n)d entries, written as they were done", minutes)
    more = ngettext("%(n)d action agreed", "%(n)d actions agreed", agreed)
    return f"{said % {'n': minutes}}; {more % {'n': agreed}}."
