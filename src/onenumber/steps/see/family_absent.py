"""Rows of a family page that stay and say why they are empty: what they rest on was not loaded (C8)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from onenumber.model.cube import State
from onenumber.review.leaves import Leaves
from onenumber.rights.ask import reads
from onenumber.steps.frame.unit_values import Master
from onenumber.steps.see.family_leaves import Lens
from onenumber.steps.see.places import CUSTOMER

NOT_LOADED = ("no_data", "no_actual")


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Leaves without any figure, and the reasons (past, ahead) of the rows that show them.

    ``unvalued`` are the tables, as reasons, without which nothing can be shown in money.
    """

    leaves: Mapping[str, Leaves]
    why: Mapping[str, tuple[str, str]]
    unvalued: tuple[str, ...]


def absent_leaves(lens: Lens, leaves: Mapping[str, Leaves], facts: Master | None) -> Absent:
    """What the person would see of the place had it been loaded, and does not: a dash, not a row that is missing.

    Production and shipments stand for what was made and for order-line service; a division and the company have a
    budget; safety stock that no item of the place has is unknown, not 0.
    """
    nothing = _nothing(lens)
    found: dict[str, Leaves] = {}
    why: dict[str, tuple[str, str]] = {}
    tables = facts.tables if facts is not None and lens.columns.start < lens.cycle else None
    made = lens.place.level != CUSTOMER and reads(lens.actor, lens.cell_figure)
    if tables is not None and "production" not in tables and made:
        found["supply_actual"] = nothing
        why |= {"supply_actual": NOT_LOADED, "supply_deviation": NOT_LOADED}
    if tables is not None and "shipments" not in tables:
        found |= {"kept": nothing, "counted": nothing}
        why["service_actual"] = NOT_LOADED
    if lens.money and lens.whole and lens.place.has_budget and "budget" not in leaves:
        found["budget"] = nothing
    if "safety" in leaves and not _has_safety_stock(lens, leaves["safety"]):
        found["safety"] = replace(leaves["safety"], state=np.full_like(leaves["safety"].state, State.NONE))
        why["inventory_target"] = ("over", "no_safety_stock")
    lacking = [f"no_{name}" for name in ("prices", "costs") if lens.money and not len(lens.company.get(name, ()))]
    return Absent(leaves=found, why=why, unvalued=tuple(lacking))


def _nothing(lens: Lens) -> Leaves:
    shape = (1, len(lens.columns))
    return Leaves(values=np.zeros(shape), state=np.full(shape, State.NOT_COMPUTED, dtype=np.uint8), by={})


def _has_safety_stock(lens: Lens, safety: Leaves) -> bool:
    """Whether master data says of any item-site of the place how much safety stock it has, be it 0."""
    said = lens.company["item_sites"].filter(pl.col("safety_stock").is_not_null())
    return bool(np.isin(safety.by["cell"], (said["item"] + "|" + said["site"]).to_list()).any())
