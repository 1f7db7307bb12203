"""The shape of a conflict, and how short units become one."""

import polars as pl

from onenumber.model.axis import SEPARATOR

CONFLICTS = pl.Schema(
    {
        "conflict": pl.String, "code": pl.String, "subject_kind": pl.String, "subject": pl.String,
        "first_period": pl.Int64, "last_period": pl.Int64, "quantity": pl.Float64, "money_at_risk": pl.Int64,
        "penalty": pl.Int64, "divisions": pl.String, "customers": pl.String, "owner": pl.String, "deadline": pl.Date,
        "severity": pl.Float64, "cause": pl.String,
    }
)  # fmt: skip
"""Columns of the conflicts of a Review. Amounts are in minor units; lists in a cell are joined by ``|``."""
FOUND = pl.Schema(
    [
        *((name, kind) for name, kind in CONFLICTS.items() if name not in ("owner", "deadline", "severity")),
        ("site", pl.String),
        ("lead_days", pl.Int64),
    ]
)
"""What a detector returns: without owner, deadline and severity, with the site and lead time they follow from."""


def none_found() -> pl.DataFrame:
    """No conflict.

    Example:
        >>> none_found().columns == FOUND.names()
        True
    """
    return pl.DataFrame(schema=FOUND)


def labels(column: str) -> pl.Expr:
    """The distinct non-empty labels of a group, sorted and joined."""
    return pl.col(column).filter(pl.col(column) != "").unique().sort().str.join(SEPARATOR).alias(f"{column}s")


def gather(rows: pl.DataFrame, *, code: str, kind: str, when: str) -> pl.DataFrame:
    """One conflict per ``subject`` of some short rows.

    ``rows`` has subject, division, planning_customer, short, unit, at_risk, penalty, cause_label, site, lead_days and
    the period column ``when``. The id is code and subject, so the same conflict found again has the same id. Quantity
    is null where the units are unlike, money at risk where no price is known; the cause is the one with most at risk,
    of those without a price the one with most short.
    """
    if not len(rows):
        return none_found()
    unpriced = pl.when(pl.col("at_risk").is_null()).then(pl.col("short"))
    order = ["subject", "at_risk", unpriced, "cause_label"]
    ordered = rows.sort(order, descending=[False, True, True, False], nulls_last=True)
    alike = pl.col("unit").n_unique() == 1
    known = pl.col("at_risk").is_not_null().any()
    found = ordered.group_by("subject", maintain_order=True).agg(
        pl.col(when).min().alias("first_period"),
        pl.col(when).max().alias("last_period"),
        pl.when(alike).then(pl.col("short").sum()).alias("quantity"),
        pl.when(known).then(pl.col("at_risk").sum()).alias("money_at_risk"),
        pl.col("penalty").sum(),
        labels("division"),
        labels("planning_customer").alias("customers"),
        pl.col("cause_label").first().alias("cause"),
        pl.col("site").first(),
        pl.col("lead_days").max(),
    )
    return named(found, code=code, kind=kind)


def named(found: pl.DataFrame, *, code: str, kind: str) -> pl.DataFrame:
    """Conflicts with their id, code and kind of subject, in the shape detectors return."""
    return (
        found.with_columns(
            pl.format("{}{}{}", pl.lit(code), pl.lit(SEPARATOR), "subject").alias("conflict"),
            pl.lit(code).alias("code"),
            pl.lit(kind).alias("subject_kind"),
        )
        .select(FOUND.names())
        .cast(FOUND)
    )
