"""The constraints of the plan: one file each, with its formula; a test holds a golden LP for every one.

To add one: write its module with a function ``rows(network, columns) -> Block`` whose docstring is the formula,
list it here, and write ``tests/lp/<name>.lp``.
"""

from collections.abc import Callable
from types import MappingProxyType

from onenumber.supply.constraints import (
    capacity,
    contract_floor,
    demand_balance,
    evenness,
    fair_share,
    fixed,
    hours_used,
    plant_limit,
    precedence_floor,
    safety_stock,
    space,
    stock_balance,
    to_order,
    to_order_stock,
    unserved,
    vendor_duty,
    vendor_limit,
)
from onenumber.supply.lp import Block, Columns
from onenumber.supply.network import Network

Rows = Callable[[Network, Columns], Block]

CONSTRAINTS: MappingProxyType[str, Rows] = MappingProxyType(
    {
        module.__name__.rpartition(".")[2]: module.rows
        for module in (
            stock_balance,
            demand_balance,
            hours_used,
            capacity,
            evenness,
            safety_stock,
            to_order,
            to_order_stock,
            vendor_limit,
            vendor_duty,
            plant_limit,
            space,
            contract_floor,
            unserved,
            fair_share,
            precedence_floor,
            fixed,
        )
    }
)
"""Every constraint by name, in the order of the rows."""

__all__ = ["CONSTRAINTS", "Rows"]
