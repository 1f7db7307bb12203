"""What the page "Who does what" shows."""

import datetime as dt
from dataclasses import dataclass

from onenumber.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is accountable (empty: nobody), what else is to be said of that, and her deputies in words.

    ``note``: who shares it, or that the sales leader speaks for it; ``mine``: whether it is the looker's, ``yours``
    that it is in words, where the note does not say so.
    """

    name: str
    note: str
    deputies: tuple[str, ...]
    mine: bool
    yours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: its stable mark in the page's address (empty: none), its code, what it is, whose, and until when.

    ``person`` is None where each place has its own, ``many`` then says so.
    """

    mark: str
    what: str
    code: str = ""
    detail: str = ""
    person: Person | None = None
    many: str = ""
    date: dt.date | None = None
    working_day: int = 0

    @property
    def mine(self) -> bool:
        """Whether it is the looker's."""
        return self.person is not None and self.person.mine


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The lines of a role, or of all signatures or figures: those of its places first, then what is done in each."""

    mark: str
    title: str
    places: tuple[Row, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing of the looker's: its mark, what it is in words, for whom she does it, whether it is done or late."""

    mark: str
    what: str
    date: dt.date
    working_day: int
    instead: str = ""
    done: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesPage:
    """The page: one sentence, what is not filled, notes, what is the looker's by its day, and all of it."""

    says: str
    open: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    mine: tuple[Todo, ...]
    today: dt.date
    groups: tuple[Group, ...]
