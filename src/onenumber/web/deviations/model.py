"""What the page of deviations shows."""

from dataclasses import dataclass

from onenumber.steps.see.deviations import DeviationsShown
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationsPage:
    """The bridge of the month that the cycle measures."""

    frame: Frame
    shown: DeviationsShown
