"""What the page of adherence shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.answers import AnswersShown
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherencePage:
    """Owners by month and their misses, the day until which they answer, and the ways by which who looks does.

    ``ways`` go by figure and scope.
    """

    frame: Frame
    shown: AnswersShown
    day: dt.date
    ways: Mapping[tuple[str, str], tuple[Way, ...]]
