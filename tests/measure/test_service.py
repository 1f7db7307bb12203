"""Order lines on time in full: every way a line can be judged, and vectors T8 and the fill-rate case."""

import datetime as dt

import polars as pl
import pytest

from onenumber.measure.service import ServiceRule, fill_rates, first_supplied, judge_lines, otif, perfect_orders

JUNE = dt.date(2026, 6, 1)


def _line(line: int, *, due: int | None = 10, status: str = "open", by: str | None = None) -> dict[str, object]:
    day = None if due is None else dt.date(2026, 5, due)
    return {"order": "O", "line": line, "quantity": 10.0, "requested": day, "status": status, "cancelled_by": by}


def _judged(lines: list[dict[str, object]], shipped: list[tuple[int, int, float]], rule: ServiceRule) -> list[str]:
    table = pl.DataFrame(lines, schema_overrides={"requested": pl.Date, "cancelled_by": pl.String})
    sent = pl.DataFrame(
        [("O", line, dt.date(2026, 5, 1) + dt.timedelta(days=day - 1), units) for line, day, units in shipped],
        schema=["order", "line", "date", "quantity"],
        orient="row",
    )
    judged = judge_lines(lines=table, shipments=sent, date="requested", rule=rule, as_of=JUNE)
    return judged["outcome"].to_list()


def test_every_outcome() -> None:
    lines = [
        _line(1), _line(2), _line(3), _line(4, due=31), _line(5), _line(6, status="cancelled", by="customer"),
        _line(7, status="cancelled", by="us"), _line(8, due=None),
    ]  # fmt: skip
    shipped = [(1, 9, 4.0), (1, 10, 6.0), (2, 9, 4.0), (2, 12, 6.0), (5, 31 + 2, 10.0)]
    assert _judged(lines, shipped, ServiceRule(late_days=1)) == [
        "kept",  # two shipments, both by the 10th
        "missed",  # the rest came on the 12th, a day after the window
        "late_open",  # nothing ever left
        "pending",  # due on the 31st and a day of grace: 1 June is not over
        "late_open",  # it left on 2 June, which was not known on 1 June
        "cancelled_by_customer",
        "cancelled_by_us",
        "no_date",
    ]


def test_late_open_and_cancelled_by_us_fail_where_they_were_due() -> None:
    lines = [_line(1), _line(2), _line(3, status="cancelled", by="us"), _line(4, status="cancelled", by="customer")]
    table = pl.DataFrame(lines, schema_overrides={"cancelled_by": pl.String}).with_columns(
        pl.lit("A").alias("division")
    )
    sent = pl.DataFrame({"order": ["O"], "line": [1], "date": [dt.date(2026, 5, 10)], "quantity": [10.0]})
    judged = judge_lines(lines=table, shipments=sent, date="requested", rule=ServiceRule(), as_of=JUNE)
    assert otif(judged=judged, by=["division"]).rows() == [("A", 1.0, 3.0, 1 / 3, "")]


@pytest.mark.parametrize(("early", "outcome"), [(None, "kept"), (5, "missed")])
def test_early_fails_only_if_the_rule_says_so(early: int | None, outcome: str) -> None:
    assert _judged([_line(1)], [(1, 2, 10.0)], ServiceRule(early_days=early)) == [outcome]


def test_in_full_has_a_tolerance() -> None:
    assert _judged([_line(1)], [(1, 10, 9.5)], ServiceRule(in_full=0.95)) == ["kept"]
    assert _judged([_line(1)], [(1, 10, 9.4)], ServiceRule(in_full=0.95)) == ["late_open"]


def test_only_the_first_shipment_by_the_due_date_supplies_a_line() -> None:
    lines = pl.DataFrame({"order": ["O", "O"], "line": [1, 2], "requested": [dt.date(2026, 5, 10)] * 2})
    days = [dt.date(2026, 5, 9), dt.date(2026, 5, 10), dt.date(2026, 5, 11)]
    sent = pl.DataFrame({"order": ["O"] * 3, "line": [1, 1, 2], "date": days, "quantity": [4.0, 6.0, 10.0]})
    assert first_supplied(lines=lines, shipments=sent)["supplied"].to_list() == [4.0, 0.0]


def test_an_order_with_an_unknown_test_is_not_judged_unless_it_failed() -> None:
    lines = pl.DataFrame({"order": ["a", "b", "c"], "on_time": [True, False, True], "papers": [True, None, None]})
    found = perfect_orders(lines=lines, tests=("on_time", "papers"))
    assert (found.perfect, found.judged, found.unknown, found.value) == (1, 2, 1, 0.5)


def test_t8_product_of_averages_is_not_it() -> None:
    on_time = [True] * 90 + [False] * 6 + [True] * 4
    in_full = [True] * 90 + [False] * 10
    lines = pl.DataFrame({"order": list(range(100)), "on_time": on_time, "in_full": in_full})
    assert perfect_orders(lines=lines, tests=("on_time", "in_full")).value == 0.90
    assert sum(on_time) / 100 * sum(in_full) / 100 == pytest.approx(0.846)  # the wrong one: 0.94 x 0.90


def test_without_demand_there_is_no_fill_rate() -> None:
    empty = pl.DataFrame(schema={"order": pl.String, "quantity": pl.Float64, "supplied": pl.Float64})
    assert (fill_rates(lines=empty).unit, fill_rates(lines=empty).reason) == (None, "nothing_due")
