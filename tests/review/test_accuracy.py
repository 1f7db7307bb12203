"""How far a month was forecast wrong a month ahead: by hand, on the cells that both sides have."""

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State
from onenumber.review.accuracy import Before, accuracy_table, headline, why_unknown
from onenumber.review.ground import Ground
from tests.review.world import CYCLE, STREAMS, company, ground, rows, stream_axis

JUNE = CYCLE - 1
ASKED = {"a1|c1": 100.0, "a1|rest of N, shop": 50.0, "b1|c1": 40.0}
MAY_ORDER = {"order": "o", "line": 1, "item": "a1", "customer": "c1", "quantity": 1.0, "status": "open"}


def _cube(
    given: dict[str, float], *, first: int = JUNE, units: dict[str, str] | None = None, axis: Axis | None = None
) -> Cube:
    axis = axis or stream_axis()
    values = np.array([[given.get(key, 0.0)] for key in axis.keys.tolist()])
    state = np.array([[State.PRESENT if key in given else State.NONE] for key in axis.keys.tolist()], dtype=np.uint8)
    labels = np.array([(units or {}).get(key, "pcs") for key in axis.keys.tolist()])
    return Cube("x", values, state, axis, first, labels)


def _history(june: dict[str, float], *, units: dict[str, str] | None = None) -> Cube:
    """Six months: every stream was asked for 10, 20, 30, 40 and 50 before June."""
    last = _cube(june, units=units)
    before = np.tile(np.array([10.0, 20.0, 30.0, 40.0, 50.0]), (len(STREAMS), 1))
    state = np.concatenate([np.zeros_like(before, dtype=np.uint8), last.state], axis=1)
    return Cube("demand", np.concatenate([before, last.values], axis=1), state, last.axis, 0, last.units)


def _row(table: pl.DataFrame, layer: str, division: str = "", patch: str = "") -> dict[str, Any]:
    found = table.filter((pl.col("layer") == layer) & (pl.col("division") == division) & (pl.col("patch") == patch))
    return found.row(0, named=True)


def _ground(**more: Any) -> Ground:
    return ground(company_more={"patches": rows("patches", {"patch": "N", "name": "N"})} | more)


def test_error_and_bias_of_company_division_and_patch_by_hand() -> None:
    said = {"a1|c1": 120.0, "a1|rest of N, shop": 40.0, "b1|c1": 40.0}
    before = Before(layers={"S": _cube(said)}, given=("N",))
    table = accuracy_table(before, history=_history(ASKED), ground=_ground())
    whole, of_a, patch = _row(table, "S"), _row(table, "S", "A"), _row(table, "S", patch="N")
    assert (whole["error"], whole["actual"], whole["unit"]) == (30.0, 190.0, "pcs")
    assert (whole["wape"], whole["bias"]) == (pytest.approx(30 / 190), pytest.approx(10 / 190))
    assert (of_a["wape"], of_a["bias"]) == (pytest.approx(30 / 150), pytest.approx(10 / 150))
    assert (patch["wape"], patch["period"], patch["coverage"]) == (whole["wape"], JUNE, 1.0)
    assert table.filter(pl.col("patch") != "")["layer"].to_list() == ["S"]
    stood_in = accuracy_table(replace(before, given=()), history=_history(ASKED), ground=_ground())
    patch = _row(stood_in, "S", patch="N")
    assert (patch["wape"], patch["bias"], patch["reason"]) == (None, None, "not_handed_in")
    assert _row(stood_in, "S") == whole  # what stood in was in the plan, whoever said it


def test_the_naive_one_saw_what_the_forecast_could_see_and_no_more() -> None:
    table = accuracy_table(Before(layers={"S": _cube(ASKED)}), history=_history(ASKED), ground=_ground())
    # the cycle of May knew April, 40 of each: not May's 50
    assert _row(table, "S")["naive_wape"] == pytest.approx((60 + 10 + 0) / 190)
    assert _row(table, "S")["naive_bias"] == pytest.approx((3 * 40 - 190) / 190)
    frozen = Before(layers={"S": _cube(ASKED), "L0": _cube({"a1|c1": 70.0})})  # the others are worked out
    table = accuracy_table(frozen, history=_history(ASKED), ground=_ground())
    assert _row(table, "S")["naive_wape"] == pytest.approx((30 + 10 + 0) / 190)


def test_a_stream_without_a_forecast_is_not_scored_but_counted() -> None:
    said = {"a1|c1": 110.0}
    table = accuracy_table(Before(layers={"S": _cube(said)}), history=_history(ASKED), ground=_ground())
    whole = _row(table, "S")
    assert (whole["wape"], whole["coverage"]) == (pytest.approx(0.1), pytest.approx(100 / 190))
    assert whole["naive_wape"] == pytest.approx(0.6)  # on the same cell
    assert _row(table, "S", "B")["reason"] == "nothing_scored"


def test_a_stream_that_has_another_label_today_is_not_an_error_but_one_brought_and_never_ordered_is() -> None:
    axis = stream_axis().take(np.array([0, 1]))
    other = Axis("stream", np.array(["a1|c1", "a1|rest of O, shop"]), axis.attributes)
    said = _cube({"a1|c1": 100.0, "a1|rest of O, shop": 30.0}, axis=other)
    own, brought = (
        _row(accuracy_table(Before(layers={"S": said}, brought=b), history=_history(ASKED), ground=_ground()), "S")
        for b in (False, True)
    )
    assert (own["wape"], brought["wape"]) == (0.0, pytest.approx(0.3))


def test_unlike_units_are_weighed_with_their_price_and_never_added() -> None:
    units = {"b1|c1": "kg"}
    said = _cube({"a1|c1": 120.0, "a1|rest of N, shop": 50.0, "b1|c1": 30.0}, units=units)
    history = _history(ASKED, units=units)
    table = accuracy_table(Before(layers={"S": said}), history=history, ground=_ground())
    whole = _row(table, "S")
    assert (whole["unit"], whole["error"], whole["actual"]) == ("EUR", 20 * 10 + 10 * 20, 150 * 10 + 40 * 20)
    assert _row(table, "S", "A")["unit"] == "pcs"
    bare = accuracy_table(
        Before(layers={"S": said}), history=history, ground=_ground(prices=company()["prices"].clear())
    )
    assert (_row(bare, "S")["wape"], _row(bare, "S")["reason"]) == (None, "prices_not_known")
    assert _row(bare, "S", "A")["wape"] is not None


def test_without_a_forecast_or_without_the_months_orders_nothing_is_known_and_says_why() -> None:
    none = accuracy_table(Before(), history=_history(ASKED), ground=_ground())
    assert set(none["reason"]) == {"no_forecast_at_lag_1"}
    assert headline(none)["wape_a_month_ahead"] is None
    assert why_unknown(none) == "no_forecast_at_lag_1"
    day = rows("order_lines", MAY_ORDER).with_columns(pl.lit("2026-05-03").str.to_date().alias("ordered"))
    late = Ground(company=_ground().company, load={"order_lines": day}, frame=_ground().frame, cycle=CYCLE)
    table = accuracy_table(Before(layers={"S": _cube(ASKED)}), history=_history({}), ground=late)
    assert set(table.filter(pl.col("layer") == "S")["reason"]) == {"order_lines_not_loaded"}


def test_the_cycle_is_known_by_its_consensus_and_else_by_what_sales_said() -> None:
    said, agreed = _cube({"a1|c1": 110.0}), _cube({"a1|c1": 95.0})
    both = accuracy_table(Before(layers={"S": said, "consensus": agreed}), history=_history(ASKED), ground=_ground())
    one = accuracy_table(Before(layers={"S": said}), history=_history(ASKED), ground=_ground())
    assert headline(both) == {
        "accuracy_of": "consensus", "wape_a_month_ahead": pytest.approx(0.05),
        "bias_a_month_ahead": pytest.approx(-0.05), "naive_wape_a_month_ahead": pytest.approx(0.6),
    }  # fmt: skip
    assert headline(one)["accuracy_of"] == "S"
    assert why_unknown(one) == ""
