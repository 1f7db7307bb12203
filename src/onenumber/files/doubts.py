"""What may be wrong with the cells of a file: all of it is asked at once, and nearly always nothing is.

A call takes the same time for one column as for twenty, and most files are small: the reading of a file goes by its
kinds of columns, and only what was found is looked at column by column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from onenumber.files.faults import Fault
from onenumber.model.finding import Severity, Value

Asked = Mapping[str, Value | pl.Expr]
"""Values of a finding by name; an expression gives each row its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A fault that a column may have; ``where`` and ``values`` are asked of texts and values together."""

    code: str
    column: str
    where: pl.Expr
    severity: Severity = Severity.BLOCKED
    values: Asked = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the cells of one column become values, and what may be wrong with them.

    ``values`` asks the texts (:func:`written`), ``doubts`` those and the values, which bear the column's name.
    """

    values: pl.Expr
    doubts: tuple[Doubt, ...] = ()


def as_written(column: str) -> str:
    """The name of a column's texts, beside its values.

    Example:
        >>> as_written("price")
        'price as written'
    """
    return f"{column} as written"


def as_read(column: str) -> str:
    """The name of a column's numbers or dates before its rules were asked.

    Example:
        >>> as_read("price")
        'price as read'
    """
    return f"{column} as read"


def written(column: str) -> pl.Expr:
    """The texts of a column as the file holds them."""
    return pl.col(as_written(column))


def stripped(column: str) -> pl.Expr:
    """The texts of a column without blanks at their ends."""
    return written(column).str.strip_chars()


def present(frame: pl.DataFrame, *marks: pl.Expr) -> list[str]:
    """The names of those of the ``marks`` that are true for a row of the frame.

    Example:
        >>> present(pl.DataFrame({"a": [1, None], "b": [2, 0]}), pl.all() < 1)
        ['b']
    """
    asked = frame.select(mark.any() for mark in marks)
    return [name for name in asked.columns if asked[name][0]]


def found(frame: pl.DataFrame, doubts: Sequence[Doubt]) -> tuple[Fault, ...]:
    """The doubts that hold for a row of ``frame``, in their order.

    Example:
        >>> low = Doubt(code="below_minimum", column="a", where=pl.col("a") < 0, values={"value": pl.col("a"), "minimum": 0})
        >>> high = Doubt(code="above_maximum", column="a", where=pl.col("a") > 9)
        >>> [(fault.code, fault.where.to_list()) for fault in found(pl.DataFrame({"a": [1, -1, None]}), [low, high])]
        [('below_minimum', [False, True, False])]
    """  # noqa: E501 - one line of input
    marks = (doubt.where.alias(str(k)) for k, doubt in enumerate(doubts))
    return tuple(_fault(frame, doubts[int(name)]) for name in present(frame, *marks))


def _fault(frame: pl.DataFrame, doubt: Doubt) -> Fault:
    same = {name: value for name, value in doubt.values.items() if not isinstance(value, pl.Expr)}
    own = {name: value for name, value in doubt.values.items() if isinstance(value, pl.Expr)}
    rows = frame.select(doubt.where.fill_null(value=False).alias(""), **own).to_dict()
    where = rows.pop("")
    return Fault(code=doubt.code, where=where, column=doubt.column, severity=doubt.severity, values={**same, **rows})
