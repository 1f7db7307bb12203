"""How long stock lasts and how fast it turns (K40-K42, K46)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
YEAR_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class Cover:
    """Periods of cover per item, and where stock outlasts the horizon (``periods`` is then its length)."""

    periods: Floats
    beyond: npt.NDArray[np.bool_]


def forward_cover(*, stock: Floats, demand: Floats) -> Cover:
    """K42: periods until stock is used up by the demand ahead; the last period counts in part.

    ``stock`` is (items,) at the start, ``demand`` (items x periods). No stock is 0; demand that never uses it up is
    ``beyond`` the horizon.

    Example (T9):
        >>> forward_cover(stock=np.array([250.0]), demand=np.array([[100.0, 120.0, 90.0]])).periods.round(3).tolist()
        [2.333]
    """
    left = np.maximum(stock, 0.0)
    periods = np.zeros(len(stock))
    running = left > 0
    for step in range(demand.shape[1]):
        need = demand[:, step]
        share = np.where(need > left, left / np.where(need > 0, need, 1.0), 1.0)
        periods += np.where(running, share, 0.0)
        left = left - np.where(running, np.minimum(left, need), 0.0)
        running = running & (left > 0)
    return Cover(periods, running)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """Turns and days of one company or unit; None where a base is zero, with the reason."""

    turns: float | None
    days_of_supply: float | None
    days_of_sales: float | None
    days_of_payables: float | None
    cash_to_cash: float | None
    reason: str


def cash_to_cash(
    *, cost_of_sales: float, revenue: float, purchases: float, inventory: float, receivables: float, payables: float
) -> Cash:
    """K40, K41, K46: ``IDS = inventory / (COGS/365)``, ``C2C = IDS + DSO - DPO``; payables over material purchases.

    All amounts annualised, in one currency; inventory, receivables and payables are averages. Many texts divide
    payables by COGS: say which. Source: SCOR.

    Example (T9):
        >>> c = cash_to_cash(cost_of_sales=60, revenue=100, purchases=40, inventory=12, receivables=10, payables=6)
        >>> c.turns, c.days_of_supply, c.days_of_sales, c.days_of_payables, c.cash_to_cash
        (5.0, 73.0, 36.5, 54.75, 54.75)
        >>> cash_to_cash(cost_of_sales=0, revenue=1, purchases=1, inventory=1, receivables=0, payables=0).reason
        'no_consumption'
    """
    supply = _days(inventory, cost_of_sales)
    sales, owed = _days(receivables, revenue), _days(payables, purchases)
    bases = {
        "no_consumption": cost_of_sales,
        "no_revenue": revenue,
        "no_purchases": purchases,
        "no_inventory": inventory,
    }
    whole = None if supply is None or sales is None or owed is None else supply + sales - owed
    return Cash(
        turns=cost_of_sales / inventory if inventory else None,
        days_of_supply=supply,
        days_of_sales=sales,
        days_of_payables=owed,
        cash_to_cash=whole,
        reason="|".join(code for code, base in bases.items() if not base),
    )


def _days(amount: float, a_year: float) -> float | None:
    return amount / (a_year / YEAR_DAYS) if a_year else None
