"""The rights table: every verb x role x phase, scopes, deputies, and the rows a person sees."""

from dataclasses import replace

import numpy as np
import pytest

from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import RULES
from onenumber.errors import NotAllowedError, WrongPhaseError
from onenumber.model.axis import Axis
from onenumber.model.contract.people import ROLES
from onenumber.rights.ask import Actor, Grant, Thing, check, mask, may, reads
from onenumber.rights.table import READ, WRITE, Figure

STREAMS = Axis("stream", np.array(["A|x", "A|y"]), {"patch": np.array(["Nord", "South"])})


def _actor(role: str, scope: str = "*") -> Actor:
    return Actor(person="pat", grants=(Grant(role=role, scope=scope),), patches_of={"East": ("Nord",)})


@pytest.mark.parametrize("verb", WRITE)
def test_what_the_table_does_not_grant_is_refused(verb: str) -> None:
    right = WRITE[verb]
    granted = {
        (role, phase): role in right.roles and (not right.phases or phase in right.phases)
        for role in ROLES for phase in Phase
    }  # fmt: skip
    assert {(role, phase): may(_actor(role), verb, phase=phase) for role, phase in granted} == granted


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.verb)
def test_a_signature_is_given_by_its_role_in_its_phase_only(rule: object) -> None:
    assert isinstance(rule, type(RULES[0]))
    assert tuple(WRITE[rule.verb].roles) == (rule.role,)
    assert WRITE[rule.verb].phases == (rule.phase,)


def test_nobody_may_what_no_right_names() -> None:
    with pytest.raises(NotAllowedError, match="pat may not sell the company: nobody may"):
        check(_actor("EX"), "sell the company", phase=Phase.EXEC)


def test_the_administrator_sees_and_writes_nothing_of_the_plan() -> None:
    assert not any(reads(_actor("ADM"), figure) for figure in Figure)
    assert [verb for verb, right in WRITE.items() if "ADM" in right.roles] == ["keep_logins"]


def test_a_role_of_another_phase_is_told_which() -> None:
    with pytest.raises(
        WrongPhaseError, match="One can enter a sales forecast in Demand only, and the cycle is in Supply"
    ):
        check(_actor("SP", "Nord"), "edit_L2", phase=Phase.SUPPLY, thing=Thing(patch="Nord"))


@pytest.mark.parametrize(
    ("role", "verb", "phase", "way_out"),
    [
        ("DP", "forecast", Phase.SUPPLY,
         "Only the process owner can re-open Demand: `onenumber reopen DEMAND --reason WHY`."),
        ("SS", "plan", Phase.DEMAND,
         "It comes when the cycle is in Supply; `onenumber status` lists what Demand waits for."),
        ("OWN", "measure", Phase.DEMAND,
         ("It comes when the cycle is in Month runs; before, only the process owner can re-open Data: "
          "`onenumber reopen DATA --reason WHY`.")),
        ("EX", "decide", Phase.PUBLISH, "Its plan is approved, and no phase of it re-opens."),
        ("OWN", "measure", Phase.PUBLISH,
         "It comes when the cycle is in Month runs; `onenumber status` lists what Published waits for."),
    ],
)  # fmt: skip
def test_a_wrong_phase_says_how_one_comes_to_the_right_one(role: str, verb: str, phase: Phase, way_out: str) -> None:
    with pytest.raises(WrongPhaseError) as refused:
        check(_actor(role), verb, phase=phase)
    assert str(refused.value).endswith(f"and the cycle is in {phase.shown}. {way_out}")


def test_a_cycle_whose_plan_is_published_is_not_asked_to_be_reopened() -> None:
    with pytest.raises(WrongPhaseError, match="the cycle is in Closed. Its plan is published, and no phase of it"):
        check(_actor("OWN"), "measure", phase=Phase.CLOSED)


def test_a_sales_leader_reaches_the_patches_of_the_own_organisation() -> None:
    assert may(_actor("SM", "East"), "accept", phase=Phase.DEMAND, thing=Thing(patch="Nord"))
    with pytest.raises(NotAllowedError, match=r"for South: it is outside their scope \(Nord\)"):
        check(_actor("SM", "East"), "accept", phase=Phase.DEMAND, thing=Thing(patch="South"))


def test_what_was_asked_of_somebody_is_answered_by_her_and_by_nobody_above_her() -> None:
    asked = Thing(answering=("ben",), owner="Ben Osei", asked=True)
    with pytest.raises(NotAllowedError, match="it was asked of Ben Osei; only who was asked, or a deputy, may"):
        check(_actor("SM"), "reply", phase=Phase.DEMAND, thing=asked)


def test_a_deputy_does_not_read_the_skill_of_whom_she_stands_in_for() -> None:
    deputy = Actor(person="pat", grants=(Grant(role="SP", scope="Nord", deputy_for="ana"),))
    assert not reads(deputy, Figure.SKILL)
    assert mask(deputy, Figure.SKILL, axis=STREAMS).tolist() == [False, False]
    assert mask(deputy, Figure.VOLUME, axis=STREAMS).tolist() == [True, False]


def test_a_deputy_acts_under_both_names() -> None:
    deputy = Actor(person="pat", grants=(Grant(role="OP", scope="*", deputy_for="omar"),))
    assert check(deputy, "sign_supply", phase=Phase.SUPPLY).deputy_for == "omar"


@pytest.mark.parametrize(
    ("role", "scope", "figure", "seen"),
    [
        ("SP", "Nord", Figure.VOLUME, [True, False]),
        ("SP", "Nord", Figure.PRICE, [True, False]),
        ("SP", "Nord", Figure.COST, [False, False]),
        ("DP", "*", Figure.VOLUME, [True, True]),
        ("ADM", "*", Figure.VOLUME, [False, False]),
        ("SP", "Nord", Figure.SKILL, [True, False]),
        ("SM", "East", Figure.SKILL, [True, False]),
        ("SM", "*", Figure.SKILL, [True, True]),
        ("EX", "*", Figure.SKILL, [False, False]),
    ],
)
def test_rows_that_a_role_sees(role: str, scope: str, figure: Figure, seen: list[bool]) -> None:
    assert mask(_actor(role, scope), figure, axis=STREAMS).tolist() == seen


def test_every_role_and_figure_of_the_table_exists() -> None:
    assert {role for right in WRITE.values() for role in right.roles} <= set(ROLES)
    assert set(READ) == set(Figure)


def test_a_sales_leader_works_a_patch_that_is_nobodys_and_no_other() -> None:
    leader = replace(_actor("SM", "East"), patches_of={"East": ("Nord", "Open")}, owned=frozenset({"Nord"}))
    assert [may(leader, "edit_L2", phase=Phase.DEMAND, thing=Thing(patch=p)) for p in ("Nord", "Open", "South")] == [
        False, True, False,
    ]  # fmt: skip
    with pytest.raises(NotAllowedError, match="for Nord: it has a salesperson, and nobody edits another's layer"):
        check(leader, "submit", phase=Phase.DEMAND, thing=Thing(patch="Nord"))
    with pytest.raises(NotAllowedError, match=r"for South: it is outside their scope \(Nord, Open\)"):
        check(leader, "submit", phase=Phase.DEMAND, thing=Thing(patch="South"))
