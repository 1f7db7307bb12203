"""The sentences and figures of the page of decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from onenumber.steps.see.papers import AGAIN, OPEN, Effect, OptionShown, PaperShown, Touched
from onenumber.web.act.model import Way
from onenumber.web.decisions.model import Decisions, PaperLine
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NOTHING, number, period_words, share, short, signed
from onenumber.web.said import say, say_change

NAMED = 4
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

    ``turn`` is what a paper on who goes first says beside them; ``customers`` whether any option names customers.
    """

    key: str
    question: str
    line: str
    state: str
    waits: bool
    options: tuple[OptionColumn, ...]
    figures: tuple[tuple[str, tuple[str, ...]], ...]
    ways: tuple[Way, ...]
    turn: tuple[str, ...]
    customers: bool


def lead(found: Decisions) -> str:
    """How many papers wait, and until when, in a sentence."""
    waiting = [line.paper for line in found.papers if is_open(line.paper)]
    if found.shown is None:
        return gettext("No papers are prepared yet: they come out of the review, before the pre-S&OP.")
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
    said = gettext("At risk %(risk)s. Recommended is %(recommended)s.")
    when = gettext("By %(day)s, else %(default)s takes effect.") if is_open(paper) else ""
    decided = paper.state if is_open(paper) else gettext("decided: %(state)s") % {"state": paper.state}
    return PaperView(
        key=paper.paper, question=say(paper.question), line=f"{said} {when}".strip() % values,
        state=decided, waits=is_open(paper),
        options=tuple(_column(one, paper, currency) for one in paper.options),
        figures=_figures(paper.options, currency), ways=line.ways, turn=_turn(paper),
        customers=any(one.served or one.waiting for one in paper.options),
    )  # fmt: skip


def _figures(options: Sequence[OptionShown], currency: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A row for each figure that is known of any option."""
    rows = (
        (gettext("Net cost, %(currency)s"), [one.net_cost for one in options]),
        (gettext("Extra cost, %(currency)s"), [one.extra_cost for one in options]),
        (gettext("Units lost"), [one.lost_units for one in options]),
        (gettext("Units late"), [one.late_units for one in options]),
    )
    return tuple(
        (head % {"currency": currency}, tuple(NOTHING if value is None else number(value) for value in values))
        for head, values in rows
        if any(value is not None for value in values)
    )


def _column(one: OptionShown, paper: PaperShown, currency: str) -> OptionColumn:
    said = [(paper.recommended, gettext("recommended")), (paper.default, gettext("if nobody decides"))]
    if not is_open(paper):
        said = [(paper.state.partition(" ")[0], gettext("taken")), *said]
    return OptionColumn(
        option=one.option, change=say_change(one.change),
        marks=tuple(word for option, word in said if option == one.option),
        gains=tuple(_effect(effect, currency) for effect in one.gains),
        waits=tuple(_effect(effect, currency) for effect in one.waits),
        served=_named(one.served, currency), waiting=_named(one.waiting, currency),
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
        said = gettext("Last time %(lost)s waited (%(paper)s: %(change)s)")
        values = {"lost": ", ".join(turn.lost), "paper": turn.last_paper, "change": say_change(turn.last)}
        before = said % values
    return (holds % {"line": turn.resource, "until": period_words(turn.until)}, floor, before)


def _named(customers: Sequence[Touched], currency: str) -> tuple[str, ...]:
    """The customers whom an option moves most, and how many more there are."""
    said = [_effect(Effect(division=one.name, revenue=one.revenue, late_units=one.late_units), currency)
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


def _effect(effect: Effect, currency: str) -> str:
    if effect.revenue and round(effect.revenue):
        return f"{effect.division}: {signed(effect.revenue)} {currency}"
    if effect.late_units is None:
        return effect.division
    more, fewer = gettext("%(division)s: %(n)s more units late"), gettext("%(division)s: %(n)s fewer units late")
    said = more if effect.late_units > 0 else fewer
    return said % {"division": effect.division, "n": short(abs(effect.late_units))}
