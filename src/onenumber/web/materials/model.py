"""What the page of materials shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.materials import MaterialsSeen
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsPage:
    """The materials; ``seen`` None: nothing is planned.

    ``waiting`` are the causes of shortages that the gate still waits for, each with the ways to settle it.
    ``own_by`` is the day on which the cycle has a plan of its own, None where it has one.
    """

    frame: Frame
    seen: MaterialsSeen | None
    waiting: Mapping[str, tuple[Way, ...]]
    own_by: dt.date | None = None
