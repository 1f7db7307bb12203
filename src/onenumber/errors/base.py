"""The root of every error that OneNumber raises on purpose."""

from collections.abc import Callable
from typing import ClassVar


class OneNumberError(Exception):
    """An anticipated failure: a code, typed values, and a sentence with the value seen and the way out.

    A subclass sets ``code`` and ``template``; the values are keyword arguments, kept in ``values`` so that an
    edge (page, API, command) can render the sentence in the reader's language.

    Example:
        >>> class TankEmptyError(OneNumberError):
        ...     code = "tank_empty"
        ...     template = "Tank {tank} holds {litres} l. Fill it before the run starts."
        >>> str(TankEmptyError(tank="T1", litres=0))
        'Tank T1 holds 0 l. Fill it before the run starts.'
    """

    code: ClassVar[str] = "error"
    template: ClassVar[str] = "{what}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.template.format(**values))

    def __reduce__(self) -> tuple[Callable[..., "OneNumberError"], tuple[type["OneNumberError"], dict[str, object]]]:
        """So that it comes out of another process as it was raised there."""
        return _again, (type(self), self.values)


def _again(kind: type[OneNumberError], values: dict[str, object]) -> OneNumberError:
    return kind(**values)
