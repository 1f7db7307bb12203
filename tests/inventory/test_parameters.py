"""Parameters beside their evidence: which runs count, and how far one cycle moves a stock."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from onenumber.inventory.parameters import (
    LAST_RUNS,
    RATES,
    chance_of,
    in_steps,
    is_untrue,
    replayed_fill,
    shown_rates,
    summed_errors,
    worked_out_stock,
)

UNTIL = dt.date(2026, 6, 1)
DATED = {"valid_from": pl.Date, "valid_to": pl.Date}


def rates(*rows: tuple[str, str, float]) -> pl.DataFrame:
    table = [
        {"item": item, "site": "P", "route": "main", "resource": line, "hours_per_unit": hours, "valid_from": None,
         "valid_to": None} for item, line, hours in rows
    ]  # fmt: skip
    return pl.DataFrame(table, schema_overrides=DATED)


def runs(*hours: float, resource: str | None = "L1", item: str = "A") -> pl.DataFrame:
    days = [UNTIL - dt.timedelta(days=len(hours) - k) for k in range(len(hours))]
    return pl.DataFrame(
        {"item": item, "site": "P", "resource": resource, "hours": hours, "quantity": 1.0, "date": days},
        schema_overrides={"resource": pl.String},
    )


def shown(production: pl.DataFrame, table: pl.DataFrame) -> list[tuple[object, ...]]:
    found = shown_rates(production=production, company={"rates": table}, until=UNTIL)
    assert found.schema == RATES
    return found.select("resource", "shown", "runs").rows()


def test_only_the_newest_runs_count() -> None:
    assert shown(runs(*[9.0] * 5, *[2.0] * LAST_RUNS), rates(("A", "L1", 1.0))) == [("L1", 2.0, LAST_RUNS)]


def test_a_run_without_a_line_belongs_to_the_only_one_and_to_none_of_two() -> None:
    assert shown(runs(2.0, resource=None), rates(("A", "L1", 1.0))) == [("L1", 2.0, 1)]
    assert shown(runs(2.0, resource=None), rates(("A", "L1", 1.0), ("A", "L2", 1.0))) == [
        ("L1", None, 0), ("L2", None, 0),
    ]  # fmt: skip


def test_a_run_of_no_hours_or_no_units_says_nothing() -> None:
    made = pl.concat([runs(0.0, 3.0), runs(4.0).with_columns(quantity=pl.lit(0.0))])
    assert shown(made, rates(("A", "L1", 1.0))) == [("L1", 3.0, 1)]


@pytest.mark.parametrize("target", [0.9, 0.97])
def test_a_safety_stock_grows_with_its_error_and_its_target(target: float) -> None:
    one = {"mean": np.array([100.0]), "lead": np.array([0.2])}
    small, large = (
        worked_out_stock(**one, sigma=np.array([s]), target=np.array([target]), firm=1)[0] for s in (30.0, 60.0)
    )
    more = worked_out_stock(**one, sigma=np.array([60.0]), target=np.array([target + 0.02]), firm=1)[0]
    assert 0 < small < large < more


def test_one_cycle_takes_a_step_and_chance_excuses_a_gap() -> None:
    assert in_steps(now=100.0, worked_out=20.0) == 70.0
    assert is_untrue(planned=100.0, shown=60.0)
    assert not is_untrue(planned=100.0, shown=60.0, chance=0.447)


def noisy_years(*, years: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Plans that say 100 of every month, and what came: 100 and an error of 25, independent from month to month."""
    rng = np.random.Generator(np.random.PCG64(seed))
    actual = np.maximum(100.0 + 25.0 * rng.standard_normal(12 * years), 0.0)
    return np.full((len(actual), 2), 100.0), actual


@pytest.mark.parametrize("target", [0.92, 0.95, 0.98])
def test_the_stock_worked_out_gives_its_target_where_a_plan_has_a_firm_period(target: float) -> None:
    """Played over two hundred years: a formula that forgets the firm period falls short of every target."""
    forecast, actual = noisy_years(years=200, seed=4)
    sigma = np.std(summed_errors(forecast=forecast, actual=actual), ddof=1)
    one = {"mean": np.array([100.0]), "lead": np.array([0.0]), "target": np.array([target])}
    (right,) = worked_out_stock(**one, sigma=np.array([sigma]), firm=1)
    (without,) = worked_out_stock(**one, sigma=np.array([25.0]), firm=0)
    kept, less = (replayed_fill(stock=stock, forecast=forecast, actual=actual) for stock in (right, without))
    assert kept is not None
    assert less is not None
    assert kept == pytest.approx(target, abs=0.01)
    assert less < target - 0.01


def test_without_a_firm_period_a_stock_covers_the_period_and_the_lead_time_alone() -> None:
    forecast, actual = noisy_years(years=200, seed=5)
    alone = forecast[:, :1]
    sigma = np.std(summed_errors(forecast=alone, actual=actual), ddof=1)
    one = {"mean": np.array([100.0]), "lead": np.array([0.0]), "target": np.array([0.98])}
    (stock,) = worked_out_stock(**one, sigma=np.array([sigma]), firm=0)
    assert replayed_fill(stock=stock, forecast=alone, actual=actual) == pytest.approx(0.98, abs=0.01)


def test_what_is_late_is_missed_once_and_nothing_asked_for_says_nothing() -> None:
    forecast, asked = np.full((4, 2), 10.0), np.array([10.0, 30.0, 10.0, 10.0])
    assert replayed_fill(stock=0.0, forecast=forecast, actual=asked) == pytest.approx(1 - (20 + 10) / 50)
    assert replayed_fill(stock=0.0, forecast=forecast, actual=np.zeros(4)) is None


def test_errors_that_share_periods_excuse_a_larger_gap() -> None:
    assert chance_of(11, over=2) == pytest.approx(chance_of(7) * ((7 - 1) / (11 / 1.5 - 1)) ** 0.5)
    assert chance_of(1, over=2) == float("inf")
