"""The team: where patches stand, what moved and who said why; and a person's skill, to who may read it."""

import datetime as dt
from collections.abc import Callable

import pytest

from onenumber.consensus.collect import PatchState
from onenumber.errors import NotAllowedError
from onenumber.errors.rights import NotYoursError
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.skill import skill_shown
from onenumber.steps.see.team import team_seen
from onenumber.store.models import Plan
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
SIX_MONTHS = {"first": "2026-05", "periods": 6}


def stands(asking: Asking) -> list[tuple[str, PatchState, str, bool]]:
    return [(one.patch, one.state, one.by, one.late) for one in team_seen(asking("ines")).patches]


def test_a_patch_stands_where_it_was_put_last_and_by_whom(in_demand: None, asking: Asking, act: Act) -> None:
    assert stands(asking) == [("Nord", PatchState.OPEN, "", False), ("South", PatchState.OPEN, "", False)]
    act("ana", "submit", patch="Nord")
    act("ben", "submit", patch="South")
    act("ines", "return", patch="South", note="what of the tender?")
    assert stands(asking) == [
        ("Nord", PatchState.SUBMITTED, "Ana Ruiz", False), ("South", PatchState.RETURNED, "Ines Duarte", False),
    ]  # fmt: skip
    assert [one.note for one in team_seen(asking("ines")).patches] == ["", "what of the tender?"]


def test_who_is_not_in_after_the_cut_off_is_late(in_demand: None, plan: Plan, act: Act) -> None:
    act("ana", "submit", patch="Nord")
    after = make_context(plan, person="ines", now=dt.datetime(2026, 5, 8, 10, tzinfo=dt.UTC))
    assert [(one.patch, one.late) for one in team_seen(after).patches] == [("Nord", False), ("South", True)]


def test_a_move_says_what_it_comes_to_and_who_said_why(in_demand: None, asking: Asking, act: Act) -> None:
    assert team_seen(asking("ines")).moves == ()
    words = {"layer": "L2", "mode": "percent", **SIX_MONTHS}
    act("ana", "edit", place={"patch": "Nord", "family": "FA"}, value=20.0, reason="a second shop", **words)
    act("ben", "edit", place={"patch": "South", "family": "FB"}, value=-5.0, **words)
    seen = team_seen(asking("ines"))
    first = seen.moves[0]
    assert (first.patch, first.customer, first.family, first.unit) == ("Nord", "Alpha", "FA", "pcs")
    assert first.was is not None
    assert first.now == pytest.approx(1.2 * first.was, abs=4)
    assert [(why.person, why.text) for why in first.why] == [("Ana Ruiz", "a second shop")]
    assert [one.why for one in seen.moves[1:]] == [(), ()]  # the rest of South, by channel
    assert seen.sums is not None
    assert sum(one.money for one in seen.moves if one.money) == pytest.approx(seen.sums[0] - seen.sums[1])


def test_the_team_is_shown_to_who_plans_the_company(in_demand: None, asking: Asking) -> None:
    for person in ("ana", "pia", "adam"):
        with pytest.raises(NotAllowedError, match="only who plans the company may"):
            team_seen(asking(person))


def test_skill_is_read_by_the_person_her_leader_the_planner_and_the_process(in_demand: None, asking: Asking) -> None:
    for person in ("ana", "ines", "dora", "olga"):
        assert skill_shown(asking(person), "ana").patches == ("Nord",)
    for person in ("eva", "omar", "fay"):
        with pytest.raises(NotAllowedError):
            skill_shown(asking(person), "ana")
    for person, other in (("ben", "ana"), ("ines", "omar"), ("ines", "nobody")):
        with pytest.raises(NotYoursError):
            skill_shown(asking(person), other)


def test_without_a_month_that_came_nothing_is_said_of_a_person(in_demand: None, asking: Asking) -> None:
    found = skill_shown(asking("ines"), "ana").skill
    assert (found.months, found.added, found.bias) == ((), None, None)
