"""A place of the workbench month by month: what was, what is expected and why, and what happened when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from django.db.models import F

from onenumber.consensus.layers import DELTAS
from onenumber.demand.anomalies import Anomaly
from onenumber.model.cube import Cube, State, Values
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.company_words import customers_at
from onenumber.steps.frame.glance import Glance, cycle_earlier
from onenumber.steps.frame.layers import Board, inside
from onenumber.steps.frame.news import Heard
from onenumber.steps.frame.reading import Reader
from onenumber.steps.see.places import COMPANY, Place
from onenumber.store.models import Cycle, SheetVersion

PAST = 24
"""Months of history that are shown."""
EARLIER = 6
"""Cycles whose baseline for its own next month is held against what came."""
Amounts = tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the baseline is what it is: how most of it is made, how much season is kept, and how it did before.

    ``growth`` is the next year over the last one, less 1; ``wape`` and the others are of all places of the level, a
    month ahead. None where it cannot be known.
    """

    method: str
    demand_class: str
    season: float
    growth: float | None
    wape: float | None
    naive_wape: float | None
    bias: float | None
    coverage: float | None
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What an earlier cycle's baseline said of its next month, and what came."""

    label: str
    said: float
    came: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Months past and ahead; ``now`` is the first ahead. Amounts are None where there is none.

    ``a_year``: how many months make a year. ``money``: the streams have unlike units, so every amount is valued at what
    a unit brought. ``layers`` are what each layer adds ahead, of those that add something; ``last`` is the consensus of
    the cycle before.
    """

    unit: str
    money: bool
    labels: tuple[str, ...]
    now: int
    a_year: int
    raw: Amounts
    cleaned: Amounts
    baseline: Amounts
    low: Amounts
    high: Amounts
    total: Amounts
    last: Amounts
    layers: tuple[tuple[str, Amounts], ...]
    reason: Reason | None
    earlier: tuple[Kept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something that happened, or will: its month, its kind (an anomaly, news, a promotion) and its words."""

    label: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Adds the streams of a place up, in their unit or in money; ``months`` are the calendar indices shown."""

    place: Place
    months: range
    weights: Values | None

    def of(self, cube: Cube, *, weights: Values | None = None) -> Amounts:
        """Sums of a cube in the months shown; None outside it and where nothing is present."""
        rows = np.flatnonzero(self.place.rows(cube.axis))
        found = dict.fromkeys(self.months, None) | dict(
            zip(cube.indices, self._totals(cube, rows, weights), strict=True)
        )
        return tuple(found[month] for month in self.months)

    def _totals(self, cube: Cube, rows: np.ndarray, weights: Values | None) -> list[float | None]:
        present = cube.state[rows] == State.PRESENT
        values = np.where(present, cube.values[rows], 0.0)
        by = self.weights if weights is None else weights
        if by is not None:
            values = values * by[rows][:, None]
        there = present.any(axis=0)
        return [float(v) if known else None for v, known in zip(values.sum(axis=0), there, strict=True)]


def series_of(look: Glance, cycle: Cycle, place: Place, *, stand: Board | None, worth: Values) -> Series | None:
    """The months of a place; None before the data are frozen."""
    history = look.sheet(SheetKind.HISTORY, cycle)
    if history is None:
        return None
    frame, forecast = look.frame(cycle), look.sheet(SheetKind.FORECAST, cycle)
    demand, raw = history.cube("demand"), history.cube("demand_raw")
    units = np.unique(demand.units[place.rows(demand.axis)]).tolist()
    money = len(units) != 1
    months = range(max(cycle.index - PAST, 0), min(cycle.index + frame.horizon, len(frame.calendar)))
    sums = Sums(place=place, months=months, weights=worth if money else None)
    low, high = _band(forecast, place, months) if forecast is not None and not money else ((), ())
    return Series(
        unit=frame.currency if money else str(units[0]), money=money,
        labels=tuple(frame.calendar[k].label for k in months), now=cycle.index - months.start,
        a_year=frame.calendar.periods_a_year, raw=sums.of(raw), cleaned=sums.of(demand),
        baseline=sums.of(stand.baseline) if stand else (), low=low, high=high,
        total=sums.of(stand.result) if stand else (), last=_last(look, cycle, sums, money=money),
        layers=tuple(_layers(look, cycle, sums, stand)) if stand else (),
        reason=_reason(forecast, demand, place, periods=frame.calendar.periods_a_year) if forecast else None,
        earlier=tuple(_earlier(look, cycle, place, raw)) if not money else (),
    )  # fmt: skip


def _band(forecast: Sheet, place: Place, months: range) -> tuple[Amounts, Amounts]:
    wanted = place.label if place.level != COMPANY else COMPANY
    rows = forecast.table("bands").filter((pl.col("level") == place.level) & (pl.col("label") == wanted))
    known = {period: (low, high) for period, low, high in rows.select("period", "lo80", "hi80").iter_rows()}
    pairs = [known.get(month, (None, None)) for month in months]
    return tuple(low for low, _ in pairs), tuple(high for _, high in pairs)


def _last(look: Glance, cycle: Cycle, sums: Sums, *, money: bool) -> Amounts:
    """The consensus of the cycle before; its own streams, so none in money, whose worth is of today's."""
    before = cycle_earlier(look, cycle)
    sheet = look.sheet(SheetKind.CONSENSUS, before) if before is not None and not money else None
    return sums.of(sheet.cube("consensus")) if sheet is not None else ()


def _layers(look: Glance, cycle: Cycle, sums: Sums, stand: Board) -> Iterator[tuple[str, Amounts]]:
    """What sales put on the baseline, and each delta that is not 0 everywhere."""
    base = look.version(SheetKind.FORECAST, cycle)
    cubes = Reader(look, cycle).layers(*DELTAS, like=stand.baseline, base=base.content if base is not None else "")
    added = {code: sums.of(cubes[code]) for code in DELTAS}
    ahead = zip(sums.of(stand.shown), sums.of(stand.baseline), *added.values(), strict=True)
    sales = tuple(
        None if row[0] is None else row[0] - (row[1] or 0.0) - sum(v or 0.0 for v in row[2:]) for row in ahead
    )
    for code, amounts in {"L2": sales, **added}.items():
        if any(abs(v or 0.0) > 0.5 for v in amounts):  # noqa: PLR2004 - half a unit is none
            yield code, amounts


def _reason(forecast: Sheet, demand: Cube, place: Place, *, periods: int) -> Reason | None:
    rows = np.flatnonzero(place.rows(demand.axis))
    if not len(rows):
        return None
    year = demand.values[rows, -periods:].sum(axis=1)
    methods = forecast.table("methods")[rows.tolist()].with_columns(pl.Series("year", year))
    ahead = float(forecast.cube("L1").values[rows, :periods].sum())
    scores = {
        row["method"]: row for row in forecast.table("backtest").filter(pl.col("level") == place.level).to_dicts()
    }
    pool, naive = scores.get("pool", {}), scores.get("naive", {})
    weight = float(year.sum())
    return Reason(
        method=_most(methods, "method"), demand_class=_most(methods, "demand_class"),
        season=float((methods["season_strength"] * methods["year"]).sum()) / weight if weight else 0.0,
        growth=ahead / weight - 1.0 if weight and forecast.cube("L1").periods >= periods else None,
        wape=pool.get("wape"), naive_wape=naive.get("wape"), bias=pool.get("bias"), coverage=pool.get("coverage80"),
        cells=int(pool.get("cells") or 0),
    )  # fmt: skip


def _most(methods: pl.DataFrame, column: str) -> str:
    """The value that most of the last year's demand has."""
    by = methods.group_by(column, maintain_order=True).agg(pl.col("year").sum()).sort("year", column, descending=True)
    return str(by[column][0])


def _earlier(look: Glance, cycle: Cycle, place: Place, raw: Cube) -> Iterator[Kept]:
    """What the baseline of each earlier cycle said of its next month, and what came, the newest first."""
    came = dict(zip(raw.indices, raw.values[place.rows(raw.axis)].sum(axis=0).tolist(), strict=True))
    calendar = look.frame(cycle).calendar
    found = SheetVersion.objects.filter(plan=look.plan, kind=SheetKind.FORECAST.value)
    before = found.filter(cycle__index__range=(cycle.index - EARLIER, cycle.index - 2)).order_by("pk")
    newest = {row.at: row.content for row in before.annotate(at=F("cycle__index")).only("content")}
    for index in sorted(newest, reverse=True):
        cube, month = look.versions.get(newest[index]).cube("L1"), index + 1
        if month in came:
            said = float(cube.values[place.rows(cube.axis), month - cube.first].sum())
            yield Kept(label=calendar[month].label, said=said, came=came[month])


def flags_of(
    look: Glance, cycle: Cycle, place: Place, *, odds: Sequence[Anomaly], news: Sequence[Heard]
) -> tuple[Flag, ...]:
    """What happened at a place, by month: anomalies, news, promotions, launches and phase-outs."""
    history, calendar = look.sheet(SheetKind.HISTORY, cycle), look.frame(cycle).calendar
    if history is None:
        return ()
    axis = history.cube("demand").axis
    rows = place.rows(axis)
    items = set(axis.labels("item")[rows].tolist())
    company = look.company(cycle)
    names = dict(company["items"].select("item", "name").iter_rows())
    names |= customers_at(look, cycle)
    found = [
        Flag(label=calendar[one.first].label, kind=one.kind.value, text=_called(names, one))
        for one in odds
        if place.level == COMPANY or place.label in (one.family, one.item, one.customer)
    ]
    found += [
        Flag(label=calendar[max(one.row.first or cycle.index, 0)].label, kind="news", text=one.row.text)
        for one in news
        if bool((inside(axis, one.row.place) & rows).any())
    ]
    found += _dated(look, cycle, items)
    return tuple(sorted(set(found), key=lambda one: (one.label, one.kind, one.text)))


def _called(names: Mapping[str, str], one: Anomaly) -> str:
    return ", ".join(names.get(key) or key for key in (one.item, one.customer) if key)


def _dated(look: Glance, cycle: Cycle, items: set[str]) -> list[Flag]:
    """Promotions, launches and phase-outs of items, by the month in which they begin."""
    company, calendar = look.company(cycle), look.frame(cycle).calendar
    found: list[Flag] = []
    for table, day, kind in (
        ("promotions", "start", "promotion"),
        ("launches", "date", "launch"),
        ("phase_outs", "date", "phase_out"),
    ):
        rows = company[table].filter(pl.col("item").is_in(sorted(items))) if table in company else None
        if rows is not None and len(rows):
            named = rows.group_by(
                pl.col("promotion" if kind == "promotion" else "item").alias("name"), day, maintain_order=True
            ).agg(pl.len())
            months = calendar.indices(named[day].to_numpy().astype("datetime64[D]")).tolist()
            pairs = zip(named["name"].to_list(), months, strict=True)
            found += [Flag(label=calendar[month].label, kind=kind, text=name) for name, month in pairs if month >= 0]
    return found
