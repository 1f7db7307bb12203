"""How a month begins: in its own time, after the last, and with the facts of the month before."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from onenumber.errors import CalendarTooShortError, CycleLeftOutError, GateClosedError, NotBegunError
from onenumber.store.models import Cycle, Plan
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.steps.conftest import Act
from tests.steps.month_for_tests import do


def test_a_cycle_opens_in_its_own_month_and_follows_the_last(in_demand: None, act: Act, plan: Plan) -> None:
    Cycle.objects.filter(plan=plan).update(phase="MONITOR")
    with pytest.raises(NotBegunError) as refused:
        act("olga", "open", period="2026-06")
    assert str(refused.value) == (
        "Cycle 2026-06 cannot open: it begins on 2026-06-01, and today is 2026-05-05. Its meetings are held in its "
        "own month; open it then."
    )
    july = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    with pytest.raises(CycleLeftOutError, match="2026-07 cannot open: after 2026-05 comes 2026-06, and no cycle opens"):
        do(plan, "olga", "open", at=july)
    assert list(Cycle.objects.values_list("label", "phase")) == [("2026-05", "MONITOR")]
    do(plan, "olga", "open", period="2026-06", at=july)
    assert find_cycle(plan).label == "2026-06"


def test_a_cycle_whose_horizon_ends_behind_the_calendar_does_not_open(plan: Plan, tmp_path: Path) -> None:
    made = tiny.tables()
    made["plan"] = made["plan"].with_columns(periods=pl.lit(30, dtype=pl.Int64))  # 2024-01 to 2026-06
    loaded = do(plan, "nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
    assert [f.code for f in loaded.findings] == ["calendar_too_short"]
    with pytest.raises(CalendarTooShortError) as refused:
        do(plan, "olga", "open", period="2026-05")
    assert str(refused.value) == (
        "Cycle 2026-05 cannot open: it plans 6 periods, and the calendar ends with 2026-06. Missing are 2026-07 to "
        "2026-10: load the plan table with 34 periods or more."
    )
    made["plan"] = made["plan"].with_columns(periods=pl.lit(34, dtype=pl.Int64))
    assert do(plan, "olga", "load", folder=tiny.write(tmp_path / "data", made)).findings == ()
    do(plan, "olga", "open", period="2026-05")


def test_the_data_of_a_month_whose_facts_did_not_come_are_not_ended_unsaid(in_demand: None, plan: Plan) -> None:
    Cycle.objects.filter(plan=plan).update(phase="MONITOR")
    june = dt.datetime(2026, 6, 2, 10, tzinfo=dt.UTC)
    do(plan, "olga", "open", at=june)
    do(plan, "olga", "freeze", at=june)
    with pytest.raises(GateClosedError) as refused:
        do(plan, "olga", "advance", at=june)
    assert str(refused.value) == (
        "Data cannot end yet: no orders of 2026-05 were loaded (the process owner); no production records of "
        "2026-05 were loaded (the process owner); no shipments of 2026-05 were loaded (the process owner); no stock "
        "counts of 2026-05 were loaded (the process owner). Settle each, or waive it with a reason."
    )
    for facts in (
        "orders of 2026-05", "production records of 2026-05", "shipments of 2026-05", "stock counts of 2026-05",
    ):  # fmt: skip
        do(plan, "olga", "waive", code="facts_not_loaded", subject=facts, reason="the plant stood", at=june)
    assert do(plan, "olga", "advance", at=june).figures["phase"] == "Demand"
