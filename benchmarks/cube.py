"""Totals over a company's demand: 100,000 streams x 60 periods, added up into 400 families."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from benchmarks.case import Case
from onenumber.model.axis import Axis
from onenumber.model.cube import Total, cube, sum_by

STREAMS, PERIODS, FAMILIES = 100_000, 60, 400


def cases() -> Iterator[Case]:
    """The family totals of one cube, beside the same sums of a wide polars table."""
    rng = np.random.default_rng(7)
    values = rng.gamma(2.0, 50.0, size=(STREAMS, PERIODS))
    codes = rng.integers(0, FAMILIES, size=STREAMS)
    axis = Axis("stream", np.array([f"S{k:06}" for k in range(STREAMS)]), {})
    held = cube(measure="demand", values=values, axis=axis, first=0, unit="pcs")
    table = pl.DataFrame({"family": codes, **{f"p{k}": values[:, k] for k in range(PERIODS)}})
    yield Case(
        name="family totals of 6 M cells",
        ours=lambda: sum_by(held, codes, FAMILIES),
        peer=f"polars {pl.__version__}",
        theirs=lambda: table.group_by("family").sum().sort("family"),
        agree=_same,
    )


def _same(ours: object, theirs: object) -> bool:
    assert isinstance(ours, Total)
    assert isinstance(theirs, pl.DataFrame)
    return bool(np.allclose(ours.values, theirs.drop("family").to_numpy()))
