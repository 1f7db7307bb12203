"""A company that starts with its earlier forecasts: the first cycle knows what sales said and how good it was."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from onenumber.cycle.phases import Phase
from onenumber.model.sentences import say, say_what
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.ask import Actor, Grant
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.store.models import Cycle, Plan
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.steps.conftest import Act
from tests.steps.month_for_tests import do, to_forecast

Asking = Callable[[str], Context]


def _collect(act: Act, folder: Path, rows: list[dict[str, object]]) -> Outcome:
    made = {**tiny.tables(), "forecast_snapshots": tiny.table("forecast_snapshots", rows)}
    act("nobody yet", "load", folder=tiny.write(folder, made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "advance")
    act("dora", "forecast")
    return act("ines", "collect")


def _collected(act: Act, asking: Asking, folder: Path, rows: list[dict[str, object]]) -> Sheet:
    _collect(act, folder, rows)
    context = asking("ines")
    found = context.sheet(SheetKind.SALES_INPUT, find_cycle(context.plan))
    assert found is not None
    return found


def test_who_was_right_at_lag_1_is_carried_in_the_first_cycle_and_who_was_not_is_not(
    plan: object, act: Act, asking: Asking, tmp_path: Path
) -> None:
    rows = tiny.snapshots({"alpha": 1.05, "beta": 1.3, "gamma": 1.3})
    sheet = _collected(act, asking, tmp_path / "data", rows)
    assert sheet.table("patches").select("patch", "source").rows() == [("Nord", "carried"), ("South", "baseline")]
    sales = sheet.cube("S")
    k = sales.axis.rows(["A1|alpha"])[0]
    assert sales.values[k, 0] == pytest.approx(1.05 * tiny.quantity(0, 0, tiny.MONTHS_OF_HISTORY - 1))


def test_two_months_are_too_few_for_a_bias_so_the_baseline_stands_in(
    plan: object, act: Act, asking: Asking, tmp_path: Path
) -> None:
    rows = tiny.snapshots(dict.fromkeys(("alpha", "beta", "gamma"), 1.0))
    sheet = _collected(act, asking, tmp_path / "data", [row for row in rows if row["cycle"] > tiny.month(24)])
    assert set(sheet.table("patches")["source"].to_list()) == {"baseline"}


PEOPLE = ("Nord (Ana Ruiz)", "South (Ben Osei)")
ON_THE_BASELINE = "{} handed in no figure: the baseline stands in for it, as {}."
CARRIED = "{} handed in no figure: last cycle's is carried, as its bias a month ahead is 5.0 % over, within 10 %."
TOO_LARGE = "the bias a month ahead of what was handed in before is 30.0 % over, more than 10 %"
UNKNOWN = "its bias a month ahead is not known; that needs 3 months with demand for which a figure was handed in"
NOTHING = "there is no sales figure of last cycle to carry"


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (24, (CARRIED.format(PEOPLE[0]), ON_THE_BASELINE.format(PEOPLE[1], TOO_LARGE))),
        (25, tuple(ON_THE_BASELINE.format(who, UNKNOWN) for who in PEOPLE)),
        (28, tuple(ON_THE_BASELINE.format(who, NOTHING) for who in PEOPLE)),
    ],
)
def test_who_is_defaulted_is_named_with_what_stands_in_and_why(
    plan: object, act: Act, tmp_path: Path, since: int, said: tuple[str, ...]
) -> None:
    rows = tiny.snapshots({"alpha": 1.05, "beta": 1.3, "gamma": 1.3})
    outcome = _collect(act, tmp_path / "data", [row for row in rows if row["cycle"] >= tiny.month(since)])
    assert tuple(say_what(finding) for finding in outcome.findings) == said


def test_months_in_which_a_patch_was_defaulted_say_nothing_of_its_salesperson(
    plan: Plan, act: Act, tmp_path: Path
) -> None:
    """What stood in for Nord in May missed June, which brought nothing: that is not her miss."""
    rows = tiny.snapshots({"alpha": 1.05, "beta": 1.3, "gamma": 1.3})
    _collect(act, tmp_path / "data", [row for row in rows if row["cycle"] < tiny.month(27)])
    for month in (6, 7):
        Cycle.objects.filter(pk=find_cycle(plan).pk).update(phase=Phase.MONITOR)
        at = dt.datetime(2026, month, 5, 10, tzinfo=dt.UTC)
        do(plan, "olga", "open", at=at)
        to_forecast(plan, at=at)
        outcome = do(plan, "ines", "collect", at=at)
        assert [finding.code for finding in outcome.findings] == ["defaulted_carried", "defaulted_bias_too_large"]


def test_a_new_forecast_does_not_move_what_is_carried(
    plan: Plan, act: Act, again: Callable[..., None], tmp_path: Path
) -> None:
    """What was typed in a carried patch never counted: it is not told to have moved, nor anybody to submit it."""
    _collect(act, tmp_path / "data", tiny.snapshots(dict.fromkeys(("alpha", "beta", "gamma"), 1.05)))
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=5.0)
    again(2, "beta")
    assert {finding.code for finding in act("dora", "rebase").findings} == {"rebased_layer"}


def test_where_sales_forecast_nothing_its_figure_was_the_baseline(
    plan: object, act: Act, asking: Asking, tmp_path: Path
) -> None:
    typed = tiny.snapshots({"alpha": 1.0, "beta": 1.5, "gamma": 1.5})
    rows = tiny.snapshots({"alpha": 1.0, "beta": 1.0, "gamma": 1.0}, "L1") + [
        row for row in typed if row["customer"] != "alpha" or row["item"] == typed[0]["item"]
    ]
    sheet = _collected(act, asking, tmp_path / "data", rows)
    assert sheet.table("patches").select("patch", "source").rows() == [("Nord", "carried"), ("South", "baseline")]


def test_the_bias_of_a_patch_is_said_to_who_reads_the_skill_of_its_salesperson(
    plan: Plan, act: Act, asking: Asking, tmp_path: Path
) -> None:
    _collected(act, asking, tmp_path / "data", tiny.snapshots({"alpha": 1.05, "beta": 1.3, "gamma": 1.3}))
    east = Actor(person="kim", grants=(Grant(role="SM", scope="East"),), patches_of={"East": ("South",)})
    outcome = STEPS["collect"].run(asking("ines").speaking_as(east))
    nord, south = (str(finding.values["bias"]) for finding in outcome.findings)
    assert (nord, south) == ("not yours to see", "30.0 % over")


def test_where_sales_forecast_nothing_at_all_no_bias_is_theirs(
    plan: object, act: Act, asking: Asking, tmp_path: Path
) -> None:
    sheet = _collected(act, asking, tmp_path / "data", tiny.snapshots({"alpha": 1.0, "beta": 1.0, "gamma": 1.0}, "L1"))
    assert set(sheet.table("patches")["source"].to_list()) == {"baseline"}


def test_other_layers_alone_are_no_figure(plan: object, act: Act, asking: Asking, tmp_path: Path) -> None:
    sheet = _collected(act, asking, tmp_path / "data", tiny.snapshots({"alpha": 1.0, "beta": 1.0, "gamma": 1.0}, "L4"))
    assert set(sheet.table("patches")["source"].to_list()) == {"baseline"}


def test_the_first_cycle_measures_what_was_brought_as_it_stood_at_lag_1(
    plan: object, act: Act, asking: Asking, tmp_path: Path
) -> None:
    """April was forecast in March (5 % and 30 % over) and again in April, right: only the first counts."""
    factors = {"alpha": 1.05, "beta": 1.3, "gamma": 1.3}
    in_march = [row for row in tiny.snapshots(factors) if row["cycle"] == tiny.month(26)]
    later = [row for row in tiny.snapshots(dict.fromkeys(factors, 1.0)) if row["cycle"] == tiny.month(27)]
    naive = tiny.snapshots(dict.fromkeys(factors, 1.1), "L0")
    made = {**tiny.tables(), "forecast_snapshots": tiny.table("forecast_snapshots", [*in_march, *later, *naive])}
    act("nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    measured = act("olga", "measure")
    april = {(n, c): tiny.quantity(n, c, tiny.MONTHS_OF_HISTORY - 1) for n in range(4) for c in range(3)}
    over = sum(asked * (0.05 if c == 0 else 0.3) for (_, c), asked in april.items()) / sum(april.values())
    assert measured.findings == ()
    assert measured.figures["accuracy_of"] == "S"
    assert measured.figures["wape_a_month_ahead"] == pytest.approx(over)
    assert measured.figures["bias_a_month_ahead"] == pytest.approx(over)
    assert measured.figures["naive_wape_a_month_ahead"] == pytest.approx(0.1)
    context = asking("olga")
    sheet = context.sheet(SheetKind.ADHERENCE, find_cycle(context.plan))
    assert sheet is not None
    table = sheet.table("accuracy")
    known = table.filter(table["wape"].is_not_null())
    assert known.select("layer", "division", "patch").rows() == [
        ("S", "", ""), ("S", "DA", ""), ("S", "DB", ""), ("S", "", "Nord"), ("S", "", "South"),
    ]  # fmt: skip
    assert set(table.filter(table["wape"].is_null())["reason"]) == {"no_forecast_at_lag_1"}
    assert known.filter(known["patch"] != "")["bias"].to_list() == pytest.approx([0.05, 0.3])


def test_without_earlier_forecasts_the_first_cycle_says_why_there_is_no_figure(loaded: object, act: Act) -> None:
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    measured = act("olga", "measure")
    assert measured.figures["wape_a_month_ahead"] is None
    (finding,) = measured.findings
    assert say(finding) == (
        "How far the month was forecast wrong a month ahead is not known: nothing was forecast of it then. It is known "
        "from the third cycle on, or at once with forecast_snapshots of the last two cycles."
    )
