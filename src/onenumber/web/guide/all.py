"""Every guide by its role, in the order in which the month meets them."""

from collections.abc import Mapping
from types import MappingProxyType

from onenumber.web.guide.demand_side import DEMAND_PLANNER, SALES_LEADER, SALESPERSON
from onenumber.web.guide.model import Guide
from onenumber.web.guide.plants import OPERATIONS_LEADER, PLANT_MANAGER, SUPPLY_PLANNER
from onenumber.web.guide.the_house import ADMINISTRATOR, PROCESS_OWNER
from onenumber.web.guide.the_money import DIVISION_HEAD, EXECUTIVE, FINANCE

GUIDES: Mapping[str, Guide] = MappingProxyType(
    {
        one.role: one
        for one in (
            SALESPERSON, SALES_LEADER, DEMAND_PLANNER, SUPPLY_PLANNER, OPERATIONS_LEADER, PLANT_MANAGER, FINANCE,
            DIVISION_HEAD, EXECUTIVE, PROCESS_OWNER, ADMINISTRATOR,
        )
    }
)  # fmt: skip
"""What `/guide/` lists."""
