"""The sentences of the frame."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.phases import Phase
from onenumber.cycle.words import sentence
from onenumber.steps.see.cycle import OpenPoint
from onenumber.web.frame.model import Frame, Progress
from onenumber.web.said import in_words
from onenumber.web.words import named, roles_words, under_way

FEW = 2
DATED = ("paper_undecided", "breach_unanswered", "plant_cannot")
"""Codes whose subject names a day or a month."""


CLOCK_STOPS: Mapping[str, str | Promise] = {
    "next_day": _("Next working day"),
    "submit": _("The sales cut-off"),
    "sign_demand": _("The demand meeting"),
    "sign_supply": _("The supply meeting"),
    "sign_review": _("The pre-S&OP"),
    "decide": _("The executive meeting"),
    "publish": _("The publication"),
    "next_month": _("The next month's opening"),
}
"""Where a demo's clock may go on to."""


def waiting_words(one: OpenPoint) -> str:
    """What waits, in words.

    Example:
        >>> known = {"code": "supply_plan_missing", "subject": "supply_plan proposed", "role": "SS", "people": ()}
        >>> waiting_words(OpenPoint(**known, said="supply_plan_missing", name="proposed supply plan", mine=False))
        'The proposed supply plan has not been made'
    """
    return sentence(one.said, in_words(one.name) if one.said in DATED else one.name)


def phase_now(frame: Frame) -> Phase | None:
    """The phase that is under way; None when the cycle is over."""
    return next((mark.phase for mark in frame.phases if mark.progress is Progress.NOW), None)


def holder_words(frame: Frame) -> str:
    """Who has the ball: by name as long as they are few, else how many, or the role where nobody holds it.

    When the cycle is over nobody has it; to who sees no plan it is not said, as what is open is not.
    """
    if phase_now(frame) is None:
        return gettext("closed")
    if not frame.sees_plan:
        return gettext("under way")
    if len(frame.holders) > FEW:
        return gettext("%(n)d people") % {"n": len(frame.holders)}
    return named(frame.holders, roles_words([frame.holder_role]))


def gate_sentence(frame: Frame) -> str:
    """Which phase is under way, who has the ball, and whether something blocks the gate."""
    now = phase_now(frame)
    if now is None:
        return gettext("This cycle is over. Nothing waits for anybody.")
    values = {"under_way": capfirst(under_way(now)), "who": holder_words(frame), "n": len(frame.blockers)}
    if not frame.sees_plan:
        return gettext("%(under_way)s. Your roles don't see what its end waits for.") % values
    if not frame.blockers:
        return gettext("%(under_way)s; the ball is with %(who)s. Nothing blocks its end.") % values
    return (
        ngettext(
            "%(under_way)s; the ball is with %(who)s. %(n)d thing must be settled before it can end.",
            "%(under_way)s; the ball is with %(who)s. %(n)d things must be settled before it can end.",
            len(frame.blockers),
        )
        % values
    )
