"""What AdventureWorks has: its Parquet tables by name, read once, and the labels and periods made of them."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

RESELLER_DAYS = 4
"""Days added to a reseller's order date: its orders come in one wave a month, dated from the 28th to the 1st."""
SITE = "plant"
CURRENCY = "USD"
EACH = "EA"


@dataclass(frozen=True, slots=True)
class Source:
    """The folder of AdventureWorks' tables, each read once."""

    folder: Path
    _read: dict[str, pl.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pl.DataFrame:
        if name not in self._read:
            table = pl.read_parquet(self.folder / f"{name}.parquet")
            self._read[name] = table.drop("ModifiedDate", strict=False)
        return self._read[name]


def product_labels(source: Source) -> pl.DataFrame:
    """The item label of each product: ``product_id`` and ``item`` (its product number)."""
    return source["product"].select(pl.col("ProductID").alias("product_id"), pl.col("ProductNumber").alias("item"))


def customer_label() -> pl.Expr:
    """The label of the customer in ``customer_id``: AdventureWorks' account number."""
    return pl.format("AW{}", pl.col("customer_id").cast(pl.String).str.zfill(8))


def with_month(lines: pl.DataFrame) -> pl.DataFrame:
    """Order lines with ``month``, the first day of the period they are demand of (see ``period_mappings``)."""
    days = pl.when(pl.col("channel") == "reseller").then(RESELLER_DAYS).otherwise(0)
    return lines.with_columns((pl.col("order_date") + pl.duration(days=days)).dt.truncate("1mo").alias("month"))


def month_starts(source: Source) -> list[dt.date]:
    """First days of the months from which figures over a whole year of orders are known, the last one after the last.

    What is computed from the twelve months before holds from then on, so a month can be planned as it was known.
    """
    days = source["sales_order_line"].select(
        first=pl.col("sop_month").min().dt.offset_by("13mo"), last=pl.col("order_date").max().dt.offset_by("1mo")
    )
    starts = pl.date_range(days["first"].item(), days["last"].item().replace(day=1), "1mo", eager=True)
    return starts.to_list()


def year_before(column: str, day: dt.date) -> pl.Expr:
    """Whether the date in ``column`` lies in the twelve months before ``day``.

    Example:
        >>> days = pl.DataFrame({"day": [dt.date(2013, 3, 31), dt.date(2013, 4, 1), dt.date(2014, 4, 1)]})
        >>> days.select(year_before("day", dt.date(2014, 4, 1))).to_series().to_list()
        [False, True, False]
    """
    return pl.col(column).is_between(pl.lit(day).dt.offset_by("-12mo"), day, closed="left")
