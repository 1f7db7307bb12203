"""How vendors deliver: on time, in full, lead time, quality, price, answer, and one score (K50-K58)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

FEWEST_LINES = 5
WEIGHTS: Mapping[str, float] = MappingProxyType({"otif": 0.40, "quality": 0.30, "stability": 0.20, "price": 0.10})


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRule:
    """Settings of the scorecard. ``early_days`` and ``late_days`` hold where a vendor has none of its own."""

    early_days: int = 5
    late_days: int = 0
    in_full: float = 1.0
    ppm_limit: float = 10_000.0
    cv_limit: float = 0.5
    price_limit: float = 0.10  # a price this share over standard scores 0
    fewest_lines: int = FEWEST_LINES
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)


def vendor_lines(
    *, orders: pl.DataFrame, receipts: pl.DataFrame, vendors: pl.DataFrame, rule: VendorRule, as_of: dt.date
) -> pl.DataFrame:
    """One row per purchase order line that is not cancelled, judged against the first date the vendor confirmed.

    Adds ``due``, ``received`` and ``received_in_window`` (units), ``late`` (units that were not in when the window
    ended), ``rejected`` of ``inspected`` (units whose receipt says how much was rejected), ``lead_time_days``
    (quantity-weighted), ``last_received``, ``on_time``, ``in_full``, ``otif`` and ``counted``: due before ``as_of``,
    window over, dates known. A line that is overdue and not received is late. Receipts without a date make ``on_time``
    and the lead time null, and so does a line that is closed although nothing was received.
    """
    lines = orders.filter(pl.col("status") != "cancelled")
    lines = lines.join(
        vendors.select("vendor", "early_days", "late_days"), on="vendor", how="left", maintain_order="left"
    )
    early, late = pl.col("early_days").fill_null(rule.early_days), pl.col("late_days").fill_null(rule.late_days)
    lines = lines.with_columns(
        pl.col("first_confirmed").alias("due"),
        (pl.col("first_confirmed") - pl.duration(days=early)).alias("_from"),
        (pl.col("first_confirmed") + pl.duration(days=late)).alias("_to"),
    )
    judged = lines.join(_received(lines, receipts), on=["order", "line"], how="left", maintain_order="left")
    judged = judged.with_columns(
        pl.col("received", "received_in_window", "rejected", "inspected", "_by_the_end", "_receipts").fill_null(0)
    )
    enough = pl.col("quantity") * rule.in_full
    unrecorded = (pl.col("status") == "closed") & (pl.col("_receipts") == 0)
    known = pl.col("due").is_not_null() & ~pl.col("_dateless").fill_null(value=False) & ~unrecorded
    on_time = (pl.col("_receipts") > 0) & pl.col("_all_inside")
    judged = judged.with_columns(
        pl.when(known).then(on_time.fill_null(value=False)).alias("on_time"),
        pl.when(known).then(pl.col("received_in_window") >= enough).alias("in_full"),
        pl.when(known).then((pl.col("quantity") - pl.col("_by_the_end")).clip(lower_bound=0.0)).alias("late"),
        (known & (pl.col("_to") < as_of)).alias("counted"),
    )
    return judged.with_columns((pl.col("on_time") & pl.col("in_full")).alias("otif")).select(
        pl.exclude("^_.*$", "early_days", "late_days")
    )


def _received(lines: pl.DataFrame, receipts: pl.DataFrame) -> pl.DataFrame:
    came = receipts.select(
        "order", "line", pl.col("date").alias("came"), pl.col("quantity").alias("units"), "rejected"
    ).sort("order", "line", "came")
    rows = lines.select("order", "line", "ordered", "_from", "_to").join(
        came, on=["order", "line"], how="inner", maintain_order="left"
    )
    inside = (pl.col("came") >= pl.col("_from")) & (pl.col("came") <= pl.col("_to"))
    waited = (pl.col("came") - pl.col("ordered")).dt.total_days()
    return rows.group_by("order", "line", maintain_order=True).agg(
        pl.col("units").sum().alias("received"),
        pl.col("units").filter(inside).sum().alias("received_in_window"),
        pl.col("units").filter(pl.col("came") <= pl.col("_to")).sum().alias("_by_the_end"),
        pl.col("rejected").sum(),
        pl.col("units").filter(pl.col("rejected").is_not_null()).sum().alias("inspected"),
        ((waited * pl.col("units")).sum() / pl.col("units").sum()).fill_nan(None).alias("lead_time_days"),
        pl.col("came").max().alias("last_received"),
        pl.len().cast(pl.Int64).alias("_receipts"),
        inside.all().alias("_all_inside"),
        pl.col("came").is_null().any().alias("_dateless"),
    )


def delivery(*, judged: pl.DataFrame, by: list[str], fewest_lines: int = FEWEST_LINES) -> pl.DataFrame:
    """K50-K52 per group: ``lines`` due, shares ``on_time``, ``in_full``, ``otif``, and ``reason`` where they are null.

    Reasons: ``nothing_due``, ``dates_unknown`` (no receipt or due date is known), ``too_few_lines``.
    """
    counted = pl.col("counted")
    sums = judged.group_by(by).agg(
        counted.sum().alias("lines"),
        *[pl.col(name).filter(counted).mean().alias(name) for name in ("on_time", "in_full", "otif")],
        pl.col("on_time").is_null().all().alias("_dateless"),
    )
    reason = (
        pl.when(pl.col("_dateless"))
        .then(pl.lit("dates_unknown"))
        .when(pl.col("lines") == 0)
        .then(pl.lit("nothing_due"))
        .when(pl.col("lines") < fewest_lines)
        .then(pl.lit("too_few_lines"))
        .otherwise(pl.lit(""))
    )
    sums = sums.sort(by).with_columns(reason.alias("reason")).drop("_dateless")
    known = pl.col("reason") == ""
    return sums.with_columns([pl.when(known).then(pl.col(n)).alias(n) for n in ("on_time", "in_full", "otif")])


def quality(*, judged: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """K55: ``ppm = rejected / received * 1e6`` per group; nothing received is null, ``nothing_received``.

    Example:
        >>> t = pl.DataFrame({"vendor": ["V"], "received": [2000.0], "rejected": [3.0]})
        >>> quality(judged=t, by=["vendor"]).rows()
        [('V', 2000.0, 3.0, 1500.0, '')]
    """
    sums = judged.group_by(by).agg(pl.col("received").sum(), pl.col("rejected").sum()).sort(by)
    some = pl.col("received") > 0
    return sums.with_columns(
        pl.when(some).then(pl.col("rejected") / pl.col("received") * 1e6).alias("ppm"),
        pl.when(some).then(pl.lit("")).otherwise(pl.lit("nothing_received")).alias("reason"),
    )


def price_variance(*, lines: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """K56: ``sum((price - standard) * received)`` per group and as a share of standard; + is unfavourable.

    ``lines`` has ``price``, ``standard`` (both per unit, one currency) and ``received``. Lines without either price
    are left out and counted in ``unpriced``.

    Example:
        >>> t = pl.DataFrame({"vendor": ["V", "V"], "price": [11.0, None], "standard": [10.0, 10.0],
        ...                   "received": [100.0, 50.0]})
        >>> price_variance(lines=t, by=["vendor"]).rows()
        [('V', 100.0, 0.1, 1, '')]
    """
    priced = pl.col("price").is_not_null() & pl.col("standard").is_not_null()
    at_standard = (pl.col("standard") * pl.col("received")).filter(priced).sum()
    over = ((pl.col("price") - pl.col("standard")) * pl.col("received")).filter(priced).sum()
    sums = lines.group_by(by).agg(over.alias("ppv"), at_standard.alias("_base"), (~priced).sum().alias("unpriced"))
    some = pl.col("_base") > 0
    return (
        sums.sort(by)
        .with_columns(
            pl.when(some).then(pl.col("ppv")).alias("ppv"),
            pl.when(some).then(pl.col("ppv") / pl.col("_base")).alias("ppv_share"),
            pl.when(some).then(pl.lit("")).otherwise(pl.lit("no_price")).alias("reason"),
        )
        .select(*by, "ppv", "ppv_share", "unpriced", "reason")
    )


def responsiveness(*, confirmed_after_days: pl.Series, within_days: int) -> tuple[float | None, str]:
    """K57: share of purchase order lines confirmed within ``within_days``; null is not confirmed.

    Example:
        >>> responsiveness(confirmed_after_days=pl.Series([1, 3, None, 1]), within_days=2)
        (0.5, '')
    """
    if not len(confirmed_after_days):
        return None, "nothing_ordered"
    return float((confirmed_after_days <= within_days).fill_null(value=False).mean()), ""  # type: ignore[arg-type]


def vendor_score(*, parts: pl.DataFrame, rule: VendorRule) -> pl.DataFrame:
    """K58: weighted score from 0 to 1, with ``missing`` parts named; weights are spread over the parts that are known.

    ``parts`` has ``vendor``, ``lines``, ``otif``, ``ppm``, ``cv``, ``ppv_share``. Formula: ``0.40 otif + 0.30 max(0,
    1 - ppm/limit) + 0.20 max(0, 1 - cv/0.5) + 0.10 price``, price = 1 at or below standard, 0 at the limit.

    Example:
        >>> t = pl.DataFrame({"vendor": ["V"], "lines": [9], "otif": [0.9], "ppm": [1000.0], "cv": [0.25],
        ...                   "ppv_share": [None]}, schema_overrides={"ppv_share": pl.Float64})
        >>> vendor_score(parts=t, rule=VendorRule()).select(pl.col("score").round(4), "missing", "reason").rows()
        [(0.8111, 'price', '')]
    """
    scored = parts.with_columns(
        pl.col("otif").alias("_otif"),
        (1 - pl.col("ppm") / rule.ppm_limit).clip(0, 1).alias("_quality"),
        (1 - pl.col("cv") / rule.cv_limit).clip(0, 1).alias("_stability"),
        (1 - pl.col("ppv_share") / rule.price_limit).clip(0, 1).alias("_price"),
    )
    names = list(rule.weights)
    weight = pl.sum_horizontal([pl.col(f"_{n}").is_not_null() * rule.weights[n] for n in names])
    total = pl.sum_horizontal([pl.col(f"_{n}").fill_null(0.0) * rule.weights[n] for n in names])
    gaps = [pl.when(pl.col(f"_{n}").is_null()).then(pl.lit(n)) for n in names]
    reason = (
        pl.when(pl.col("lines") < rule.fewest_lines)
        .then(pl.lit("too_few_lines"))
        .when(weight == 0)
        .then(pl.lit("nothing_known"))
        .otherwise(pl.lit(""))
    )
    scored = scored.with_columns(
        reason.alias("reason"), pl.concat_str(gaps, separator="|", ignore_nulls=True).alias("missing")
    )
    score = pl.when(pl.col("reason") == "").then(total / weight).alias("score")
    return scored.with_columns(score).select("vendor", "score", "missing", "reason")
