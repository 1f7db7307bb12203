"""What the frame of a page shows."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from onenumber.cycle.phases import Phase
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import OpenPoint
from onenumber.steps.see.demo_clock import DemoClock
from onenumber.steps.see.month_waits import Wait

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Where a page is: who looks, in which plan, at which cycle (empty: the one that runs).

    ``kept`` holds the look of a page that only reads, so that the frame around it asks nothing twice; None: each part
    of the page asks anew, because something may be done in between.
    """

    person: str
    plan: str
    cycle: str = ""
    kept: list[Glance] | None = field(default=None, compare=False, repr=False)


class Progress(StrEnum):
    """How far a phase is."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMark:
    """One phase on the cycle bar."""

    phase: Phase
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The cycle bar and who looks.

    ``holder_role`` is the role that has the ball, ``holders`` everybody who has something to settle; ``working_day``
    counts from 1 within ``working_days`` and is None outside the month; ``waits`` is what waits for the person who
    looks, the same as on My month, ``sees_plan`` says whether her roles see any figure, ``may_load``
    whether they load data, ``reads_papers`` whether they read decision papers, ``reads_briefs`` those on key accounts;
    ``names_emergency`` whether she may name an emergency now; ``clock`` is the demo's where she may move it.
    """

    plan: str
    plan_name: str
    rehearsal: bool
    cycle: str
    cycles: tuple[str, ...]
    phases: tuple[PhaseMark, ...]
    working_day: int | None
    working_days: int
    today: dt.date
    holder_role: str
    holders: tuple[str, ...]
    blockers: tuple[OpenPoint, ...]
    person_name: str
    roles: tuple[str, ...]
    sees_plan: bool
    may_load: bool
    reads_papers: bool
    waits: tuple[Wait, ...]
    reads_briefs: bool = False
    names_emergency: bool = False
    clock: DemoClock | None = None

    @property
    def mine_count(self) -> int:
        """How many things wait for the person who looks, as My month counts them."""
        return len(self.waits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Generic[T]):
    """What a page shows, in its frame: both come of one look."""

    frame: Frame
    shown: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One answer of the search: what it is, its business key, its name, and the place that its family page opens at."""

    kind: str  # "division", "family", "item", "planning_customer"
    key: str
    name: str
    place: str
