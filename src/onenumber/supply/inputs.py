"""What a supply plan is made from."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.model.cube import Cube, Values
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import Sheet
from onenumber.supply.differences import Difference
from onenumber.supply.fixed import Standing
from onenumber.supply.horizon import Horizon
from onenumber.supply.settings import DEFAULT, SupplySettings

Tables = Mapping[str, pl.DataFrame]
FACTS = ("stock", "production_orders", "production", "purchase_orders", "receipts")
"""The tables of Load that a plan is made from."""


@dataclass(frozen=True, kw_only=True)
class SupplyInputs:
    """Consensus and network of one cycle.

    ``load`` holds ``FACTS``, already cut to what was known when the cycle opened. ``demand`` (consensus) and
    ``booked`` stand on one stream axis over the horizon; ``backlog`` is History's table of past-due lines.
    ``prices`` are (streams x horizon) in plan currency, NaN where none is known. ``reference`` is the last
    published plan. ``start`` is a supply plan from which the optimum is sought: where the two are alike it is found
    faster. The plan is the same; of two causes of a shortage it may name the other. None starts from nothing.
    ``standing`` is the plan in force that an emergency amends.
    """

    company: Tables
    load: Tables
    frame: PlanFrame
    cycle: int
    demand: Cube
    booked: Cube
    backlog: pl.DataFrame
    prices: Values
    differences: tuple[Difference, ...] = ()
    stage: str = "proposed"
    reference: Sheet | None = None
    start: Sheet | None = None
    standing: Standing | None = None
    settings: SupplySettings = DEFAULT

    @property
    def horizon(self) -> Horizon:
        """The periods planned: those of the demand cube."""
        return Horizon(calendar=self.frame.calendar, first=self.cycle, count=self.demand.periods)
