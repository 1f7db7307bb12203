"""Order lines with a negative quantity: returns, which load and are kept apart from demand."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import FILE, Fault, file_finding
from onenumber.model.finding import Finding, Severity

LINES = "order_lines"
ITEMS = pl.Schema({"item": pl.String, "unit": pl.String})


def list_returns(batch: Batch) -> Batch:
    """List every return, and how many there are of how much in each unit; quantities are in planning units by now."""
    if LINES not in batch.good or not (batch.good[LINES]["quantity"] < 0).any():
        return batch
    lines = batch.good[LINES].drop("unit").join(_units(batch), on="item", how="left", maintain_order="left")
    values = {"value": _whole(lines["quantity"]), "unit": lines["unit"], "item": lines["item"]}
    fault = Fault(
        code="return_kept_apart", where=lines["quantity"] < 0, column="quantity", severity=Severity.APART,
        values=values, rest="more_returns",
    )  # fmt: skip
    batch = batch.judged(LINES, [fault])
    return replace(batch, findings=(*batch.findings, *_in_all(lines.filter(pl.col("quantity") < 0))))


def _units(batch: Batch) -> pl.DataFrame:
    """The planning unit of each item, loaded or known."""
    held = [source["items"].select(list(ITEMS)) for source in (batch.good, batch.known) if "items" in source]
    rows = pl.concat(held) if held else pl.DataFrame(schema=ITEMS)
    return rows.unique(subset="item", keep="first", maintain_order=True)


def _whole(quantity: pl.Series) -> pl.Series:
    """Quantities as whole numbers where they all are: so a person wrote them."""
    return quantity.cast(pl.Int64) if (quantity == quantity.round()).all() else quantity


def _in_all(returns: pl.DataFrame) -> Iterator[Finding]:
    """Per file and unit how many there are and of how much; unlike units are not added up."""
    for part in returns.partition_by(FILE, "unit", maintain_order=True):
        amount = -float(part["quantity"].sum())
        quantity = int(amount) if amount.is_integer() else round(amount, 6)
        file, unit = part[FILE][0], part["unit"][0]
        yield file_finding(
            "returns_in_all", file, severity=Severity.APART, count=len(part), quantity=quantity, unit=unit
        )
