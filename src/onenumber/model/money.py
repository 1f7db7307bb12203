"""Money as it is kept and added: whole minor units (cents), rounded once at the leaf."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Minor = npt.NDArray[np.int64]
Known = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Amounts:
    """Money per leaf cell in minor units, and where it is known. An unknown cell holds 0 that nobody may read as one.

    Only sums of these are shown, so every total is the exact sum of its parts.
    """

    minor: Minor
    known: Known

    def minus(self, other: "Amounts") -> "Amounts":
        """Cell by cell difference; unknown where either is.

        Example:
            >>> a = to_minor(np.array([3.0, np.nan]), decimals=2)
            >>> a.minus(to_minor(np.array([1.0, 1.0]), decimals=2)).minor.tolist()
            [200, 0]
        """
        known = self.known & other.known
        return Amounts(np.where(known, self.minor - other.minor, 0), known)

    def total(self) -> int:
        """Sum of the known cells, in minor units."""
        return int(self.minor.sum())


def to_minor(values: Floats, *, decimals: int) -> Amounts:
    """Money values rounded to the minor unit, half to even; NaN is unknown.

    Formula: ``minor = round(value * 10^decimals)``. Axes: any; unit: plan currency in, minor units out.

    Example:
        >>> to_minor(np.array([1.005, 2.5, np.nan]), decimals=2).minor.tolist()
        [100, 250, 0]
    """
    known = ~np.isnan(values)
    scaled = np.rint(np.where(known, values, 0.0) * 10.0**decimals)
    return Amounts(scaled.astype(np.int64), known)


def in_currency(minor: int, *, decimals: int) -> float:
    """An amount of minor units in plan currency, for showing: the last thing done to it.

    Example:
        >>> in_currency(104_378_360_27, decimals=2)
        104378360.27
    """
    return round(minor * 10.0**-decimals, decimals)
