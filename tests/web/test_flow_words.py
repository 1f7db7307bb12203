"""The signals of the page from forecast to schedule: what is missing is what an emergency would ask for."""

import pytest

from onenumber.steps.see.flow import Flow, FlowRow, Signal
from onenumber.steps.see.places import Place
from onenumber.web.flow.words import MOST, groups, signal_lines

PLACE = Place(key="family:FA", level="family", label="FA", name="Family A", above="")


@pytest.mark.parametrize(("code", "missing"), [("asked_over", 31.0), ("made_over", 0.0), ("orders_over", 0.0)])
def test_only_what_is_asked_beyond_the_schedule_is_missing_in_whole_units(code: str, missing: float) -> None:
    signal = Signal(
        code=code, item="A1", name="Heat exchanger", amount=30.2985, unit="pcs", first="2026-07", last="2026-08"
    )  # fmt: skip
    shown = Flow(
        place=PLACE,
        places=(PLACE,),
        labels=(),
        unit="pcs",
        rows=(),
        lines=(),
        signals=(signal,),
        plan=None,
        plan_of="",
        agreed=False,
    )
    (line,), rest = signal_lines(shown)
    assert rest == []
    assert (line.item, line.place, line.missing) == ("A1", "item:A1", missing)
    assert line.since == ("2026-07" if missing else "")  # an emergency asks for the month from which on it is missing


def test_an_item_has_one_line_and_those_after_the_first_are_named() -> None:
    odd = tuple(
        Signal(code=code, item=f"A{n}", name=f"Pump {n}", amount=20.0 - n, unit="pcs", first="2026-06", last="2026-06")
        for n in range(12)
        for code in ("orders_over", "asked_over")
    )
    shown = Flow(
        place=PLACE,
        places=(PLACE,),
        labels=(),
        unit="pcs",
        rows=(),
        lines=(),
        signals=odd,
        plan=None,
        plan_of="",
        agreed=False,
    )
    lines, rest = signal_lines(shown)
    assert len(lines) == MOST
    assert lines[0].text == (
        "Pump 0: In June 2026 20 pcs more are ordered than forecast. Raise the forecast, or ask sales. "
        "In June 2026 20 pcs more are asked than stock and schedule hold. Plan more, or ask sales for less."
    )
    assert [one.name for one in rest] == ["Pump 10", "Pump 11"]


def test_once_the_demand_is_agreed_nobody_is_told_to_raise_it() -> None:
    signal = Signal(
        code="orders_over", item="A1", name="Heat exchanger", amount=30.0, unit="pcs", first="2026-06", last="2026-08"
    )  # fmt: skip
    shown = Flow(
        place=PLACE, places=(PLACE,), labels=("2026-06",), unit="pcs", rows=(FlowRow(code="stands", amounts=(1.0,)),),
        lines=(), signals=(signal,), plan=None, plan_of="", agreed=True,
    )  # fmt: skip
    assert signal_lines(shown)[0][0].text == (
        "Heat exchanger: From June 2026 to August 2026 30 pcs more are ordered than agreed. For the next month's "
        "forecast: ask sales."
    )
    assert [row.name for group in groups(shown, "p", "2026-06") for row in group.rows] == ["agreed"]


def test_the_hours_of_a_line_are_those_planned_with_the_marks_of_the_page_of_loads() -> None:
    shares = (0.9467, 0.96, 1.0, 1.003)
    shown = Flow(
        place=PLACE, places=(PLACE,), labels=tuple(f"2026-{n:02}" for n in range(6, 10)), unit="", rows=(),
        lines=(FlowRow(code="line", name="Line 1", amounts=shares),), signals=(), plan=None, plan_of="", agreed=True,
    )  # fmt: skip
    (group,) = groups(shown, "p", "2026-06")
    assert group.name == "Load, planned of normal hours: ▲ over 100 %, △ from 95 %"
    cells = [(text.replace("\u202f", " "), mark) for text, mark, _ in group.rows[0].cells]
    assert cells == [("94.7 %", ""), ("96 %", "△"), ("100 %", "△"), ("100.3 %", "▲")]
