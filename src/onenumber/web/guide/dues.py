"""What the company waits for from a role, and by when: read off the duties, the signatures and the meetings."""

from collections.abc import Iterator

from django.utils.translation import gettext

from onenumber.cycle.calendar import MILESTONES
from onenumber.cycle.dues import SIGNED_BY
from onenumber.cycle.meetings import MEETINGS
from onenumber.cycle.signatures import RULES
from onenumber.rights.duties import DUTIES
from onenumber.web.guide.model import Due
from onenumber.web.meetings.words import NAMES


def dues_of(role: str) -> tuple[Due, ...]:
    """What a role owes the month, by working day.

    Example:
        >>> [(due.day, [code for code, _ in due.hers]) for due in dues_of("SP")]
        [(5, ['SP-1', 'SP-2', 'SP-3', 'SP-4'])]
        >>> [text for due in dues_of("SM") for code, text in due.hers if not code]
        ['Lead the demand meeting', 'Sign “demand agreed”']
        >>> dues_of("ADM")
        ()
    """
    owed = tuple(_owed(role))
    return tuple(
        Due(day=one.day, by_then=one.says, hers=tuple((code, text) for until, code, text in owed if until == key))
        for key, one in MILESTONES.items()
        if any(until == key for until, _, _ in owed)
    )


def _owed(role: str) -> Iterator[tuple[str, str, str]]:
    """The milestone, the code and the words of each thing."""
    for duty in DUTIES.values():
        if duty.role == role:
            yield duty.until, duty.code, duty.says
    for meeting in MEETINGS.values():
        if meeting.chair == role:
            yield meeting.milestone, "", gettext("Lead the %(meeting)s") % {"meeting": _named(meeting.key)}
    for rule in RULES:
        if rule.role == role:
            yield SIGNED_BY[rule.verb], "", gettext("Sign “%(meaning)s”") % {"meaning": rule.meaning}


def _named(meeting: str) -> str:
    title = str(NAMES[meeting])
    return title[:1].lower() + title[1:]
