"""What the page of materials shows."""

import datetime as dt
from dataclasses import dataclass

from onenumber.steps.see.materials import MaterialsSeen
from onenumber.web.act.model import ToSettle
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsPage:
    """The materials, and the shortages that the gate still waits for; ``seen`` None: nothing is planned.

    ``own_by`` is the day on which the cycle has a plan of its own, None where it has one.
    """

    frame: Frame
    seen: MaterialsSeen | None
    points: tuple[ToSettle, ...]
    own_by: dt.date | None = None
