"""What a sentence of the catalogue is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, and what to do about it: format strings over a finding's values.

    ``near`` replaces the remedy where the finding knows a spelling that is close (its value ``near`` is not empty).
    """

    what: str
    remedy: str
    near: str = ""
