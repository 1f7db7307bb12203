"""The sentences of the page of adherence."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from onenumber.model.reasons import REASONS
from onenumber.steps.see.answers import OFTEN, WINDOW, Answerer, AnswersShown, Cell, Miss, OwnerLine, Said
from onenumber.web.act.model import Way
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NOTHING, day_in, period_head, period_words
from onenumber.web.sheets.adherence import CALLED, OWNED, allowed_words, amount_words, kept_words
from onenumber.web.words import named

MIXES = ("sales_mix", "production_mix")
"""Figures that are kept part by part: their amounts in all may be over the plan while parts of it were missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCell:
    """A month of an owner: the figure, what it means, and whether an answer is owed."""

    text: str
    says: str
    owed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerView:
    """An owner with her months, and how many figures she misses again and again, with their names."""

    owner: str
    cells: tuple[OwnerCell, ...]
    often: str
    often_which: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidView:
    """An answer: who said on which day which cause (``code`` is its key), and what she promised."""

    by: str
    cause: str
    code: str
    text: str
    promised: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissView:
    """A figure that missed the plan, in words, with what was said and what came of it."""

    figure: str
    scope: str
    owner: str
    kept: str
    allowed: str
    amounts: str
    said: tuple[SaidView, ...]
    since: str
    again: bool
    ways: tuple[Way, ...]

    @property
    def promises(self) -> bool:
        """Whether any answer to it promises something."""
        return any(one.promised for one in self.said)


def lead(shown: AnswersShown, until: dt.date, today: dt.date) -> str:
    """How much of the newest month missed the plan, who owes an answer, and until when."""
    if not shown.periods:
        return _nothing_hers(shown.others)
    open_ = [one for one in shown.misses if not one.said]
    last = [one.cells[-1] for one in shown.owners]
    known = max(sum(cell.known for cell in last if cell is not None), len(shown.misses))  # some are nobody's
    values = {"n": len(shown.misses), "month": period_words(shown.periods[-1]), "open": len(open_), "all": known}
    if not any(cell is not None and cell.known for cell in last):
        return gettext("– No figure of %(month)s is known: no plan was in force, or its facts did not come.") % values
    if not shown.misses:
        return gettext("Every figure of %(month)s that you see was kept within its tolerance.") % values
    said = ngettext(
        "%(n)d figure of %(month)s missed the plan", "%(n)d figures of %(month)s missed the plan", len(shown.misses)
    )
    if known > len(shown.misses):
        said = gettext("%(n)d of %(all)d known figures of %(month)s missed the plan")
    if not open_:
        return f"{said % values}{gettext('; every one is answered.')}"
    names = ", ".join(dict.fromkeys(one.owner for one in open_))
    owed = ngettext(
        "; %(open)d has no answer, due by %(day)s: %(names)s.", "; %(open)d have no answer, due by %(day)s: %(names)s.",
        len(open_),
    )  # fmt: skip
    if until < today:
        owed = ngettext(
            "; %(open)d has had no answer since %(day)s: %(names)s.",
            "; %(open)d have had no answer since %(day)s: %(names)s.",
            len(open_),
        )
    return said % values + owed % {**values, "names": names, "day": day_words(until)}


def _nothing_hers(others: Sequence[Answerer]) -> str:
    """That she owns no measured figure; to the head of a division or a plant, who answers for those of it."""
    if not others:
        return gettext(
            "No measured figure is yours to see or to answer for; one of yours stands here once its month has passed."
        )
    scopes = named(list(dict.fromkeys(one.scope for one in others)), "")
    said = gettext("No figure of Adherence is yours to answer for. Those of %(scopes)s are: %(whose)s.")
    whose = (
        f"{named([str(OWNED[one.figure]) for one in same], '')} ({owner})" for owner, same in _by_owner(others).items()
    )
    return said % {"scopes": scopes, "whose": "; ".join(whose)}


def _by_owner(others: Sequence[Answerer]) -> Mapping[str, Sequence[Answerer]]:
    owners = dict.fromkeys(one.owner for one in others)
    return {owner: [one for one in others if one.owner == owner] for owner in owners}


def owner_views(shown: AnswersShown) -> tuple[OwnerView, ...]:
    """The owners in words."""
    return tuple(_owner(one) for one in shown.owners)


def miss_views(misses: tuple[Miss, ...], ways: Mapping[tuple[str, str], tuple[Way, ...]]) -> tuple[MissView, ...]:
    """The misses in words."""
    return tuple(_miss(one, ways.get(one.key, ())) for one in misses)


def heads(shown: AnswersShown) -> tuple[str, ...]:
    """The months as heads of columns."""
    return tuple(period_head(label) for label in shown.periods)


def _owner(one: OwnerLine) -> OwnerView:
    figures = ", ".join(f"{CALLED[figure]} ({scope})" for figure, scope in one.often)
    said = ngettext(
        "%(n)d figure %(often)d times or more in %(window)d months",
        "%(n)d figures %(often)d times or more in %(window)d months",
        len(one.often),
    )
    often = said % {"n": len(one.often), "often": OFTEN, "window": WINDOW} if figures else ""
    return OwnerView(owner=one.owner, cells=tuple(_cell(cell) for cell in one.cells), often=often, often_which=figures)


def _cell(cell: Cell | None) -> OwnerCell:
    if cell is None or not cell.known:
        return OwnerCell(text=NOTHING, says=gettext("nothing of it is known"), owed=False)
    owed = cell.missed - cell.answered
    values = {"missed": cell.missed, "known": cell.known, "owed": owed}
    said = gettext("%(missed)d of %(known)d known figures missed, %(owed)d without an answer") % values
    return OwnerCell(text=str(cell.missed), says=said, owed=owed > 0)


def _miss(one: Miss, ways: tuple[Way, ...]) -> MissView:
    figure = one.key[0]
    known = one.plan is not None and one.actual is not None
    values = {"actual": amount_words(one.actual, one.unit), "plan": amount_words(one.plan, one.unit)}
    return MissView(
        figure=str(CALLED[figure]), scope=one.scope, owner=one.owner, kept=kept_words(figure, one.value),
        allowed=allowed_words(figure, one.tolerance),
        amounts=(gettext("%(actual)s of %(plan)s in all") if figure in MIXES else gettext("%(actual)s of %(plan)s"))
        % values
        if known
        else "",
        said=tuple(_said(said) for said in one.said), since=since_words(one),
        again=any(kept is False for _, kept in one.since), ways=ways,
    )  # fmt: skip


def _said(one: Said) -> SaidView:
    by_when = gettext("%(action)s, by %(day)s")
    day = day_in(one.due, "j F Y") if one.due else ""
    promised = by_when % {"action": one.action.rstrip("."), "day": day} if one.action and day else one.action
    if one.action and not day:
        promised = gettext("%(action)s, no day named") % {"action": one.action.rstrip(".")}
    by = gettext("%(person)s, %(day)s") % {"person": one.person, "day": day_in(one.on, "j F")}
    return SaidView(by=by, cause=REASONS.get(one.code, one.code), code=one.code, text=one.text, promised=promised)


def since_words(one: Miss) -> str:
    """What the same figure did in the months since: whether what was promised came true."""
    if not one.since:
        return gettext("The next month will tell.")
    kept = gettext("kept in %(month)s")
    missed = gettext("missed again in %(month)s")
    unknown = gettext("not known of %(month)s")
    words = {True: kept, False: missed, None: unknown}
    return ", ".join(words[found] % {"month": period_words(label)} for label, found in one.since[-3:])
