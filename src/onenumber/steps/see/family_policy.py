"""What a place makes to order: it has no stock, and its bookings, backlog and promise stand where stock would."""

from functools import lru_cache

import polars as pl

from onenumber.model.plan import PlanFrame
from onenumber.model.validity import latest_on
from onenumber.steps.frame.unit_values import KEPT, Master
from onenumber.steps.see.family_unit import KEPT as PLACES
from onenumber.steps.see.family_unit import items_in
from onenumber.steps.see.places import Place

MAKE_TO_STOCK = "make_to_stock"


@lru_cache(maxsize=KEPT)
def to_order_only(master: Master, frame: PlanFrame, cycle: int) -> frozenset[str]:
    """Items that are made or assembled to order wherever they have a policy on the first day of the cycle."""
    held = latest_on(master.tables["item_sites"], frame.calendar[cycle].start, ["item", "site"])
    stocked = held.filter(pl.col("policy") == MAKE_TO_STOCK)["item"]
    return frozenset(held["item"].to_list()) - frozenset(stocked.to_list())


@lru_cache(maxsize=PLACES)
def makes_to_order(master: Master, place: Place, frame: PlanFrame, cycle: int) -> bool:
    """Whether nothing of the place is kept in stock."""
    items = items_in(master, place)["item"].to_list()
    return bool(items) and to_order_only(master, frame, cycle).issuperset(items)
