"""The pages of the supply meeting: what changed, load, shortages and materials, as plain rows that can be frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from onenumber.cycle.words import FIRM_PERIOD
from onenumber.model.cube import Cube, Values
from onenumber.model.sheet import Sheet
from onenumber.review.causes import told_together
from onenumber.review.ground import Ground
from onenumber.review.told import told_short

AHEAD = 6
"""Periods that the meeting looks at."""
MOST = 12
"""Rows of a page."""
EPSILON = 1e-6
Plain = str | float | None
CHANGED, LOAD, SHORT, MATERIALS, PARAMETERS = "changed", "load", "short", "materials", "parameters"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPage:
    """A page: its code, the figures of its sentence, and its rows as plain values in the order of its columns."""

    code: str
    values: Mapping[str, Plain]
    rows: tuple[tuple[Plain, ...], ...]

    def plain(self) -> dict[str, object]:
        """The page as it is frozen.

        Example:
            >>> PackPage(code="load", values={"full": 1.0}, rows=(("L1", 0.9),)).plain()["rows"]
            (('L1', 0.9),)
        """
        return asdict(self)


def pages_of(plan: Sheet, *, published: Sheet | None, ground: Ground, firm: int) -> tuple[PackPage, ...]:
    """The pages that a supply plan makes; what changed is held against the plan in force, where there is one.

    ``firm`` is the number of periods in which nothing new may come.
    """
    short = _short(plan, ground, firm)
    return (_changed(plan, published, ground), _load(plan, ground), short, _materials(plan, ground))


def months_of(ground: Ground) -> tuple[str, ...]:
    """The labels of the periods that the meeting looks at."""
    return tuple(period.label for period in ground.periods[:AHEAD])


def _window(cube: Cube, ground: Ground) -> Values:
    start = ground.cycle - cube.first
    return cube.values[:, start : start + AHEAD]


def _changed(plan: Sheet, published: Sheet | None, ground: Ground) -> PackPage:
    """Production per site and unit over the periods ahead: the plan in force, this one, and the difference."""
    made = plan.cube("production")
    table = pl.DataFrame(
        {
            "site": made.axis.attributes["site"].tolist(), "unit": made.units.tolist(),
            "now": _window(made, ground).sum(axis=1),
        }
    ).group_by("site", "unit").agg(pl.col("now").sum())  # fmt: skip
    if published is None:
        rows = table.sort("site", "unit").select("site", "unit", "now").rows()
        return PackPage(code=CHANGED, values={"before": None}, rows=tuple((s, u, None, n, None) for s, u, n in rows))
    ahead = pl.col("period").is_between(ground.cycle, ground.cycle + AHEAD - 1)
    units = ground.master("items").select("item", "unit")
    then = published.table("production").filter(ahead).join(units, on="item", how="left")
    then = then.group_by("site", "unit").agg(pl.col("quantity").sum().alias("then"))
    both = table.join(then, on=["site", "unit"], how="full", coalesce=True).fill_null(0.0)
    both = both.with_columns((pl.col("now") - pl.col("then")).alias("difference")).sort("site", "unit")
    rows = both.select("site", "unit", "then", "now", "difference").rows()
    most = max(rows, key=lambda row: abs(row[4]) / max(row[2], 1.0), default=None)
    said = {} if most is None else dict(zip(("site", "unit", "before", "now", "difference"), most, strict=True))
    return PackPage(code=CHANGED, values=said, rows=tuple(rows))


def _load(plan: Sheet, ground: Ground) -> PackPage:
    """Hours used as a share of the normal hours, per line and period; the fullest line first."""
    used, free = (_window(plan.cube(name), ground) for name in ("hours_used", "hours_available"))
    share = np.divide(used, free, out=np.zeros_like(used), where=free > 0)
    keys = plan.cube("hours_used").axis.keys.tolist()
    order = sorted(range(len(keys)), key=lambda k: (-share[k].max(), keys[k]))
    rows = tuple((keys[k], *share[k].tolist()) for k in order)
    months = months_of(ground)
    said: dict[str, Plain] = {"lines": float(len(keys)), "full": float(sum(share.max(axis=1) >= 1 - EPSILON))}
    if rows:
        best = int(np.argmax(share[order[0]]))
        said |= {"line": keys[order[0]], "share": float(share[order[0]].max()), "month": months[best]}
    return PackPage(code=LOAD, values=said, rows=rows)


def _short(plan: Sheet, ground: Ground, firm: int) -> PackPage:
    """What is short by its cause, as causes go up: streams, first and last period."""
    period = pl.col("period")
    told = told_short(plan.table("shortages"), ground.master("items"))
    table = told_together(told, cycle=ground.cycle, firm=firm, name=FIRM_PERIOD)
    inside = table.filter(period.is_between(ground.cycle, ground.cycle + AHEAD - 1))
    by = inside.group_by("cause", "cause_at").agg(
        pl.col("stream").n_unique().alias("streams"), period.min().alias("first"), period.max().alias("last")
    )
    by = by.sort(["streams", "cause", "cause_at"], descending=[True, False, False])
    periods = ground.frame.calendar
    rows = tuple(
        (cause, at or "", float(streams), periods[first].label, periods[last].label)
        for cause, at, streams, first, last in by.head(MOST).iter_rows()
    )
    said: dict[str, Plain] = {"streams": float(inside["stream"].n_unique()), "causes": float(len(by))}
    return PackPage(code=SHORT, values=said, rows=rows)


def _materials(plan: Sheet, ground: Ground) -> PackPage:
    """Bought items whose stock ends below its safety stock: first period, the lowest stock, the safety stock then."""
    stock, safety = plan.cube("stock"), plan.cube("safety_stock")
    bought = set(ground.master("vendor_items")["item"].to_list())
    held, asked = _window(stock, ground), _window(safety, ground)
    items, sites = stock.axis.attributes["item"].tolist(), stock.axis.attributes["site"].tolist()
    months, found = months_of(ground), []
    for k, item in enumerate(items):
        below = np.flatnonzero(held[k] < asked[k] - EPSILON)
        if item in bought and len(below):
            lowest = int(below[np.argmin(held[k][below] - asked[k][below])])
            figures = (months[below[0]], float(held[k][lowest]), float(asked[k][lowest]), months[lowest])
            found.append((item, sites[k], str(stock.units[k]), *figures))
    found.sort(key=lambda row: (row[4] / row[5], row[0], row[1]))
    said: dict[str, Plain] = {"below": float(len(found)), "gone": float(sum(row[4] <= EPSILON for row in found))}
    return PackPage(code=MATERIALS, values=said, rows=_cut(found))


def _cut(rows: Sequence[tuple[Plain, ...]]) -> tuple[tuple[Plain, ...], ...]:
    return tuple(rows[:MOST])
