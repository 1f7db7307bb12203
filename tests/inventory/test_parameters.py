"""Parameters beside their evidence: which runs count, and how far one cycle moves a stock."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from onenumber.inventory.parameters import LAST_RUNS, RATES, in_steps, is_untrue, shown_rates, worked_out_stock

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
    small, large = (worked_out_stock(**one, sigma=np.array([s]), target=np.array([target]))[0] for s in (30.0, 60.0))
    more = worked_out_stock(**one, sigma=np.array([60.0]), target=np.array([target + 0.02]))[0]
    assert 0 < small < large < more


def test_one_cycle_takes_a_step_and_chance_excuses_a_gap() -> None:
    assert in_steps(now=100.0, worked_out=20.0) == 70.0
    assert is_untrue(planned=100.0, shown=60.0)
    assert not is_untrue(planned=100.0, shown=60.0, chance=0.447)
