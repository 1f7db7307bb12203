"""The Forecast sheet: adds up at every level, never looks ahead, says what it did."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from onenumber.demand.forecast import Forecast, forecast_sheet, make_forecast
from onenumber.demand.levels import LEVELS
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State
from onenumber.model.period import Calendar
from onenumber.model.sheet import content_hash

CALENDAR = Calendar.months(start=dt.date(2022, 1, 1), periods=72)
ITEMS, CUSTOMERS, PERIODS, HORIZON = 6, 5, 42, 18


def _axis() -> Axis:
    pairs = [(f"I{i}", f"C{c}") for i in range(ITEMS) for c in range(CUSTOMERS)]
    item, customer = (np.array(part) for part in zip(*pairs, strict=True))
    number = np.array([int(i[1]) for i in item])
    return Axis(
        "stream",
        np.array([f"{i}|{c}" for i, c in pairs]),
        {
            "item": item,
            "family": np.char.add("F", (number // 2).astype(str)),
            "division": np.char.add("D", (number // 4).astype(str)),
            "planning_customer": customer,
            "channel": np.where(np.char.endswith(customer, "0"), "web", "shop"),
        },
    )


def _history(*, unit: str | np.ndarray = "pcs") -> Cube:
    rng = np.random.default_rng(7)
    axis = _axis()
    t = np.arange(PERIODS)
    season = 1.0 + 0.4 * np.sin(2 * np.pi * t / 12)
    values = np.round(rng.gamma(3.0, 10.0, (len(axis), 1)) * season * rng.lognormal(0.0, 0.3, (len(axis), PERIODS)))
    values[3] = np.where(t % 3 == 0, values[3], 0.0)
    state = np.full(values.shape, State.PRESENT, dtype=np.uint8)
    state[4, :40] = State.NONE  # two months old
    state[5] = State.NONE  # only returns or future orders: no history at all
    state[6, 31] = State.MISSING
    values = np.where(state == State.PRESENT, values, 0.0)
    units = np.full(len(axis), unit) if isinstance(unit, str) else unit
    return Cube("demand", values, state, axis, 6, units)


def _make(history: Cube | None = None) -> Forecast:
    return make_forecast(history=history or _history(), calendar=CALENDAR, horizon=HORIZON)


MADE = _make()


def test_cubes_stand_on_the_horizon_and_every_cell_is_there() -> None:
    for cube in (MADE.naive, MADE.mean, MADE.lower, MADE.upper):
        assert cube.indices == range(48, 66)
        assert (cube.state == State.PRESENT).all()
        assert (cube.values >= 0.0).all()
    assert [c.measure for c in (MADE.naive, MADE.mean, MADE.lower, MADE.upper)] == ["L0", "L1", "lo80", "hi80"]
    assert (MADE.lower.values <= MADE.mean.values).all()
    assert (MADE.mean.values <= MADE.upper.values).all()


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_the_sum_of_its_streams(level: str) -> None:
    rows = MADE.bands.filter(pl.col("level") == level)
    labels = [level] if level == "company" else sorted(set(MADE.mean.axis.attributes[level].tolist()))
    assert rows["label"].unique(maintain_order=True).to_list() == labels
    for label in labels:
        mine = rows.filter(pl.col("label") == label)
        inside = np.full(len(MADE.mean.axis), fill_value=True)
        if level != "company":
            inside = MADE.mean.axis.attributes[level] == label
        assert mine["period"].to_list() == list(range(48, 66))
        np.testing.assert_allclose(mine["mean"].to_numpy(), MADE.mean.values[inside].sum(axis=0), rtol=1e-9)
        assert (mine["lo80"] <= mine["mean"]).all()
        assert (mine["mean"] <= mine["hi80"]).all()


def test_a_stream_without_history_is_zero_and_a_young_one_is_sane_and_both_say_so() -> None:
    methods = {row["stream"]: row for row in MADE.methods.iter_rows(named=True)}
    assert methods["I1|C0"]["method"] == "none: no history"
    assert (MADE.mean.values[5] == 0.0).all()
    assert methods["I0|C4"]["demand_class"] == "short"
    assert methods["I0|C4"]["observed"] == 2
    seen = _history().values[4, 40:]
    assert (MADE.mean.values[4] > 0.2 * seen.mean()).all()
    assert (MADE.mean.values[4] < 5.0 * seen.mean()).all()
    assert methods["I0|C3"]["demand_class"] in {"intermittent", "lumpy"}
    assert methods["I0|C3"]["adi"] == 3.0


def test_the_benchmark_is_last_years_month() -> None:
    np.testing.assert_array_equal(MADE.naive.values[0, :12], _history().values[0, -12:])
    assert set(MADE.naive.values[4].tolist()) == {_history().values[4, -1]}  # too young for a season


def test_the_pool_beats_naive_where_there_is_noise_and_the_range_holds() -> None:
    stream = {row["method"]: row for row in MADE.backtest.filter(pl.col("level") == "stream").iter_rows(named=True)}
    assert stream["pool"]["wape"] < stream["naive"]["wape"]
    assert 0.7 < stream["pool"]["coverage80"] < 0.92
    assert stream["naive"]["coverage80"] is None
    assert stream["pool"]["cells"] == 83  # 28 streams are old enough, three origins, one cell is missing
    company = MADE.backtest.filter((pl.col("level") == "company") & (pl.col("method") == "pool")).row(0, named=True)
    assert company["wape"] < stream["pool"]["wape"]
    assert company["cells"] == 2  # the third falls on the month in which a stream is missing


def test_a_unit_of_its_own_keeps_an_item_out_of_sums_it_does_not_fit() -> None:
    axis = _axis()
    units = np.where(axis.attributes["item"] == "I5", "kg", "pcs")
    bands = _make(_history(unit=units)).bands
    at = {level: set(bands.filter(pl.col("level") == level)["label"].to_list()) for level in LEVELS}
    assert at == {
        "company": set(),
        "division": {"D0"},
        "family": {"F0", "F1"},
        "item": {f"I{i}" for i in range(ITEMS)},
        "planning_customer": set(),
        "channel": set(),
    }


def test_unlike_units_have_no_common_error_and_say_why() -> None:
    axis = _axis()
    units = np.where(axis.attributes["item"] == "I5", "kg", "pcs")
    made = _make(_history(unit=units))
    row = made.backtest.filter((pl.col("level") == "stream") & (pl.col("method") == "pool")).row(0, named=True)
    assert (row["wape"], row["bias"], row["reason"]) == (None, None, "unlike_units")
    assert row["coverage80"] is not None
    assert forecast_sheet(made).notes["wape_lag1"] is None


def test_the_sheet_has_the_contract_and_the_same_bits_twice() -> None:
    sheet = forecast_sheet(MADE)
    assert sorted(sheet.cubes) == ["L0", "L1", "hi80", "lo80"]
    assert sorted(sheet.tables) == ["backtest", "bands", "methods"]
    assert sheet.tables["bands"].columns == ["level", "label", "period", "mean", "lo80", "hi80"]
    assert sheet.tables["backtest"].columns[:6] == ["level", "method", "wape", "bias", "coverage80", "cells"]
    assert sheet.notes["series"] == 30
    assert content_hash(sheet) == content_hash(forecast_sheet(_make()))


def test_no_streams_make_an_empty_forecast() -> None:
    axis = Axis("stream", np.array([], dtype=np.str_), {n: np.array([], dtype=np.str_) for n in LEVELS[1:]})
    empty = Cube("demand", np.zeros((0, 24)), np.zeros((0, 24), dtype=np.uint8), axis, 0, np.array([], dtype=np.str_))
    made = _make(empty)
    assert made.mean.values.shape == (0, HORIZON)
    assert len(made.bands) == len(made.methods) == 0
    assert forecast_sheet(made).notes["coverage80"] is None


@pytest.mark.parametrize("periods", [1, 2, 3, 5])
def test_a_company_that_just_began_has_a_forecast_with_a_range(periods: int) -> None:
    whole = _history()
    young = Cube(
        "demand", whole.values[:, :periods], np.zeros((30, periods), dtype=np.uint8), whole.axis, 6, whole.units
    )
    made = _make(young)
    assert np.isfinite(made.upper.values).all()
    assert (made.upper.values[whole.values[:, :periods].sum(axis=1) > 0] > 0.0).all()
