"""SalesInput: what each patch submitted, and what stands in for those that did not (rule R1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from onenumber.consensus.layers import blank, sales_figure
from onenumber.model.cube import Cube, State, alike
from onenumber.model.sheet import Sheet


class PatchState(StrEnum):
    """Where a patch stands in the sales window."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DEFAULTED = "defaulted"


WITH_HER = (PatchState.OPEN, PatchState.RETURNED)
"""States in which the salesperson types: it was not handed in, or came back."""
GIVEN = (PatchState.SUBMITTED, PatchState.ACCEPTED)
"""States in which the salesperson's own figure stands."""


def given_in(sheet: Sheet) -> list[str]:
    """The patches of a SalesInput whose figure is their own.

    Example:
        >>> from onenumber.model.sheet import SheetKind
        >>> table = pl.DataFrame({"patch": ["Nord", "South"], "state": ["accepted", "defaulted"]})
        >>> given_in(Sheet(kind=SheetKind.SALES_INPUT, tables={"patches": table}))
        ['Nord']
    """
    given: list[str] = sheet.table("patches").filter(pl.col("state").is_in(GIVEN))["patch"].to_list()
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A patch at the cut-off: its state and, where nothing was submitted, whether last cycle's figure is carried.

    ``bias`` is what that rests on; None where it is not known or nobody asked.
    """

    patch: str
    state: PatchState
    carried: bool = False
    bias: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesInput:
    """S per stream and period, and one row per patch: state, source of its figure, streams, typed cells, quantity.

    The quantity is null where the patch is counted in unlike units, which have no sum (C18).
    """

    sales: Cube
    patches: pl.DataFrame


def collect(*, baseline: Cube, typed: Cube, carried: Cube, standings: Mapping[str, Standing]) -> SalesInput:
    """S for every stream: typed figures of patches that gave one, last cycle's carried, else the baseline.

    ``typed`` is the L2 layer, ``carried`` last cycle's S rolled to this axis (*none* where there is none). In a
    patch that gave its figure, a cell nobody typed uses the baseline: "the rest is fine". What a patch typed but
    never submitted is kept in its layer and does not count.

    Raises:
        LabelMismatchError: if the cubes stand on different labels.
        KeyError: if a patch of the axis has no standing.
    """
    typed.same_labels(baseline)
    carried.same_labels(baseline)
    patches, codes = baseline.axis.groups("patch")
    rows = [standings[name] for name in patches.tolist()]
    given = np.array([row.state in GIVEN for row in rows], dtype=bool)[codes]
    rolled = np.array([row.state not in GIVEN and row.carried for row in rows], dtype=bool)[codes]
    sales = sales_figure(submitted=blank(typed, ~given[:, None]), fallback=baseline)
    sales = sales_figure(submitted=blank(carried, ~rolled[:, None]), fallback=sales)
    return SalesInput(sales=sales, patches=_table(rows, codes, typed, sales))


def _table(rows: list[Standing], codes: np.ndarray, typed: Cube, sales: Cube) -> pl.DataFrame:
    cells = (typed.state == State.PRESENT).sum(axis=1)
    return pl.DataFrame(
        {
            "patch": [row.patch for row in rows],
            "state": [row.state.value for row in rows],
            "source": [_source(row) for row in rows],
            "streams": np.bincount(codes, minlength=len(rows)),
            "typed_cells": np.bincount(codes, weights=cells, minlength=len(rows)).astype(np.int64),
            "quantity": pl.Series(_quantities(sales, codes, len(rows)), dtype=pl.Float64),
        }
    )


def _quantities(sales: Cube, codes: np.ndarray, patches: int) -> list[float | None]:
    """S of each patch over its horizon; None where its streams are counted in unlike units."""
    sums = np.bincount(codes, weights=sales.values.sum(axis=1), minlength=patches)
    return [alike(float(total), sales.units[codes == k]) for k, total in enumerate(sums)]


def _source(row: Standing) -> str:
    if row.state in GIVEN:
        return "submitted"
    return "carried" if row.carried else "baseline"
