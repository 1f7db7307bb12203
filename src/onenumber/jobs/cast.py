"""Who plays a month: which person does each step, what sales type, what the executive decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from onenumber.review.papers.decision import cheapest
from onenumber.rights.actors import REHEARSAL, RUN
from onenumber.steps.frame.context import Context
from onenumber.steps.see.demand import patches_of

__all__ = ["REHEARSAL", "RUN", "Act", "Cast", "Rehearsal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One step to be done: by whom, on which working day of the cycle, with which arguments."""

    step: str
    person: str
    day: int
    arguments: Mapping[str, object] = field(default_factory=dict)


class Cast(Protocol):
    """The people of a played month."""

    def who(self, role: str) -> str:
        """The person who acts in a role."""
        ...

    def signer(self, role: str) -> str:
        """The person who signs in a role."""
        ...

    def sales(self, context: Context) -> Iterator[Act]:
        """What happens in the sales window."""
        ...

    def choose(self, paper: str, options: pl.DataFrame) -> str:
        """The option that the executive takes on a paper."""
        ...


class Rehearsal:
    """Nobody is there: sales accept the baseline, and the cheapest option on the table is taken."""

    def who(self, role: str) -> str:  # noqa: ARG002 - one run plays every role
        """The run itself."""
        return RUN

    def signer(self, role: str) -> str:  # noqa: ARG002 - as above
        """The user "rehearsal", so that nobody takes the signature for a person's."""
        return REHEARSAL

    def sales(self, context: Context) -> Iterator[Act]:
        """Every patch submits what the baseline says, and it is accepted."""
        for patch in patches_of(context):
            yield Act(step="submit", person=RUN, day=5, arguments={"patch": patch, "note": "the baseline"})
            yield Act(step="accept", person=REHEARSAL, day=6, arguments={"patch": patch})

    def choose(self, paper: str, options: pl.DataFrame) -> str:
        """The option that its paper recommends."""
        return cheapest(options)[paper]
