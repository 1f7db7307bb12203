"""One file per kind of conflict; each says what it looks for. ``DETECTORS`` lists them in the order they run."""

from collections.abc import Callable
from types import MappingProxyType

import polars as pl

from onenumber.review.detect import (
    below_safety,
    budget,
    capacity,
    contention,
    maintenance,
    material,
    promise,
    stock_out,
)
from onenumber.review.scene import Scene

DETECTORS: MappingProxyType[str, Callable[[Scene], pl.DataFrame]] = MappingProxyType(
    {
        capacity.CODE: capacity.detect,
        material.CODE: material.detect,
        maintenance.CODE: maintenance.detect,
        below_safety.CODE: below_safety.detect,
        stock_out.CODE: stock_out.detect,
        contention.CODE: contention.detect,
        budget.CODE: budget.detect,
        promise.CODE: promise.detect,
    }
)
"""Every detector by the code of its conflicts (domain.md §8.1; C-27 is ours)."""
