"""Solving symmetric systems by plain loops: the same bits however many threads a linear algebra library would use."""

import numpy as np

from onenumber.demand.panel import Bools, Floats


def solve(system: Floats, right: Floats, *, diagonal: Bools) -> Floats:
    """Solution x of ``system x = right`` for a symmetric positive definite system, (n x n), and (n x columns).

    ``diagonal`` marks unknowns that the system does not couple with each other; they are eliminated at once
    (Schur complement), the others one by one. Such a system needs no pivoting. No call reaches BLAS: its sums depend
    on the number of threads, and so would a plan.

    Source: Golub and Van Loan (2013), 4.2.

    Example:
        >>> a = np.array([[4.0, 0.0, 1.0], [0.0, 2.0, 1.0], [1.0, 1.0, 3.0]])
        >>> solve(a, np.array([[7.0], [7.0], [12.0]]), diagonal=np.array([True, True, False])).round(12).tolist()
        [[1.0], [2.0], [3.0]]
    """
    pivots = system[diagonal, diagonal][:, None]
    border = system[np.ix_(diagonal, ~diagonal)]
    shares = border / pivots
    rest = system[np.ix_(~diagonal, ~diagonal)] - np.einsum("ij,ik->jk", shares, border)
    known = right[~diagonal] - np.einsum("ij,ik->jk", shares, right[diagonal])
    out = np.empty(right.shape)
    out[~diagonal] = _eliminated(rest, known)
    out[diagonal] = right[diagonal] / pivots - np.einsum("ij,jk->ik", shares, out[~diagonal])
    return out


def _eliminated(system: Floats, right: Floats) -> Floats:
    """Gauss elimination and back substitution, one unknown after the other."""
    left, out = system.copy(), right.copy()
    count = len(left)
    for k in range(count - 1):
        share = left[k + 1 :, k, None] / left[k, k]
        left[k + 1 :, k + 1 :] -= share * left[k, k + 1 :]
        out[k + 1 :] -= share * out[k]
    for k in range(count - 1, -1, -1):
        out[k] /= left[k, k]
        out[:k] -= left[:k, k, None] * out[k]
    return out
