"""The family page as its template draws it: cells with their text, link and hint, and the charts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from django.utils.translation import gettext, ngettext

from onenumber.web.charts.draw import Chart, Line
from onenumber.web.family.model import Column, FamilyPage, Figure, Measure, Opened, Part, PartLine, Parts, Row
from onenumber.web.family.rows import GROUPS, LEVELS, ROWS, Written, origin_words, row_name, which_of, written
from onenumber.web.numbers import NARROW_SPACE, Scale, number, period_head, period_words, scale_of, share
from onenumber.web.words import sheet_words, why_absent

HIDDEN = frozenset({"demand_low", "demand_high"})
"""Rows that the chart shows as a band, and the table leaves out."""

FULL = 1.0
MOST_LINES = 20
HALF = 0.5
"""Less than this is shown as 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of the table."""

    text: str
    href: str
    hint: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of the table."""

    label: str
    look: str
    hint: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that stand together, with what they are counted in."""

    name: str
    unit: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column."""

    text: str
    full: str
    look: str


def scale_for(page: FamilyPage) -> Scale:
    """The scale of every amount on the page, so that rows can be compared."""
    amounts = [
        abs(figure.value)
        for row in page.rows
        if ROWS[row.code].written in {Written.AMOUNT, Written.DIFFERENCE}
        for figure in row.figures
        if figure.value is not None
    ]
    return scale_of(max(amounts, default=0.0))


def heads(page: FamilyPage) -> tuple[Head, ...]:
    """The heads of the columns."""
    return tuple(
        Head(text=period_head(column.label), full=period_words(column.label), look=column.part.value)
        for column in page.columns
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """What every cell of a page needs: the scale, what is opened, and of each column its name and its query."""

    page: FamilyPage
    scale: Scale
    opened: tuple[str, str]
    whens: tuple[str, ...]
    asks: tuple[str, ...]


def groups(page: FamilyPage, opened: tuple[str, str]) -> tuple[Group, ...]:
    """The rows of the table in their groups; ``opened`` is the row and column that the panel shows."""
    grid = _Grid(
        page=page,
        scale=scale_for(page),
        opened=opened,
        whens=tuple(period_words(column.label) for column in page.columns),
        asks=tuple(urlencode({"column": column.label}) for column in page.columns),
    )
    shown = [row for row in page.rows if row.code not in HIDDEN]
    return tuple(_group(grid, code, list(rows)) for code, rows in groupby(shown, key=lambda r: r.group))


def _group(grid: _Grid, code: str, rows: list[Row]) -> Group:
    unit = next((row.unit for row in rows if ROWS[row.code].written in {Written.AMOUNT, Written.DIFFERENCE}), "")
    return Group(
        name=str(GROUPS[code]),
        unit=valued(grid.page, code, f"{grid.scale.word} {unit}".strip()) if unit else "",
        rows=tuple(_table_row(grid, row) for row in rows),
    )


def valued(page: FamilyPage, group: str, unit: str) -> str:
    """A unit of money with how it is valued: what customers ask for at their prices, what is made and kept at cost."""
    if page.measure is not Measure.MONEY or not unit:
        return unit
    at_cost = group in {"supply", "inventory"}
    return (gettext("%(unit)s at cost") if at_cost else gettext("%(unit)s at price")) % {"unit": unit}


def _table_row(grid: _Grid, row: Row) -> TableRow:
    words, asked = ROWS[row.code], link(grid.page, row.code)
    cells = tuple(
        Cell(
            text=written(figure, words.written, grid.scale),
            href=f"?{asked}&{ask}" if figure.value is not None else "",
            hint=_hint((unit_of(row), said), when, figure),
            look=_look(column, figure, opened=grid.opened == (row.code, column.label)),
        )
        for column, figure, when, ask, said in zip(
            grid.page.columns, row.figures, grid.whens, grid.asks, _said(row), strict=True
        )
    )
    look = f"{words.written.value} {row.code}"
    return TableRow(label=label_of(grid.page, row), look=look, hint=str(words.hint), cells=cells)


def label_of(page: FamilyPage, row: Row) -> str:
    """What a row is called on this page: whether new demand is agreed, which cycle was last, which budget it is."""
    label = str(ROWS[row.code].label)
    if page.provisional and row.code == "demand_new":
        return gettext("new: the baseline, not yet agreed")
    if page.old_plan and row.code in OF_THE_PLAN and _knows_ahead(page, [figure.value for figure in row.figures]):
        return gettext("%(row)s, ahead by last cycle's plan") % {"row": label}
    which = which_of(row, [column.label for column in page.columns])
    return f"{label}, {which}" if which else label


def _knows_ahead(page: FamilyPage, values: Sequence[float | None]) -> bool:
    """Whether there is a figure ahead, which until there is a plan is of last cycle's."""
    ahead = (value for value, column in zip(values, page.columns, strict=True) if column.part is not Part.PAST)
    return any(value is not None for value in ahead)


OF_THE_PLAN = frozenset({"inventory_days", "backlog_weeks", "backlog_promise"})
"""Rows whose figures ahead come from a supply plan."""


def _look(column: Column, figure: Figure, *, opened: bool) -> str:
    looks = [column.part.value]
    if figure.value is None:
        looks.append("absent")
    elif figure.coverage < FULL:
        looks.append("partial")
    return " ".join([*looks, "opened"] if opened else looks)


def link(page: FamilyPage, row: str = "", column: str = "") -> str:
    """The query of this page, with a figure opened where one is named."""
    return _query(page.place.key, page.measure, row=row, column=column)


def _query(place: str, measure: Measure, **opened: str) -> str:
    parts = {"place": place, "in": measure.value if measure is Measure.MONEY else "", **opened}
    return urlencode({k: v for k, v in parts.items() if v})


def hint(opened: Opened) -> str:
    """What hovering over a figure says: unit, period, version; how much of it is there; or why it is not."""
    row = opened.row
    version = origin_words(opened.origin) if row.origins else sheet_words(row.source) if row.source else ""
    return _hint((unit_of(row), version), period_words(opened.column.label), opened.figure)


def unit_of(row: Row) -> str:
    """What the figures of a row are counted in; a period is counted in nothing."""
    return "" if ROWS[row.code].written is Written.PERIOD else row.unit


def _said(row: Row) -> Sequence[str]:
    """Of each figure of a row, the sheet that it was read from."""
    if row.origins:
        words = {one: origin_words(one) for one in set(row.origins)}
        return [words[one] for one in row.origins]
    return [sheet_words(row.source) if row.source else ""] * len(row.figures)


def _hint(said: tuple[str, ...], when: str, figure: Figure) -> str:
    if figure.value is None:
        return f"{when}: {why_absent(figure)}"
    parts = [when, *said]
    if figure.coverage < FULL:
        parts.append(gettext("sum of %(share)s of its cells") % {"share": share(figure.coverage)})
    return " · ".join(part for part in parts if part)


def charts(page: FamilyPage) -> tuple[Chart, ...]:
    """Demand and supply as lines, stock or backlog as bars; a chart whose rows are not there, or all 0, is left out."""
    return tuple(_charts(page))


def _charts(page: FamilyPage) -> Iterator[Chart]:
    new = ("forecast", gettext("baseline, not yet agreed")) if page.provisional else ("plan", gettext("new"))
    demand = _lines(
        page,
        ("demand_actual", "actual", gettext("actual")),
        ("demand_last", "last", gettext("last cycle")),
        ("demand_budget", "budget", gettext("budget")),
        ("demand_new", *new),
    )
    if demand:
        low, high = _values(page, "demand_low"), _values(page, "demand_high")
        yield _chart(page, "demand", demand, low=low or (), high=high or ())
    supply = _lines(
        page,
        ("supply_actual", "actual", gettext("actual")),
        ("supply_last", "last", gettext("last cycle")),
        ("supply_new", "plan", gettext("new")),
    )
    if supply:
        yield _chart(page, "supply", supply)
    ends = ((_ending(page, group), group) for group in ("inventory", "backlog"))
    bars, group = next(((bars, group) for bars, group in ends if any(abs(v or 0.0) >= HALF for v in bars)), ((), ""))
    if bars:
        yield _chart(page, group, _lines(page, ("inventory_target", "budget", gettext("safety"))), bars=bars)


def _chart(
    page: FamilyPage,
    group: str,
    lines: tuple[Line, ...],
    *,
    low: tuple[float | None, ...] = (),
    high: tuple[float | None, ...] = (),
    bars: tuple[float | None, ...] = (),
) -> Chart:
    now = next((k for k, column in enumerate(page.columns) if column.part is not Part.PAST), len(page.columns))
    columns = tuple(period_head(column.label) for column in page.columns)
    unit = valued(page, group, next((row.unit for row in page.rows), ""))
    title = str(GROUPS[group])
    if bars and page.old_plan and _knows_ahead(page, bars):
        title = gettext("%(what)s, ahead by last cycle's plan") % {"what": title}
    return Chart(title=title, unit=unit, columns=columns, now=now, lines=lines, low=low, high=high, bars=bars)


def _lines(page: FamilyPage, *wanted: tuple[str, str, str]) -> tuple[Line, ...]:
    found = ((name, look, _values(page, code)) for code, look, name in wanted)
    return tuple(
        Line(name=name, look=look, values=values)
        for name, look, values in found
        if values and any(v is not None for v in values)
    )


def _ending(page: FamilyPage, code: str) -> tuple[float | None, ...]:
    """A stock at the end of each period: actual where the period is over, the plan after that."""
    planned = _values(page, code) or _values(page, f"{code}_last")
    actual = _values(page, f"{code}_actual")
    if not planned or not actual:
        return planned or actual
    ahead = [column.part is not Part.PAST for column in page.columns]
    return tuple(p if is_ahead else a for p, a, is_ahead in zip(planned, actual, ahead, strict=True))


def _row(page: FamilyPage, code: str) -> Row | None:
    return next((row for row in page.rows if row.code == code), None)


def _values(page: FamilyPage, code: str) -> tuple[float | None, ...]:
    row = _row(page, code)
    return tuple(figure.value for figure in row.figures) if row else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelLine:
    """One part of an opened figure, as the panel draws it."""

    name: str
    key: str
    text: str
    share: str
    width: float
    over_time: tuple[float | None, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelParts:
    """The parts of an opened figure by one level, and their sum."""

    level: str
    lines: tuple[PanelLine, ...]
    total: str
    adds_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """An opened figure."""

    title: str
    period: str
    sentence: str
    parts: tuple[PanelParts, ...]
    hint: str
    unit: str
    opened: Opened


def panel(opened: Opened, measure: Measure) -> Panel:
    """The side panel of a figure: in full digits, with its parts, their pages in the same measure, and their sum."""
    how = ROWS[opened.row.code].written
    text = written(opened.figure, how, _full(opened))
    when = period_words(opened.column.label)
    if opened.figure.value is None:
        sentence = gettext("There is no figure: %(why)s.") % {"why": why_absent(opened.figure)}
    else:
        sentence = text if how is Written.SHARE else f"{text} {unit_of(opened.row)}".strip()
    return Panel(
        title=row_name(opened.row.code),
        period=when,
        sentence=sentence,
        parts=tuple(_panel_parts(opened, parts, measure) for parts in opened.parts if parts.lines),
        hint=hint(opened),
        unit=unit_of(opened.row),
        opened=opened,
    )


def _panel_parts(opened: Opened, parts: Parts, measure: Measure) -> PanelParts:
    how = ROWS[opened.row.code].written
    adds_up = how in {Written.AMOUNT, Written.DIFFERENCE}
    ranked = parts.lines if adds_up else tuple(sorted(parts.lines, key=lambda line: _worst_first(line, how)))
    lines = [*ranked[:MOST_LINES], *_rest(ranked[MOST_LINES:], adds_up=adds_up)]
    whole = _whole(opened, lines) if adds_up else None
    largest = max((abs(line.figure.value or 0.0) for line in ranked[:MOST_LINES]), default=0.0) or 1.0
    return PanelParts(
        level=str(LEVELS[parts.level]).capitalize(),
        lines=tuple(
            replace(
                _panel_line(line, opened, largest, whole), href=f"?{_query(line.place, measure)}" if line.place else ""
            )
            for line in lines
        ),
        total=written(opened.figure, how, _full(opened)),
        adds_up=adds_up,
    )


def _worst_first(line: PartLine, how: Written) -> tuple[bool, float]:
    """Of ratios those that pull the whole down: the lowest share, the longest time; what has none comes last."""
    value = line.figure.value
    return value is None, (value or 0.0) if how is Written.SHARE else -(value or 0.0)


def _whole(opened: Opened, lines: Sequence[PartLine]) -> float | None:
    """What the parts are shares of; None where it would be shown as 0, or where parts take from each other."""
    total = opened.figure.value or 0.0
    one_way = all((line.figure.value or 0.0) * total >= 0 for line in lines)
    return total if one_way and abs(total) >= HALF else None


def _rest(lines: Sequence[PartLine], *, adds_up: bool) -> list[PartLine]:
    """What is left beyond the lines that are shown, as one line: with its sum where there is one, so that it closes."""
    if not lines:
        return []
    name = ngettext("%(count)d other", "%(count)d others", len(lines)) % {"count": len(lines)}
    total = sum(line.figure.value or 0.0 for line in lines) if adds_up else None
    return [PartLine(key="", name=name, figure=Figure(value=total), over_time=())]


def _full(opened: Opened) -> Scale:
    """The scale in which a figure has all the digits that it has."""
    return Scale(1.0, opened.decimals, "")


def _panel_line(line: PartLine, opened: Opened, largest: float, whole: float | None) -> PanelLine:
    value = line.figure.value
    return PanelLine(
        name=line.name,
        key=line.key,
        text=written(line.figure, ROWS[opened.row.code].written, _full(opened)),
        share=f"{number(100 * value / whole)}{NARROW_SPACE}%" if whole is not None and value is not None else "",
        width=round(60 * abs(value or 0.0) / largest, 1) if line.key else 0.0,
        over_time=line.over_time,
        href="",
    )
