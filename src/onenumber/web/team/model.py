"""What the pages of the sales team show."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.skill import SkillShown
from onenumber.steps.see.team import TeamSeen
from onenumber.web.act.model import ToSettle, Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """The patches with the ways to settle each, by patch; what the demand still waits for, and that it may end."""

    frame: Frame
    seen: TeamSeen
    ways: Mapping[str, tuple[Way, ...]]
    rest: tuple[ToSettle, ...]
    ending: tuple[Way, ...]
    adjusts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPage:
    """A person's skill."""

    frame: Frame
    shown: SkillShown
