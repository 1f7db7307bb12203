"""A verdict cleans history, with its author and reason; it is taken back by a new row, and raw history never moves."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onenumber.errors import BadArgumentError
from onenumber.model.sheet import Sheet
from onenumber.steps.frame.anomalies import anomalies_in, verdicts
from onenumber.steps.frame.context import make_context
from onenumber.store.models import LookedRow, Plan, VerdictRow
from onenumber.store.plans import find_cycle, versions_of
from tests import tiny
from tests.steps.month_for_tests import NOW, do, founded

TIMES = 12.0
LINE = "O24alphaA1"
KEY = f"wrong_unit|{LINE}|1"


def odd() -> dict[str, pl.DataFrame]:
    """The tiny company with one line of twelve times what was meant."""
    made = tiny.tables()
    wrong = pl.when(pl.col("order") == LINE).then(pl.col("quantity") * TIMES).otherwise(pl.col("quantity"))
    made["order_lines"] = made["order_lines"].with_columns(wrong.alias("quantity"))
    return made


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("odd", "live", tmp_path / "data", odd())
    do(plan, "olga", "open", period="2026-05")
    do(plan, "olga", "freeze")
    return plan


def history(plan: Plan) -> Sheet:
    version = plan.sheets.filter(kind="history").order_by("pk").last()
    assert version is not None
    return versions_of(plan).get(version.content)


def cleaned(plan: Plan) -> float:
    found = history(plan)
    return float((found.cube("demand").values - found.cube("demand_raw").values).sum())


MEANT_LESS = -(TIMES - 1) * tiny.quantity(0, 0, 24)


def test_the_next_forecast_is_made_from_history_as_it_was_judged(plan: Plan) -> None:
    raw = history(plan).cube("demand_raw").values
    do(plan, "olga", "advance")
    before = do(plan, "dora", "forecast").versions[-1]
    do(plan, "dora", "judge", anomaly=KEY, decision="clean", reason="pieces, not boxes")
    assert cleaned(plan) == 0.0  # nothing moves before the forecast is made again
    made = do(plan, "dora", "forecast")
    assert [one.kind for one in made.versions] == ["history", "forecast"]
    assert cleaned(plan) == MEANT_LESS
    assert np.array_equal(history(plan).cube("demand_raw").values, raw)
    assert history(plan).table("adjustments").select("delta", "reason", "person").rows() == [
        (MEANT_LESS, "pieces, not boxes", "dora")
    ]
    assert made.versions[-1].content != before.content


def test_a_verdict_before_the_first_forecast_is_in_it(plan: Plan) -> None:
    do(plan, "dora", "judge", anomaly=KEY, decision="clean", reason="pieces, not boxes")
    do(plan, "olga", "freeze")
    assert cleaned(plan) == MEANT_LESS


@pytest.mark.parametrize("other", ["keep", "open"])
def test_it_is_taken_back_by_a_new_row(plan: Plan, other: str) -> None:
    do(plan, "dora", "judge", anomaly=KEY, decision="clean", reason="pieces, not boxes")
    do(plan, "dora", "judge", anomaly=KEY, decision=other, reason="they do buy boxes")
    do(plan, "olga", "freeze")
    assert cleaned(plan) == 0.0
    assert list(VerdictRow.objects.order_by("pk").values_list("taken", flat=True)) == ["clean", other]


def test_it_holds_in_the_next_cycle(plan: Plan) -> None:
    do(plan, "dora", "judge", anomaly=KEY, decision="clean", reason="pieces, not boxes")
    now = find_cycle(plan)
    assert set(verdicts(now)) == {KEY}
    now.index += 1
    assert set(verdicts(now)) == {KEY}
    now.index -= 2
    assert set(verdicts(now)) == set()


def test_what_is_real_is_not_cleaned(plan: Plan) -> None:
    with pytest.raises(BadArgumentError, match="nothing of that name is found in history"):
        do(plan, "dora", "judge", anomaly="hidden|A1|2026-01", decision="clean", reason="x")
    with pytest.raises(BadArgumentError, match="next year somebody will ask"):
        do(plan, "dora", "judge", anomaly=KEY, decision="clean", reason=" ")
    assert not VerdictRow.objects.exists()


def test_the_anomaly_is_found_again_whatever_was_judged(plan: Plan) -> None:
    context = make_context(plan, person="dora", now=NOW)
    do(plan, "dora", "judge", anomaly=KEY, decision="clean", reason="pieces, not boxes")
    do(plan, "olga", "freeze")
    assert [one.key for one in anomalies_in(context, find_cycle(plan))] == [KEY]


def test_a_look_is_kept_with_the_forecast_that_was_looked_at(plan: Plan) -> None:
    do(plan, "olga", "advance")
    made = do(plan, "dora", "forecast").versions[-1]
    do(plan, "dora", "look", place={"family": "FA"})
    assert list(LookedRow.objects.values_list("base", "person")) == [(made.content, "dora")]
