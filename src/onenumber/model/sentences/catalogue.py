"""What a sentence of the catalogue is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, and what to do about it; both are format strings over a finding's values."""

    what: str
    remedy: str
