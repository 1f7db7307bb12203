"""A company that starts with its earlier forecasts: the first cycle knows what sales said and how good it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import Context
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
AHEAD = 7


def _snapshots(factors: dict[str, float], layer: str = "L2") -> list[dict[str, object]]:
    """Forecasts of the cycles of March and April: ``factors`` of last period's demand, by customer."""
    return [
        {"cycle": tiny.month(cycle), "layer": layer, "item": item, "customer": customer, "period": tiny.month(k),
         "quantity": factors[customer] * tiny.quantity(n, c, min(k, tiny.MONTHS_OF_HISTORY - 1))}
        for cycle in (26, 27)
        for n, (item, *_) in enumerate(tiny.ITEMS)
        for c, (customer, *_) in enumerate(tiny.CUSTOMERS)
        for k in range(cycle, cycle + AHEAD)
    ]  # fmt: skip


def _collected(act: Act, asking: Asking, folder: Path, rows: list[dict[str, object]]) -> Sheet:
    made = {**tiny.tables(), "forecast_snapshots": tiny.table("forecast_snapshots", rows)}
    act("nobody yet", "load", folder=tiny.write(folder, made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "advance")
    act("dora", "forecast")
    act("ines", "collect")
    context = asking("ines")
    found = context.sheet(SheetKind.SALES_INPUT, find_cycle(context.plan))
    assert found is not None
    return found


def test_who_was_right_at_lag_1_is_carried_in_the_first_cycle_and_who_was_not_is_not(
    plan: object, act: Act, asking: Asking, tmp_path: Path
) -> None:
    rows = _snapshots({"alpha": 1.05, "beta": 1.3, "gamma": 1.3})
    sheet = _collected(act, asking, tmp_path / "data", rows)
    assert sheet.table("patches").select("patch", "source").rows() == [("Nord", "carried"), ("South", "baseline")]
    sales = sheet.cube("S")
    k = sales.axis.rows(["A1|alpha"])[0]
    assert sales.values[k, 0] == pytest.approx(1.05 * tiny.quantity(0, 0, tiny.MONTHS_OF_HISTORY - 1))


def test_where_sales_forecast_nothing_its_figure_was_the_baseline(
    plan: object, act: Act, asking: Asking, tmp_path: Path
) -> None:
    rows = _snapshots({"alpha": 1.0, "beta": 1.0, "gamma": 1.0}, "L1") + [
        {**row, "quantity": 1.5 * float(str(row["quantity"]))}
        for row in _snapshots(dict.fromkeys(("alpha", "beta", "gamma"), 1.0))
        if row["customer"] != "alpha"
    ]
    sheet = _collected(act, asking, tmp_path / "data", rows)
    assert sheet.table("patches").select("patch", "source").rows() == [("Nord", "carried"), ("South", "baseline")]


def test_other_layers_alone_are_no_figure(plan: object, act: Act, asking: Asking, tmp_path: Path) -> None:
    sheet = _collected(act, asking, tmp_path / "data", _snapshots({"alpha": 1.0, "beta": 1.0, "gamma": 1.0}, "L4"))
    assert set(sheet.table("patches")["source"].to_list()) == {"baseline"}
