"""The sentences of the frame."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.phases import Phase
from onenumber.web.frame.model import Frame, Progress, Waiting
from onenumber.web.words import PHASES, named, roles_words

BLOCKERS: Mapping[str, str | Promise] = {
    "not_made": _("%(subject)s has not been made"),
    "not_frozen": _("%(subject)s has not been frozen"),
    "not_signed": _("%(subject)s has not been signed"),
    "stale": _("%(subject)s is stale and must be made again"),
    "patch_open": _("Patch %(subject)s has not been submitted"),
    "not_accepted": _("Patch %(subject)s has not been accepted"),
    "undecided": _("Paper %(subject)s has not been decided"),
}
"""What keeps a gate closed, by code."""


def waiting_words(one: Waiting) -> str:
    """What waits, in words; a code that has no sentence is said as it is.

    Example:
        >>> waiting_words(Waiting(code="patch_open", subject="Nord", role="SP", names=()))
        'Patch Nord has not been submitted'
        >>> waiting_words(Waiting(code="coverage_low", subject="History", role="DP", names=()))
        'History: coverage low'
    """
    if one.code in BLOCKERS:
        return str(BLOCKERS[one.code]) % {"subject": one.subject}
    return f"{one.subject}: {one.code.replace('_', ' ')}"


def phase_now(frame: Frame) -> Phase | None:
    """The phase that is under way; None when the cycle is over."""
    return next((mark.phase for mark in frame.phases if mark.progress is Progress.NOW), None)


def gate_sentence(frame: Frame) -> str:
    """Which phase is under way, who has the ball, and whether something blocks the gate."""
    now = phase_now(frame)
    if now is None:
        return gettext("This cycle is over. Nothing waits for anybody.")
    who = named(frame.holders, roles_words([frame.holder_role]))
    values = {"phase": PHASES[now], "who": who, "n": len(frame.blockers)}
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
