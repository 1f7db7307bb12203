"""What the family page says of a backlog: what is late, how long, and what the plan gives up."""

import dataclasses

import pytest

from onenumber.web.family.model import FamilyAsked, FamilyPage, Part, Row
from onenumber.web.family.model import Figure as Shown
from onenumber.web.family.rows import ROWS
from onenumber.web.family.table import charts, groups, label_of
from onenumber.web.family.words import sayings
from onenumber.web.frame.model import At
from onenumber.web.numbers import period_words
from tests.web.company import Company

AT = At(person="omar", plan="hydra", cycle="2026-06")


def _to_order(late: float) -> FamilyPage:
    """A page before its plan whose items are made to order, with as much late in every month of last cycle's plan."""
    page = Company().family(AT, FamilyAsked())

    def row(code: str, past: float | None, ahead: float | None) -> Row:
        values = [past if column.part is Part.PAST else ahead for column in page.columns]
        return Row(code=code, group="backlog", unit="pcs", figures=tuple(Shown(value=value) for value in values))

    book = (row("backlog_bookings", 120.0, None), row("backlog_booked", None, 10.0), row("backlog_last", None, late))
    kept = tuple(one for one in page.rows if one.group not in {"inventory", "backlog"})
    return dataclasses.replace(page, rows=(*kept, *book), old_plan=True)


def test_made_to_order_with_nothing_late_draws_no_empty_chart_and_says_its_order_book() -> None:
    nothing, some = _to_order(2e-9), _to_order(30.0)
    assert [chart.title for chart in charts(nothing)] == ["Demand", "Supply"]
    assert charts(some)[-1].title == "Backlog, ahead by last cycle's plan"
    said = {one.row: one.text for one in sayings(nothing)}
    assert said["backlog_last"] == "Nothing is late in last cycle's plan."
    assert said["backlog_bookings"] == "May 2026 booked 120 pcs; 180 pcs are booked so far for the months ahead."
    assert "backlog_last" not in {one.row for one in sayings(some)}


def test_what_the_plan_gives_up_is_said_beside_a_backlog_that_falls() -> None:
    page = Company().family(AT, FamilyAsked())
    ahead = [column.part is not Part.PAST for column in page.columns]
    first = ahead.index(True)

    def lost(most: float) -> FamilyPage:
        values = [None if not one else most if k == first else 0.0 for k, one in enumerate(ahead)]
        row = Row(code="backlog_lost", group="backlog", unit="pcs", figures=tuple(Shown(value=v) for v in values))
        return dataclasses.replace(page, rows=(*page.rows, row))

    (said,) = [one for one in sayings(lost(303.0)) if one.row == "backlog_lost"]
    month = period_words(page.columns[first].label)
    assert said.text == f"Given up in {month}, neither shipped nor waited for: 303 pcs, the most in the plan."
    assert (said.signal, said.column) == (True, page.columns[first].label)
    assert [one for one in sayings(lost(0.2)) if one.row == "backlog_lost"] == []  # would be shown as 0
    rows = {row.label: row for group in groups(lost(303.0), ("", "")) for row in group.rows}
    assert rows["given up, plan"].hint == "what was due and is neither shipped nor waited for: it is never delivered"
    parts = "what is due is what is shipped, what is late at the end, and what is given up"
    assert ROWS["service"].hint == parts


def test_what_nothing_ahead_stands_behind_is_not_called_last_cycles_plan() -> None:
    page = _to_order(30.0)
    late = Row(
        code="backlog_actual", group="backlog", unit="pcs",
        figures=tuple(Shown(value=9.0 if column.part is Part.PAST else None) for column in page.columns),
    )  # fmt: skip
    weeks = dataclasses.replace(late, code="backlog_weeks", unit="weeks")
    over = dataclasses.replace(page, rows=(late, weeks))
    assert charts(over)[-1].title == "Backlog"
    assert label_of(over, weeks) == "weeks of demand"


@pytest.mark.parametrize(("weeks", "said"), [(0.02, "under 0.1"), (0.3, "0.3")])
def test_a_little_that_is_late_is_not_said_to_be_no_time(weeks: float, said: str) -> None:
    page = _to_order(0.0)
    past = tuple(column.part is Part.PAST for column in page.columns)
    late, time = (
        Row(code=code, group="backlog", unit=unit, figures=tuple(Shown(value=value if over else None) for over in past))
        for code, unit, value in (("backlog_actual", "pcs", 22.0), ("backlog_weeks", "weeks", weeks))
    )
    texts = [one.text for one in sayings(dataclasses.replace(page, rows=(*page.rows, late, time)))]
    assert f"Late at the end of May 2026: 22 pcs, {said} weeks of demand." in texts
