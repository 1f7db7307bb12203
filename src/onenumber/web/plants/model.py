"""What the page of plants shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.plants import PlantsSeen
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantsPage:
    """The plants with the ways by which the person who looks may answer for each; ``seen`` None: nothing is planned."""

    frame: Frame
    seen: PlantsSeen | None
    ways: Mapping[str, tuple[Way, ...]]
