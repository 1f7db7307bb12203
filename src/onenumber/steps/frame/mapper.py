"""What a step hands its heavy maps to; it does not know where they run."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Mapper(Protocol):
    """Does a pure function to each item, anywhere; the results come in the order of the items."""

    def __call__(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """The result of each item; an error of the function is raised when its turn comes."""
        ...


def in_process(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """One after the other, here.

    Example:
        >>> list(in_process(abs, [-1, 2]))
        [1, 2]
    """
    return map(function, items)
