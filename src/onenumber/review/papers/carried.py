"""What earlier cycles decided and is still in force: constraints with dates outlive the cycle they were taken in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from onenumber.model.contract.empty import table_or_empty
from onenumber.model.sheet import Sheet
from onenumber.review.papers.decision import CARRIED
from onenumber.supply.differences import (
    Difference,
    DoNothing,
    FairShare,
    FirmMove,
    MoveWindow,
    Overtime,
    Precedence,
    SecondSource,
    from_json,
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


def carried(decided: Sheet, ahead: Ahead) -> tuple[InForce, ...]:
    """What a cycle's Decision leaves in force in the plan of the next, by paper.

    Overtime, precedence and fair share end with their periods, a moved window when it is over on both its days, a
    second source with the row of the vendor's item. What master data no longer offers ends. An emergency ends with its
    cycle: it was released since, and would come twice.
    """
    found = []
    for row in sorted(_all(decided)):
        paper, option, person, text = row
        difference = from_json(text)
        now = _still(difference, ahead)
        if now is not None:
            found.append(InForce(paper=paper, option=option, decided_by=person, difference=difference, now=now))
    return tuple(found)


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


def _still(difference: Difference, ahead: Ahead) -> Difference | None:
    match difference:
        case Overtime():
            rows = table_or_empty(ahead.company, "overtime")
            same = (pl.col("resource") == difference.resource) & (pl.col("step") == difference.step)
            return _cut(difference, ahead.horizon) if _offered(rows.filter(same), ahead.horizon) else None
        case Precedence() | FairShare():
            order = difference.order if isinstance(difference, Precedence) else ()
            known = difference.resource in ahead.company["resources"]["resource"].to_list()
            return _cut(difference, ahead.horizon) if known and set(order) <= set(ahead.divisions) else None
        case SecondSource():
            rows = table_or_empty(ahead.company, "vendor_items")
            same = (pl.col("vendor") == difference.vendor) & (pl.col("item") == difference.item)
            offered = _offered(rows.filter(same & (pl.col("site") == difference.site)), ahead.horizon)
            return difference if offered else None
        case MoveWindow():
            return difference if _may_move(difference, ahead) else None
        case FirmMove() | DoNothing():
            return None


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


def _may_move(move: MoveWindow, ahead: Ahead) -> bool:
    """Whether the window is still to come, where it was or where it goes, and may still go there."""
    rows = table_or_empty(ahead.company, "maintenance").filter((pl.col("window") == move.window) & pl.col("movable"))
    goes = pl.lit(move.start)
    to_come = pl.max_horizontal(pl.col("end"), goes + (pl.col("end") - pl.col("start"))) > ahead.horizon.start
    low, high = pl.col("earliest").fill_null(goes), pl.col("latest").fill_null(goes)
    return not rows.filter(to_come & (low <= goes) & (goes <= high)).is_empty()


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
