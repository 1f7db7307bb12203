"""The network as arrays: which item is made where, how long it takes, what goes into it, and the hours there are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onenumber.model.cube import Values
from onenumber.sample.catalogue import (
    ASSEMBLED,
    CARTRIDGES,
    COMPOUNDS,
    FAMILIES,
    LINES,
    MADE_TO_ORDER,
    MATERIALS,
    PER_FAMILY,
    PER_PLANT,
    SITE_OF_LINE,
    Family,
    between,
    item_key,
    material_key,
)  # fmt: skip
from onenumber.sample.clock import Clock
from onenumber.sample.demand import Pairs

Rows = npt.NDArray[np.int64]

USES = {
    "GPU": range(8), "DOS": range(8, 12), "POF": (12, 13, 14, 19), "HOS": range(15, 20),
    "RWS": (8, 9, 10, 19), "PRO": range(8), "HEX": (6, 11, 12, 13), "SEA": range(14, 18),
    "DRV": range(7), "SEN": range(6, 12), "MOT": (12, 13, 14, 15, 19), "VAL": (16, 17, 18, 19),
}  # fmt: skip
"""Positions, in its plant's list, of the materials that a family uses."""
_STEPS = (0, 2, 3)
LOAD = 0.85
"""Share of a line's hours that expected demand takes over the coming year."""
PEAK = 0.97
"""The most it takes in a month, the stated threads apart."""
SHARED_LINE = "L11"
"""The line on which two divisions meet in their peak."""
TIGHT = ("GPU", "RWS", "PRO")
"""Families that hold little safety stock: they sell from two full lines."""
LEAN, AMPLE = 0.32, 0.55
"""Months of demand held as safety stock of the best seller of a family; the others hold more."""
CONVERSION = 18.0
"""Variable conversion cost of an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Products (rows in the order of the catalogue) and materials (plant by plant), and what links them.

    ``hours`` is standard hours a unit, ``bill`` units of material in a unit of product (products x materials),
    ``expected`` the expected demand of each product (products x months of the calendar), ``price`` a material's
    price, ``variable`` a product's variable cost, ``safety`` stock in force.
    """

    items: tuple[str, ...]
    family: tuple[Family, ...]
    site: tuple[str, ...]
    line: Rows
    hours: Values
    to_order: npt.NDArray[np.bool_]
    step: Values
    expected: Values
    safety: Values
    materials: tuple[str, ...]
    material_site: tuple[str, ...]
    bill: Values
    price: Values
    variable: Values

    def row(self, item: str) -> int:
        """Row of a product."""
        return self.items.index(item)

    def material(self, item: str) -> int:
        """Row of a material."""
        return self.materials.index(item)


def make_network(pairs: Pairs, clock: Clock) -> Network:
    """The network that the expected demand of ``pairs`` runs through."""
    products = [(family, k) for family in FAMILIES for k in range(PER_FAMILY)]
    items = tuple(item_key(family, k) for family, k in products)
    lines = [line for line, _, _ in LINES]
    expected = _expected(items, pairs)
    bill, price = _bill(products), _prices()
    hours = np.array([round(family.hours * between(k, 0.8, 1.25), 4) for family, k in products])
    recent = expected[:, clock.now - 12 : clock.now].mean(axis=1)
    to_order = np.array([family.key in (MADE_TO_ORDER, ASSEMBLED) for family, _ in products])
    step = np.array([1.0 if unit_of(family, k) == "pcs" else 5.0 for family, k in products])
    cover = np.array([LEAN + 0.015 * k if family.key in TIGHT else AMPLE + 0.05 * k for family, k in products])
    return Network(
        items=items,
        family=tuple(family for family, _ in products),
        site=tuple(SITE_OF_LINE[family.line] for family, _ in products),
        line=np.array([lines.index(family.line) for family, _ in products]),
        hours=hours,
        to_order=to_order,
        step=step,
        expected=expected,
        safety=np.where(to_order, 0.0, np.ceil(recent * cover / step) * step),
        materials=tuple(material_key(site, k) for site in MATERIALS for k in range(PER_PLANT)),
        material_site=tuple(site for site in MATERIALS for _ in range(PER_PLANT)),
        bill=bill,
        price=price,
        variable=np.round(bill @ price + hours * CONVERSION, 2),
    )


def unit_of(family: Family, k: int) -> str:
    """Planning unit of the ``k``-th item of a family.

    Example:
        >>> unit_of(FAMILIES[10], 0), unit_of(FAMILIES[10], 9)
        ('kg', 'pcs')
    """
    return "kg" if family.key == COMPOUNDS and k < PER_FAMILY - CARTRIDGES else "pcs"


def _expected(items: tuple[str, ...], pairs: Pairs) -> Values:
    row = {item: k for k, item in enumerate(items)}
    total = np.zeros((len(items), pairs.mean.shape[1]))
    np.add.at(total, np.array([row[item] for item in pairs.item]), pairs.mean)
    return total


def _used(family: Family, k: int) -> list[int]:
    """Columns of the materials that an item uses."""
    own = tuple(USES[family.key])
    base = list(MATERIALS).index(SITE_OF_LINE[family.line]) * PER_PLANT
    used = [base + own[(k + step) % len(own)] for step in _STEPS]
    cartridge = family.key == COMPOUNDS and unit_of(family, k) == "pcs"
    return [*used[:2], base + 18] if cartridge else used


def _bill(products: list[tuple[Family, int]]) -> Values:
    bill = np.zeros((len(products), len(MATERIALS) * PER_PLANT))
    for row, (family, k) in enumerate(products):
        amounts = (0.55, 0.35, 0.10) if family.key == COMPOUNDS else (1.0, 1.0 + k % 2, 1.0)
        if unit_of(family, k) == "pcs" and family.key == COMPOUNDS:
            amounts = (0.40, 0.20, 1.0)
        bill[row, _used(family, k)] = amounts
    return bill


def _prices() -> Values:
    """Price of each material: what the families that use it spend on material, by three, more or less."""
    total = np.zeros(len(MATERIALS) * PER_PLANT)
    users = np.zeros_like(total)
    for family in FAMILIES:
        base = list(MATERIALS).index(SITE_OF_LINE[family.line]) * PER_PLANT
        for k in USES[family.key]:
            total[base + k] += family.material
            users[base + k] += 1
    spent = np.where(users > 0, total / np.maximum(users, 1), 0.8) / 3.3
    return np.array([round(max(value * between(k, 0.7, 1.4), 0.2), 2) for k, value in enumerate(spent.tolist())])


def hours_wanted(network: Network, quantity: Values) -> Values:
    """Standard hours that quantities (products x months) take of each line (lines x months)."""
    total = np.zeros((len(LINES), quantity.shape[1]))
    np.add.at(total, network.line, quantity * network.hours[:, None])
    return total


def hours_a_day(network: Network, base: Pairs, clock: Clock) -> Values:
    """Hours of each line on a working day: the years around today at :data:`LOAD`, no month over :data:`PEAK`.

    ``base`` is what is expected without any thread.
    """
    years = slice(clock.now - 12, clock.now + 12)
    daily = hours_wanted(network, _expected(network.items, base))[:, years] / clock.workdays[years]
    needed = np.maximum(daily.mean(axis=1) / LOAD, daily.max(axis=1) / PEAK)
    rounded: Values = np.ceil(needed * 10) / 10
    return rounded
