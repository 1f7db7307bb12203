"""The vendor scorecard: how vendors, and the items they sell us, kept their dates in a window (F-SS3, K50-K55).

Source: domain.md §5.4 (lead times as they were), §5.5 (vendor performance), F-SS3 and F-SS4 (samples, alert points).
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.measure.vendor import VendorRule, delivery, vendor_lines
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.period import Calendar
from onenumber.model.validity import latest_on

Tables = Mapping[str, pl.DataFrame]
ITEM = ["vendor", "item", "site"]
OVER_PLAN = 1.10
"""Over this multiple of the planned days a lead time is no longer true (F-SS4)."""
RECENT_SHARE = 4
"""The last quarter of the year says where lead times go."""
SCORECARD = pl.Schema(
    {
        "vendor": pl.String, "item": pl.String, "site": pl.String, "unit": pl.String,
        "due": pl.Int64, "lines": pl.Int64, "on_time": pl.Float64, "on_time_reason": pl.String,
        "late": pl.Float64, "late_reason": pl.String,
        "came": pl.Int64, "lead_mean": pl.Float64, "lead_p50": pl.Float64, "lead_p90": pl.Float64,
        "lead_reason": pl.String, "recent": pl.Int64, "lead_recent": pl.Float64, "recent_reason": pl.String,
        "planned": pl.Float64, "planned_reason": pl.String,
        "received": pl.Float64, "rejected": pl.Float64, "rejects_reason": pl.String, "over_plan": pl.Boolean,
    }
)  # fmt: skip
FIGURES: Mapping[str, tuple[str, ...]] = {
    "on_time_reason": ("on_time",),
    "late_reason": ("late",),
    "lead_reason": ("lead_mean", "lead_p50", "lead_p90"),
    "recent_reason": ("lead_recent",),
    "rejects_reason": ("received", "rejected"),
}
"""Which figures are null where a reason stands."""
_MISSING = {"purchase_orders": "no_purchase_orders", "receipts": "no_receipts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The half-open range of days [since, until) that is scored, and the first day of its recent part."""

    since: dt.date
    recent: dt.date
    until: dt.date

    @classmethod
    def before(cls, calendar: Calendar, cycle: int) -> "Window":
        """The year of periods before a cycle's first; shorter where the calendar begins later.

        Example:
            >>> w = Window.before(Calendar.months(start=dt.date(2024, 1, 1), periods=36), 29)
            >>> w.since.isoformat(), w.recent.isoformat(), w.until.isoformat()
            ('2025-06-01', '2026-03-01', '2026-06-01')
        """
        year = calendar.periods_a_year
        first, recent = (max(cycle - back, 0) for back in (year, max(year // RECENT_SHARE, 1)))
        return cls(since=calendar[first].start, recent=calendar[recent].start, until=calendar[cycle].start)


def missing_facts(facts: Tables) -> str:
    """Why no vendor can be scored: ``no_purchase_orders``, ``no_receipts``, or empty where both were loaded.

    A table without a row says as little as none: not that nothing ever came.

    Example:
        >>> missing_facts({"purchase_orders": pl.DataFrame({"order": ["P1"]}), "receipts": pl.DataFrame()})
        'no_receipts'
    """
    return next((reason for name, reason in _MISSING.items() if name not in facts or not len(facts[name])), "")


def vendor_scorecard(
    *,
    facts: Tables,
    company: Tables,
    window: Window,
    sites: Collection[str] | None = None,
    rule: VendorRule | None = None,
) -> pl.DataFrame:
    """One row per vendor (``item`` and ``site`` null), then one per item it sells us to a site: columns ``SCORECARD``.

    Every vendor with an offer in force, or a line due or received in the window, has its rows, all vendors at once;
    with ``sites`` only what these receive is looked at.

    - ``on_time`` (K50) is the share of ``lines`` that came inside their tolerance of the first date the vendor
      confirmed; ``lines`` of the ``due`` ones can be judged. ``late`` (units) was not in at the end of the tolerance.
    - ``lead_mean``, ``lead_p50``, ``lead_p90`` (K53, days from order to receipt) are over the ``came`` lines whose
      last receipt lies in the window, ``lead_recent`` is the mean of the ``recent`` ones, those in its recent part.
      ``planned`` is the mean of the days planned for these lines as of ``window.until``, of the offers where none came.
      K54 is ``lead_mean - planned``; ``over_plan`` where the mean or the recent mean is over plan by more than 10 %.
    - ``rejected`` of ``received`` (units whose receipt says how much was rejected; K55 is their ratio).

    What cannot be known is null with a reason: ``no_purchase_orders`` and ``no_receipts`` (the table was not loaded),
    ``nothing_due``, ``dates_unknown``, ``nothing_received``, ``too_few_lines`` (under ``rule.fewest_lines``),
    ``rejects_unknown``, ``unlike_units`` (a vendor's items have no unit in common), ``no_offer`` (nothing is planned).

    Example:
        >>> company = {"items": pl.DataFrame({"item": ["A"], "unit": ["pcs"]}), "vendor_items": pl.DataFrame(
        ...     {"vendor": ["V"], "item": ["A"], "site": ["P"], "lead_time_days": [21], "valid_from": [None],
        ...      "valid_to": [None]}, schema_overrides={"valid_from": pl.Date, "valid_to": pl.Date})}
        >>> window = Window(since=dt.date(2025, 6, 1), recent=dt.date(2026, 3, 1), until=dt.date(2026, 6, 1))
        >>> table = vendor_scorecard(facts={}, company=company, window=window)
        >>> table.select("vendor", "item", "on_time", "on_time_reason", "planned").rows()
        [('V', None, None, 'no_purchase_orders', 21.0), ('V', 'A', None, 'no_purchase_orders', 21.0)]
    """
    rule = rule or VendorRule()
    lines, offers = _lines(facts, company, window, rule), _offers(company, window)
    if sites is not None:
        lines, offers = (rows.filter(pl.col("site").is_in(sorted(sites))) for rows in (lines, offers))
    known = pl.concat([offers.select(*ITEM, "unit"), lines.select(*ITEM, "unit")]).unique().sort(ITEM)
    rows = [_rows(known, lines, offers, by=by, window=window, rule=rule) for by in (["vendor"], ITEM)]
    table = pl.concat(rows, how="diagonal_relaxed").sort(ITEM, nulls_last=False, maintain_order=True)
    table = _without(table, missing_facts(facts))
    over = pl.max_horizontal("lead_mean", "lead_recent") > OVER_PLAN * pl.col("planned")
    return table.with_columns(over.fill_null(value=False).alias("over_plan")).select(SCORECARD.names()).cast(SCORECARD)


def _offers(company: Tables, window: Window) -> pl.DataFrame:
    """What vendors sell us as of the window's end: vendor, item, site, unit, planned (days)."""
    offers = latest_on(table_or_empty(company, "vendor_items"), window.until, ITEM)
    return _with_unit(offers.select(*ITEM, pl.col("lead_time_days").cast(pl.Float64).alias("planned")), company)


def _with_unit(rows: pl.DataFrame, company: Tables) -> pl.DataFrame:
    return rows.join(company["items"].select("item", "unit"), on="item", how="left", maintain_order="left")


def _lines(facts: Tables, company: Tables, window: Window, rule: VendorRule) -> pl.DataFrame:
    """The order lines that were due, or came, in the window, with what is planned for them; in a fixed order."""
    judged = vendor_lines(
        orders=table_or_empty(facts, "purchase_orders").sort("order", "line", maintain_order=True),
        receipts=table_or_empty(facts, "receipts"),
        vendors=table_or_empty(company, "vendors"),
        rule=rule,
        as_of=window.until,
    )
    inside = [
        pl.col(day).is_between(window.since, window.until, closed="left").fill_null(value=False).alias(name)
        for day, name in (("due", "is_due"), ("last_received", "is_in"))
    ]
    judged = judged.with_columns(inside).filter(pl.col("is_due") | pl.col("is_in"))
    offers = _offers(company, window).select(*ITEM, "planned")
    return _with_unit(judged.join(offers, on=ITEM, how="left", maintain_order="left"), company)


def _rows(
    known: pl.DataFrame, lines: pl.DataFrame, offers: pl.DataFrame, *, by: list[str], window: Window, rule: VendorRule
) -> pl.DataFrame:
    """The rows of one level, a part of the figures from each of the lines that they are about."""
    alike = pl.col("unit").n_unique() == 1
    table = known.group_by(by, maintain_order=True).agg(pl.when(alike).then(pl.col("unit").first()).alias("unit"))
    due, came = lines.filter("is_due"), lines.filter("is_in")
    promised = offers.group_by(by, maintain_order=True).agg(pl.col("planned").mean().alias("offered"))
    for part in (_on_time(due, by, rule), _lead(came, by, window, rule), _rejects(came, by), promised):
        table = table.join(part, on=by, how="left", maintain_order="left")
    table = table.with_columns(
        pl.col("due", "lines", "came", "recent").fill_null(0),
        pl.coalesce("planned", "offered").alias("planned"),
        pl.col("on_time_reason").fill_null("nothing_due"),
        pl.col("lead_reason", "recent_reason", "rejects_reason").fill_null("nothing_received"),
    )
    unplanned = pl.when(pl.col("planned").is_null()).then(pl.lit("no_offer")).otherwise(pl.lit(""))
    unlike = pl.col("unit").is_null()
    late = pl.when(pl.col("lines") == 0).then("on_time_reason").when(unlike).then(pl.lit("unlike_units"))
    rejects = pl.when(unlike & (pl.col("rejects_reason") == "")).then(pl.lit("unlike_units"))
    table = table.with_columns(
        late.otherwise(pl.lit("")).alias("late_reason"),
        rejects.otherwise("rejects_reason").alias("rejects_reason"),
        unplanned.alias("planned_reason"),
    )
    return _null_where_reason(table)


def _on_time(due: pl.DataFrame, by: list[str], rule: VendorRule) -> pl.DataFrame:
    sums = due.group_by(by, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("due"), pl.col("late").filter(pl.col("counted")).sum()
    )
    shares = delivery(judged=due, by=by, fewest_lines=rule.fewest_lines)
    shares = shares.select(*by, "lines", "on_time", pl.col("reason").alias("on_time_reason"))
    return sums.join(shares, on=by, how="left", maintain_order="left")


def _lead(came: pl.DataFrame, by: list[str], window: Window, rule: VendorRule) -> pl.DataFrame:
    days, recent = pl.col("lead_time_days"), pl.col("last_received") >= window.recent
    sums = (
        came.filter(days.is_not_null())
        .group_by(by, maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("came"),
            days.mean().alias("lead_mean"),
            days.quantile(0.5, "linear").alias("lead_p50"),
            days.quantile(0.9, "linear").alias("lead_p90"),
            recent.sum().cast(pl.Int64).alias("recent"),
            days.filter(recent).mean().alias("lead_recent"),
            pl.col("planned").mean(),
        )
    )
    return sums.with_columns(
        pl.when(pl.col(count) < rule.fewest_lines).then(pl.lit("too_few_lines")).otherwise(pl.lit("")).alias(reason)
        for count, reason in (("came", "lead_reason"), ("recent", "recent_reason"))
    )


def _rejects(came: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    some = pl.col("received") > 0
    return (
        came.group_by(by, maintain_order=True)
        .agg(pl.col("inspected").sum().alias("received"), pl.col("rejected").sum())
        .with_columns(
            pl.when(some).then(pl.lit("")).otherwise(pl.lit("rejects_unknown")).alias("rejects_reason"),
        )
    )


def _without(table: pl.DataFrame, missing: str) -> pl.DataFrame:
    """Nothing of the vendors is known where a table of facts was not loaded, whatever the other one says."""
    if not missing:
        return table
    return _null_where_reason(table.with_columns(pl.lit(missing).alias(reason) for reason in FIGURES))


def _null_where_reason(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(
        pl.when(pl.col(reason) == "").then(pl.col(name)).alias(name)
        for reason, names in FIGURES.items()
        for name in names
    )
