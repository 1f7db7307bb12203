"""What the page of maintenance shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from onenumber.steps.see.maintenance import WindowsSeen
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An option of a paper that moves a window: to which day, and where the paper stands.

    ``open``: it can still be taken; else ``state`` is which option was, and by whom.
    """

    window: str
    option: str
    start: dt.date
    open: bool
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowsPage:
    """The windows, and the papers that would move one; ``seen`` None: nothing is planned.

    ``ways`` put a move on the table, by window and month, for who prepares papers.
    """

    frame: Frame
    seen: WindowsSeen | None
    offers: tuple[Offer, ...]
    ways: Mapping[tuple[str, str], Way] = field(default_factory=dict)
