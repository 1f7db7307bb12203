"""What the family page shows."""

from dataclasses import dataclass
from enum import StrEnum

from onenumber.model.cube import State
from onenumber.web.sheets.model import SheetRef


class Part(StrEnum):
    """Where a period stands: before the cycle, its firm first period, or ahead of it."""

    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


class Measure(StrEnum):
    """What the page counts in."""

    UNITS = "units"
    MONEY = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the page is about: the company, a division or family, an item or a planning customer.

    ``above`` is the key of the place it belongs to.
    """

    key: str  # "company", "division:Bikes", "family:Road frames", "item:CP-100"
    level: str
    name: str
    above: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One period."""

    label: str
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, or the reason why there is none. ``coverage`` is the share of its cells that are there.

    ``label`` is the period that it stands for, where it is one.
    """

    value: float | None
    state: State = State.PRESENT
    reason: str = ""
    coverage: float = 1.0
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a figure of last cycle or of the budget stands: the cycle and its sheet, or the version of the budget."""

    cycle: str = ""
    sheet: SheetRef | None = None
    author: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its code in the catalogue of rows, the group it stands in, its unit, and a figure per column.

    ``source`` is the sheet that the figures were read from; None where it is more than one, and then ``origins`` may
    say it column by column.
    """

    code: str
    group: str
    unit: str
    figures: tuple[Figure, ...]
    source: SheetRef | None = None
    origins: tuple[Origin | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One part of an opened figure: an item or a customer, its figure, and its row over the periods of the page.

    ``place``: the key of the page that it has of its own; empty where it has none.
    """

    key: str
    name: str
    figure: Figure
    over_time: tuple[float | None, ...]
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a figure by one level; they add up to it."""

    level: str  # "item" or "planning_customer"
    lines: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A figure of the page, opened: what it is, its parts by item and by customer, and where it comes from.

    ``decimals``: what its amounts are shown to, so that the parts add up to the last digit (C20).
    """

    row: Row
    column: Column
    figure: Figure
    parts: tuple[Parts, ...]
    source: SheetRef | None
    author: str
    origin: Origin | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    """The page of one place: columns, rows, and the sheets it was read from."""

    place: Place
    places: tuple[Place, ...]
    measure: Measure
    money_allowed: bool
    part_of_whole: bool  # the reader sees a part of the place only
    demand_whole: bool  # of its demand she sees all the same
    provisional: bool  # the new demand is the statistical forecast, because there is no consensus yet
    unlike_units: bool  # units were asked for, but these items share none, so that it is money
    old_plan: bool  # there is no supply plan yet: days, weeks and promises ahead are of the last cycle's
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sheets: tuple[SheetRef, ...]
    opened: Opened | None = None  # the figure that was asked for with the page


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyAsked:
    """Which family page: the place, what to count in, and the figure to open (none: empty)."""

    place: str = "company"
    measure: Measure = Measure.UNITS
    row: str = ""
    column: str = ""
