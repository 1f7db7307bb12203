"""Why a month's sales left the consensus: a bridge in money whose bars add up, customers' doing told from supply's."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onenumber.finance.bridge import Side, bridge, in_minor

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.str_]

CUSTOMERS = ("volume", "mix", "new", "lost")
"""Bars that customers made: what they asked beside what was forecast, at the prices of the plan."""
SUPPLY = ("undelivered", "caught_up")
"""Bars that supply made: asked in the month and not delivered, and delivered of what was asked before."""
PARTS = (*CUSTOMERS, *SUPPLY, "price", "returns")
"""Every bar, in its order from consensus to actual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """A month per stream: consensus, asked and delivered quantity, and what a unit was to be worth (NaN: unknown).

    ``amount`` is what was invoiced for the delivered, ``returned`` what was credited (negative), in currency. ``buyer``
    is who asks for what (a customer's family): new or lost is one of these, since an item may well rest for a month.
    """

    consensus: Floats
    asked: Floats
    delivered: Floats
    price: Floats
    amount: Floats
    returned: Floats
    unit: Labels
    buyer: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A group's month in minor units: consensus + the parts = actual, to the last one."""

    label: str
    consensus: int
    parts: Mapping[str, int]
    actual: int

    @property
    def gap(self) -> int:
        """Actual - consensus."""
        return self.actual - self.consensus


def deviations(sold: Sold, groups: Labels, *, decimals: int) -> tuple[Deviation, ...]:
    """The bridge of each group, in the order of their labels.

    With C consensus, D asked and S delivered per stream, p the price of the plan and a what was invoiced::

        volume, mix, new, lost = the bridge from C to D at p per buyer; another mix within a buyer is mix as well
                                 (units that are unlike are bridged apart)
        undelivered = sum p min(S - D, 0)    caught_up = sum p max(S - D, 0)
        price = sum a - p S                  returns = sum returned

    Where no price is known, what was invoiced stands for it; a stream with neither takes no part (see
    :func:`unpriced`).

    Example:
        >>> figures = dict(consensus=[10.0, 5.0], asked=[12.0, 5.0], delivered=[9.0, 6.0], price=[2.0, 4.0])
        >>> more = dict(amount=[18.0, 25.0], returned=[0.0, -1.0], unit=["pcs", "pcs"], buyer=["x", "x"])
        >>> one = Sold(**{name: np.array(values) for name, values in {**figures, **more}.items()})
        >>> found = deviations(one, np.array(["A", "A"]), decimals=2)[0]
        >>> found.consensus, found.parts["undelivered"], found.parts["caught_up"], found.parts["price"], found.actual
        (4000, -600, 400, 100, 4200)
        >>> found.gap == sum(found.parts.values())
        True
    """
    price, counts = _price(sold), ~unpriced(sold)
    labels, of = np.unique(groups, return_inverse=True)
    said, asked = (np.where(counts, quantity, 0.0) for quantity in (sold.consensus, sold.asked))
    parts = _customers(sold, of, len(labels), price=price, said=said, asked=asked)
    late = np.where(counts, price * (sold.delivered - sold.asked), 0.0)
    leaves = {
        "undelivered": np.minimum(late, 0.0), "caught_up": np.maximum(late, 0.0),
        "price": np.where(counts, sold.amount - price * sold.delivered, 0.0), "returns": sold.returned,
    }  # fmt: skip
    parts |= {name: _sum(of, values, len(labels)) for name, values in leaves.items()}
    planned = np.bincount(of, weights=price * said, minlength=len(labels))
    came = np.bincount(of, weights=np.where(counts, sold.amount, 0.0) + sold.returned, minlength=len(labels))
    return tuple(
        _deviation(str(label), planned[k], came[k], {name: float(parts[name][k]) for name in PARTS}, decimals)
        for k, label in enumerate(labels)
    )


def _customers(
    sold: Sold, of: npt.NDArray[np.int64], groups: int, *, price: Floats, said: Floats, asked: Floats
) -> dict[str, Floats]:
    """The bars from consensus to asked of each group."""
    _, unit = np.unique(sold.unit, return_inverse=True)
    _, buyer = np.unique(sold.buyer, return_inverse=True)
    keys = np.stack([of, unit, buyer], axis=1)
    cells, cell = np.unique(keys, axis=0, return_inverse=True)
    sides = [_side(cell.ravel(), len(cells), price, quantity) for quantity in (said, asked)]
    pools, pool = np.unique(cells[:, :2], axis=0, return_inverse=True)
    found = bridge(base=sides[0], actual=sides[1], codes=pool.ravel().astype(np.int64), groups=len(pools)).parts
    bars = {**{name: found[name] for name in CUSTOMERS}, "mix": found["mix"] + found["price"]}
    return {name: _sum(pools[:, 0], bar, groups) for name, bar in bars.items()}


def _side(cell: npt.NDArray[np.int64], cells: int, price: Floats, quantity: Floats) -> Side:
    """Quantity and mean price of each cell."""
    sums, worth = (_sum(cell, of, cells) for of in (quantity, price * quantity))
    return Side(price=np.divide(worth, sums, out=np.zeros(cells), where=sums != 0), quantity=sums)


def _sum(codes: npt.NDArray[np.int64], values: Floats, groups: int) -> Floats:
    return np.bincount(codes, weights=values, minlength=groups).astype(np.float64)


def total(found: tuple[Deviation, ...], label: str = "") -> Deviation:
    """The sum of some groups."""
    return Deviation(
        label=label, consensus=sum(one.consensus for one in found), actual=sum(one.actual for one in found),
        parts={name: sum(one.parts[name] for one in found) for name in PARTS},
    )  # fmt: skip


def unpriced(sold: Sold) -> npt.NDArray[np.bool_]:
    """The streams that have a quantity and no price, nor an invoice to take one from."""
    some = (sold.consensus != 0) | (sold.asked != 0) | (sold.delivered != 0)
    found: npt.NDArray[np.bool_] = some & ~np.isfinite(sold.price) & (sold.delivered <= 0)
    return found


def _price(sold: Sold) -> Floats:
    own = np.divide(sold.amount, sold.delivered, out=np.zeros_like(sold.amount), where=sold.delivered > 0)
    return np.where(np.isfinite(sold.price), sold.price, own)


def _deviation(label: str, planned: float, came: float, parts: Mapping[str, float], decimals: int) -> Deviation:
    consensus, actual = (round(float(value) * 10**decimals) for value in (planned, came))
    bars = in_minor(parts, gap=actual - consensus, decimals=decimals)
    return Deviation(label=label, consensus=consensus, parts=bars, actual=actual)
