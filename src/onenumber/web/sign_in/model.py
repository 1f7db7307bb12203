"""Whom the sign-in page can show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """A person of the model company who can be signed in with one click, in demo mode only."""

    person: str
    name: str
    roles: tuple[str, ...]
