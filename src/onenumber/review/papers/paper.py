"""What a decision paper is."""

import datetime as dt
from dataclasses import dataclass

from onenumber.supply.differences import Difference, DoNothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice: its letter and the typed difference that a plan is re-solved with."""

    option: str
    difference: Difference

    @property
    def is_nothing(self) -> bool:
        """Whether it changes nothing: the proposed plan is its result."""
        return isinstance(self.difference, DoNothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One question for an executive. Periods are calendar indices, money is in minor units of the plan currency.

    ``money_at_risk`` is None where nothing that is short has a price.

    ``question`` is a code of the sentence catalogue: who_goes_first, more_hours, other_source, emergency or
    plant_cannot_make.
    ``streams`` are those that the subject leaves short in the proposed plan.
    """

    paper: str
    conflict: str
    code: str
    question: str
    subject: str
    first_period: int
    last_period: int
    divisions: tuple[str, ...]
    money_at_risk: int | None
    penalty: int
    deadline: dt.date
    default: str
    options: tuple[Option, ...]
    streams: tuple[str, ...]
