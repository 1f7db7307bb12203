"""What the page of sign-ins shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link that was just made, by the parts of its address, and the login that goes with it."""

    login: str
    number: int
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A person in the list: her state in words, and what can be done (``lets_in`` is the words of the form)."""

    person: str
    name: str
    roles: tuple[str, ...]
    login: str
    state: str
    attention: bool
    last: str
    lets_in: str
    means: str
    may_close: bool
