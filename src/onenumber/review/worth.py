"""What a unit sold is worth, and what it costs to miss a contract."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import Axis
from onenumber.model.cube import Values
from onenumber.model.money import Amounts, to_minor
from onenumber.model.sheet import Sheet
from onenumber.model.validity import valid_on
from onenumber.review.ground import Ground
from onenumber.review.money import stock_cost, unit_cost, unit_price
from onenumber.review.promises import EPSILON, Promised


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Per stream the minimum of a period under contract, in units, and the penalty per unit; NaN where none holds."""

    minimum: Values
    penalty: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Money a unit, NaN where unknown: price, variable cost and worth per stream, standard cost per cell.

    ``contract`` is what holds under contract per stream.
    """

    price: Values
    cost: Values
    worth: Values
    standard: Values
    contract: Contract


def rates_of(plan: Sheet, ground: Ground) -> Rates:
    """The rates of a plan, the same for every plan on its axes."""
    price, cost = unit_price(plan, ground), unit_cost(plan, ground)
    return Rates(
        price=price,
        cost=cost,
        worth=unit_worth(price, cost),
        standard=stock_cost(plan, ground),
        contract=contract_of(plan.cube("demand").axis, ground),
    )


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


def contract_of(streams: Axis, ground: Ground) -> Contract:
    """The contract of each stream that holds when the plan begins."""
    keys = ["planning_customer", "item"]
    held = valid_on(ground.master("customer_contracts"), ground.as_of).rename({"customer": "planning_customer"})
    held = held.unique(subset=keys, keep="last", maintain_order=True)
    labels = {name: streams.attributes[name].tolist() for name in keys}
    found = pl.DataFrame(labels, schema=dict.fromkeys(keys, pl.String)).join(
        held, on=keys, how="left", maintain_order="left"
    )
    minimum, penalty = (found[name].fill_null(np.nan).to_numpy() for name in ("minimum", "penalty"))
    return Contract(minimum=minimum, penalty=penalty)


def contract_penalty(split: Promised, contract: Contract, *, decimals: int) -> Amounts:
    """Penalty of each promise of a plan under a contract, in minor units: (streams x periods).

    ``penalty x max(0, min(minimum, asked) - promised)``; a customer that asks for less than the minimum is not short
    of it.
    """
    missed = np.maximum(np.minimum(contract.minimum[:, None], split.asked) - split.promised, 0.0)
    fined = np.where(split.asked > EPSILON, missed * contract.penalty[:, None], 0.0)
    return to_minor(np.nan_to_num(fined), decimals=decimals)
