"""What a person tries before she types it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A place of the planning grid, its first month and how many, and what would be typed there; empty: nothing yet."""

    layer: str
    level: str
    key: str
    month: str
    months: int = 1
    typed: str = ""
    mode: str = ""
    value: float = 0.0
