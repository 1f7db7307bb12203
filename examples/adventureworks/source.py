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


def months_before(day: dt.date, months: int) -> dt.date:
    """The first day of the month ``months`` before that of ``day`` (after it, where negative).

    Example:
        >>> months_before(dt.date(2014, 4, 1), 12), months_before(dt.date(2014, 12, 31), -1)
        (datetime.date(2013, 4, 1), datetime.date(2015, 1, 1))
    """
    index = day.year * 12 + day.month - 1 - months
    return dt.date(index // 12, index % 12 + 1, 1)
