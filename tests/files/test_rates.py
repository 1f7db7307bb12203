"""A currency without a plan rate is said when it is loaded, not when it is planned with."""

import polars as pl
import pytest

from onenumber.files.read import Loaded, read_files
from onenumber.model.finding import Severity
from onenumber.model.sentences import say

PLAN = (
    "plan,name,currency,currency_decimals,time_zone,calendar,calendar_start,periods,fiscal_year_start,horizon\n"
    "p,P,EUR,2,UTC,months,2026-01-01,24,1,12\n"
)
PRICES = "item,price,currency,valid_from,valid_to\nA,10,EUR,,\nA,11,CHF,2026-02-01,\nA,12,CHF,2026-03-01,\n"
RATES = "rate_set,currency,rate,valid_from,valid_to\n"
CODE = "currency_without_rate"
ITEMS = {"items": pl.DataFrame({"item": ["A"]})}


def _load(known: dict[str, pl.DataFrame] | None = None, **tables: str) -> Loaded:
    files = {f"{name}.csv": text.encode() for name, text in tables.items()}
    return read_files(files, known=ITEMS | (known or {}))


def test_a_currency_without_a_rate_is_a_finding_and_loads() -> None:
    loaded = _load(plan=PLAN, prices=PRICES)
    (found,) = [finding for finding in loaded.findings if finding.code == CODE]
    assert say(found) == (
        "prices.csv, row 3, currency: CHF has no plan rate: rows in it, 2 here, were loaded and have no value in "
        "the plan. Add a row of rate_set plan to currency_rates."
    )
    assert (found.severity, loaded.rows_loaded["prices"]) == (Severity.ATTENTION, 3)


@pytest.mark.parametrize(("rate_set", "said"), [("plan", 0), ("actual", 1)])
def test_only_a_rate_of_the_plan_values_a_plan(rate_set: str, said: int) -> None:
    loaded = _load(plan=PLAN, prices=PRICES, currency_rates=f"{RATES}{rate_set},CHF,1.05,,\n")
    assert [finding.code for finding in loaded.findings].count(CODE) == said


def test_the_plan_and_the_rate_may_be_there_already() -> None:
    plan = _load(plan=PLAN).tables["plan"]
    rates = _load(plan=PLAN, currency_rates=f"{RATES}plan,CHF,1.05,,\n").tables["currency_rates"]
    without, rated = _load({"plan": plan}, prices=PRICES), _load({"plan": plan, "currency_rates": rates}, prices=PRICES)
    assert [[f.code for f in loaded.findings].count(CODE) for loaded in (without, rated)] == [1, 0]
