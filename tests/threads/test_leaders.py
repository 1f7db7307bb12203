"""What leaders read of the threads: a habit with its evidence, a bridge that adds up, a decision that brought half."""

import pytest

from onenumber.errors import NotAllowedError
from onenumber.review.deviations import PARTS
from onenumber.steps.see.answers import answers_shown
from onenumber.steps.see.deviations import Bars, deviations_shown
from onenumber.steps.see.executive import executive_seen
from onenumber.steps.see.skill import skill_shown
from onenumber.steps.see.team import team_seen
from onenumber.steps.see.worked import decisions_worked
from tests.threads.lived import LAST, ON_THE_LIVED_COMPANY, OPEN, Lived

pytestmark = ON_THE_LIVED_COMPANY


def test_one_puts_the_baseline_up_by_a_fifth_and_is_wrong_the_other_comes_nearer(lived: Lived) -> None:
    over, nearer = (skill_shown(lived.looking("raman"), person).skill for person in ("vargas", "mensah"))
    assert over.added is not None
    assert over.added.added is not None
    assert over.added.added < -0.01
    assert (len(over.moved(1)), len(over.months)) == (8, 11)
    assert [round(one.raised or 0.0, 1) for one in over.moved(1)] == [0.2] * 8
    assert nearer.added is not None
    assert nearer.added.added is not None
    assert nearer.added.added > 0.0
    assert len(nearer.moved(1)) < len(over.moved(1))


def test_may_is_a_bridge_that_adds_up_and_supply_did_half_of_it(lived: Lived) -> None:
    seen = deviations_shown(lived.looking("raman"))
    whole = seen.all
    assert whole is not None
    assert (seen.period, seen.whole, seen.unpriced) == ("2026-05", True, 0)
    for one in (*seen.groups, whole):
        assert one.consensus + sum(one.parts.values()) == pytest.approx(one.actual, abs=0.005)
    for part in PARTS:
        assert whole.parts[part] == pytest.approx(sum(one.parts[part] for one in seen.groups), abs=0.005)
    supply = whole.parts["undelivered"] + whole.parts["caught_up"]
    assert supply / (whole.actual - whole.consensus) == pytest.approx(0.5, abs=0.05)
    assert [one.name for one in seen.gone] == ["Hagen Heimwerk"]
    assert sum(cause.amount for cause in seen.causes) == pytest.approx(
        sum(whole.parts[part] for part in ("volume", "mix", "new", "lost")), abs=0.01
    )


def test_timing_that_was_to_come_in_may_did_not(lived: Lived) -> None:
    first = deviations_shown(lived.looking("raman")).claims[0]
    assert (first.said.code, first.came_true, first.miss.key) == ("TIM-PUSH", "false", ("sales_mix", "GAR"))
    assert "comes in May 2026" in first.said.text
    assert first.came is not None
    assert first.came < 0


def test_a_salesperson_reads_the_bridge_of_the_own_patch_alone(lived: Lived) -> None:
    hers, all_ = (deviations_shown(lived.looking(person), by="patch") for person in ("demir", "raman"))
    patch = {one.label: one for one in all_.groups}["P1"]
    assert [one.label for one in hers.groups] == ["P1"]
    assert same(hers.groups[0], patch)
    assert hers.all is not None
    assert same(hers.all, patch)
    assert (hers.whole, hers.claims) == (False, ())
    assert hers.all.budget is None  # the budget is of whole divisions, and P1 is a part of two
    assert [cause.said for cause in hers.causes if cause.said] == []
    (lost,) = all_.gone
    assert [(one.customer, one.name) for one in hers.gone] == [(lost.customer, "Hagen Heimwerk")]
    assert hers.gone[0].money == pytest.approx(lost.money)


def test_a_budget_is_held_against_a_division_only_where_it_is_seen_as_a_whole(lived: Lived) -> None:
    seen = {person: deviations_shown(lived.looking(person)) for person in ("demir", "weidmann", "raman")}
    assert [one.budget for one in seen["demir"].groups] == [None, None]
    budgets = {one.label: one.budget for one in seen["raman"].groups}
    assert {one.label: one.budget for one in seen["weidmann"].groups} == {"GAR": budgets["GAR"]}
    assert None not in budgets.values()


def test_who_leads_a_division_whose_figures_are_others_reads_who_answers_for_them(lived: Lived) -> None:
    seen = answers_shown(lived.looking("weidmann"))
    assert (seen.periods, seen.misses) == ((), ())
    assert {(one.figure, one.scope) for one in seen.others} == {
        (figure, "Home & Garden") for figure in ("sales", "service", "budget")
    }
    assert answers_shown(lived.looking("raman")).others == ()


def same(one: Bars, other: Bars) -> bool:
    return (one.consensus, one.parts, one.actual) == (other.consensus, other.parts, other.actual)


def test_the_decision_of_april_brought_half_and_did_not_work(lived: Lived) -> None:
    told = lived.truth["plan_not_kept"]
    found = {one.paper: one for one in decisions_worked(lived.looking("solberg"))}
    mine = found[f"{told['decided_in']}-{told['line']}"]
    assert mine.promised == pytest.approx(sum(told["promised"].values()), abs=0.01)
    assert mine.share == pytest.approx(told["decision_realised"], abs=0.02)
    assert mine.decided_by == "Marit Solberg"


def test_only_the_manager_of_odense_owes_an_answer(lived: Lived) -> None:
    told = lived.truth["plan_not_kept"]["unanswered"]
    seen = answers_shown(lived.looking("solberg"))
    open_ = [one.key for one in seen.misses if not one.said]
    assert (told["figure"], told["scope"]) in open_
    assert {one.owner for one in seen.misses if not one.said} == {"Freja Mikkelsen"}
    assert seen.owners[0].owner == "Freja Mikkelsen"
    assert {one.owner for one in answers_shown(lived.looking("mikkelsen")).owners} == {"Freja Mikkelsen"}


def test_the_executive_page_lands_by_the_review_and_is_not_for_sales(lived: Lived) -> None:
    seen = executive_seen(lived.looking("solberg"))
    assert seen.landing is not None
    assert seen.landing.of == OPEN
    outside = {(one.account, one.place) for one in seen.landing.lines if one.status == "outside"}
    assert ("revenue", "Home & Garden") in outside
    assert not any(one.decided for one in seen.landing.lines)
    last = executive_seen(lived.looking("solberg"), LAST).landing
    assert last is not None
    assert last.final
    assert all(one.decided for one in last.lines if one.status == "outside")
    assert 0 < len(seen.changed) <= 5
    with pytest.raises(NotAllowedError):
        executive_seen(lived.looking("demir"))


def test_the_team_shows_the_biggest_moves_of_a_month_with_the_reasons_given(lived: Lived) -> None:
    seen = team_seen(lived.looking("raman"), LAST)
    assert [one.patch for one in seen.patches] == [f"P{k}" for k in range(1, 7)]
    assert seen.moves is not None
    assert len(seen.moves) == 8
    assert all(one.why and not one.offered for one in seen.moves)
    assert {why.person for one in seen.moves for why in one.why} <= {"Kwame Mensah", "Mateo Vargas", "Elif Demir"}
    money = [abs(one.money or 0.0) for one in seen.moves]
    assert money == sorted(money, reverse=True)
