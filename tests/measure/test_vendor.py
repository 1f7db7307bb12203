"""Vendors: what is late, what is unknown, and a score that says what it lacks."""

import datetime as dt

import polars as pl

from onenumber.measure.vendor import VendorRule, delivery, responsiveness, vendor_lines, vendor_score

JUNE = dt.date(2026, 6, 1)
VENDORS = pl.DataFrame(
    {"vendor": ["V"], "early_days": [None], "late_days": [2]}, schema_overrides={"early_days": pl.Int64}
)


def _orders(count: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "order": [f"P{k}" for k in range(count)], "line": [1] * count, "vendor": ["V"] * count,
            "quantity": [10.0] * count, "ordered": [dt.date(2026, 4, 1)] * count,
            "first_confirmed": [dt.date(2026, 5, 10)] * count, "status": ["open"] * count,
        }
    )  # fmt: skip


def _receipts(*rows: tuple[str, dt.date | None, float]) -> pl.DataFrame:
    table = pl.DataFrame(rows, schema={"order": pl.String, "date": pl.Date, "quantity": pl.Float64}, orient="row")
    return table.with_columns(pl.lit(1, dtype=pl.Int64).alias("line"), pl.lit(0.0).alias("rejected"))


def test_overdue_unreceived_is_late_and_a_split_receipt_can_miss_in_full() -> None:
    came = _receipts(
        ("P0", dt.date(2026, 5, 12), 10.0),  # two days late is on time here
        ("P1", dt.date(2026, 5, 13), 10.0),
        ("P2", dt.date(2026, 5, 10), 6.0),  # the other four never came
    )
    lines = vendor_lines(orders=_orders(4), receipts=came, vendors=VENDORS, rule=VendorRule(), as_of=JUNE)
    assert lines.select("on_time", "in_full", "otif").rows() == [
        (True, True, True),
        (False, False, False),
        (True, False, False),
        (False, False, False),
    ]
    assert lines["lead_time_days"].to_list()[:2] == [41.0, 42.0]
    assert delivery(judged=lines, by=["vendor"])["reason"].to_list() == ["too_few_lines"]  # 4 lines, 5 needed
    assert delivery(judged=lines, by=["vendor"], fewest_lines=4).select("on_time", "otif").rows() == [(0.5, 0.25)]


def test_receipts_without_dates_make_lateness_unknown_not_perfect() -> None:
    came = _receipts(*[(f"P{k}", None, 10.0) for k in range(6)])
    lines = vendor_lines(orders=_orders(6), receipts=came, vendors=VENDORS, rule=VendorRule(), as_of=JUNE)
    assert delivery(judged=lines, by=["vendor"]).select("on_time", "reason").rows() == [(None, "dates_unknown")]


def test_the_score_spreads_the_weight_of_what_is_unknown() -> None:
    parts = pl.DataFrame(
        {"vendor": ["V", "W"], "lines": [8, 4], "otif": [0.9, 1.0], "ppm": [None, 0.0], "cv": [None, 0.0],
         "ppv_share": [0.05, 0.0]},
        schema_overrides={"ppm": pl.Float64, "cv": pl.Float64},
    )  # fmt: skip
    scored = vendor_score(parts=parts, rule=VendorRule())
    assert scored["missing"].to_list() == ["quality|stability", ""]
    assert scored["reason"].to_list() == ["", "too_few_lines"]
    assert scored["score"].to_list() == [(0.40 * 0.9 + 0.10 * 0.5) / 0.50, None]


def test_without_orders_there_is_no_responsiveness() -> None:
    assert responsiveness(confirmed_after_days=pl.Series([], dtype=pl.Int64), within_days=2) == (
        None,
        "nothing_ordered",
    )
