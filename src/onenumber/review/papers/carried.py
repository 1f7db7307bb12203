"""What earlier cycles decided and is still in force: constraints with dates outlive the cycle they were taken in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Value
from onenumber.model.sheet import Sheet
from onenumber.review.papers.decision import CARRIED
from onenumber.supply.differences import (
    Difference,
    DoNothing,
    FairShare,
    FirmMove,
    MoveWindow,
    Overtime,
    PlantLimit,
    Precedence,
    SecondSource,
    Single,
    from_json,
    singly,
    to_json,
)
from onenumber.supply.horizon import Horizon

Tables = Mapping[str, pl.DataFrame]
Spanned = Overtime | Precedence | FairShare


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A decision of an earlier cycle: its paper and option, who took it, what was decided, and what of it still holds.

    ``difference`` is as decided; ``now`` is cut to the periods of the plan that it is carried into.
    """

    paper: str
    option: str
    decided_by: str
    difference: Difference
    now: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a decision is carried into: master data, periods, and the divisions that have demand in them."""

    company: Tables
    horizon: Horizon
    divisions: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A decision of an earlier cycle whose days are to come and that master data does not offer any more.

    ``code`` says what is gone, ``values`` name it.
    """

    paper: str
    option: str
    decided_by: str
    code: str
    values: Mapping[str, Value]


def carried(decided: Sheet, ahead: Ahead) -> tuple[InForce, ...]:
    """What a cycle's Decision leaves in force in the plan of the next, by paper.

    Overtime, precedence, fair share and what a plant cannot make end with their periods, a moved window when it is over
    on both its days, a second source with the row of the vendor's item. What master data no longer offers ends: see
    :func:`dropped`. An emergency ends with its cycle: it was released since, and would come twice.
    """
    return tuple(
        InForce(paper=paper, option=option, decided_by=person, difference=difference, now=now)
        for (paper, option, person), difference, now in _to_come(decided, ahead)
        if _gone(difference, ahead) is None
    )


def dropped(decided: Sheet, ahead: Ahead) -> tuple[Dropped, ...]:
    """What a cycle's Decision would leave in force in the next, were it still in the master data; by paper."""
    every = [(row, _gone(difference, ahead)) for row, difference, _ in _to_come(decided, ahead)]
    return tuple(
        Dropped(paper=paper, option=option, decided_by=person, code=gone[0], values=gone[1])
        for (paper, option, person), gone in every
        if gone is not None
    )


def carried_table(held: Iterable[InForce]) -> pl.DataFrame:
    """What was carried, as the table that :func:`carried` reads in the next cycle."""
    rows = [(one.paper, one.option, one.decided_by, to_json(one.difference)) for one in held]
    return pl.DataFrame(rows, schema=CARRIED, orient="row")


def carried_in(decided: Sheet) -> pl.DataFrame:
    """What a Decision holds of earlier cycles; one made before there was such a table holds nothing."""
    return decided.tables.get("carried", pl.DataFrame(schema=CARRIED))


def _all(decided: Sheet) -> list[tuple[str, str, str, str]]:
    """What the cycle itself carried, and what was decided in it."""
    taken = decided.table("decisions").join(decided.table("options"), on=["paper", "option"], how="inner")
    return pl.concat([taken.select(CARRIED.names()).cast(CARRIED), carried_in(decided)]).rows()


def _to_come(decided: Sheet, ahead: Ahead) -> list[tuple[tuple[str, str, str], Single, Single]]:
    """Paper, option and person; what was decided; and what of it the days of the plan leave, where that is anything.

    What was decided together ends apart.
    """
    rows = sorted(_all(decided))
    every = [((paper, option, who), one) for paper, option, who, text in rows for one in singly([from_json(text)])]
    return [(row, given, now) for row, given in every if (now := _left(given, ahead)) is not None]


def _left(difference: Single, ahead: Ahead) -> Single | None:
    match difference:
        case Overtime() | Precedence() | FairShare():
            return _cut(difference, ahead.horizon)
        case SecondSource():
            rows = _source(difference, ahead)
            return difference if rows.is_empty() or _offered(rows, ahead.horizon) else None
        case MoveWindow():
            return difference if _is_to_come(difference, ahead) else None
        case PlantLimit():
            return difference if difference.period in _inside(difference.period, 1, ahead.horizon) else None
        case FirmMove() | DoNothing():
            return None


def _gone(difference: Single, ahead: Ahead) -> tuple[str, Mapping[str, Value]] | None:
    """What of a difference master data does not offer: its code, and the names of it."""
    gone: Mapping[str, Value]
    match difference:
        case Overtime():
            rows = table_or_empty(ahead.company, "overtime")
            same = (pl.col("resource") == difference.resource) & (pl.col("step") == difference.step)
            gone = {"resource": difference.resource, "step": difference.step}
            return None if _offered(rows.filter(same), ahead.horizon) else ("dropped_overtime", gone)
        case Precedence() | FairShare():
            order = difference.order if isinstance(difference, Precedence) else ()
            return _gone_of_turns(difference.resource, order, ahead)
        case SecondSource():
            gone = {"vendor": difference.vendor, "item": difference.item, "site": difference.site}
            return ("dropped_source", gone) if _source(difference, ahead).is_empty() else None
        case MoveWindow():
            gone = {"window": difference.window, "start": str(difference.start)}
            return None if _may_move(difference, ahead) else ("dropped_window", gone)
        case PlantLimit():
            gone = {"item": difference.item, "site": difference.site}
            made = table_or_empty(ahead.company, "rates").filter(
                (pl.col("item") == difference.item) & (pl.col("site") == difference.site)
            )
            return None if _offered(made, ahead.horizon) else ("dropped_plant", gone)
        case FirmMove() | DoNothing():
            return None


def _gone_of_turns(resource: str, order: Sequence[str], ahead: Ahead) -> tuple[str, Mapping[str, Value]] | None:
    if resource not in ahead.company["resources"]["resource"].to_list():
        return "dropped_resource", {"resource": resource}
    names = dict(table_or_empty(ahead.company, "divisions").select("division", "name").drop_nulls().iter_rows())
    idle = [names.get(division, division) for division in order if division not in ahead.divisions]
    return ("dropped_division", {"resource": resource, "divisions": " and ".join(idle)}) if idle else None


def _source(source: SecondSource, ahead: Ahead) -> pl.DataFrame:
    same = (pl.col("vendor") == source.vendor) & (pl.col("item") == source.item) & (pl.col("site") == source.site)
    return table_or_empty(ahead.company, "vendor_items").filter(same)


def _cut(difference: Spanned, horizon: Horizon) -> Spanned | None:
    """The part that lies in the horizon."""
    inside = _inside(difference.first, difference.periods, horizon)
    return replace(difference, first=inside.start, periods=len(inside)) if inside else None


def _inside(first: int, periods: int, horizon: Horizon) -> range:
    return range(max(first, horizon.first), min(first + periods, horizon.first + horizon.count))


def _offered(rows: pl.DataFrame, horizon: Horizon) -> bool:
    """Whether a row holds on the first day of any period."""
    days = [period.start for period in horizon.periods]
    spans = rows.select("valid_from", "valid_to").rows()
    return any((since is None or since <= day) and (to is None or day < to) for since, to in spans for day in days)


def _is_to_come(move: MoveWindow, ahead: Ahead) -> bool:
    """Whether the window is still to come, where it was or where it goes; of one that is gone, where it goes."""
    rows, goes = _window(move, ahead), pl.lit(move.start)
    if rows.is_empty():
        return move.start >= ahead.horizon.start
    ends = rows.select(pl.max_horizontal(pl.col("end"), goes + (pl.col("end") - pl.col("start")))).to_series()
    return bool((ends > ahead.horizon.start).any())


def _may_move(move: MoveWindow, ahead: Ahead) -> bool:
    """Whether the window is there and may still go there."""
    goes = pl.lit(move.start)
    low, high = pl.col("earliest").fill_null(goes), pl.col("latest").fill_null(goes)
    return not _window(move, ahead).filter(pl.col("movable") & (low <= goes) & (goes <= high)).is_empty()


def _window(move: MoveWindow, ahead: Ahead) -> pl.DataFrame:
    return table_or_empty(ahead.company, "maintenance").filter(pl.col("window") == move.window)


def free_run(wanted: range, taken: Sequence[Spanned]) -> range:
    """The first periods of ``wanted`` in a row for which nothing of ``taken`` is in force; empty where it covers all.

    Example:
        >>> free_run(range(4, 9), [FairShare(resource="L1", first=2, periods=4)])
        range(6, 9)
    """
    held = {period for one in taken for period in range(one.first, one.first + one.periods)}
    free = [period for period in wanted if period not in held]
    start = free[0] if free else wanted.stop
    stop = next((period for period in range(start, wanted.stop) if period in held), wanted.stop)
    return range(start, stop)
