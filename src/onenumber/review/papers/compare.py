"""What each option means: units, money and hours against doing nothing, as a whole and per division."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.finance.valuation import value_cells
from onenumber.model.cube import Cube, Values, alike
from onenumber.model.money import Minor, to_minor
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.papers.paper import Paper
from onenumber.review.promises import Flags, in_time, served
from onenumber.review.worth import Rates, contract_penalty, rates_of
from onenumber.supply.differences import kind_of, to_json

PAID = ("transport_cost", "overtime_cost", "holding_cost")
"""Accounts that an option adds beside what its goods themselves cost (which is in the margin)."""
WAITING = ("backlog_cost",)
"""The account of what the plan charges for letting customers wait."""
KNOWN_BY = {"revenue": "priced", "margin": "costed"}
"""Which streams a division's money is known of."""
Solved = Mapping[tuple[str, str], Sheet]
"""The re-solved plan of each paper and option but doing nothing."""
OPTIONS = pl.Schema(
    {
        "paper": pl.String, "option": pl.String, "kind": pl.String, "difference": pl.String,
        "shipped_units": pl.Float64, "lost_units": pl.Float64, "late_units": pl.Float64, "backlog_units": pl.Float64,
        "revenue": pl.Int64, "margin": pl.Int64, "extra_cost": pl.Int64, "waiting_cost": pl.Int64,
        "inventory_value": pl.Int64, "net_cost": pl.Int64, "overtime_hours": pl.Float64, "own_worth": pl.Int64,
        "own_service": pl.Int64, "own_cost": pl.Int64,
    }
)  # fmt: skip
"""Columns of the options table."""
EFFECTS = pl.Schema(
    {
        "paper": pl.String, "option": pl.String, "division": pl.String, "shipped_units": pl.Float64,
        "lost_units": pl.Float64, "late_units": pl.Float64, "revenue": pl.Int64, "margin": pl.Int64,
    }
)  # fmt: skip
"""Columns of the effects table."""
CUSTOMERS = pl.Schema(
    {
        "paper": pl.String, "option": pl.String, "division": pl.String, "customer": pl.String, "revenue": pl.Int64,
        "late_units": pl.Float64,
    }
)  # fmt: skip
"""Columns of the customers table."""
MOVED = 0.05
"""Late units, and minor units of revenue, under which a customer is not touched by an option."""


@dataclass(frozen=True)
class Valued:
    """A plan valued once: money per stream in minor units, summed over the horizon from whole leaf cells.

    ``priced`` and ``costed`` say which streams have a price, and a margin, in any period. ``extra_cost`` and
    ``inventory_value`` are None where no item has a standard cost.
    """

    plan: Sheet
    revenue: Minor
    margin: Minor
    worth: Minor
    late: Values
    waiting: Minor
    penalty: Minor
    priced: Flags
    costed: Flags
    extra_cost: int | None
    waiting_cost: int
    inventory_value: int | None

    @property
    def paid(self) -> int | None:
        """Extra cost without contract penalties: these belong to a stream, what is paid to none."""
        return minus(self.extra_cost, int(self.penalty.sum()))

    @property
    def shipped(self) -> Cube:
        """What leaves, per stream and period."""
        return self.plan.cube("shipped")


def minus(amount: int | None, other: int | None) -> int | None:
    """The difference of two amounts, None where either is not known.

    Example:
        >>> minus(5, 3), minus(None, 3)
        (2, None)
    """
    return None if amount is None or other is None else amount - other


def valued(plan: Sheet, *, rates: Rates, ground: Ground) -> Valued:
    """Value a plan. Extra cost is transport, overtime, holding, what is paid above standard, and penalties.

    Late is what does not leave in the period it was asked for, per stream. What the plan charges for that (nobody pays
    it) is the waiting cost: by it the plan decides, and so does the comparison.
    """
    shipped = plan.cube("shipped")
    revenue = value_cells(shipped, rates.price, decimals=ground.decimals)
    margin = revenue.minus(value_cells(shipped, rates.cost, decimals=ground.decimals))
    worth = value_cells(shipped, rates.worth, decimals=ground.decimals)
    penalty = contract_penalty(served(plan), rates.contract, decimals=ground.decimals)
    stock = value_cells(plan.cube("stock"), rates.standard, decimals=ground.decimals)
    standard = bool(np.isfinite(rates.standard).any())
    paid = _costs(plan, PAID, ground) + _premium(plan, ground) + penalty.total()
    return Valued(
        plan,
        revenue=revenue.minor.sum(axis=1),
        margin=margin.minor.sum(axis=1),
        worth=worth.minor.sum(axis=1),
        late=(plan.cube("demand").values - in_time(plan)).sum(axis=1),
        waiting=_waiting(plan, rates, ground),
        penalty=penalty.minor.sum(axis=1),
        waiting_cost=_costs(plan, WAITING, ground),
        priced=np.any(np.isfinite(rates.price), axis=1),
        costed=np.any(np.isfinite(rates.price - rates.cost), axis=1),
        extra_cost=paid if standard else None,
        inventory_value=stock.total() // shipped.periods if standard else None,
    )


def _costs(plan: Sheet, accounts: tuple[str, ...], ground: Ground) -> int:
    rows = plan.table("costs").filter(pl.col("account").is_in(accounts))
    return to_minor(rows["amount"].to_numpy(), decimals=ground.decimals).total()


def _waiting(plan: Sheet, rates: Rates, ground: Ground) -> Minor:
    """What the plan charges for the waiting of each stream: that of its division and period, by value of what waits."""
    backlog = plan.cube("backlog")
    labels, codes = backlog.axis.groups("division")
    value = backlog.values * np.where(np.isnan(rates.price), 1.0, rates.price)
    whole, charged = np.zeros((len(labels), backlog.periods)), np.zeros((len(labels), backlog.periods))
    np.add.at(whole, codes, value)
    rows = plan.table("costs").filter(pl.col("account").is_in(WAITING) & pl.col("place").is_in(labels.tolist()))
    place = np.searchsorted(labels, rows["place"].to_numpy().astype(np.str_))
    np.add.at(charged, (place, rows["period"].to_numpy() - backlog.first), rows["amount"].to_numpy())
    share = np.divide(value, whole[codes], out=np.zeros_like(value), where=whole[codes] > 0)
    minor: Minor = to_minor(charged[codes] * share, decimals=ground.decimals).minor.sum(axis=1)
    return minor


def _premium(plan: Sheet, ground: Ground) -> int:
    """What purchases cost above the standard cost of what is bought; a row without a standard adds nothing."""
    rows = plan.table("purchase_plan")
    items = np.array(rows["item"].to_list(), dtype=np.str_)
    standard = ground.costs.of(items, column="standard_cost", periods=ground.horizon[:1])[:, 0]
    return to_minor(rows["cost"].to_numpy() - rows["quantity"].to_numpy() * standard, decimals=ground.decimals).total()


@dataclass(frozen=True)
class Compared:
    """Doing nothing, and the plan of each paper and option, valued once at the same rates."""

    base: Valued
    options: Mapping[tuple[str, str], Valued]


def compare(*, papers: Sequence[Paper], base: Sheet, solved: Solved, ground: Ground) -> Compared:
    """Value every option of every paper; ``solved`` holds the plan of each but those that change nothing.

    Raises:
        KeyError: if the plan of an option is missing.
    """
    rates = rates_of(base, ground)
    nothing = valued(base, rates=rates, ground=ground)
    options = {
        (paper.paper, option.option): nothing
        if option.is_nothing
        else valued(solved[paper.paper, option.option], rates=rates, ground=ground)
        for paper in papers
        for option in paper.options
    }
    return Compared(nothing, options)


def options_table(papers: Sequence[Paper], compared: Compared) -> pl.DataFrame:
    """One row per paper and option, all figures as differences against doing nothing.

    ``shipped_units``, ``lost_units``, ``late_units`` (not in the period they were asked for), ``backlog_units``
    (waiting at the end) over the horizon, null where the units are unlike; ``revenue``, ``margin``, ``extra_cost``
    (transport, overtime, holding, price above standard, contract penalties), ``waiting_cost`` (what the plan charges
    for lateness), ``inventory_value`` (mean of the horizon) and ``net_cost`` in minor units. ``net_cost = extra_cost +
    waiting_cost - worth of the sales gained``, a sale being worth its margin, or its price where it is sold below cost
    (that is a choice the company made before). Revenue and margin are the exact sums of their divisions in the effects
    table. Money is null where nothing that it is the money of has a price or cost: that of the paper's own streams, of
    all where it has none. ``own_worth`` is what the paper's own streams gain, ``own_service`` the same less their
    waiting and their penalties, ``own_cost`` the extra cost without penalties: by these a paper is held against the
    final plan.
    """
    rows = []
    for paper in papers:
        for option in paper.options:
            plan = compared.options[paper.paper, option.option]
            rows.append(
                {
                    "paper": paper.paper, "option": option.option, "kind": kind_of(option.difference),
                    "difference": to_json(option.difference), **gained(plan, compared.base, paper.streams),
                    "own_worth": own_worth(plan, base=compared.base, streams=paper.streams),
                    "own_service": own_service(plan, base=compared.base, streams=paper.streams),
                    "own_cost": minus(plan.paid, compared.base.paid),
                }
            )  # fmt: skip
    return pl.DataFrame(rows, schema=OPTIONS)


def gained(plan: Valued, base: Valued, streams: Sequence[str]) -> dict[str, float | int | None]:
    """What a plan brings against another: units, and money in minor units (see :func:`options_table`)."""
    worth = int((plan.worth - base.worth).sum())
    extra = minus(plan.extra_cost, base.extra_cost)
    # without a price the plan charges waiting by a stand-in, which is nobody's money
    waiting = plan.waiting_cost - base.waiting_cost if _is_priced(plan, streams) else None
    return {
        **{f"{name}_units": _units(plan, base, name) for name in ("shipped", "lost")},
        "late_units": alike(float((plan.late - base.late).sum()), base.shipped.units),
        "backlog_units": _units(plan, base, "backlog", last=True),
        "revenue": int((plan.revenue - base.revenue).sum()) if plan.priced.any() else None,
        "margin": int((plan.margin - base.margin).sum()) if plan.costed.any() else None,
        "extra_cost": extra,
        "waiting_cost": waiting,
        "inventory_value": minus(plan.inventory_value, base.inventory_value),
        "net_cost": None if extra is None or waiting is None else extra + waiting - worth,
        "overtime_hours": float(_difference(plan, base, "overtime_hours").sum()),
    }


def _units(plan: Valued, base: Valued, name: str, *, last: bool = False) -> float | None:
    gained = _difference(plan, base, name)
    return alike(float(gained[:, -1].sum() if last else gained.sum()), base.shipped.units)


def _difference(plan: Valued, base: Valued, name: str) -> np.ndarray:
    mine, theirs = plan.plan.cube(name), base.plan.cube(name)
    mine.same_labels(theirs)
    return mine.values - theirs.values


def _is_priced(plan: Valued, streams: Sequence[str]) -> bool:
    """Whether any of some streams has a price; of all where none is named."""
    rows = plan.shipped.axis.rows(list(streams)) if streams else slice(None)
    return bool(plan.priced[rows].any())


def own_worth(plan: Valued, *, base: Valued, streams: Sequence[str]) -> int | None:
    """Worth of what the streams of a paper gain against doing nothing, in minor units; None without a price."""
    if not _is_priced(plan, streams):
        return None
    rows = plan.shipped.axis.rows(list(streams))
    return int((plan.worth - base.worth)[rows].sum())


def own_service(plan: Valued, *, base: Valued, streams: Sequence[str]) -> int | None:
    """Worth of what the streams of a paper gain, less what their waiting is charged and their contracts fine."""
    rows = plan.shipped.axis.rows(list(streams))
    lost = plan.waiting - base.waiting + plan.penalty - base.penalty
    return minus(own_worth(plan, base=base, streams=streams), int(lost[rows].sum()))


def effects_table(compared: Compared) -> pl.DataFrame:
    """Who gains and who waits: units, revenue and margin per division, against doing nothing."""
    parts = [pl.DataFrame(schema=EFFECTS)]
    for (paper, option), plan in compared.options.items():
        named = _by_division(plan, compared.base).with_columns(
            pl.lit(paper).alias("paper"), pl.lit(option).alias("option")
        )
        parts.append(named.select(EFFECTS.names()).cast(EFFECTS))
    return pl.concat(parts)


def customers_table(compared: Compared) -> pl.DataFrame:
    """Which planning customers of which division gain or wait under each option, against doing nothing.

    Revenue is null where nothing of it has a price, late units where they are unlike; whom nothing moves has no row.
    """
    parts = [pl.DataFrame(schema=CUSTOMERS)]
    for (paper, option), plan in compared.options.items():
        axis = plan.shipped.axis
        rows = pl.DataFrame(
            {
                "division": axis.labels("division").tolist(), "customer": axis.labels("planning_customer").tolist(),
                "revenue": plan.revenue - compared.base.revenue, "priced": plan.priced,
                "late": plan.late - compared.base.late, "unit": plan.shipped.units.tolist(),
            }
        ).filter((pl.col("late").abs() > MOVED) | (pl.col("revenue") != 0))  # fmt: skip
        sums = rows.group_by("division", "customer", maintain_order=True).agg(
            pl.when(pl.col("priced").any()).then(pl.col("revenue").sum()).alias("revenue"),
            pl.when(pl.col("unit").n_unique() == 1).then(pl.col("late").sum()).alias("late_units"),
        )
        named = sums.with_columns(pl.lit(paper).alias("paper"), pl.lit(option).alias("option"))
        parts.append(named.sort("division", "customer").select(CUSTOMERS.names()).cast(CUSTOMERS))
    return pl.concat(parts)


def _by_division(plan: Valued, base: Valued) -> pl.DataFrame:
    labels, codes = plan.shipped.axis.groups("division")
    money = {"revenue": plan.revenue - base.revenue, "margin": plan.margin - base.margin}
    units = {name: _difference(plan, base, name).sum(axis=1) for name in ("shipped", "lost")}
    units["late"] = plan.late - base.late
    alike = [len(np.unique(plan.shipped.units[codes == k])) <= 1 for k in range(len(labels))]
    found: dict[str, pl.Series] = {"division": pl.Series(labels.tolist(), dtype=pl.String)}
    for name, amounts in money.items():
        total = np.zeros(len(labels), dtype=np.int64)
        np.add.at(total, codes, amounts)
        known = np.bincount(codes, weights=getattr(plan, KNOWN_BY[name]), minlength=len(labels)) > 0
        found[name] = pl.Series([int(t) if k else None for t, k in zip(total, known, strict=True)], dtype=pl.Int64)
    for name, quantities in units.items():
        sums = np.bincount(codes, weights=quantities, minlength=len(labels))
        found[f"{name}_units"] = pl.Series(np.where(alike, sums, np.nan)).fill_nan(None)
    return pl.DataFrame(found)


def sides(effects: pl.DataFrame, *, least: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Who gains and who waits: by revenue where at least ``least`` of it moves, else by late units; nobody is both.

    Example:
        >>> columns = {"division": ["A", "B", "C"], "revenue": [500, -5, None], "late_units": [7.0, -2.0, 1.0]}
        >>> [side["division"].to_list() for side in sides(pl.DataFrame(columns), least=100)]
        [['A', 'B'], ['C']]
    """
    revenue, late = pl.col("revenue").fill_null(0), pl.col("late_units").fill_null(0.0)
    told = revenue.abs() >= least
    gains, waits = (told & (revenue > 0)) | (~told & (late < -MOVED)), (told & (revenue < 0)) | (~told & (late > MOVED))
    return effects.filter(gains), effects.filter(waits)
