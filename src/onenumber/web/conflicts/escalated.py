"""What went up to the pre-S&OP, in words: a line for each cause, as conflicts, meetings and decisions show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.cycle.words import what_is_short
from onenumber.steps.see.escalated import WentUp
from onenumber.web.decisions.figures import settled_words
from onenumber.web.month.words import day_words
from onenumber.web.numbers import period_words


@dataclass(frozen=True, slots=True, kw_only=True)
class WentUpView:
    """A cause that went up: what is short, how much and by whom, and where it stands; its paper, if it has one."""

    cause: str
    about: str
    stands: str
    paper: str
    waits: bool


def escalated_lines(found: Sequence[WentUp]) -> tuple[WentUpView, ...]:
    """Each cause that was escalated."""
    return tuple(
        WentUpView(
            cause=_cause(one), about=f"{_much(one)}{_went(one)}", stands=_stands(one), paper=one.paper,
            waits=not one.paper and one.passed is None,
        )
        for one in found
    )  # fmt: skip


def unasked_lines(found: Sequence[WentUp]) -> tuple[str, ...]:
    """Of what was escalated each cause that no paper asks about, with who let it go on, once papers are prepared."""
    return tuple(
        gettext("%(cause)s: %(stands)s. %(about)s.")
        % {"cause": _cause(one), "stands": _stands(one), "about": _begun(f"{_much(one)}{_went(one)}")}
        for one in found
        if not one.paper and one.due is None
    )


def escalated_sentence(found: Sequence[WentUp]) -> str:
    """How many causes went up, and how many of them have a paper."""
    count, papers = len(found), sum(bool(one.paper) for one in found)
    said = ngettext(
        "%(n)d cause of shortages was escalated", "%(n)d causes of shortages were escalated", count
    ) % {"n": count}  # fmt: skip
    due = next((one.due for one in found if one.due is not None), None)
    if due is not None:
        return said + gettext("; the papers about them are due by %(day)s.") % {"day": day_words(due)}
    if papers == count:
        return said + gettext("; each has a paper.")
    has = ngettext("; %(n)d has a paper.", "; %(n)d have a paper.", papers) % {"n": papers}
    return said + (has if papers else gettext("; none has a paper."))


def _cause(one: WentUp) -> str:
    return _begun(what_is_short(one.code, one.subject, one.name))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _much(one: WentUp) -> str:
    if not one.streams:
        return ""
    said = ngettext(
        "by the proposed plan %(n)d customer's item is short %(when)s; ",
        "by the proposed plan %(n)d customers' items are short %(when)s; ", one.streams,
    )  # fmt: skip
    first, last = period_words(one.first), period_words(one.last)
    when = gettext("from %(first)s to %(last)s") if first != last else gettext("in %(first)s")
    return said % {"n": one.streams, "when": when % {"first": first, "last": last}}


def _went(one: WentUp) -> str:
    return gettext("%(who)s escalated it on %(day)s") % {"who": one.who, "day": date_format(one.day, "j F")}


def _stands(one: WentUp) -> str:
    """Where a cause stands: with its paper, without one, or on its way to one."""
    if one.taken is not None:
        return settled_words(one.taken).rstrip(".")
    if one.paper:
        return gettext("its paper waits for a decision")
    if one.passed is not None:
        said = gettext("no paper, and %(who)s let it pass on %(day)s: “%(why)s”")
        return said % {"who": one.passed.who, "day": date_format(one.passed.day, "j F"), "why": one.passed.why}
    if one.due is not None:
        return gettext("its paper is due by %(day)s") % {"day": day_words(one.due)}
    return gettext("no paper yet: until it has one, or is let pass, the pre-S&OP cannot sign")
