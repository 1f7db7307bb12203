"""What the page of maintenance shows."""

from dataclasses import dataclass

from onenumber.steps.see.maintenance import WindowsSeen
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An option of a paper that moves a window: to which day, at which net cost, and where the paper stands."""

    window: str
    paper: str
    option: str
    start: str
    net_cost: float | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowsPage:
    """The windows, and the papers that would move one; ``seen`` None: nothing is planned."""

    frame: Frame
    seen: WindowsSeen | None
    offers: tuple[Offer, ...]
