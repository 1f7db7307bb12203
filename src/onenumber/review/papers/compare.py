"""What each option means: units, money and hours against doing nothing, as a whole and per division."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.money import to_minor
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.money import stock_cost, unit_cost, unit_price
from onenumber.review.papers.paper import Paper
from onenumber.supply.differences import kind_of, to_json

PAID = ("transport_cost", "overtime_cost", "holding_cost")
"""Accounts that an option adds beside what its goods themselves cost (which is in the margin)."""
Solved = Mapping[tuple[str, str], Sheet]


def options_table(*, papers: Sequence[Paper], base: Sheet, solved: Solved, ground: Ground) -> pl.DataFrame:
    """One row per paper and option, all figures as differences against ``base`` (doing nothing).

    ``shipped_units``, ``lost_units``, ``backlog_units`` (waiting at the end) over the horizon, null where the units
    are unlike; ``revenue``, ``margin``, ``extra_cost`` (transport, overtime, holding), ``inventory_value`` (mean of
    the horizon) and ``net_cost`` in minor units. ``net_cost = extra_cost - value of the sales gained``, a sale being
    worth its margin, or its price where it is sold below cost (that is a choice the company made before).
    """
    nothing = _figures(base, ground)
    rows = []
    for paper in papers:
        for option in paper.options:
            plan = base if option.is_nothing else solved[paper.paper, option.option]
            gained = {name: value - nothing[name] for name, value in _figures(plan, ground).items()}
            rows.append(
                {
                    "paper": paper.paper, "option": option.option, "kind": kind_of(option.difference),
                    "difference": to_json(option.difference), **_in_minor(gained, ground, alike=_alike(base)),
                    "own_worth": _minor(own_worth(plan, base=base, streams=paper.streams, ground=ground), ground),
                }
            )  # fmt: skip
    return pl.DataFrame(rows, schema=OPTIONS)


OPTIONS = pl.Schema(
    {
        "paper": pl.String, "option": pl.String, "kind": pl.String, "difference": pl.String,
        "shipped_units": pl.Float64, "lost_units": pl.Float64, "backlog_units": pl.Float64, "revenue": pl.Int64,
        "margin": pl.Int64, "extra_cost": pl.Int64, "inventory_value": pl.Int64, "net_cost": pl.Int64,
        "overtime_hours": pl.Float64, "own_worth": pl.Int64,
    }
)  # fmt: skip
"""Columns of the options table."""


def effects_table(*, papers: Sequence[Paper], base: Sheet, solved: Solved, ground: Ground) -> pl.DataFrame:
    """Who gains and who waits: shipped units, revenue and margin per division, against doing nothing."""
    parts = [_by_division(base, base, ground).head(0)]
    for paper in papers:
        for option in paper.options:
            plan = base if option.is_nothing else solved[paper.paper, option.option]
            rows = _by_division(plan, base, ground)
            parts.append(rows.with_columns(pl.lit(paper.paper).alias("paper"), pl.lit(option.option).alias("option")))
    return pl.concat(parts, how="diagonal").select(
        pl.col("paper").cast(pl.String) if len(parts) > 1 else pl.lit(None, dtype=pl.String).alias("paper"),
        pl.col("option").cast(pl.String) if len(parts) > 1 else pl.lit(None, dtype=pl.String).alias("option"),
        "division", "shipped_units", "revenue", "margin",
    )  # fmt: skip


def own_worth(plan: Sheet, *, base: Sheet, streams: Sequence[str], ground: Ground) -> float:
    """Value of what the streams of a paper gain in a plan against doing nothing, in plan currency."""
    shipped = plan.cube("shipped")
    rows = shipped.axis.rows(list(streams))
    gained = (shipped.values - base.cube("shipped").values)[rows]
    return float(np.nansum(gained * _worth(plan, ground)[rows]))


def _figures(plan: Sheet, ground: Ground) -> dict[str, float]:
    shipped = plan.cube("shipped").values
    price, cost = unit_price(plan, ground), unit_cost(plan, ground)
    charged = dict(plan.table("costs").group_by("account", maintain_order=True).agg(pl.col("amount").sum()).iter_rows())
    extra = sum(float(charged.get(account, 0.0)) for account in PAID)
    stock = plan.cube("stock").values
    return {
        "shipped_units": float(shipped.sum()),
        "lost_units": float(plan.cube("lost").values.sum()),
        "backlog_units": float(plan.cube("backlog").values[:, -1].sum()),
        "revenue": float(np.nansum(shipped * price)),
        "margin": float(np.nansum(shipped * (price - cost))),
        "extra_cost": extra,
        "inventory_value": float(np.nansum(stock * stock_cost(plan, ground)) / stock.shape[1]),
        "net_cost": extra - float(np.nansum(shipped * _worth(plan, ground))),
        "overtime_hours": float(plan.cube("overtime_hours").values.sum()),
    }


def _worth(plan: Sheet, ground: Ground) -> Values:
    price, cost = unit_price(plan, ground), unit_cost(plan, ground)
    with np.errstate(invalid="ignore"):
        return np.where(price - cost > 0, price - cost, price)


MONEY = ("revenue", "margin", "extra_cost", "inventory_value", "net_cost")
UNITS = ("shipped_units", "lost_units", "backlog_units")


def _in_minor(figures: Mapping[str, float], ground: Ground, *, alike: bool) -> dict[str, float | int | None]:
    found: dict[str, float | int | None] = dict(figures)
    found |= {name: _minor(figures[name], ground) for name in MONEY}
    return found | {name: figures[name] if alike else None for name in UNITS}


def _minor(amount: float, ground: Ground) -> int:
    return to_minor(np.array([amount]), decimals=ground.decimals).total()


def _alike(plan: Sheet) -> bool:
    return len(np.unique(plan.cube("shipped").units)) <= 1


def _by_division(plan: Sheet, base: Sheet, ground: Ground) -> pl.DataFrame:
    shipped = plan.cube("shipped")
    gained = shipped.values - base.cube("shipped").values
    price, cost = unit_price(plan, ground), unit_cost(plan, ground)
    labels, codes = shipped.axis.groups("division")

    def total(values: Values) -> np.ndarray:
        return np.bincount(codes, weights=np.nansum(values, axis=1), minlength=len(labels))

    units = total(gained) if _alike(plan) else np.full(len(labels), np.nan)
    return pl.DataFrame(
        {
            "division": labels.tolist(),
            "shipped_units": pl.Series(units).fill_nan(None),
            "revenue": [_minor(float(v), ground) for v in total(gained * price)],
            "margin": [_minor(float(v), ground) for v in total(gained * (price - cost))],
        }
    )
