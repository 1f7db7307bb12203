"""The sentences and tables of the calendar."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.calendar import MILESTONES
from onenumber.cycle.phases import Phase
from onenumber.steps.see.milestones import AHEAD, DONE, DUE, LATE, CalendarShown, Given, Turn
from onenumber.web.act.model import Ask, Way
from onenumber.web.month.words import day_words
from onenumber.web.said import in_words
from onenumber.web.tables.model import Cell, Row, Table, table, words
from onenumber.web.words import PHASES, SPOKEN, under_way

STATES: Mapping[str, str | Promise] = {
    DONE: _("done"), LATE: _("late"), DUE: _("due today"), AHEAD: _("to come"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenLine:
    """A signature, a waiver or a turn of the phases, in words."""

    text: str
    who: str
    reason: str = ""
    struck: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenLine:
    """A phase that may be re-opened, with what that strikes."""

    phase: str
    says: str
    ways: tuple[Way, ...]


def lead(shown: CalendarShown) -> str:
    """The milestone that comes next, or is late, in a sentence."""
    now = capfirst(under_way(shown.phase))
    late = [one for one in shown.posts if one.state == LATE]
    coming = [one for one in shown.posts if one.state in {DUE, AHEAD}]
    if shown.phase is Phase.CLOSED:
        return gettext("The cycle is closed: its plan was published and the next cycle is open.")
    if late:
        said = ngettext("%(under_way)s. %(n)d milestone is late, since %(day)s: “%(says)s”.",
                        "%(under_way)s. %(n)d milestones are late, the first since %(day)s: “%(says)s”.",
                        len(late))  # fmt: skip
        first = late[0]
    elif coming:
        said, first = gettext("%(under_way)s. Next, by %(day)s, %(says)s."), coming[0]
    else:
        return gettext("%(under_way)s, and every milestone is reached.") % {"under_way": now}
    values = {"under_way": now, "n": len(late), "day": day_words(first.day), "says": MILESTONES[first.key].says}
    return said % values


def gate_sentence(shown: CalendarShown, open_points: int) -> str:
    """What the end of the phase waits for."""
    if shown.phase is Phase.CLOSED:
        return gettext("Nothing of this cycle waits for anybody.")
    if not open_points:
        last = shown.phase is Phase.MONITOR
        return (
            gettext("The month runs until the next cycle is opened.")
            if last
            else (gettext("Nothing keeps the phase from ending."))
        )
    said = ngettext("%(n)d thing keeps the phase from ending.", "%(n)d things keep the phase from ending.", open_points)
    return said % {"n": open_points}


def posts_table(shown: CalendarShown) -> Table:
    """The milestones by working day."""
    rows = tuple(
        Row(
            name=MILESTONES[one.key].says, key=one.key, attention=one.state == LATE,
            cells=(Cell(text=str(one.working_day)), words(_day(one.day)), words(str(STATES[one.state]))),
        )
        for one in shown.posts
    )  # fmt: skip
    heads = (gettext("Until the end of the day"), gettext("Working day"), gettext("Date"), gettext("State"))
    return table(gettext("Milestones"), heads, rows)


def given_lines(found: Sequence[Given]) -> tuple[GivenLine, ...]:
    """Signatures or waivers, in words."""
    return tuple(
        GivenLine(
            text=in_words(one.what[:1].upper() + one.what[1:]), who=_who(one.who, one.at), reason=one.reason,
            struck=gettext("struck through: %(why)s") % {"why": one.struck} if one.struck else "",
        )
        for one in found
    )  # fmt: skip


def turn_lines(shown: CalendarShown) -> tuple[GivenLine, ...]:
    """Phases that ended or re-opened, the newest first."""
    return tuple(
        GivenLine(text=_turned(one), who=_who(one.who, one.at), reason=one.reason) for one in reversed(shown.turns)
    )


def _turned(one: Turn) -> str:
    if one.after.place <= one.before.place:
        return capfirst(gettext("%(phase)s re-opened") % {"phase": SPOKEN[one.after]})
    return capfirst(gettext("%(phase)s ended") % {"phase": SPOKEN[one.before]})


def reopen_lines(shown: CalendarShown) -> tuple[ReopenLine, ...]:
    """Each phase that may be re-opened, with what that strikes."""
    return tuple(
        ReopenLine(
            phase=str(PHASES[one.phase]), says=_strikes(one.strikes, one.waivers),
            ways=(Way(step="reopen", given={"phase": one.phase.value},
                      asked=(Ask(name="reason", kind="text", needed=True),)),),
        )
        for one in shown.reopens
    )  # fmt: skip


def _strikes(signatures: Sequence[str], waivers: int) -> str:
    parts = [gettext("strikes %(which)s") % {"which": ", ".join(signatures)}] if signatures else []
    if waivers:
        parts.append(ngettext("%(n)d waiver", "%(n)d waivers", waivers) % {"n": waivers})
    return "; ".join(parts) or gettext("strikes no signature")


def _who(name: str, at: dt.datetime) -> str:
    return gettext("%(name)s, %(day)s") % {"name": name, "day": date_format(at, "j F H:i")}


def _day(day: dt.date) -> str:
    return date_format(day, "D j F")
