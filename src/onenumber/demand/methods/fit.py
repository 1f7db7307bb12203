"""Initial states in closed form: for fixed smoothing parameters the one-step errors are linear in them.

Each method runs its recursion over all series and all points of a small grid of smoothing parameters at once, once
on the data and once on each unit initial state; the states that minimise the sum of squared errors then follow from
2 x 2 normal equations. No optimiser, no loop over series.
"""

from dataclasses import dataclass

import numpy as np

from onenumber.demand.panel import Floats

COLLINEAR = 1e-8
"""Below this share of what it could be the determinant is noise, and the second state is left at 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A method fitted to every series: its forecast (horizon x series) and its one-step error.

    ``error`` is the mean squared one-step error inside the sample, per series, in squared units of the values.
    """

    mean: Floats
    error: Floats


class Sums:
    """Normal equations of ``e = d - a*p - b*q``, added up period by period; every array is (grid x series)."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.pp, self.pq, self.qq = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self.pd, self.qd, self.dd = np.zeros(shape), np.zeros(shape), np.zeros(shape)

    def add(self, d: Floats, p: Floats, q: Floats) -> None:
        """Add one period."""
        self.pp += p * p
        self.pq += p * q
        self.qq += q * q
        self.pd += p * d
        self.qd += q * d
        self.dd += d * d

    def error(self, a: Floats, b: Floats) -> Floats:
        """Sum of squared errors at (a, b); rounding never takes it below zero."""
        linear = a * self.pd + b * self.qd
        square = a * a * self.pp + 2.0 * a * b * self.pq + b * b * self.qq
        return np.maximum(self.dd - 2.0 * linear + square, 0.0)

    def best_a(self, b: Floats) -> Floats:
        """The a that minimises the error for a given b; 0 where no period tells."""
        told = self.pp > 0.0
        return np.where(told, (self.pd - b * self.pq) / np.where(told, self.pp, 1.0), 0.0)

    def best(self, *, ridge: float, low: float, high: float) -> tuple[Floats, Floats]:
        """The (a, b) that minimise ``error + ridge * b**2``, b held inside [low, high]."""
        qq = self.qq + ridge
        determinant = self.pp * qq - self.pq * self.pq
        sound = determinant > COLLINEAR * self.pp * qq
        free = (self.pp * self.qd - self.pq * self.pd) / np.where(sound, determinant, 1.0)
        b = np.clip(np.where(sound, free, 0.0), low, high)
        return self.best_a(b), b


def pick(errors: Floats, *candidates: Floats) -> tuple[Floats, ...]:
    """Of each candidate (grid x series) the row with the smallest error per series; a tie goes to the earlier row.

    Example:
        >>> pick(np.array([[2.0, 1.0], [1.0, 1.0]]), np.array([[10.0, 11.0], [20.0, 21.0]]))[0].tolist()
        [20.0, 11.0]
    """
    best = np.argmin(errors, axis=0)
    columns = np.arange(errors.shape[1])
    return tuple(np.broadcast_to(c, errors.shape)[best, columns] for c in candidates)
