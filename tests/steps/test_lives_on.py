"""What lives on in the next cycle: by its mode, on the new baseline, and the closed cycle stays as it was."""

import datetime as dt
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from onenumber.cycle.phases import Phase
from onenumber.errors import BadArgumentError, OutsideCalendarError
from onenumber.model.sentences import say
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.layers import board
from onenumber.steps.frame.submissions import states
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.steps.see.edits import edits_shown
from onenumber.steps.see.supply import unloaded
from onenumber.store.models import Cycle, EditRow, Plan
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.standing import once_a_run
from tests.steps import month_for_tests
from tests.steps.month_for_tests import to_forecast

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
        months.append(months[-1].replace(month=months[-1].month + 1))
        return _to_the_next(plan, months[-1])

    return _next


@once_a_run
def _to_the_next(plan: Plan, at: dt.datetime) -> Outcome:
    Cycle.objects.filter(pk=find_cycle(plan).pk).update(phase=Phase.MONITOR)
    month_for_tests.do(plan, "olga", "open", at=at)
    return to_forecast(plan, at=at)


def layer(context: Context, code: str, **place: str) -> list[float]:
    """What a layer holds below a place, month by month of the horizon."""
    return sums(board(context, find_cycle(context.plan), code).cube, **place)


def baseline(context: Context, **place: str) -> list[float]:
    """The baseline below a place, month by month of the horizon."""
    return sums(sheet(context, SheetKind.FORECAST).cube("L1"), **place)


def sheet(context: Context, kind: SheetKind) -> Sheet:
    """The newest sheet of a kind in the newest cycle."""
    found = context.sheet(kind, find_cycle(context.plan))
    assert found is not None
    return found


def sums(cube, **place: str) -> list[float]:
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


def test_what_sales_typed_is_offered_in_the_next_cycle_and_confirmed_by_submitting(do, next_cycle, now, plan):
    ahead = {"first": "2026-07"}
    do("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=70.0, **ahead)
    do("ana", "edit", layer="L2", place={"item": "A2"}, mode="add", value=5.0, **ahead)
    do("ana", "edit", layer="L2", place={"item": "B1"}, mode="percent", value=20.0, **ahead)
    do("ana", "edit", layer="L2", place={"item": "B2"}, mode="set", value=90.0, first="2026-05")  # it is over by then
    assert next_cycle().figures["carried"] == 3
    assert states(find_cycle(plan)) == {}  # it is open: nobody said it for her
    told = {item: layer(now("ana"), "L2", item=item, patch="Nord")[1] for item in ("A1", "A2", "B1", "B2")}
    new = {item: baseline(now("ana"), item=item, patch="Nord")[1] for item in told}
    assert told == pytest.approx({"A1": 70.0, "A2": new["A2"] + 5.0, "B1": new["B1"] * 1.2, "B2": 0.0})
    assert {one.carried_from for one in edits_shown(now("ana"))} == {"2026-05"}
    assert do("ana", "submit", patch="Nord").figures["carried_cells"] == 3
    do("ines", "accept", patch="Nord")
    do("ines", "collect")
    sales = sums(sheet(now("dora"), SheetKind.SALES_INPUT).cube("S"), patch="Nord")
    assert sales[1] == pytest.approx(told["A1"] + told["A2"] + told["B1"] + new["B2"])


def test_who_submits_nothing_falls_under_rule_r1_and_what_was_offered_counts_for_nothing(do, next_cycle, now, plan):
    do("ana", "edit", layer="L2", place={"patch": "Nord"}, mode="percent", value=20.0, periods=6)
    do("ana", "submit", patch="Nord")
    do("ines", "accept", patch="Nord")
    do("ines", "collect")
    next_cycle()
    assert layer(now("ana"), "L2", patch="Nord")[0] > 0
    do("ines", "collect")
    found = sheet(now("dora"), SheetKind.SALES_INPUT)
    (row,) = found.table("patches").filter(pl.col("patch") == "Nord").to_dicts()
    assert (row["state"], row["source"], row["typed_cells"]) == ("defaulted", "baseline", 0)
    assert sums(found.cube("S"), patch="Nord") == pytest.approx(baseline(now("dora"), patch="Nord"))
    next_cycle()  # her figures of May were never taken back: they are offered again
    assert states(find_cycle(plan)) == {}
    assert layer(now("ana"), "L2", patch="Nord")[0] == pytest.approx(baseline(now("ana"), patch="Nord")[0] * 1.2)


def test_the_same_percentage_typed_every_month_is_of_the_baseline_and_does_not_pile_up(do, next_cycle, now):
    for _ in range(3):
        do("ana", "edit", layer="L2", place={"patch": "Nord"}, mode="percent", value=20.0, periods=4)
        next_cycle()
    wanted = [value * 1.2 for value in baseline(now("ana"), patch="Nord")[:3]] + [0.0] * 3
    assert layer(now("ana"), "L2", patch="Nord") == pytest.approx(wanted)
    assert len(edits_shown(now("ana"))) == 1  # what she typed over is not dragged along


def test_a_change_over_a_carried_figure_is_of_the_baseline_and_a_figure_takes_its_place(do, next_cycle, now):
    for item, value in (("A1", 70.0), ("A2", 80.0), ("B1", 90.0)):
        do("ana", "edit", layer="L2", place={"item": item}, mode="set", value=value, first="2026-07")
    next_cycle()
    new = {item: baseline(now("ana"), item=item, patch="Nord")[1] for item in ("A1", "A2", "B1")}
    one = {"layer": "L2", "first": "2026-07"}
    assert do("ana", "edit", place={"item": "A1"}, mode="add", value=5.0, **one).figures["instead_of_carried"] == 1
    do("ana", "edit", place={"item": "A2"}, mode="set", value=33.0, **one)
    do("ana", "edit", place={"item": "B1"}, mode="percent", value=0.0, **one)
    held = {item: layer(now("ana"), "L2", item=item, patch="Nord")[1] for item in new}
    assert held == pytest.approx({"A1": new["A1"] + 5.0, "A2": 33.0, "B1": 0.0})  # B1 is the baseline again
    do("ana", "edit", place={"item": "A1"}, mode="add", value=2.0, **one)
    assert layer(now("ana"), "L2", item="A1", patch="Nord")[1] == pytest.approx(new["A1"] + 7.0)  # this is her own
    next_cycle()
    new = baseline(now("ana"), item="A1", patch="Nord")[0]
    assert layer(now("ana"), "L2", item="A1", patch="Nord")[0] == pytest.approx(new + 7.0)
    assert layer(now("ana"), "L2", item="A2", patch="Nord")[0] == pytest.approx(33.0)
    assert layer(now("ana"), "L2", item="B1", patch="Nord")[0] == 0.0


def test_typed_over_in_part_the_rest_of_a_carried_edit_stays(do, next_cycle, now):
    do("ana", "edit", layer="L2", place={"patch": "Nord"}, mode="percent", value=20.0, periods=6)
    next_cycle()
    do("ana", "edit", layer="L2", place={"patch": "Nord"}, mode="percent", value=0.0, first="2026-08")
    next_cycle()
    told = baseline(now("ana"), patch="Nord")
    wanted = [told[0] * 1.2, 0.0, *(value * 1.2 for value in told[2:4]), 0.0, 0.0]
    assert layer(now("ana"), "L2", patch="Nord") == pytest.approx(wanted)


def test_a_carried_edit_is_taken_back_and_the_baseline_stands(do, next_cycle, now, plan):
    do("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=70.0, first="2026-07")
    next_cycle()
    do("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=50.0, first="2026-07")
    do("ana", "undo", layer="L2", sequence=2)
    assert layer(now("ana"), "L2", item="A1")[1] == pytest.approx(70.0)  # carried still
    do("ana", "undo", layer="L2", sequence=1)
    assert layer(now("ana"), "L2") == [0.0] * 6
    may = board(now("ana"), find_cycle(plan, "2026-05"), "L2").cube
    assert may.values.sum(axis=0)[2] == pytest.approx(70.0)


def test_what_was_carried_is_rebased_as_carried(do, next_cycle, now, tmp_path):
    do("ana", "edit", layer="L2", place={"item": "A1"}, mode="percent", value=20.0, periods=6)
    next_cycle()
    do("ana", "edit", layer="L2", place={"item": "A1"}, mode="percent", value=10.0)
    do("olga", "reopen", phase="DATA", reason="orders were missing")
    lines = tiny.tables()["order_lines"]
    tiny.write(tmp_path / "more", {"order_lines": lines.with_columns(quantity=pl.col("quantity") * 2)})
    do("olga", "load", folder=tmp_path / "more")
    do("olga", "freeze")
    for facts in unloaded(now("olga")):
        do("olga", "waive", code="facts_not_loaded", subject=facts, reason="tomorrow")
    do("olga", "advance")
    assert "carried" not in do("dora", "forecast").figures
    do("dora", "rebase")
    told = baseline(now("ana"), item="A1", patch="Nord")
    held = layer(now("ana"), "L2", item="A1", patch="Nord")
    assert held == pytest.approx([told[0] * 1.1, *(value * 1.2 for value in told[1:5]), 0.0])
    assert [one.carried_from for one in edits_shown(now("ana"))] == ["2026-05", ""]


def test_what_a_person_typed_who_has_left_is_offered_to_who_has_the_patch_now(do, next_cycle, now, tmp_path):
    do("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=70.0, first="2026-07")
    roles, owners = tiny.tables()["roles"], tiny.tables()["patch_owners"]
    heir = {"person": pl.col("person").replace("ana", "ben")}
    tiny.write(tmp_path / "left", {"roles": roles.with_columns(**heir), "patch_owners": owners.with_columns(**heir)})
    do("olga", "load", folder=tmp_path / "left")
    next_cycle()
    (shown,) = edits_shown(now("ben"))
    assert (shown.person, shown.value, shown.carried_from) == ("Ana Ruiz", 70.0, "2026-05")
    assert do("ben", "submit", patch="Nord").figures["carried_cells"] == 1


def test_a_figure_beside_which_news_lives_on_is_listed_with_what_it_shows(do, next_cycle, now):
    one = {"first": "2026-07", "place": {"item": "A1"}}
    do("ines", "edit", layer="L5", mode="set", value=1200.0, until="2026-07", **one)
    do("dora", "edit", layer="L3", mode="add", value=60.0, **one)
    do("ines", "edit", layer="L5", mode="set", value=900.0, until="2026-08", **{**one, "first": "2026-08"})
    (found,) = next_cycle().findings
    assert say(found).startswith("L5, edit 1 by Ines Duarte: 1200 pcs was typed at A1, and 2026-07 shows 1260 pcs;")


def test_what_was_typed_for_one_patch_is_not_offered_to_the_one_its_author_took_over(do, next_cycle, now, tmp_path):
    do("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=70.0, first="2026-07")
    roles, owners = tiny.tables()["roles"], tiny.tables()["patch_owners"]
    swap = {"person": pl.col("person").replace({"ana": "ben", "ben": "ana"})}
    tiny.write(tmp_path / "swapped", {"roles": roles.with_columns(**swap), "patch_owners": owners.with_columns(**swap)})
    do("olga", "load", folder=tmp_path / "swapped")
    next_cycle()
    assert layer(now("dora"), "L2", item="A1", patch="Nord")[1] == pytest.approx(70.0)
    assert layer(now("dora"), "L2", item="A1", patch="South")[1] == 0.0
    (shown,) = edits_shown(now("ben"))
    assert shown.place == "A1, Nord"
