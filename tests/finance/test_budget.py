"""Landing of the fiscal year against budget: what is unknown stays unknown, and no budget is never a good sign."""

import datetime as dt

import polars as pl

from onenumber.finance.budget import YearEnd, budget_in_force, landing, total_landing
from onenumber.finance.valuation import MONEY
from onenumber.model.period import Calendar

CALENDAR = Calendar.months(start=dt.date(2026, 1, 1), periods=24)
JULY = YearEnd(calendar=CALENDAR, cycle=6, horizon=12)  # six months are over, the plan reaches June 2027
NO_TOLERANCE = pl.DataFrame(schema={"account": pl.String, "place": pl.String, "percent": pl.Float64})


def _money(account: str, place: str, periods: range, amount: int | None) -> pl.DataFrame:
    return pl.DataFrame([(account, place, k, amount, 1.0) for k in periods], schema=MONEY, orient="row")


def _budget(account: str, place: str, months: range, amount: float, version: str = "B1") -> pl.DataFrame:
    rows = [(version, account, place, CALENDAR[k].start, amount) for k in months]
    return pl.DataFrame(rows, schema=["version", "account", "place", "period", "amount"], orient="row")


def _landed(
    budget: pl.DataFrame, *, actual: int | None = 100_00, percent: float | None = 2.0, account: str = "revenue"
) -> dict[str, object]:
    tolerances = NO_TOLERANCE
    if percent is not None:
        tolerances = pl.DataFrame({"account": [account], "place": ["*"], "percent": [percent]})
    table = landing(
        actual=_money(account, "X", range(6), actual),
        plan=_money(account, "X", range(6, 18), 90_00),
        budget=budget_in_force(budget, calendar=CALENDAR, decimals=2),
        tolerances=tolerances,
        year_end=JULY,
    )
    assert table["fiscal_year"].to_list() == [2026, 2027]
    return table.row(0, named=True)


def test_actual_to_date_and_plan_land_against_the_budget() -> None:
    found = _landed(_budget("revenue", "X", range(12), 100.0))
    assert (found["actual"], found["plan"], found["landing"]) == (600_00, 540_00, 1140_00)
    assert (found["budget"], found["gap"], found["gap_percent"]) == (1200_00, -60_00, -5.0)
    assert (found["status"], found["tolerance"], found["reason"]) == ("outside", 2.0, "")


def test_status_follows_the_tolerance_and_the_good_side() -> None:
    assert _landed(_budget("revenue", "X", range(12), 100.0), percent=5.0)["status"] == "within"
    assert _landed(_budget("revenue", "X", range(12), 80.0))["status"] == "better"
    assert _landed(_budget("overtime_cost", "X", range(12), 80.0), account="overtime_cost")["status"] == "outside"
    bare = _landed(_budget("revenue", "X", range(12), 100.0), percent=None)
    assert (bare["status"], bare["reason"]) == ("outside", "no_tolerance")  # every gap needs a decision


def test_no_line_is_no_budget_and_half_a_line_too() -> None:
    none = _landed(pl.DataFrame(schema=_budget("revenue", "X", range(1), 1.0).schema))
    assert (none["landing"], none["budget"], none["status"], none["reason"]) == (
        1140_00,
        None,
        "no_budget",
        "no_budget",
    )
    half = _landed(_budget("revenue", "X", range(6), 100.0))
    assert (half["budget"], half["status"], half["reason"]) == (None, "no_budget", "budget_incomplete")


def test_an_unknown_actual_is_not_zero() -> None:
    found = _landed(_budget("revenue", "X", range(12), 100.0), actual=None)
    assert (found["landing"], found["gap"], found["status"], found["reason"]) == (
        None,
        None,
        "unknown",
        "actual_unknown",
    )


def test_a_year_that_the_plan_does_not_reach_has_no_landing() -> None:
    table = landing(actual=_money("revenue", "X", range(6), 1), plan=_money("revenue", "X", range(6, 18), 1),
                    budget=budget_in_force(_budget("revenue", "X", range(24), 1.0), calendar=CALENDAR, decimals=2),
                    tolerances=NO_TOLERANCE, year_end=JULY)  # fmt: skip
    assert table.row(1, named=True)["reason"] == "year_not_planned"


def test_inventory_lands_where_its_last_period_stands() -> None:
    found = _landed(_budget("inventory_value", "X", range(12), 80.0), account="inventory_value")
    assert (found["actual"], found["landing"], found["budget"], found["gap"]) == (None, 90_00, 80_00, 10_00)
    assert found["status"] == "outside"  # 12.5 % more stock than budgeted


def test_the_last_version_by_label_is_in_force() -> None:
    two = pl.concat([_budget("revenue", "X", range(12), 100.0), _budget("revenue", "X", range(12), 95.0, "B2")])
    assert _landed(two)["budget"] == 1140_00


def test_the_company_is_the_exact_sum_of_its_lines() -> None:
    plan = pl.concat([_money("revenue", place, range(12), 33) for place in ("X", "Y", "Z")])
    budget = pl.concat([_budget("revenue", place, range(12), 0.11) for place in ("X", "Y", "Z")])
    table = landing(actual=plan.clear(), plan=plan, tolerances=NO_TOLERANCE,
                    budget=budget_in_force(budget, calendar=CALENDAR, decimals=2),
                    year_end=YearEnd(calendar=CALENDAR, cycle=0, horizon=12))  # fmt: skip
    assert total_landing(table).rows() == [("revenue", 2026, 0, 3 * 12 * 33, 3 * 12 * 33, 3 * 12 * 11, 3 * 12 * 22)]
