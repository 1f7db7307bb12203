"""Parameters that are no longer true: what the facts say of rates and safety stocks, beside what is planned with.

Source: domain.md F-SS1 (eight errors at least, one cycle moves a stock by at most 30 %), F-SS2 (the median of the last
runs, 10 % beside the standard), §5.4 case B5 with a review of one period (a plan is made once a period) and the
firm periods as part of the lead time; sigma is measured of the sum over the interval, as errors of one plan hang
together.
"""

import datetime as dt
import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.inventory.safety_stock import for_fill_rate
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.validity import latest_on

Floats = npt.NDArray[np.float64]
Tables = Mapping[str, pl.DataFrame]
UNTRUE = 0.10
"""How far beside what is planned with the evidence must lie, as a share of it."""
FEWEST_RUNS, LAST_RUNS = 5, 12
"""Runs that a rate is read from at least, and the newest that it is read from."""
FEWEST_ERRORS = 8
"""Forecast errors that a safety stock is worked out from at least."""
MOST_MOVED = 0.30
"""Share of a safety stock by which one cycle moves it at most; more is taken in steps."""
RATE = ["item", "site", "route", "resource"]
RATES = pl.Schema(
    {**dict.fromkeys(RATE, pl.String), "planned": pl.Float64, "shown": pl.Float64, "runs": pl.Int64, "last": pl.Date}
)


def shown_rates(*, production: pl.DataFrame, company: Tables, until: dt.date) -> pl.DataFrame:
    """Hours per good unit of each rate in force on ``until``: planned with, and the median of its last runs.

    A run counts where it says its hours and good units; one without a resource belongs to the item's only one at the
    site. ``runs`` are those that the median is of, at most ``LAST_RUNS``; without any ``shown`` is null. Columns
    ``RATES``, sorted.

    Example:
        >>> rates = pl.DataFrame({"item": ["A"], "site": ["P"], "route": ["main"], "resource": ["L"],
        ...     "hours_per_unit": [1.0], "valid_from": [None], "valid_to": [None]},
        ...     schema_overrides={"valid_from": pl.Date, "valid_to": pl.Date})
        >>> made = pl.DataFrame({"item": ["A"] * 3, "site": ["P"] * 3, "resource": ["L"] * 3, "hours": [6.0, 5.5, 9.0],
        ...     "quantity": [5.0, 5.0, 5.0], "date": [dt.date(2026, 5, k) for k in (1, 8, 15)]})
        >>> shown_rates(production=made, company={"rates": rates}, until=dt.date(2026, 6, 1)).select(
        ...     "item", "planned", "shown", "runs").rows()
        [('A', 1.0, 1.2, 3)]
    """
    rates = latest_on(table_or_empty(company, "rates"), until, RATE)
    rates = rates.select(*RATE, pl.col("hours_per_unit").alias("planned"))
    alone = rates.group_by("item", "site").agg(pl.col("resource").first(), pl.len().alias("ways"))
    alone = alone.filter(pl.col("ways") == 1).select("item", "site", pl.col("resource").alias("only"))
    runs = production.filter((pl.col("hours") > 0) & (pl.col("quantity") > 0) & (pl.col("date") < until))
    runs = runs.join(alone, on=["item", "site"], how="left", maintain_order="left")
    runs = runs.with_columns(pl.coalesce("resource", "only").alias("resource")).sort("date", maintain_order=True)
    each = (pl.col("hours") / pl.col("quantity")).tail(LAST_RUNS)
    found = runs.group_by("item", "site", "resource").agg(
        each.median().alias("shown"), each.len().cast(pl.Int64).alias("runs"), pl.col("date").last().alias("last")
    )
    table = rates.join(found, on=["item", "site", "resource"], how="left", maintain_order="left")
    return table.with_columns(pl.col("runs").fill_null(0)).select(RATES.names()).cast(RATES).sort(RATE)


def worked_out_stock(*, mean: Floats, sigma: Floats, lead: Floats, target: Floats, firm: int) -> Floats:
    """Safety stock by B5 for a plan that is made once a period and whose first ``firm`` periods are fixed.

    What a plan decides comes after its firm periods and lasts until what the next one decides comes: the stock covers
    ``firm + 1`` periods and the lead time. Lot ``mean``, spread ``sigma sqrt((firm + 1 + lead) / (firm + 1))``.

    ``mean`` demand a period, ``sigma`` of the sum of forecast errors over ``firm + 1`` periods of one plan, ``lead`` in
    periods, ``target`` the share of demand to be met from stock. 0 where the error is 0.

    Example:
        >>> worked_out_stock(mean=np.array([100.0, 100.0]), sigma=np.array([60.0, 0.0]), lead=np.array([0.5, 0.5]),
        ...                  target=np.array([0.97, 0.97]), firm=1).round(1).tolist()
        [87.8, 0.0]
    """
    spread = sigma * np.sqrt((firm + 1.0 + lead) / (firm + 1.0))
    safe = np.where(spread > 0, spread, 1.0)
    return np.where(spread > 0, for_fill_rate(beta=target, lot=mean, spread=safe), 0.0)


def summed_errors(*, forecast: Floats, actual: Floats) -> Floats:
    """Forecast error of each plan, summed over the periods that its decision must cover (C1: over is positive).

    ``forecast`` is (plans x periods): what plan ``t`` said of period ``t`` and those after it; ``actual`` has as many
    periods as there are plans. A plan whose periods are not all over is left out.

    Example:
        >>> summed_errors(forecast=np.array([[10.0, 12.0], [9.0, 12.0], [8.0, 9.0]]), actual=np.array([8.0, 12.0, 9.0]))
        array([2., 0.])
    """
    over = len(actual) - forecast.shape[1] + 1
    came = np.array([actual[t : t + forecast.shape[1]].sum() for t in range(max(over, 0))])
    errors: Floats = forecast[: len(came)].sum(axis=1) - came
    return errors


def replayed_fill(*, stock: float, forecast: Floats, actual: Floats) -> float | None:
    """Share of demand that a safety stock would have met from stock in the past, had every plan been kept.

    Each plan orders for the period after its firm ones what brings the stock back to ``stock`` by its own forecast;
    what is late is delivered first in the next period and counts as missed once. It begins with ``stock`` and no
    backlog, and says nothing of days inside a period. ``forecast`` and ``actual`` as in :func:`summed_errors`; None
    where nothing was asked for.

    Example:
        >>> said = np.array([[10.0, 10.0]] * 4)
        >>> came = np.array([10.0, 10.0, 15.0, 10.0])
        >>> [round(replayed_fill(stock=s, forecast=said, actual=came), 3) for s in (0.0, 5.0)]
        [0.714, 1.0]
    """
    firm = forecast.shape[1] - 1
    needs, receipts = forecast.sum(axis=1).tolist(), [*forecast[0, :firm].tolist(), *([0.0] * len(actual))]
    held, late, asked, missed = stock, 0.0, 0.0, 0.0
    for t, wanted in enumerate(actual.tolist()):
        due = needs[t] + late + stock - held - sum(receipts[t : t + firm])
        receipts[t + firm] = max(due, 0.0)
        held += receipts[t]
        short = max(wanted + late - held, 0.0)
        held -= wanted + late - short
        if t >= firm:
            asked, missed = asked + wanted, missed + min(short, wanted)
        late = short
    return float(1.0 - missed / asked) if asked else None


def in_steps(*, now: float, worked_out: float) -> float:
    """What one cycle may take of the way from a stock to the one worked out: at most 30 % of the stock in force.

    A stock of nothing has no share: it may go all the way.

    Example:
        >>> [in_steps(now=now, worked_out=to) for now, to in ((100.0, 150.0), (100.0, 90.0), (0.0, 9.0))]
        [130.0, 90.0, 9.0]
    """
    if now <= 0:
        return worked_out
    return min(max(worked_out, now * (1 - MOST_MOVED)), now * (1 + MOST_MOVED))


def chance_of(errors: int, *, over: int = 1) -> float:
    """Share by which a safety stock read off so few errors lies beside the true one by chance: two standard errors.

    A standard deviation of n errors has the relative standard error ``1 / sqrt(2 (n - 1))``. Errors that are sums
    ``over`` several periods share periods and count for fewer: ``n / (1 + 2 sum over k < over of (1 - k / over)^2)``.

    Example:
        >>> chance_of(11).__round__(3), chance_of(11, over=2).__round__(3), chance_of(1)
        (0.447, 0.562, inf)
    """
    shared = 1.0 + 2.0 * sum((1.0 - k / over) ** 2 for k in range(1, over))
    apart = errors / shared
    return 2.0 / math.sqrt(2.0 * (apart - 1.0)) if apart > 1 else math.inf


def is_untrue(*, planned: float, shown: float, chance: float = 0.0) -> bool:
    """Whether evidence lies further beside what is planned with than 10 %, and than ``chance`` explains.

    Example:
        >>> is_untrue(planned=1.0, shown=1.12), is_untrue(planned=1.0, shown=1.05), is_untrue(planned=0.0, shown=1.0)
        (True, False, True)
    """
    return shown > 0 if planned == 0 else abs(shown / planned - 1) > max(UNTRUE, chance)
