"""What is on hand and on its way when the plan opens."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.model.counts import INSPECTION, PLANNED_WITH, newest_count
from onenumber.model.finding import Finding
from onenumber.supply.findings import attention_finding, note_finding
from onenumber.supply.horizon import Horizon

Tables = Mapping[str, pl.DataFrame]
_ORDER = {"item": pl.String, "site": pl.String, "released": pl.Date, "due": pl.Date, "t": pl.Int64}
NO_ORDERS = pl.DataFrame(schema={**_ORDER, "quantity": pl.Float64})
_PURCHASE = {"vendor": pl.String, "item": pl.String, "site": pl.String, "t": pl.Int64}
NO_PURCHASES = pl.DataFrame(schema={**_PURCHASE, "quantity": pl.Float64})


def opening_stock(load: Tables, *, horizon: Horizon) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Stock to plan with per item and site, on the newest day counted at each site before the plan opens.

    Free stock, and what is under inspection: it is expected to pass within the first period (a note says in how
    many places). Blocked stock is not planned with. Negative stock counts as none and is a finding; so is a count
    that is not of the last day before the plan.
    """
    rows = newest_count(load["stock"].filter(pl.col("date") < horizon.start))
    late = rows.select("site", "date").unique().filter(pl.col("date").dt.offset_by("1d") < horizon.start).sort("site")
    rows = rows.filter(pl.col("status").is_in(PLANNED_WITH))
    total = rows.sort("item", "site").group_by("item", "site", maintain_order=True).agg(pl.col("quantity").sum())
    negative = total.filter(pl.col("quantity") < 0)
    findings = [
        attention_finding("stock_negative", series=f"{r['item']}|{r['site']}", quantity=r["quantity"])
        for r in negative.iter_rows(named=True)
    ]
    findings += [note_finding("stock_is_old", series=site, date=str(date)) for site, date in late.iter_rows()]
    held = rows.filter((pl.col("status") == INSPECTION) & (pl.col("quantity") > 0))
    if len(held):
        findings.append(note_finding("stock_in_inspection", cells=held.select("item", "site").n_unique()))
    return total.filter(pl.col("quantity") > 0), tuple(findings)


def released(load: Tables, *, horizon: Horizon) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Orders released to production before the plan (item, site, released, due, quantity), period ``t`` of receipt.

    The quantity is what is still to come. Orders past due count in the first period; how many is a finding.
    """
    if "production_orders" not in load:
        return NO_ORDERS, ()
    rows = load["production_orders"].filter((pl.col("quantity") > 0) & (pl.col("released") < horizon.start))
    rows, findings = _with_period(rows, code="production_past_due", horizon=horizon)
    return rows.sort("item", "site", "due", "order").select(NO_ORDERS.columns), findings


def confirmed(load: Tables, *, lead_times: pl.DataFrame, horizon: Horizon) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Open purchases by vendor, item, site and period ``t`` in which they are expected, less what was received.

    Expected on the last date the vendor confirmed, else the first, else the order date plus the planned lead time
    (``lead_times``: vendor, item, site, lead_time_days). Past-due lines count in the first period.
    """
    if "purchase_orders" not in load:
        return NO_PURCHASES, ()
    rows = load["purchase_orders"].filter((pl.col("status") == "open") & (pl.col("ordered") < horizon.start))
    rows = rows.join(lead_times, on=["vendor", "item", "site"], how="left", maintain_order="left")
    planned = pl.col("ordered") + pl.duration(days=pl.col("lead_time_days").fill_null(0))
    rows = rows.with_columns(pl.coalesce("last_confirmed", "first_confirmed", planned.cast(pl.Date)).alias("due"))
    rows = _less_receipts(rows, load).filter(pl.col("quantity") > 0)
    unconfirmed = rows.filter(pl.col("last_confirmed").is_null() & pl.col("first_confirmed").is_null())
    rows, findings = _with_period(rows, code="purchase_past_due", horizon=horizon)
    keys = ["vendor", "item", "site", "t"]
    found = rows.sort([*keys, "order", "line"]).group_by(keys, maintain_order=True).agg(pl.col("quantity").sum())
    if len(unconfirmed):
        findings = (*findings, note_finding("purchase_unconfirmed", lines=len(unconfirmed)))
    return found, findings


def _less_receipts(rows: pl.DataFrame, load: Tables) -> pl.DataFrame:
    if "receipts" not in load:
        return rows
    got = (
        load["receipts"]
        .filter(pl.col("order").is_in(rows["order"]))
        .sort("order", "line", "receipt")
        .group_by("order", "line", maintain_order=True)
        .agg(pl.col("quantity").sum().alias("_got"))
    )
    joined = rows.join(got, on=["order", "line"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("quantity") - pl.col("_got").fill_null(0.0)).drop("_got")


def _with_period(rows: pl.DataFrame, *, code: str, horizon: Horizon) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    at = horizon.at(rows["due"].to_numpy().astype("datetime64[D]"))
    late = int((at < 0).sum())
    rows = rows.with_columns(pl.Series("t", np.maximum(at, 0), dtype=pl.Int64)).filter(pl.col("t") < horizon.count)
    return rows, (attention_finding(code, orders=late),) if late else ()
