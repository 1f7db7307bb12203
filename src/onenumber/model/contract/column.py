"""What a column and a table of the data contract are."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of value a column may hold; each has one way of being read and one dtype."""

    LABEL = "label"  # a business key: text without leading or trailing blanks, matched exactly
    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"


CURRENCY = "[A-Z]{3}"
"""The form of a currency's code."""
WHOLE = "*"
"""The label that names no row of a table, but all of them together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a label may name, as another column of its row says.

    ``of`` pairs each value of the column ``by`` with what holds then: ``table.column`` whose values it may be one of,
    and :data:`WHOLE` where it may name all.
    """

    by: str
    of: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, kind, unit and the rules a value must keep.

    ``refers_to`` names ``table.column`` whose values it must be one of; where columns of a table refer to all parts of
    another's key, they must name one of its rows together. ``places`` says it for a label that names rows of another
    table in each row. ``minimum`` and ``maximum`` are inclusive.
    ``pattern`` is a regular expression that the whole of a text must match.
    """

    name: str
    kind: Kind
    doc: str
    unit: str = ""
    required: bool = True
    refers_to: str = ""
    places: Places | None = None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its columns, its business key, and what is not known without it.

    ``fact`` tells the Load sheet (facts, newest load wins per key) from the Company sheet (dated master data).
    ``without`` is the reason shown beside "–" when an optional table is missing; empty for required tables.
    ``unused``: its rows are checked and kept, and no step reads them yet; a test holds this against the code.
    ``either`` names columns of which each row must fill at least one.
    ``implied``: who reads without the table makes it from the others, so labels that refer to it are then not checked.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    fact: bool = False
    required: bool = False
    without: str = ""
    unused: bool = False
    either: tuple[str, ...] = ()
    implied: bool = False

    def column(self, name: str) -> Column:
        """The column called ``name``.

        Raises:
            KeyError: if the table has no such column.

        Example:
            >>> from onenumber.model.contract import TABLES
            >>> TABLES["items"].column("unit").kind.value
            'label'
        """
        return next((c for c in self.columns if c.name == name), None) or _missing(self, name)


def _missing(table: Table, name: str) -> Column:
    raise KeyError(f"{table.name} has no column {name!r}; it has {[c.name for c in table.columns]}")  # noqa: EM102, TRY003 - a programming slip, not an anticipated failure


def label(
    name: str,
    doc: str,
    *,
    refers_to: str = "",
    required: bool = True,
    pattern: str = "",
    places: Places | None = None,
) -> Column:
    """A business key column.

    Example:
        >>> label("item", "The item.", refers_to="items.item").refers_to
        'items.item'
    """
    return Column(
        name=name, kind=Kind.LABEL, doc=doc, refers_to=refers_to, required=required, pattern=pattern, places=places
    )


def text(name: str, doc: str, *, required: bool = False, pattern: str = "") -> Column:
    """A free text column.

    Example:
        >>> text("note", "Why.").kind.value
        'text'
    """
    return Column(name=name, kind=Kind.TEXT, doc=doc, required=required, pattern=pattern)


def number(
    name: str,
    doc: str,
    *,
    unit: str,
    required: bool = True,
    minimum: float | None = None,
    maximum: float | None = None,
) -> Column:
    """A real number in ``unit``.

    Example:
        >>> number("price", "Per unit.", unit="money/unit", minimum=0).minimum
        0
    """
    return Column(name=name, kind=Kind.NUMBER, doc=doc, unit=unit, required=required, minimum=minimum, maximum=maximum)


def integer(
    name: str,
    doc: str,
    *,
    unit: str,
    required: bool = True,
    minimum: float | None = None,
    maximum: float | None = None,
) -> Column:
    """A whole number in ``unit``.

    Example:
        >>> integer("lead_time_days", "From order to receipt.", unit="days", minimum=0).kind.value
        'integer'
    """
    return Column(name=name, kind=Kind.INTEGER, doc=doc, unit=unit, required=required, minimum=minimum, maximum=maximum)


def line_of(target: str) -> Column:
    """The line of an order of another table, which has its number in the column ``line``.

    Example:
        >>> line_of("order_lines").refers_to
        'order_lines.line'
    """
    return Column(
        name="line", kind=Kind.INTEGER, doc="Line of the order.", unit="line", minimum=0, refers_to=f"{target}.line"
    )


def date(name: str, doc: str, *, required: bool = True) -> Column:
    """A calendar date.

    Example:
        >>> date("requested", "When the customer wants it.").kind.value
        'date'
    """
    return Column(name=name, kind=Kind.DATE, doc=doc, required=required)


def flag(name: str, doc: str, *, required: bool = False) -> Column:
    """A yes or no.

    Example:
        >>> flag("movable", "May it move?").kind.value
        'flag'
    """
    return Column(name=name, kind=Kind.FLAG, doc=doc, required=required)


def choice(name: str, doc: str, choices: tuple[str, ...], *, required: bool = True) -> Column:
    """One of a closed list of words.

    Example:
        >>> choice("status", "Of the line.", ("open", "shipped")).choices
        ('open', 'shipped')
    """
    return Column(name=name, kind=Kind.CHOICE, doc=doc, choices=choices, required=required)


def currency(name: str, doc: str, *, required: bool = True) -> Column:
    """A currency by its ISO 4217 code.

    Example:
        >>> currency("currency", "Of the price.").pattern
        '[A-Z]{3}'
    """
    return label(name, doc, required=required, pattern=CURRENCY)


VALID = (
    date("valid_from", "First day the row holds; empty means from the beginning.", required=False),
    date(
        "valid_to",
        "First day it no longer holds (half-open); empty means until further notice.",
        required=False,
    ),
)
