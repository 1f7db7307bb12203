"""What a unit sold is worth, and what it costs to miss a contract."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.money import Amounts, to_minor
from onenumber.model.sheet import Sheet
from onenumber.model.validity import valid_on
from onenumber.review.ground import Ground
from onenumber.review.money import stock_cost, unit_cost, unit_price
from onenumber.review.promises import promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Money a unit, NaN where unknown: price, variable cost and worth per stream, standard cost per cell."""

    price: Values
    cost: Values
    worth: Values
    standard: Values


def rates_of(plan: Sheet, ground: Ground) -> Rates:
    """The rates of a plan, the same for every plan on its axes."""
    price, cost = unit_price(plan, ground), unit_cost(plan, ground)
    return Rates(price=price, cost=cost, worth=unit_worth(price, cost), standard=stock_cost(plan, ground))


def unit_worth(price: Values, cost: Values) -> Values:
    """Worth of a unit sold: its contribution margin, ``price - cost``; NaN without a price.

    Where the margin is not known or not positive the price stands in: a sale made below cost is one that the company
    chose to make, and refusing it loses the sale.

    Example:
        >>> unit_worth(np.array([10.0, 10, 10, np.nan]), np.array([6.0, 12, np.nan, 6])).tolist()
        [4.0, 10.0, 10.0, nan]
    """
    with np.errstate(invalid="ignore"):
        return np.where(price - cost > 0, price - cost, price)


def contract_penalty(plan: Sheet, ground: Ground) -> Amounts:
    """Penalty of each promise (row of :func:`onenumber.review.promises.promises`) under a contract, in minor units.

    ``penalty x max(0, min(minimum, asked) - promised)``, for the contract that holds when the plan begins; a customer
    that asks for less than the minimum is not short of it.
    """
    contracts = valid_on(ground.master("customer_contracts"), ground.as_of)
    held = contracts.select(pl.col("customer").alias("planning_customer"), "item", "minimum", "penalty")
    held = held.unique(subset=["planning_customer", "item"], keep="last", maintain_order=True)
    joined = promises(plan).join(held, on=["planning_customer", "item"], how="left", maintain_order="left")
    missed = (pl.min_horizontal("minimum", "asked") - pl.col("promised")).clip(0)
    fined = pl.when(pl.col("minimum").is_not_null()).then(missed * pl.col("penalty")).fill_null(0.0)
    return to_minor(joined.select(fined).to_series().to_numpy(), decimals=ground.decimals)
