"""The sentences and figures of the page of decisions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.cycle.emergencies import TAKEN_BACK
from onenumber.steps.frame.urgent import NO, YES
from onenumber.steps.see.papers import AGAIN, OPEN, Effect, OptionShown, PaperShown, Touched
from onenumber.steps.see.urgent import UrgentShown, VoiceShown
from onenumber.web.act.model import Way
from onenumber.web.decisions.figures import how_it_adds_up, money_cells, money_heads, settled_words
from onenumber.web.decisions.model import Decisions, PaperLine, UrgentLine
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NOTHING, number, period_words, share, short, signed
from onenumber.web.said import say, say_change
from onenumber.web.words import named

NAMED = 4
FigureRow = tuple[str, tuple[str, ...], bool]
"""A head, a value of each option, and whether it is what the rows over it add up to."""
AT_ONCE = 7
"""Papers that a meeting decides one by one; the rest stand in a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionColumn:
    """An option as a column: its letter, its marks, what it changes, who gains and who waits."""

    option: str
    change: str
    marks: tuple[str, ...]
    gains: tuple[str, ...]
    waits: tuple[str, ...]
    served: tuple[str, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A paper in words, with its options, their figures row by row, and the ways to decide it.

    ``turn`` is what a paper on who goes first says beside them; ``customers`` whether any option names customers;
    ``adds_up`` how its money is read, empty where none of it is known.
    """

    key: str
    question: str
    line: str
    state: str
    waits: bool
    options: tuple[OptionColumn, ...]
    figures: tuple[FigureRow, ...]
    ways: tuple[Way, ...]
    turn: tuple[str, ...]
    customers: bool
    adds_up: str
    currency: str


def lead(found: Decisions) -> str:
    """How many papers wait, and until when, in a sentence."""
    waiting = [line.paper for line in found.papers if is_open(line.paper)]
    if found.shown is None:
        said = gettext("No papers are prepared yet: they come with the review by %(day)s and are decided by %(end)s.")
        return said % {"day": day_words(found.prepared_by), "end": day_words(found.decided_by)}
    if not waiting:
        settled = len(found.papers)
        said = ngettext("its %(n)d paper is decided", "its %(n)d papers are decided", settled) % {"n": settled}
        return gettext("No paper waits for a decision") + (f"; {said}." if settled else ".")
    first = min(waiting, key=lambda paper: paper.deadline)
    said = ngettext("%(n)d paper waits for a decision", "%(n)d papers wait for a decision", len(waiting))
    text = said + gettext("; the first by %(day)s, else %(default)s takes effect.")
    return text % {"n": len(waiting), "day": day_words(first.deadline), "default": first.default}


def views(lines: Sequence[PaperLine], currency: str) -> tuple[tuple[PaperView, ...], tuple[PaperView, ...]]:
    """The papers that are decided one by one, and the rest."""
    found = tuple(_view(line, currency) for line in lines)
    return found[:AT_ONCE], found[AT_ONCE:]


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentView:
    """A paper between meetings in words: the paper, who named it and why, until when it waits, what became of it."""

    paper: PaperView
    named: str
    stands: str
    amendment: int | None


def urgent_views(lines: Sequence[UrgentLine], currency: str) -> tuple[UrgentView, ...]:
    """The papers between meetings."""
    return tuple(_urgent(line, currency) for line in lines)


def urgent_waiting(lines: Sequence[UrgentLine]) -> str:
    """How many papers between meetings wait, and until when; empty where none does."""
    waiting = [line.urgent for line in lines if line.urgent.state == OPEN]
    said = ngettext(
        "%(n)d emergency waits for its decision until %(until)s.",
        "%(n)d emergencies wait for their decision, the first until %(until)s.", len(waiting),
    )  # fmt: skip
    return said % {"n": len(waiting), "until": _moment(min(one.expires_at for one in waiting))} if waiting else ""


def _urgent(line: UrgentLine, currency: str) -> UrgentView:
    one, stays = line.urgent, gettext("Nothing changes: the plan in force stands.")
    paper = _view(PaperLine(paper=one.paper, ways=line.ways), currency)
    options = tuple(replace(column, change=stays) if column.option == NO else column for column in paper.options)
    state = gettext("taken back") if one.state == TAKEN_BACK else paper.state  # who and when, its own sentence says
    return UrgentView(
        paper=replace(paper, line=_risk(one, currency), options=options, state=state),
        named=_named_words(one), stands=_stands(one),
        amendment=one.amendment[1] if one.amendment is not None else None,
    )  # fmt: skip


def _named_words(one: UrgentShown) -> str:
    """Who named it and why, who asks for it, and how much of it can come."""
    named = gettext("%(who)s named it on %(at)s: “%(reason)s”.")
    comes = gettext("Of the %(asked)s that are asked%(by)s, %(comes)s can come in %(month)s.")
    by = gettext(" beyond the plan by %(customer)s") % {"customer": one.customer} if one.customer else ""
    return f"{named} {comes}" % {
        "who": one.author, "at": _moment(one.named_at), "reason": one.reason, "by": by, "asked": number(one.asked),
        "comes": number(one.comes, 0 if float(one.comes).is_integer() else 2), "month": period_words(one.month),
    }  # fmt: skip


def _risk(one: UrgentShown, currency: str) -> str:
    said = gettext("At risk %(risk)s.") % {"risk": money(one.paper.money_at_risk, currency)}
    asked = gettext("Recommended is %(recommended)s.") % {"recommended": one.paper.recommended}
    return f"{said} {asked}" if one.state == OPEN else said


def _stands(one: UrgentShown) -> str:
    """Until when it waits and for whom, or what became of it."""
    if one.state == OPEN:
        said = gettext("It waits for %(who)s until %(until)s; after that %(default)s takes effect.")
        values = {"until": _moment(one.expires_at), "default": one.paper.default}
        return " ".join((*_spoken(one), said % {"who": ", ".join(one.deciders) or gettext("nobody yet"), **values}))
    if not one.by:
        said = gettext("Nobody decided until %(until)s, so %(default)s took effect: the plan stays as it is.")
        return said % {"until": _moment(one.expires_at), "default": one.paper.default}
    if one.state == TAKEN_BACK:
        said = gettext("%(who)s took it back on %(at)s: the plan stays as it is.")
    elif one.amendment is not None:
        said = gettext("%(who)s said yes on %(at)s: amendment %(stage)s of the plan.")
    else:
        said = gettext("%(who)s said no on %(at)s.")
    at = _moment(one.at) if one.at is not None else ""
    stage = one.amendment[0] if one.amendment is not None else ""
    ended = said % {"who": one.by, "at": at, "stage": stage} + (f" “{one.why}”" if one.why else "")
    return " ".join((*(_voice(voice) for voice in one.voices if voice.by != one.by), ended))


def _spoken(one: UrgentShown) -> tuple[str, ...]:
    """What was said so far of a paper that two decide, and why another is asked."""
    voices = tuple(map(_voice, one.voices))
    if len(one.asked_of) > 1:
        return (gettext("Its value asks for two: a word for supply and one for sales."), *voices)
    return (*voices, gettext("They disagree, so the executive decides.")) if voices else ()


def _voice(one: VoiceShown) -> str:
    said = gettext("%(who)s said yes.") if one.option == YES else gettext("%(who)s said no.")
    return said % {"who": one.by} + (f" “{one.why}”" if one.why else "")


def _moment(at: dt.datetime) -> str:
    return date_format(at, "j F H:i")


def is_open(paper: PaperShown) -> bool:
    """Whether a paper waits for a decision."""
    return paper.state == OPEN or paper.state.startswith(AGAIN)


def money(value: float | None, currency: str) -> str:
    """An amount in currency; "–" where it is not known.

    Example:
        >>> money(-1234.4, "EUR").replace(chr(8239), " "), money(None, "EUR")
        ('−1 234 EUR', '–')
    """
    return NOTHING if value is None else f"{number(value)} {currency}"


def _view(line: PaperLine, currency: str) -> PaperView:
    paper = line.paper
    values = {
        "risk": money(paper.money_at_risk, currency), "day": day_words(paper.deadline), "default": paper.default,
        "recommended": paper.recommended,
    }  # fmt: skip
    said = gettext("At risk %(risk)s.") % values
    asked = gettext("Recommended is %(recommended)s. By %(day)s, else %(default)s takes effect.") % values
    parts = (said, taken_words(paper), asked if is_open(paper) else "")
    return PaperView(
        key=paper.paper, question=say(paper.question), line=" ".join(filter(None, parts)),
        state=gettext("open") if is_open(paper) else "", waits=is_open(paper),
        options=tuple(_column(one, paper) for one in paper.options),
        figures=_figures(paper.options, currency), ways=line.ways, turn=_turn(paper),
        customers=any(one.served or one.waiting for one in paper.options),
        currency=currency,
        adds_up=how_it_adds_up() if any(one.net_cost is not None for one in paper.options) else "",
    )  # fmt: skip


def taken_words(paper: PaperShown) -> str:
    """Who decided what of a paper and when, and that it is to be decided again; empty where nobody did."""
    taken = paper.taken
    if taken is None:
        return ""
    again = gettext(" Its figures moved since: it is to be decided again.") if is_open(paper) else ""
    return settled_words(taken) + again


def _figures(options: Sequence[OptionShown], currency: str) -> tuple[FigureRow, ...]:
    """A row for each figure that is known of any option: the money, which adds up to the net, and then the units."""
    units = (
        (gettext("Units lost"), [one.lost_units for one in options]),
        (gettext("Units late"), [one.late_units for one in options]),
    )
    rows = (
        *zip(money_heads(currency), zip(*map(money_cells, options), strict=True), strict=True),
        *((head, tuple(NOTHING if value is None else signed(value) for value in values)) for head, values in units),
    )
    net = money_heads(currency)[-1]
    return tuple((head, values, head == net) for head, values in rows if any(value != NOTHING for value in values))


def _column(one: OptionShown, paper: PaperShown) -> OptionColumn:
    recommended, default = (paper.recommended, gettext("recommended")), (paper.default, gettext("if nobody decides"))
    taken = (paper.state.partition(" ")[0], gettext("taken"))
    said = [recommended, default] if is_open(paper) else [taken]
    return OptionColumn(
        option=one.option, change=say_change(one.change),
        marks=tuple(word for option, word in said if option == one.option),
        gains=tuple(_effect(effect) for effect in one.gains),
        waits=tuple(_effect(effect) for effect in one.waits),
        served=_named(one.served), waiting=_named(one.waiting),
    )  # fmt: skip


def _turn(paper: PaperShown) -> tuple[str, ...]:
    """How long a turn holds, what the others keep, what happens if nobody decides, and who waited last time."""
    turn = paper.turn
    if turn is None:
        return ()
    holds = gettext("A turn on %(line)s holds to the end of %(until)s; then the plan serves by its usual rules again.")
    floor = (
        gettext("Every other division keeps %(share)s of what it claims.") % {"share": share(turn.floor)}
        if turn.floor
        else gettext("No division is kept a part of the line: who waits may wait for all of it.")
    )
    if turn.last is None:
        before = gettext("No turn was given between these divisions before.")
    else:
        said = gettext("Last time %(lost)s waited: %(change)s (%(paper)s).")
        change = say_change(turn.last).rstrip(".")
        values = {"lost": named(turn.lost, ""), "paper": turn.last_paper, "change": change[:1].lower() + change[1:]}
        before = said % values
    return (holds % {"line": turn.resource, "until": period_words(turn.until)}, floor, before)


def _named(customers: Sequence[Touched]) -> tuple[str, ...]:
    """The customers whom an option moves most, and how many more there are."""
    said = [_effect(Effect(division=one.name, revenue=one.revenue, late_units=one.late_units))
            for one in customers[:NAMED]]  # fmt: skip
    more = len(customers) - NAMED
    return (*said, *([gettext("and %(n)d more") % {"n": more}] if more > 0 else ()))


def beyond_lines(found: Decisions, currency: str) -> tuple[tuple[str, str, tuple[Way, ...]], ...]:
    """The questions that no paper asks: each with its money, owner, and what happens if nobody decides."""
    said = gettext("%(paper)s: at risk %(risk)s; %(owner)s; by %(day)s, else: %(default)s")
    return tuple(
        (
            say(one.question),
            said % {"paper": one.paper, "risk": money(one.money_at_risk, currency), "day": day_words(one.deadline),
                    "owner": one.owner or gettext("nobody owns it"), "default": say_change(one.default)},
            ways,
        )
        for one, ways in found.beyond
    )  # fmt: skip


def _effect(effect: Effect) -> str:
    if effect.revenue and round(effect.revenue):
        return f"{effect.division}: {signed(effect.revenue)}"
    if effect.late_units is None:
        return effect.division
    more, fewer = gettext("%(division)s: %(n)s more units late"), gettext("%(division)s: %(n)s fewer units late")
    said = more if effect.late_units > 0 else fewer
    return said % {"division": effect.division, "n": short(abs(effect.late_units))}
