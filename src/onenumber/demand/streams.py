"""Demand streams: item x planning customer, with their attributes as of one date."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.model.axis import SEPARATOR, Axis
from onenumber.model.validity import latest_on

Tables = Mapping[str, pl.DataFrame]
NO_PATCH = "no patch"
ATTRIBUTES = (
    "item", "family", "division", "planning_customer", "channel", "patch", "territory", "priority", "key_account",
)  # fmt: skip


def rest_of(patch: str, channel: str) -> str:
    """Label of the planning customer made of all customers of a patch and channel that are not named.

    Example:
        >>> rest_of("P1", "reseller")
        'rest of P1, reseller'
    """
    return f"rest of {patch}, {channel}"


def with_stream(lines: pl.DataFrame, *, company: Tables, as_of: dt.date) -> pl.DataFrame:
    """Order lines (item, customer, ...) with their stream key and its attributes as of ``as_of``.

    A named customer is a planning customer of its own; any other is part of the rest of its patch and channel. The
    patch is that of customer and family where such a row holds, else that of the customer.
    """
    items = company["items"].select("item", "family")
    families = company["families"].select("family", "division")
    wanted = ["customer", "channel", "territory", "priority", "named", "key_account"]
    customers = company["customers"].select(wanted)
    joined = lines.join(items, on="item", how="left", maintain_order="left")
    joined = joined.join(families, on="family", how="left", maintain_order="left")
    joined = joined.join(customers, on="customer", how="left", maintain_order="left")
    return _with_keys(_with_patch(joined, company=company, as_of=as_of))


def _with_patch(lines: pl.DataFrame, *, company: Tables, as_of: dt.date) -> pl.DataFrame:
    rows = company["patch_customers"].with_columns(pl.col("family").fill_null(""))
    held = latest_on(rows, as_of, ["customer", "family"])
    general = held.filter(pl.col("family") == "").select("customer", pl.col("patch").alias("_general"))
    special = held.filter(pl.col("family") != "").select("customer", "family", pl.col("patch").alias("_special"))
    joined = lines.join(general, on="customer", how="left", maintain_order="left")
    joined = joined.join(special, on=["customer", "family"], how="left", maintain_order="left")
    patch = pl.coalesce("_special", "_general").fill_null(NO_PATCH).alias("patch")
    return joined.with_columns(patch).drop("_special", "_general")


def _with_keys(lines: pl.DataFrame) -> pl.DataFrame:
    named = pl.col("named").fill_null(value=False)
    rest = pl.format("rest of {}, {}", "patch", "channel")
    planning = pl.when(named).then(pl.col("customer")).otherwise(rest).alias("planning_customer")
    own = [
        pl.when(named).then(pl.col(name)).otherwise(pl.lit(other)).alias(name)
        for name, other in (("priority", "C"), ("territory", ""))
    ]
    key_account = pl.when(named & pl.col("key_account").fill_null(value=False)).then(pl.lit("yes"))
    lines = lines.with_columns(planning, *own, key_account.otherwise(pl.lit("")).alias("key_account"))
    lines = lines.with_columns(pl.col("priority").fill_null("C"))
    return lines.with_columns(pl.format(f"{{}}{SEPARATOR}{{}}", "item", "planning_customer").alias("stream"))


def stream_axis(lines: pl.DataFrame) -> Axis:
    """The axis of all streams that the lines (see :func:`with_stream`) belong to.

    Example:
        >>> row = {name: ["x"] for name in ATTRIBUTES} | {"stream": ["x|x"]}
        >>> stream_axis(pl.DataFrame(row)).keys.tolist()
        ['x|x']
    """
    unique = lines.select("stream", *ATTRIBUTES).unique(subset="stream", keep="first", maintain_order=True)
    keys = np.array(unique["stream"].fill_null("").to_list(), dtype=np.str_)
    order = np.argsort(keys, kind="stable")
    attributes = {name: np.array(unique[name].fill_null("").to_list(), dtype=np.str_)[order] for name in ATTRIBUTES}
    return Axis("stream", keys[order], attributes)
