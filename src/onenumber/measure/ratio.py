"""A ratio that says why it has no value."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Reasons = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Ratios:
    """Numerators, denominators and, per cell, the reason why there is no value (empty where there is one).

    Ratios are aggregated as sum of numerators / sum of denominators, never as a mean of ratios.
    """

    numerator: Floats
    denominator: Floats
    reason: Reasons

    @property
    def value(self) -> Floats:
        """Numerator / denominator; NaN where there is a reason."""
        known = self.reason == ""
        safe = np.where(known, self.denominator, 1.0)
        value: Floats = np.where(known, self.numerator / safe, np.nan)
        return value

    def at(self, index: int) -> tuple[float | None, str]:
        """Value and reason of one cell: exactly one of the two is set.

        Example:
            >>> ratios(np.array([1.0, 0.0]), np.array([4.0, 0.0]), {"nothing_due": np.array([False, True])}).at(1)
            (None, 'nothing_due')
        """
        why = str(self.reason[index])
        return (None, why) if why else (float(self.value[index]), "")


def ratios(numerator: Floats, denominator: Floats, reasons: Mapping[str, npt.NDArray[np.bool_]]) -> Ratios:
    """Ratios with reasons; where several reasons hold, the first named wins. No value needs a reason.

    Raises:
        ZeroDivisionError: if a denominator is zero and no reason is given for it.

    Example:
        >>> ratios(np.array([3.0]), np.array([4.0]), {}).value.tolist()
        [0.75]
    """
    why = np.full(np.shape(numerator), "", dtype="<U40")
    for code, holds in reversed(list(reasons.items())):
        why = np.where(holds, code, why)
    if bool(np.any((why == "") & (denominator == 0))):
        raise ZeroDivisionError("a ratio without a denominator needs a reason")  # noqa: EM101, TRY003 - a slip of ours
    return Ratios(np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64), why)


def sum_groups(values: Floats, codes: Codes, groups: int) -> Floats:
    """Sum of rows per group, in row order so that bits repeat: (rows x ...) -> (groups x ...).

    Example:
        >>> sum_groups(np.array([1.0, 2.0, 4.0]), np.array([0, 1, 0]), 2).tolist()
        [5.0, 2.0]
    """
    total = np.zeros((groups, *values.shape[1:]))
    np.add.at(total, codes, values)
    return total
