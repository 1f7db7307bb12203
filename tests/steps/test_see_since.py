"""Orders after the freeze: no frozen sheet moves, and each page that shows one shows them beside it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from onenumber.cli import main
from onenumber.cycle.phases import Phase
from onenumber.model.sentences import say
from onenumber.model.sheet import SheetKind
from onenumber.review.family import figures, parts
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.family import FamilySeen, family_seen
from onenumber.steps.see.since import Since, since_freeze
from onenumber.store.models import Cycle, Plan, SheetVersion
from tests import tiny
from tests.steps.conftest import Act
from tests.steps.month_for_tests import do

Asking = Callable[[str], Context]
ROW = "demand_since"


def _line(order: str, customer: str, item: str, quantity: float, day: dt.date, **more: object) -> dict[str, object]:
    return {
        "order": order, "line": 1, "customer": customer, "item": item, "quantity": quantity, "unit": "pcs",
        "amount": quantity * 12, "currency": "EUR", "ordered": dt.date(2026, 5, 4), "requested": day,
        "first_confirmed": day, "last_confirmed": day, "status": "open", **more,
    }  # fmt: skip


@pytest.fixture
def came(agreed: None, act: Act, tmp_path: Path) -> list[str]:
    """Two orders came after the freeze; the contents of the cycle's sheets before."""
    before = list(SheetVersion.objects.filter(cycle__isnull=False).order_by("pk").values_list("content", flat=True))
    lines = [
        _line("N1", "alpha", "A1", 40.0, dt.date(2026, 6, 9)),
        _line("N2", "beta", "B1", 5.0, dt.date(2026, 5, 20)),
    ]
    act("dora", "load", folder=tiny.write(tmp_path / "more", {"order_lines": tiny.table("order_lines", lines)}))
    return before


def _since(context: Context) -> Since | None:
    return since_freeze(context, "2026-05")


def _page(context: Context, place: str = "company", *, money: bool = False) -> FamilySeen:
    return family_seen(glance(context), "2026-05", place=place, money=money)


def _values(page: FamilySeen) -> list[float | None]:
    return [one.value for one in figures(next(one for one in page.rows if one.code == ROW))]


def test_no_frozen_sheet_moves_and_none_is_stale(came: list[str]) -> None:
    rows = SheetVersion.objects.filter(cycle__isnull=False).order_by("pk")
    assert list(rows.values_list("content", flat=True)) == came
    assert not rows.exclude(stale_because="").exists()


def test_they_are_said_in_one_sentence(came: list[str], asking: Asking) -> None:
    found = _since(asking("omar"))
    assert found is not None
    assert say(found.finding) == (
        "Since the freeze, order lines: 2 new, 0 changed, 0 cancelled, 0 shipped. "
        "No frozen sheet holds that; the family page shows beside the plan what it changes in demand."
    )


def test_the_family_page_shows_them_in_their_period_and_opens_them(came: list[str], asking: Asking) -> None:
    page = _page(asking("omar"))
    assert page.labels[3:5] == ("2026-05", "2026-06")
    assert _values(page) == [0, 0, 0, 5, 40, 0, 0, 0, 0]
    row = next(one for one in page.rows if one.code == ROW)
    first = parts(row, "planning_customer")[0]
    assert (first.label, first.figures[4].value) == ("alpha", 40)
    assert _values(_page(asking("omar"), "division:DB")) == [0, 0, 0, 5, 0, 0, 0, 0, 0]
    assert _values(_page(asking("omar"), money=True))[4] == 40 * 12 * 100  # cents, at the price of A1


def test_what_was_shipped_is_said_though_it_changes_no_demand(
    agreed: None, act: Act, asking: Asking, tmp_path: Path
) -> None:
    load = glance(asking("omar")).sheet(SheetKind.LOAD, None)
    assert load is not None
    was_open = load.table("order_lines").filter(pl.col("status") == "open").head(3)
    assert len(was_open) == 3
    gone = was_open.with_columns(status=pl.lit("shipped"))
    act("dora", "load", folder=tiny.write(tmp_path / "gone", {"order_lines": gone}))
    found = _since(asking("omar"))
    assert found is not None
    assert "0 new, 0 changed, 0 cancelled, 3 shipped." in say(found.finding)
    assert found.rows.is_empty()
    assert ROW not in [row.code for row in _page(asking("omar")).rows]
    parts_seen = [_since(asking(person)) for person in ("ana", "ben")]  # Nord and South, which are the company
    assert sum(one.counts["shipped"] for one in parts_seen if one is not None) == 3


def test_a_salesperson_sees_those_of_her_patch(came: list[str], asking: Asking) -> None:
    found = _since(asking("ana"))
    assert found is not None
    assert found.rows["order"].to_list() == ["N1"]
    assert _since(asking("adam")) is None  # who sees no plan sees no orders


def test_where_none_came_there_is_no_row(agreed: None, asking: Asking) -> None:
    assert _since(asking("omar")) is None
    assert ROW not in [row.code for row in _page(asking("omar")).rows]


def test_a_closed_cycle_shows_none_and_the_open_one_what_came_since_its_own_freeze(
    came: list[str], plan: Plan, act: Act, asking: Asking, tmp_path: Path
) -> None:
    Cycle.objects.filter(plan=plan).update(phase=Phase.MONITOR)
    in_june = dt.datetime(2026, 6, 2, 10, tzinfo=dt.UTC)
    do(plan, "olga", "open", at=in_june, period="2026-06")
    do(plan, "olga", "freeze", at=in_june)
    late = _line("N3", "alpha", "A1", 7.0, dt.date(2026, 8, 9), ordered=dt.date(2026, 6, 2))
    act("dora", "load", folder=tiny.write(tmp_path / "later", {"order_lines": tiny.table("order_lines", [late])}))
    assert _since(asking("omar")) is None
    assert ROW not in [row.code for row in _page(asking("omar")).rows]
    june = since_freeze(asking("omar"))
    assert june is not None
    assert june.rows["order"].to_list() == ["N3"]


def test_status_says_it(came: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["status", "--as", "omar"])
    assert "  Since the freeze, order lines: 2 new, 0 changed, 0 cancelled, 0 shipped." in capsys.readouterr().out
