"""The family page, as it is shown."""

from collections.abc import Mapping
from dataclasses import replace

from onenumber.errors.store import NoSuchFigureError
from onenumber.model.cube import State
from onenumber.review.family import FamilyRow, How
from onenumber.review.family import figures as figures_of
from onenumber.review.family import parts as parts_of
from onenumber.review.leaves import Sum
from onenumber.steps.frame.company_words import customers_at
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see import family as seen
from onenumber.steps.see.places import CUSTOMER, names_at, places_below
from onenumber.steps.see.places import Place as SeenPlace
from onenumber.web.answers.sheets import name_of
from onenumber.web.family.model import (
    Column,
    FamilyAsked,
    FamilyPage,
    Figure,
    Measure,
    Opened,
    Origin,
    Part,
    PartLine,
    Parts,
    Place,
    Row,
)
from onenumber.web.sheets.model import SheetRef

LEVELS = ("item", "planning_customer", "site", "division")
OF_MANY: Mapping[str, tuple[str, ...]] = {
    "company": ("division", "family", "planning_customer", "site"), "division": ("family", "planning_customer", "site"),
}  # fmt: skip
"""A place of many items opens into what lies next below it: a hundred items of one per cent say nothing."""
SHEET_OF = {
    "new": "consensus",
    "low": "forecast",
    "actual": "history",
    "high": "forecast",
    "planned": "supply",
    "supply": "supply",
    "stock": "supply",
    "safety": "supply",
    "backlog": "supply",
    "lost": "supply",
    "booked": "history",
    "bookings": "load",
    "delivered": "load",
    "backlog_actual": "load",
    "shipped": "supply",
    "supply_actual": "load",
    "stock_actual": "load",
    "kept": "load",
}
"""Which sheet the leaves of a row come from, where it is one."""
RATIOS = ("days", "weeks", "share", "periods")


def family_page(context: Glance, cycle: str, asked: FamilyAsked) -> FamilyPage:
    """The page of a place, read once for itself and for the figure that is opened beside it."""
    found = _seen(context, cycle, asked)
    return FamilyPage(
        place=_place(found.place),
        places=tuple(_place(place) for place in found.places),
        measure=Measure.MONEY if found.money else Measure.UNITS,
        money_allowed=found.money_allowed,
        part_of_whole=found.part,
        demand_whole=found.everybodys,
        provisional=found.provisional,
        unlike_units=found.unlike,
        old_plan=found.old_plan,
        columns=_columns(found),
        rows=tuple(_row(found, row) for row in found.rows),
        sheets=tuple(name_of(source.name) for source in found.sources.values()),
        opened=_opened(context, cycle, found, asked) if asked.row or asked.column else None,
    )


def opened(context: Glance, cycle: str, asked: FamilyAsked) -> Opened:
    """One figure with its parts.

    Raises:
        NoSuchFigureError: if the page has no such row or period.
    """
    return _opened(context, cycle, _seen(context, cycle, asked), asked)


def _opened(context: Glance, cycle: str, found: seen.FamilySeen, asked: FamilyAsked) -> Opened:
    code, label = asked.row, asked.column
    row = next((one for one in found.rows if one.code == code), None)
    if row is None or label not in found.labels:
        raise NoSuchFigureError(asked=f"{code} {label}".strip())
    at = found.labels.index(label)
    shown = _row(found, row)
    source = _made(found, row)
    levels = OF_MANY.get(found.place.level) or [level for level in LEVELS if level != found.place.level]
    below = places_below(context, context.cycle(cycle))
    pages = frozenset(place.key for place in (*found.places, *below))
    return Opened(
        row=shown,
        column=_columns(found)[at],
        figure=shown.figures[at],
        parts=tuple(_linked(_parts(context, found, row, level, at), pages) for level in levels),
        source=shown.source,
        author=source.author if source is not None else "",
        origin=shown.origins[at] if shown.origins else None,
        decimals=found.minor if found.money else 0,
    )


def _linked(parts: Parts, pages: frozenset[str]) -> Parts:
    """The parts, each line with the page of its own, where it has one."""
    keys = {line.key: f"{parts.level}:{line.key}" for line in parts.lines}
    lines = [replace(line, place=keys[line.key]) if keys[line.key] in pages else line for line in parts.lines]
    return replace(parts, lines=tuple(lines))


def _seen(context: Glance, cycle: str, asked: FamilyAsked) -> seen.FamilySeen:
    return seen.family_seen(context, cycle, place=asked.place, money=asked.measure is Measure.MONEY)


def _place(place: SeenPlace) -> Place:
    return Place(key=place.key, level=place.level, name=place.name, above=place.above)


def _columns(found: seen.FamilySeen) -> tuple[Column, ...]:
    return tuple(Column(label=label, part=_part(found, k)) for k, label in enumerate(found.labels))


def _part(found: seen.FamilySeen, at: int) -> Part:
    return Part.PAST if at < found.past else Part.NOW if at == found.past else Part.AHEAD


def _row(found: seen.FamilySeen, row: FamilyRow) -> Row:
    figures = tuple(_figure(found, row, k, one) for k, one in enumerate(figures_of(row)))
    return Row(
        code=row.code, group=row.code.split("_")[0], unit=row.unit, figures=figures, source=_source(found, row),
        origins=() if _differs(row) else tuple(map(_origin, found.origins.get(row.source, ()))),
    )  # fmt: skip


def _origin(one: seen.Origin | None) -> Origin | None:
    if one is None:
        return None
    source = one.source
    return Origin(
        cycle=one.cycle, version=one.version, sheet=None if source is None else name_of(source.name),
        author="" if source is None else source.author,
    )  # fmt: skip


def _divisor(found: seen.FamilySeen, row: FamilyRow) -> float:
    return float(10**found.minor) if found.money and row.unit not in RATIOS else 1.0


def _figure(found: seen.FamilySeen, row: FamilyRow, at: int, one: Sum) -> Figure:
    if one.value is None:
        outlasts = row.how is How.COVER and one.state is State.NONE  # also of a month that is over
        reason = row.reasons[0 if at < found.past and not outlasts else 1]
        reason = row.unvalued if row.unvalued and one.state is State.MISSING else reason
        return Figure(value=None, state=one.state, reason=reason, coverage=one.coverage)
    label = found.labels[at + int(one.value)] if row.how is How.LATEST else ""
    return Figure(value=one.value / _divisor(found, row), state=one.state, coverage=one.coverage, label=label)


def _source(found: seen.FamilySeen, row: FamilyRow) -> SheetRef | None:
    source = _made(found, row)
    return name_of(source.name) if source is not None and not _differs(row) else None


def _differs(row: FamilyRow) -> bool:
    """Whether the row is the difference of two others, of which each has its own sheet."""
    return row.code.endswith(("_difference", "_deviation"))


def _made(found: seen.FamilySeen, row: FamilyRow) -> seen.Source | None:
    sheet = SHEET_OF.get(row.source, "")
    return found.sources.get("forecast" if sheet == "consensus" and found.provisional else sheet)


def _parts(context: Glance, found: seen.FamilySeen, row: FamilyRow, level: str, at: int) -> Parts:
    divisor = _divisor(found, row)
    names = customers_at(context) if level == CUSTOMER else names_at(context, level)
    lines = []
    for part in parts_of(row, level):
        here = _figure(found, row, at, part.figures[at])
        if here.value or (row.how is not How.SUM and here.value is not None):  # a share of 0 is worth seeing
            over_time = tuple(None if one.value is None else one.value / divisor for one in part.figures)
            lines.append(
                PartLine(key=part.label, name=names.get(part.label) or part.label, figure=here, over_time=over_time)
            )
    ordered = sorted(lines, key=lambda line: -abs(line.figure.value or 0.0))
    return Parts(level=level, lines=tuple(ordered))
