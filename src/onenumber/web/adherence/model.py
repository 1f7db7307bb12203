"""What the page of adherence shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.answers import AnswersShown
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherencePage:
    """Owners by month and their misses; ``ways`` are those by which who looks answers, by figure and scope."""

    frame: Frame
    shown: AnswersShown
    ways: Mapping[tuple[str, str], tuple[Way, ...]]
