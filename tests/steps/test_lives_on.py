"""What lives on in the next cycle: by its mode, on the new baseline, and the closed cycle stays as it was."""

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest

from onenumber.cycle.phases import Phase
from onenumber.errors import BadArgumentError, OutsideCalendarError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.layers import board
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.steps.see.edits import edits_shown
from onenumber.steps.see.supply import unloaded
from onenumber.store.models import Cycle, EditRow, Plan
from onenumber.store.plans import find_cycle

Next = Callable[[], Outcome]
Do = Callable[..., Outcome]


@pytest.fixture
def months(plan: Plan) -> list[dt.datetime]:
    """The moments of the cycles so far, the last one now."""
    return [dt.datetime(2026, 5, 5, 10, tzinfo=dt.UTC)]


@pytest.fixture
def now(plan: Plan, months: list[dt.datetime]) -> Callable[[str], Context]:
    """The context of a person in the newest cycle."""
    return lambda person: make_context(plan, person=person, now=months[-1])


@pytest.fixture
def do(in_demand: None, now: Callable[[str], Context]) -> Do:
    """A person does a step in the newest cycle."""
    return lambda person, step, **arguments: STEPS[step].run(now(person), **arguments)


@pytest.fixture
def next_cycle(plan: Plan, do: Do, now: Callable[[str], Context], months: list[dt.datetime]) -> Next:
    """The month ends, as far as demand is concerned, and the next cycle has its baseline."""

    def _next() -> Outcome:
        Cycle.objects.filter(pk=find_cycle(plan).pk).update(phase=Phase.MONITOR)
        months.append(months[-1].replace(month=months[-1].month + 1))
        do("olga", "open")
        do("olga", "freeze")
        for facts in unloaded(now("olga")):
            do("olga", "waive", code="facts_not_loaded", subject=facts, reason="tomorrow")
        do("olga", "advance")
        return do("dora", "forecast")

    return _next


def layer(context: Context, code: str, **place: str) -> list[float]:
    """What a layer holds below a place, month by month of the horizon."""
    return _sums(board(context, find_cycle(context.plan), code).cube, **place)


def baseline(context: Context, **place: str) -> list[float]:
    """The baseline below a place, month by month of the horizon."""
    found = context.sheet(SheetKind.FORECAST, find_cycle(context.plan))
    assert found is not None
    return _sums(found.cube("L1"), **place)


def _sums(cube, **place: str) -> list[float]:
    rows = np.ones(len(cube.axis), dtype=bool)
    for attribute, value in place.items():
        rows &= cube.axis.labels(attribute) == value
    return cube.values[rows].sum(axis=0).tolist()


def test_a_change_marked_until_lives_on_for_its_months_and_ends_after_the_last(do, next_cycle, now):
    do("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=7.0, periods=5, until="2026-07")
    do("dora", "edit", layer="L4", place={"item": "A2"}, mode="add", value=9.0, periods=5)
    assert next_cycle().figures["carried"] == 1  # in June
    assert layer(now("dora"), "L4", item="A1") == pytest.approx([7.0, 7.0, 0, 0, 0, 0])  # June and July, not later
    assert layer(now("dora"), "L4", item="A2") == [0.0] * 6  # it expired with its cycle
    assert next_cycle().figures["carried"] == 1  # in July
    assert layer(now("dora"), "L4", item="A1") == pytest.approx([7.0, 0, 0, 0, 0, 0])
    assert "carried" not in next_cycle().figures  # in August
    assert layer(now("dora"), "L4") == [0.0] * 6


def test_a_figure_keeps_its_value_and_a_percentage_is_of_the_new_baseline(do, next_cycle, now):
    one = {"first": "2026-07", "until": "2026-07"}
    do("dora", "edit", layer="L4", place={"item": "A1"}, mode="set", value=300.0, **one)
    do("ines", "edit", layer="L5", place={"item": "B1"}, mode="percent", value=10.0, **one)
    do("ines", "edit", layer="L2M", place={"item": "B2"}, mode="add", value=4.0, **one)
    then = baseline(now("dora"), item="B1")[2]
    next_cycle()
    told = baseline(now("dora"), item="B1")[1]
    assert told != pytest.approx(then)
    assert layer(now("dora"), "L4", item="A1")[1] + baseline(now("dora"), item="A1")[1] == pytest.approx(300.0)
    assert layer(now("ines"), "L5", item="B1")[1] == pytest.approx(told * 0.1)
    assert layer(now("ines"), "L2M", item="B2")[1] == pytest.approx(4.0)


def test_the_row_says_until_when_it_lives_and_where_it_came_from(do, next_cycle, now):
    meant = {"mode": "add", "value": 7.0, "periods": 5, "reason": "fair"}
    do("dora", "edit", layer="L4", place={"item": "A1"}, until="2026-07", **meant)
    next_cycle()
    next_cycle()
    (shown,) = edits_shown(now("dora"))
    assert (shown.layer, shown.sequence, shown.place, shown.first, shown.last) == ("L4", 1, "A1", "2026-07", "2026-07")
    assert (shown.mode, shown.value, shown.person, shown.reason) == ("add", 7.0, "Dora Lind", "fair")
    assert (shown.until, shown.carried_from) == ("2026-07", "2026-05")
    row = EditRow.objects.order_by("-pk")[0]
    assert row.replays.layer.cycle.label == "2026-06"
    assert edits_shown(now("ana")) == ()  # it moved what is not hers to see as well
    (may,) = edits_shown(now("dora"), "2026-05")
    assert (may.first, may.last, may.until, may.carried_from) == ("2026-05", "2026-09", "2026-07", "")


def test_it_is_taken_back_where_it_lives_and_the_closed_cycle_stays_as_it_was(do, next_cycle, now, plan):
    do("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=7.0, periods=5, until="2026-08")
    next_cycle()
    do("dora", "undo", layer="L4", sequence=1)
    assert layer(now("dora"), "L4") == [0.0] * 6
    assert [one.cycle_label for one in _edits(plan)] == ["2026-05", "2026-06", "2026-06"]
    may = board(now("dora"), find_cycle(plan, "2026-05"), "L4").cube
    assert may.values.sum(axis=0) == pytest.approx([7.0] * 5 + [0.0])
    next_cycle()
    assert layer(now("dora"), "L4") == [0.0] * 6  # nor does it come back


def _edits(plan: Plan) -> list[EditRow]:
    rows = list(EditRow.objects.filter(plan=plan).select_related("layer__cycle").order_by("pk"))
    for row in rows:
        row.cycle_label = row.layer.cycle.label
    return rows


def test_what_was_taken_back_before_the_month_ended_does_not_live_on(do, next_cycle, now):
    do("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=7.0, periods=5, until="2026-08")
    do("dora", "undo", layer="L4", sequence=1)
    assert "carried" not in next_cycle().figures


def test_news_that_was_made_demand_lives_on_for_its_months(do, next_cycle, now):
    do("dora", "edit", layer="L3", place={"item": "A1"}, mode="add", value=7.0, first="2026-07")
    next_cycle()
    assert layer(now("dora"), "L3", item="A1") == pytest.approx([0, 7.0, 0, 0, 0, 0])
    next_cycle()
    next_cycle()
    assert layer(now("dora"), "L3") == [0.0] * 6


@pytest.mark.parametrize(
    ("code", "first", "until", "why"),
    [
        ("L2", "", "2026-07", "what is typed in L2 goes on by itself while its months lie ahead; undo it to end it"),
        ("L3", "", "2026-07", "what is typed in L3 goes on by itself while its months lie ahead; undo it to end it"),
        ("L4", "", "2026-04", "it ends with cycle 2026-05 anyway; name a later month, up to 2026-10"),
        ("L4", "", "2026-05", "it ends with cycle 2026-05 anyway; name a later month, up to 2026-10"),
        ("L4", "", "2026-11", "the horizon ends with 2026-10; name a month up to then"),
        ("L4", "2026-08", "2026-07", "it is typed for 2026-08 and later; name a month from then on"),
    ],
)
def test_a_month_for_which_nothing_can_live_on_is_refused_with_a_sentence(do, code, first, until, why):
    person = "ana" if code == "L2" else "dora"
    with pytest.raises(BadArgumentError) as refused:
        do(person, "edit", layer=code, place={"item": "A1"}, mode="add", value=1.0, first=first, until=until)
    assert str(refused.value) == f"edit cannot be asked with until {until!r}: {why}."
    assert not EditRow.objects.exists()


def test_what_is_no_month_of_the_calendar_is_refused(do):
    with pytest.raises(OutsideCalendarError):
        do("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=1.0, until="soon")


def test_an_edit_whose_place_is_gone_is_listed_and_not_guessed(do, next_cycle, now):
    do("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=7.0, periods=5, until="2026-08")
    EditRow.objects.update(place={"item": "A9"}, place_name="A9")  # as if it had been dropped since
    outcome = next_cycle()
    assert outcome.figures["not_carried"] == 1
    assert [finding.code for finding in outcome.findings] == ["not_replayed"]
    assert layer(now("dora"), "L4") == [0.0] * 6


def test_a_baseline_made_again_does_not_bring_it_twice(do, next_cycle, now, plan):
    do("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=7.0, periods=5, until="2026-08")
    next_cycle()
    assert "carried" not in do("dora", "forecast").figures
    assert layer(now("dora"), "L4", item="A1")[0] == pytest.approx(7.0)
