"""The sentences of the frame."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.phases import Phase
from onenumber.web.frame.model import Frame, Progress, Waiting
from onenumber.web.words import PHASES, named, roles_words

FEW = 2

BLOCKERS: Mapping[str, str | Promise] = {
    "missing": _("The %(subject)s has not been made"),
    "stale": _("The %(subject)s is stale and must be made again"),
    "price_coverage": _("Prices are known for only %(subject)s"),
    "patch_open": _("Patch %(subject)s has not been submitted"),
    "patch_submitted": _("Patch %(subject)s is submitted and waits to be accepted"),
    "not_signed": _("The signature “%(subject)s” has not been given"),
    "shortage_open": _("The shortage at %(subject)s has neither an option nor an escalation"),
    "conflict_open": _("The shortage at %(subject)s was escalated and has no paper with two costed options"),
    "paper_undecided": _("Paper %(subject)s has not been decided"),
    "over_budget": _("Budget line %(subject)s is out of tolerance and undecided"),
}
"""What keeps a gate closed, by code; ``history_missing`` and its like are looked up by their last word."""


def waiting_words(one: Waiting) -> str:
    """What waits, in words; a code that has no sentence is said as it is.

    Example:
        >>> waiting_words(Waiting(code="supply_plan_missing", subject="proposed supply plan", role="SS", names=()))
        'The proposed supply plan has not been made'
        >>> waiting_words(Waiting(code="coverage_low", subject="History", role="DP", names=()))
        'History: coverage low'
    """
    template = BLOCKERS.get(one.code) or BLOCKERS.get(one.code.rsplit("_", maxsplit=1)[-1])
    if template is None:
        return f"{one.subject}: {one.code.replace('_', ' ')}"
    return str(template) % {"subject": one.subject}


def phase_now(frame: Frame) -> Phase | None:
    """The phase that is under way; None when the cycle is over."""
    return next((mark.phase for mark in frame.phases if mark.progress is Progress.NOW), None)


def holder_words(frame: Frame) -> str:
    """Who has the ball: by name as long as they are few, else how many, or the role where nobody holds it."""
    if len(frame.holders) > FEW:
        return gettext("%(n)d people") % {"n": len(frame.holders)}
    return named(frame.holders, roles_words([frame.holder_role]))


def gate_sentence(frame: Frame) -> str:
    """Which phase is under way, who has the ball, and whether something blocks the gate."""
    now = phase_now(frame)
    if now is None:
        return gettext("This cycle is over. Nothing waits for anybody.")
    values = {"phase": PHASES[now], "who": holder_words(frame), "n": len(frame.blockers)}
    if not frame.sees_plan:
        return gettext("%(phase)s is under way. Your roles don't see what its end waits for.") % values
    if not frame.blockers:
        return gettext("%(phase)s is under way; the ball is with %(who)s. Nothing blocks its end.") % values
    return (
        ngettext(
            "%(phase)s is under way; the ball is with %(who)s. %(n)d thing must be settled before it can end.",
            "%(phase)s is under way; the ball is with %(who)s. %(n)d things must be settled before it can end.",
            len(frame.blockers),
        )
        % values
    )
