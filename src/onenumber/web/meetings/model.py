"""What the pages of meetings show."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.meetings import MeetingLine, MeetingSeen
from onenumber.web.act.model import ToSettle, Way
from onenumber.web.decisions.model import Decisions
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsPage:
    """The meetings of a cycle."""

    frame: Frame
    lines: tuple[MeetingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """A meeting with what is settled in it, its papers, and the ways to write down and to close an action.

    ``points`` are what its phase waits for while it is under way; ``papers`` are None where it has none, or the person
    reads none; ``untaken`` are the plants that have not answered the plan that is signed in it; ``done`` are the ways
    to close each action that is hers, by its number.
    """

    frame: Frame
    seen: MeetingSeen
    points: tuple[ToSettle, ...]
    ending: tuple[Way, ...]
    papers: Decisions | None
    untaken: tuple[str, ...]
    write: tuple[Way, ...]
    done: Mapping[int, tuple[Way, ...]]
