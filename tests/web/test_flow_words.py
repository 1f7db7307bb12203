"""The signals of the page from forecast to schedule: what is missing is what an emergency would ask for."""

import pytest

from onenumber.steps.see.flow import Flow, FlowRow, Signal
from onenumber.steps.see.places import Place
from onenumber.web.flow.words import MOST, groups, signal_lines

PLACE = Place(key="family:FA", level="family", label="FA", name="Family A", above="")


@pytest.mark.parametrize(("code", "missing"), [("asked_over", 31.0), ("made_over", 0.0), ("orders_over", 0.0)])
def test_only_what_is_asked_beyond_the_schedule_is_missing_in_whole_units(code: str, missing: float) -> None:
    signal = Signal(code=code, item="A1", name="Heat exchanger", amount=30.2985, unit="pcs")
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


def test_an_item_has_one_line_and_those_after_the_first_are_named() -> None:
    odd = tuple(
        Signal(code=code, item=f"A{n}", name=f"Pump {n}", amount=20.0 - n, unit="pcs")
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
        "Pump 0: 20 pcs more are ordered than forecast. Raise the forecast, or ask sales. "
        "20 pcs more are asked than stock and schedule hold. The schedule follows, or the demand."
    )
    assert [one.name for one in rest] == ["Pump 10", "Pump 11"]


def test_once_the_demand_is_agreed_nobody_is_told_to_raise_it() -> None:
    signal = Signal(code="orders_over", item="A1", name="Heat exchanger", amount=30.0, unit="pcs")
    shown = Flow(
        place=PLACE, places=(PLACE,), labels=("2026-06",), unit="pcs", rows=(FlowRow(code="stands", amounts=(1.0,)),),
        lines=(), signals=(signal,), plan=None, plan_of="", agreed=True,
    )  # fmt: skip
    assert signal_lines(shown)[0][0].text == (
        "Heat exchanger: 30 pcs more are ordered than agreed. For the next month's forecast: ask sales."
    )
    assert [row.name for group in groups(shown, "p", "2026-06") for row in group.rows] == ["agreed"]
