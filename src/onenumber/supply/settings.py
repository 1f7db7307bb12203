"""The prices and limits of a supply plan that are policy, not data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplySettings:
    """Policy of the plan; every share is of money a unit is worth, so that no figure depends on the currency.

    ``firm_periods``: periods at the start whose receipts are only released production and confirmed purchases.
    ``backlog_periods``: a sale may wait that long; the charge a period is price / (periods + 1/2), so that waiting
    one period more costs more than losing the sale. ``closing_share``: charge on what still waits when the horizon
    ends, a share of the price; with one period's charge it stays under the price, with two it does not.
    ``holding_share_a_year``: of the standard cost. ``safety_share``: of the value, a unit below target and period.
    ``even_share``: price of an hour more or less than the period before, as a share of what it costs to hold an
    hour's output for a period. ``rank_share``: of the value, for each step down the ranks of vendors or sites.
    ``penalty_share``: of the price, for a unit short of a contract that names no penalty.
    ``consume_back``, ``consume_forward``: periods in which an order may consume forecast outside its own.
    ``priority_weights`` multiply the charge on backlog. ``seconds_max``: None solves to the end.
    ``sell_without_source``: whether what is sold and has neither route nor vendor counts as never short (with a
    finding), as components do; else only its stock is sold. ``unique``: whether ties are settled by a second pass on
    the optimal face.
    """

    firm_periods: int = 1
    backlog_periods: int = 3
    closing_share: float = 0.6
    holding_share_a_year: float = 0.24
    safety_share: float = 0.1
    even_share: float = 0.1
    rank_share: float = 0.01
    penalty_share: float = 0.5
    consume_back: int = 0
    consume_forward: int = 0
    priority_weights: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"A": 1.1, "B": 1.05, "C": 1.0})
    )
    seconds_max: float | None = None
    sell_without_source: bool = False
    unique: bool = True

    @property
    def backlog_share(self) -> float:
        """Charge for a unit that waits one period, as a share of its price.

        Example:
            >>> round(SupplySettings(backlog_periods=3).backlog_share, 4)
            0.2857
        """
        return 1.0 / (self.backlog_periods + 0.5)


DEFAULT = SupplySettings()
"""The settings of a plan that names none."""
