"""The signals of the page from forecast to schedule: what is missing is what an emergency would ask for."""

import pytest

from onenumber.steps.see.flow import Flow, Signal
from onenumber.steps.see.places import Place
from onenumber.web.flow.words import signal_lines

PLACE = Place(key="family:FA", level="family", label="FA", name="Family A", above="")


@pytest.mark.parametrize(("code", "missing"), [("asked_over", 31.0), ("made_over", 0.0), ("orders_over", 0.0)])
def test_only_what_is_asked_beyond_the_schedule_is_missing_in_whole_units(code: str, missing: float) -> None:
    signal = Signal(code=code, item="A1", name="Heat exchanger", amount=30.2985, unit="pcs")
    shown = Flow(
        place=PLACE, places=(PLACE,), labels=(), unit="pcs", rows=(), lines=(), signals=(signal,), plan=None, plan_of=""
    )
    (line,) = signal_lines(shown)
    assert (line.item, line.place, line.missing) == ("A1", "item:A1", missing)
