"""What a benchmark is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing to time, beside a named peer that does the same on the same input, in the same run.

    ``agree`` holds the two answers against each other before anything is timed: a faster wrong answer is no figure.
    """

    name: str
    ours: Callable[[], object]
    peer: str = ""
    theirs: Callable[[], object] | None = None
    agree: Callable[[object, object], bool] | None = None
