"""What goes through a pipe between a process and its workers."""

import copyreg
import pickle
from types import MappingProxyType
from typing import IO, Any

Plain = dict[Any, Any]


def send(pipe: IO[bytes], value: object) -> None:
    """Write one value; read-only mappings, which pickle refuses, are sent as what they hold."""
    pickler = pickle.Pickler(pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _held}
    pickler.dump(value)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next value.

    Raises:
        EOFError: if the other side closed the pipe.

    Example:
        >>> import io
        >>> pipe = io.BytesIO()
        >>> send(pipe, (1, MappingProxyType({"a": 2})))
        >>> _ = pipe.seek(0)
        >>> receive(pipe)
        (1, mappingproxy({'a': 2}))
    """
    return pickle.load(pipe)  # noqa: S301 - from a process that we started ourselves


def _held(mapping: "MappingProxyType[Any, Any]") -> tuple[type, tuple[Plain]]:
    return _read_only, (dict(mapping),)  # type: ignore[return-value]  # a function that makes one


def _read_only(held: Plain) -> "MappingProxyType[Any, Any]":
    return MappingProxyType(held)
