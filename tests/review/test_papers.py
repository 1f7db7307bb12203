"""Decision papers: what may be chosen, what each choice means to the cent, and what is recommended."""

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onenumber.errors.review import DecisionsClashError
from onenumber.model.sentences import CATALOGUE, say
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.make import make_review
from onenumber.review.papers.candidates import candidates
from onenumber.review.papers.decision import CARRIED, chosen, decided_sheet, decision_sheet, kept_table, level_of
from onenumber.review.papers.paper import Paper
from onenumber.review.words import conflict_finding, question_finding
from onenumber.supply.differences import DoNothing, MoveWindow, Precedence, SecondSource
from tests.review.world import CYCLE, ground, plan, rows

AUGUST = CYCLE + 1
OVERTIME = rows(
    "overtime",
    {"resource": "R1", "step": 1, "hours_per_period": 10.0, "cost_per_hour": 5.0},
    {"resource": "R1", "step": 2, "hours_per_period": 30.0, "cost_per_hour": 2.0, "needs_decision": True},
)
WINDOW = rows(
    "maintenance",
    {"window": "w1", "resource": "R1", "start": dt.date(2026, 8, 10), "end": dt.date(2026, 8, 14), "hours": 24.0,
     "movable": True, "latest": dt.date(2026, 10, 31)},
)  # fmt: skip
BASE = plan(
    demand={"a1|c1": [0.0, 60], "b1|c1": [0.0, 60]},
    shipped={"a1|c1": [0.0, 30], "b1|c1": [0.0, 60]},
    lost={"a1|c1": [0.0, 30]},
    hours_available={"R1": [100.0, 76, 100, 100, 100, 100]},
    hours_used={"R1": [0.0, 76, 90, 20, 90, 90]},
    shortages=[("a1|c1", AUGUST, 60.0, 30.0, 30.0, "capacity", "R1", AUGUST, 4.0, None)],
)


def _solved(a1: float, b1: float, *, cost: float = 0.0, **more: Any) -> Sheet:
    return plan(
        demand={"a1|c1": [0.0, 60], "b1|c1": [0.0, 60]}, shipped={"a1|c1": [0.0, a1], "b1|c1": [0.0, b1]},
        lost={"a1|c1": [0.0, 60 - a1], "b1|c1": [0.0, 60 - b1]},
        costs=[("overtime_cost", "P1", AUGUST, cost)], **more,
    )  # fmt: skip


NOTHING_BEFORE = pl.DataFrame(schema=CARRIED)


def _world(**more: pl.DataFrame) -> Ground:
    return ground(company_more={"overtime": OVERTIME, "maintenance": WINDOW} | more)


def _papers(on: Ground, proposed: Sheet = BASE) -> tuple[Paper, ...]:
    review, _ = make_review(plan=proposed, ground=on, last_published=None)
    return candidates(review=review, plan=proposed, ground=on)


def _decided(on: Ground) -> tuple[Sheet, Paper]:
    (paper,) = _papers(on)
    solved = {
        ("2026-07-R1", "A"): _solved(60, 60, cost=60.0),  # 30 hours of the second step
        ("2026-07-R1", "B"): _solved(54, 60),
        ("2026-07-R1", "C"): _solved(60, 30),
        ("2026-07-R1", "D"): _solved(30, 60),
        ("2026-07-R1", "E"): _solved(45, 45),
    }
    return decision_sheet(papers=(paper,), base=BASE, solved=solved, ground=on), paper


def test_conflicts_of_one_cause_make_one_paper_with_every_way_out() -> None:
    (paper,) = _papers(_world())
    assert (paper.paper, paper.subject, paper.question) == ("2026-07-R1", "R1", "who_goes_first")
    kinds = [type(option.difference).__name__ for option in paper.options]
    assert kinds == ["Overtime", "MoveWindow", "Precedence", "Precedence", "FairShare", "DoNothing"]
    moved = paper.options[1].difference
    assert isinstance(moved, MoveWindow)
    assert moved.start == dt.date(2026, 10, 1)  # 80 hours free; July has 100 but is firm
    assert paper.default == "E"  # fair share where divisions compete
    assert (paper.money_at_risk, paper.divisions, paper.streams) == (30 * 4_00, ("A", "B"), ("a1|c1",))


def _late_in(*short: tuple[int, float], used: list[float]) -> Sheet:
    """Units of the first division that wait, period by period, on a line of 100 hours."""
    waits = dict(short)
    late = [("a1|c1", CYCLE + k, 60.0, units, 0.0, "capacity", "R1", CYCLE + k, 4.0, CYCLE + 3) for k, units in short]
    return plan(
        demand={"a1|c1": [0.0, 60, 60], "b1|c1": [0.0, 60, 60]},
        shipped={"a1|c1": [0.0, 60 - waits.get(1, 0.0), 60 - waits.get(2, 0.0)], "b1|c1": [0.0, 60, 60]},
        hours_available={"R1": [100.0] * 6}, hours_used={"R1": used}, shortages=late,
    )  # fmt: skip


def test_who_goes_first_counts_until_most_is_short_not_until_the_last_unit_came() -> None:
    (paper,) = _papers(_world(), _late_in((1, 50.0), (2, 2.0), used=[0.0, 100, 100, 90, 90, 90]))
    first = next(o.difference for o in paper.options if isinstance(o.difference, Precedence))
    assert (paper.first_period, paper.last_period) == (AUGUST, AUGUST + 1)
    assert (first.first, first.periods) == (AUGUST, 1)  # 50 wait in August, 2 in September


def test_a_window_in_a_full_period_before_the_shortage_is_in_the_way_too() -> None:
    full, slack = ([0.0, august, 100, 90, 90, 90] for august in (100.0, 80.0))
    kinds = [
        {type(o.difference) for paper in _papers(_world(), _late_in((2, 50.0), used=used)) for o in paper.options}
        for used in (full, slack)
    ]
    assert [MoveWindow in found for found in kinds] == [True, False]  # the window lies in August, September is short


def test_a_conflict_with_nothing_to_choose_makes_no_paper() -> None:
    alone = plan(
        demand={"a1|c1": [60.0]}, shipped={"a1|c1": [30.0]},
        shortages=[("a1|c1", CYCLE, 60.0, 30.0, 30.0, "lead_time", "a1|P1", CYCLE, 4.0, None)],
    )  # fmt: skip
    assert _papers(_world(), alone) == ()


def test_what_no_rule_serves_makes_no_paper_and_stays_a_conflict() -> None:
    nowhere = plan(
        demand={"a1|c1": [60.0]}, shipped={"a1|c1": [0.0]},
        shortages=[("a1|c1", CYCLE, 60.0, 60.0, 60.0, "no_route", "", CYCLE, 4.0, None)],
    )  # fmt: skip
    review, _ = make_review(plan=nowhere, ground=_world(), last_published=None)
    assert "cell|" in review.table("conflicts")["cause"].to_list()  # a cause that lies at no cell
    assert _papers(_world(), nowhere) == ()


def test_every_option_in_units_and_money_against_doing_nothing() -> None:
    sheet, _ = _decided(_world())
    table = sheet.table("options")
    overtime = table.row(0, named=True)
    assert (overtime["shipped_units"], overtime["lost_units"]) == (30.0, -30.0)
    assert (overtime["revenue"], overtime["margin"]) == (300_00, 120_00)  # 30 at 10, less 6
    assert (overtime["extra_cost"], overtime["net_cost"]) == (60_00, 60_00 - 120_00)
    assert table["net_cost"].to_list() == [-60_00, -96_00, -120_00 + 30 * 8_00, 0, -60_00 + 15 * 8_00, 0]
    assert sheet.table("papers").select("recommended", "state").rows() == [
        ("B", "open")
    ]  # moving the window is cheapest
    effects = sheet.table("effects").filter(pl.col("option") == "C").select("division", "shipped_units", "margin")
    assert effects.rows() == [("A", 30.0, 120_00), ("B", -30.0, -240_00)]


def test_a_dear_second_source_and_a_missed_contract_cost_something() -> None:
    contract = rows("customer_contracts", {"customer": "c1", "item": "a1", "minimum": 50.0, "penalty": 3.0})
    on = _world(customer_contracts=contract)
    (paper,) = _papers(on)
    dear = _solved(60, 60, purchase_plan=[("V2", "m1", "P1", CYCLE, 30.0, 45.0)])
    solved = {(paper.paper, o.option): dear for o in paper.options if not o.is_nothing}
    options = decision_sheet(papers=(paper,), base=BASE, solved=solved, ground=on).table("options")
    premium, saved = (45 - 30 * 1) * 100, (50 - 30) * 3_00  # above standard cost; penalty no longer paid
    assert options["extra_cost"][0] == premium - saved


def test_what_was_promised_is_held_against_the_final_plan() -> None:
    on = _world()
    sheet, paper = _decided(on)
    decision = pl.DataFrame({"paper": [paper.paper], "option": ["A"], "decided_by": ["ex"], "how": ["decided"]})
    decided = Sheet(kind=sheet.kind, tables={**sheet.tables, "decisions": decision})
    half = kept_table(decided=decided, base=BASE, final=_solved(45, 60, cost=60.0), ground=on)
    assert half.rows() == [(paper.paper, 120_00 - 60_00, 60_00 - 60_00, True)]
    near = kept_table(decided=decided, base=BASE, final=_solved(59, 60, cost=60.0), ground=on)
    assert near.rows() == [(paper.paper, 60_00, 116_00 - 60_00, False)]  # 7 % less is not named
    dear = kept_table(decided=decided, base=BASE, final=_solved(60, 60, cost=90.0), ground=on)
    assert dear.rows() == [(paper.paper, 60_00, 120_00 - 90_00, True)]  # all is shipped, at half as much again


def _waits(a1: float, b1: float = 0.0) -> Sheet:
    """All is shipped, some of it a month late; a unit that waits is charged 3, and 8 where contracts fine it."""
    late, other = (60 - a1, a1), (60 - b1, b1)
    charged = [("backlog_cost", "A", AUGUST, 3 * a1), ("backlog_cost", "B", AUGUST, 3 * b1)]
    return plan(
        demand={"a1|c1": [0.0, 60, 0], "b1|c1": [0.0, 60, 0]},
        shipped={"a1|c1": [0.0, *late], "b1|c1": [0.0, *other]},
        backlog={"a1|c1": [0.0, a1, 0], "b1|c1": [0.0, b1, 0]}, costs=charged,
        hours_available={"R1": [100.0, 76, 100, 100, 100, 100]}, hours_used={"R1": [0.0, 76, 90, 20, 90, 90]},
        shortages=[("a1|c1", AUGUST, 60.0, a1, 0.0, "capacity", "R1", AUGUST, 4.0, AUGUST + 1)],
    )  # fmt: skip


def test_a_paper_whose_effect_is_lateness_is_held_against_the_final_plan_too() -> None:
    contract = rows("customer_contracts", {"customer": "c1", "item": "a1", "minimum": 60.0, "penalty": 5.0})
    on, base = _world(customer_contracts=contract), _waits(30.0)
    (paper,) = _papers(on, base)
    solved = {(paper.paper, o.option): _waits(0.0, 10.0) for o in paper.options if not o.is_nothing}
    sheet = decision_sheet(papers=(paper,), base=base, solved=solved, ground=on)
    row = sheet.table("options").row(0, named=True)
    assert row["own_worth"] == 0  # all is sold, sooner or later
    assert row["own_service"] == 30 * 8_00  # the other division's waiting is not the paper's own
    assert row["net_cost"] == 10 * 3_00 - 30 * 8_00
    decision = pl.DataFrame({"paper": [paper.paper], "option": ["A"], "decided_by": ["ex"], "how": ["decided"]})
    decided = Sheet(kind=sheet.kind, tables={**sheet.tables, "decisions": decision})
    half = kept_table(decided=decided, base=base, final=_waits(15.0), ground=on)
    assert half.rows() == [(paper.paper, 240_00, 120_00, True)]
    whole = kept_table(decided=decided, base=base, final=_waits(0.0), ground=on)
    assert whole.rows() == [(paper.paper, 240_00, 240_00, False)]


def test_what_all_papers_paid_is_shared_by_what_each_promised_and_adds_up() -> None:
    on = _world()
    sheet, paper = _decided(on)
    again = {n: t.with_columns(paper=pl.lit("other")) for n, t in sheet.tables.items() if "paper" in t.columns}
    both = {name: pl.concat([sheet.table(name), table]) for name, table in again.items()}
    names = ("paper", "option", "decided_by", "how")
    taken = pl.DataFrame([(paper.paper, "A", "ex", "decided"), ("other", "B", "ex", "decided")], names, orient="row")
    decided = Sheet(kind=sheet.kind, tables={**both, "decisions": taken})
    kept = kept_table(decided=decided, base=BASE, final=_solved(60, 60, cost=90.0), ground=on)
    assert kept.rows() == [
        (paper.paper, 120_00 - 60_00, 120_00 - 90_00, True),  # who promised to pay pays what came on top
        ("other", 96_00, 120_00, True),
    ]


@pytest.mark.parametrize(
    ("revenue", "level"), [(12_000_000, "D1"), (1_200_000, "D2"), (400_000, "D3"), (100_000, "D4")]
)
def test_who_decides_follows_the_money(revenue: int, level: str) -> None:
    (paper,) = _papers(_world(bill_of_materials=rows("bill_of_materials")), _one_division())
    assert paper.money_at_risk == 120_00
    assert level_of(paper, revenue) == level


def test_precedence_is_always_the_executives() -> None:
    (paper,) = _papers(_world())
    assert level_of(paper, 10**12) == "D4"


def _one_division() -> Sheet:
    return plan(
        demand={"a1|c1": [0.0, 60]}, shipped={"a1|c1": [0.0, 30]}, lost={"a1|c1": [0.0, 30]},
        hours_available={"R1": [100.0] * 6},
        shortages=[("a1|c1", AUGUST, 60.0, 30.0, 30.0, "capacity", "R1", AUGUST, 4.0, None)],
    )  # fmt: skip


def _one_division_beside(b1: float) -> Sheet:
    return plan(
        demand={"a1|c1": [0.0, 60], "b1|c1": [b1]}, shipped={"a1|c1": [0.0, 30], "b1|c1": [b1]},
        lost={"a1|c1": [0.0, 30]}, hours_available={"R1": [100.0] * 6},
    )  # fmt: skip


PLAIN = ground(company_more={"overtime": OVERTIME})
(PAPER,) = _papers(PLAIN)


@settings(max_examples=20, deadline=None)
@given(a1=st.floats(0, 60), b1=st.floats(0, 60), cost=st.floats(0, 1000))
def test_an_option_is_the_exact_sum_of_its_divisions(a1: float, b1: float, cost: float) -> None:
    plan_then = _solved(a1, b1, cost=cost)
    solved = {(PAPER.paper, o.option): plan_then for o in PAPER.options if not o.is_nothing}
    sheet = decision_sheet(papers=(PAPER,), base=BASE, solved=solved, ground=PLAIN)
    whole = sheet.table("options").sort("option")
    parts = sheet.table("effects").group_by("option").agg(pl.col("revenue", "margin").sum()).sort("option")
    assert whole["revenue"].to_list() == parts["revenue"].to_list()
    assert whole["margin"].to_list() == parts["margin"].to_list()


def test_conflicts_and_questions_in_words() -> None:
    on = _world()
    review, _ = make_review(plan=BASE, ground=on, last_published=None)
    said = [say(conflict_finding(row, on)) for row in review.table("conflicts").iter_rows(named=True)]
    assert said[0] == (
        "R1 is asked for 30 hours more than it has, in 2026-08. "
        "Build ahead, add overtime, use another line, or decide who goes first."
    )
    sheet, _ = _decided(on)
    asked = say(question_finding(sheet.table("papers").row(0, named=True), on))
    assert asked == "A and B want more of R1 than there is in 2026-08. Who goes first?"
    for code in ("C-01", "C-03", "C-05", "C-07", "C-08", "C-11", "C-13", "C-27"):
        assert f"conflict_{code}" in CATALOGUE


SECOND = rows(
    "vendor_items",
    {"vendor": "V", "item": "m1", "site": "P1", "lead_time_days": 20, "price": 1.0, "currency": "EUR"},
    {"vendor": "V2", "item": "m1", "site": "P1", "lead_time_days": 10, "price": 1.5, "currency": "EUR",
     "needs_decision": True},
)  # fmt: skip


@pytest.mark.parametrize(("cause", "at"), [("material", "m1|P1"), ("vendor_limit", "V")])
def test_a_short_material_may_come_from_a_second_source(cause: str, at: str) -> None:
    short = plan(
        demand={"a1|c1": [0.0, 60]}, shipped={"a1|c1": [0.0, 30]},
        shortages=[("a1|c1", AUGUST, 60.0, 30.0, 30.0, cause, at, AUGUST, 4.0, None)],
    )  # fmt: skip
    (paper,) = _papers(ground(company_more={"vendor_items": SECOND}), short)
    assert [o.difference for o in paper.options] == [SecondSource(vendor="V2", item="m1", site="P1"), DoNothing()]
    assert (paper.question, paper.default) == ("other_source", "B")


@pytest.mark.parametrize(
    ("cause", "at", "key"), [("material", "m1|P1", "2026-07-cell-m1@P1"), ("vendor_limit", "V", "2026-07-vendor-V")]
)
def test_no_two_papers_share_a_key(cause: str, at: str, key: str) -> None:
    short = plan(
        demand={"a1|c1": [0.0, 60]}, shipped={"a1|c1": [0.0, 30]},
        shortages=[("a1|c1", AUGUST, 60.0, 30.0, 30.0, cause, at, AUGUST, 4.0, None)],
    )  # fmt: skip
    (paper,) = _papers(ground(company_more={"vendor_items": SECOND}), short)
    assert paper.paper == key  # an item at two sites, a vendor called as a line: two causes, two papers


def test_an_option_that_changes_nothing_is_not_recommended() -> None:
    on = _world()
    (paper,) = _papers(on)
    solved = {(paper.paper, o.option): _solved(30, 60) for o in paper.options if not o.is_nothing}
    sheet = decision_sheet(papers=(paper,), base=BASE, solved=solved, ground=on)
    assert sheet.table("options")["net_cost"].to_list() == [0] * 6
    assert sheet.table("papers")["recommended"].to_list() == ["F"]  # do nothing


def test_a_level_is_held_against_the_revenue_of_the_divisions_concerned() -> None:
    on = _world(bill_of_materials=rows("bill_of_materials"))
    (paper,) = _papers(on, _one_division())
    assert paper.divisions == ("A",)  # B asks for nothing of R1
    big = _one_division_beside(9_000.0)  # B sells 9000 at 20 elsewhere; A's mean month is 30 x 10 / 6 = 50
    nothing = {(paper.paper, o.option): big for o in paper.options if not o.is_nothing}
    table = decision_sheet(papers=(paper,), base=big, solved=nothing, ground=on).table("papers")
    assert table["level"].to_list() == ["D4"]  # 120 at risk of 50; of both divisions' 30050 it would be D2


def test_at_most_as_many_papers_as_the_meeting_can_take() -> None:
    on = _world()
    review, _ = make_review(plan=BASE, ground=on, last_published=None)
    assert len(candidates(review=review, plan=BASE, ground=on, limit=1)) == 1


def test_what_was_decided_becomes_the_differences_of_one_plan() -> None:
    sheet, paper = _decided(_world())
    names = ("paper", "option", "decided_by", "how")
    yes = pl.DataFrame([(paper.paper, "C", "ex", "decided")], schema=names, orient="row")
    assert [type(d).__name__ for d in chosen(sheet, yes)] == ["Precedence"]
    assert decided_sheet(sheet, yes, NOTHING_BEFORE).table("papers")["state"].to_list() == ["decided"]
    later = pl.DataFrame([(paper.paper, "", "ex", "deferred")], schema=names, orient="row")
    assert chosen(sheet, later) == ()
    assert decided_sheet(sheet, later, NOTHING_BEFORE).notes["decided"] == 1
    nothing = pl.DataFrame([(paper.paper, "F", "ex", "decided")], schema=names, orient="row")
    assert chosen(sheet, nothing) == ()  # to do nothing changes nothing


def test_two_answers_to_who_goes_first_cannot_both_hold() -> None:
    sheet, paper = _decided(_world())
    options = sheet.table("options")
    twin = options.filter(pl.col("option") == "D").with_columns(pl.lit("other").alias("paper"))
    both = Sheet(kind=sheet.kind, tables={**sheet.tables, "options": pl.concat([options, twin])})
    names = ("paper", "option", "decided_by", "how")
    yes = pl.DataFrame(
        [(paper.paper, "C", "ex", "decided"), ("other", "D", "ex", "decided")], schema=names, orient="row"
    )
    with pytest.raises(DecisionsClashError) as raised:
        chosen(both, yes)
    assert "R1" in str(raised.value)


def test_unlike_units_are_not_added_in_an_option() -> None:
    on = _world()
    (paper,) = _papers(on)
    solved = {(paper.paper, o.option): _mixed(_solved(60, 60)) for o in paper.options if not o.is_nothing}
    sheet = decision_sheet(papers=(paper,), base=_mixed(BASE), solved=solved, ground=on)
    first = sheet.table("options").row(0, named=True)
    assert (first["shipped_units"], first["revenue"]) == (None, 300_00)  # pieces and kilograms have no sum, money has
    assert sheet.table("effects").filter(pl.col("option") == "A")["shipped_units"].to_list() == [30.0, 0.0]


def _mixed(proposed: Sheet) -> Sheet:
    units = np.array(["pcs", "pcs", "kg"])
    streams = {n: replace(proposed.cube(n), units=units) for n in ("demand", "shipped", "backlog", "lost")}
    return replace(proposed, cubes={**proposed.cubes, **streams})
