"""The squeezed company with a material, its two vendors, and maintenance: what an operations leader looks at."""

import datetime as dt

import polars as pl

from tests import tiny
from tests.steps.month_for_tests import squeezed

FOREVER = {"valid_from": None, "valid_to": None}
HUNDRED_DAYS = 100


def supplied() -> dict[str, pl.DataFrame]:
    """B1 takes one M1, of which 60 are there; its vendor takes a hundred days, a second one needs a decision.

    Line 1 has an overhaul in September that may go anywhere from August to November, and an inspection in June that may
    not move.
    """
    made = squeezed()
    material = {"item": "M1", "name": "Casting", "kind": "bought", "role": "material", "unit": "kg", "decimals": 0}
    vendors = [{"vendor": "V1", "name": "Vauban"}, {"vendor": "V2", "name": "Wolff"}]
    sold = [
        {"vendor": "V1", "item": "M1", "site": "P1", "lead_time_days": HUNDRED_DAYS, "price": 3.0, "currency": "EUR",
         "rank": 1, "needs_decision": False, **FOREVER},
        {"vendor": "V2", "item": "M1", "site": "P1", "lead_time_days": 5, "price": 5.0, "currency": "EUR", "rank": 2,
         "needs_decision": True, **FOREVER},
    ]  # fmt: skip
    windows = [
        {"window": "W1", "resource": "L1", "start": dt.date(2026, 9, 7), "end": dt.date(2026, 9, 12), "hours": 40.0,
         "movable": True, "earliest": dt.date(2026, 8, 1), "latest": dt.date(2026, 11, 15), "reason": "overhaul"},
        {"window": "W2", "resource": "L1", "start": dt.date(2026, 6, 8), "end": dt.date(2026, 6, 10), "hours": 8.0,
         "movable": False, "reason": "inspection"},
    ]  # fmt: skip
    bill = {"parent": "B1", "component": "M1", "quantity": 1.0, **FOREVER}
    held = {"item": "M1", "site": "P1", "policy": "make_to_stock", "safety_stock": 10.0, **FOREVER}
    stock = {"item": "M1", "site": "P1", "date": dt.date(2026, 4, 30), "status": "free", "quantity": 60.0}
    cost = {"item": "M1", "standard_cost": 3.0, "currency": "EUR", **FOREVER}
    more = {
        "items": [material], "item_sites": [held], "stock": [stock], "costs": [cost], "vendors": vendors,
        "vendor_items": sold, "maintenance": windows, "bill_of_materials": [bill],
    }  # fmt: skip
    for name, rows in more.items():
        new = tiny.table(name, rows)
        made[name] = pl.concat([made[name], new]) if name in made else new
    return made
