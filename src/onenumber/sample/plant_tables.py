"""The network as tables of the contract: plants, lines, rates, bills of material, vendors and what they sell."""

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.catalogue import (
    ASSEMBLED,
    CARTRIDGE_KG,
    COMPOUNDS,
    DIVISIONS,
    FAMILIES,
    LINES,
    MADE_TO_ORDER,
    MATERIALS,
    PER_FAMILY,
    SITES,
    VENDORS,
)  # fmt: skip
from onenumber.sample.clock import Clock
from onenumber.sample.network import SHARED_LINE, Network, unit_of
from onenumber.sample.purchases import Rows, Sources, monthly_use
from onenumber.sample.rows import rows

Tables = dict[str, pl.DataFrame]
BOX = ("GPU", "HOS")
"""Families also ordered by the box of twelve."""
PER_BOX, PER_DRUM = 12.0, 25.0
DOLLAR_VENDOR = 19
POLICIES = {MADE_TO_ORDER: "make_to_order", ASSEMBLED: "assemble_to_order"}
SECOND_SOURCES = (0, 20, 40)
"""Materials with a second source that needs a decision."""


def product_tables(network: Network) -> Tables:
    """Divisions, families, items and their other units."""
    families = [(f.key, f.name, f.division, "kg" if f.key == COMPOUNDS else "pcs") for f in FAMILIES]
    boxes = [
        (item, "box", PER_BOX, None, None)
        for item, family in zip(network.items, network.family, strict=True)
        if family.key in BOX
    ]
    drums = [
        (item, "drum", PER_DRUM, None, None)
        for k, item in enumerate(network.items)
        if unit_of(network.family[k], k % PER_FAMILY) == "kg"
    ]
    return {
        "divisions": rows("divisions", DIVISIONS),
        "families": rows("families", families),
        "items": rows("items", [*_products(network), *_materials()]),
        "unit_conversions": rows("unit_conversions", [*boxes, *drums]),
    }


def _products(network: Network) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for k, (item, family) in enumerate(zip(network.items, network.family, strict=True)):
        unit = unit_of(family, k % PER_FAMILY)
        each = CARTRIDGE_KG if family.key == COMPOUNDS and unit == "pcs" else 1.0
        name = f"{family.prefix} {family.models[k % PER_FAMILY]}"
        found.append((item, name, family.key, "made", "product", unit, 0, each, None, None))
    return found


def _materials() -> list[tuple[object, ...]]:
    return [
        (f"M-{site}-{k + 1:02d}", name, None, "bought", "material", "pcs", 0, None, None, None)
        for site, names in MATERIALS.items()
        for k, name in enumerate(names)
    ]


def plant_tables(network: Network, clock: Clock, daily: Values) -> Tables:
    """Sites, closed days, sourcing, lanes, lines, overtime, rates, policies and bills of material."""
    closed = [(site, day, "holiday") for site, _ in SITES for day in clock.closed_days]
    hours = dict(zip((line for line, _, _ in LINES), daily.tolist(), strict=True))
    return {
        "sites": rows("sites", [(site, name, "plant", "12345", None) for site, name in SITES]),
        "closed_days": rows("closed_days", closed),
        "sourcing_rules": rows(
            "sourcing_rules",
            [(i, None, site, 1, None, None) for i, site in zip(network.items, network.site, strict=True)],
        ),
        "lanes": rows("lanes", [(a, b, None, 3, 1.2, None, None) for a, _ in SITES for b, _ in SITES if a != b]),
        "resources": rows(
            "resources",
            [(line, name, site, hours[line], None, None, None) for line, name, site in LINES],
        ),
        "overtime": rows("overtime", _overtime(hours)),
        "rates": rows("rates", _rates(network)),
        "item_sites": rows("item_sites", _policies(network, clock)),
        "bill_of_materials": rows("bill_of_materials", _bill(network)),
    }  # fmt: skip


def _overtime(hours: dict[str, float]) -> list[tuple[object, ...]]:
    """Two steps for each line; the shared line works in shifts already, so only the dear one is left there."""
    steps = ((1, 0.02, 32.0, False), (2, 0.08, 58.0, True))
    return [
        (line, step, round(daily * 21 * share, 1), cost, needs, None, None)
        for line, daily in hours.items()
        for step, share, cost, needs in steps
        if needs or line != SHARED_LINE
    ]


def _rates(network: Network) -> list[tuple[object, ...]]:
    lines = [line for line, _, _ in LINES]
    found: list[tuple[object, ...]] = []
    for k, item in enumerate(network.items):
        days = 15 if network.to_order[k] else 3
        line = lines[network.line[k]]
        found.append((item, network.site[k], "main", line, float(network.hours[k]), None, 1.0, days, None, None))
    return found


def _policies(network: Network, clock: Clock) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for k, item in enumerate(network.items):
        to_order = bool(network.to_order[k])
        policy = POLICIES.get(network.family[k].key, "make_to_stock")
        target = None if to_order else (0.98, 0.95, 0.92)[min(k % PER_FAMILY // 3, 2)]
        step = float(network.step[k])
        found.append(
            (item, network.site[k], policy, 10, None, step, step, target, float(network.safety[k]), None, None)
        )  # fmt: skip
    held = np.ceil(monthly_use(network, clock) * 0.6)
    for k, item in enumerate(network.materials):
        site = network.material_site[k]
        found.append((item, site, "make_to_stock", None, None, None, None, 0.97, float(held[k]), None, None))
    return found


def _bill(network: Network) -> list[tuple[object, ...]]:
    parents, components = np.nonzero(network.bill)
    return [
        (network.items[p], network.materials[c], float(network.bill[p, c]), None, None)
        for p, c in zip(parents.tolist(), components.tolist(), strict=True)
    ]


def vendor_tables(network: Network, sources: Sources, clock: Clock) -> Tables:
    """Vendors, what they sell, their limits and what must be taken of them."""
    use = monthly_use(network, clock)
    limits = [
        (vendor_key(v), None, float(np.ceil(use[sources.vendor == v].sum() * 2.0 / 100) * 100), None, None)
        for v in range(len(VENDORS))
        if v % 3 == 0
    ]
    taken = [
        (vendor_key(int(sources.vendor[k])), network.materials[k], float(round(use[k] * 0.5)), None, None)
        for k in (14, 33)
    ]
    return {
        "vendors": rows("vendors", [(vendor_key(v), name, 3, 0) for v, name in enumerate(VENDORS)]),
        "vendor_items": rows("vendor_items", _offers(network, sources)),
        "vendor_limits": rows("vendor_limits", limits),
        "vendor_contracts": rows("vendor_contracts", taken),
    }


def vendor_key(row: int) -> str:
    """Key of a vendor.

    Example:
        >>> vendor_key(7)
        'V08'
    """
    return f"V{row + 1:02d}"


def second_vendor(vendor: Rows) -> Rows:
    """Row of the second source beside a first one.

    Example:
        >>> second_vendor(np.array([7, 24])).tolist()
        [13, 5]
    """
    return (vendor + 6) % len(VENDORS)


def _offers(network: Network, sources: Sources) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for k, item in enumerate(network.materials):
        vendor, lot = int(sources.vendor[k]), float(sources.multiple[k])
        currency = "USD" if vendor == DOLLAR_VENDOR else "EUR"
        price = round(float(network.price[k]) / (0.92 if currency == "USD" else 1.0), 4)
        base = (item, network.material_site[k])
        found.append((vendor_key(vendor), *base, int(sources.lead[k]), lot, lot, price, currency, 1, False, None, None))
        if k in SECOND_SOURCES:
            other = vendor_key(int(second_vendor(np.array([vendor]))[0]))
            dearer = round(float(network.price[k]) * 1.35, 4)
            found.append((other, *base, int(sources.lead[k]) + 7, lot, lot, dearer, "EUR", 2, True, None, None))
    return found
