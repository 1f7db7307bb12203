"""What pages show of things that can be done."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from onenumber.model.finding import Finding, Value
from onenumber.steps.see.cycle import OpenPoint
from onenumber.steps.see.team import Unready


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the values that an argument may have; ``said`` is what it means, empty where the value says it."""

    value: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """An argument that a person is asked: its kind as a step declares it, and the choices where it has some.

    ``value`` stands in its field already, to be changed; ``says`` is what the field is called, where not by its name.
    """

    name: str
    kind: str
    needed: bool
    choices: tuple[Choice, ...] = ()
    value: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A step with what is given already and what is asked; ``opened``: its form stands open, as a link filled it in.

    ``unready`` is what closing the sales input would fill; None for any other step.
    """

    step: str
    given: Mapping[str, str]
    asked: tuple[Ask, ...] = ()
    opened: bool = False
    unready: Unready | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSettle:
    """An open point, and the ways by which the person who looks may settle it; none where others do."""

    point: OpenPoint
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a step: its figures and findings; or the job that it became, as it takes its time."""

    step: str
    figures: Mapping[str, Value]
    findings: tuple[Finding, ...] = ()
    job: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobShown:
    """A job: who asked for what, where it stands, and what it came to.

    ``refused`` says which argument its step did not take and why, where that is how it ended.
    """

    id: int
    step: str
    by: str
    state: str
    done: int
    total: int
    message: str
    made_at: dt.datetime
    figures: Mapping[str, Value]
    findings: tuple[Finding, ...]
    refused: Mapping[str, object] = field(default_factory=dict)

    @property
    def under_way(self) -> bool:
        """Whether it may still come to something by itself."""
        return self.state in {"waiting", "running"}
