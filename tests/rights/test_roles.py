"""What roles make of a person: each question with every role that says yes."""

from collections.abc import Callable, Collection

import pytest

from onenumber.model.contract.people import ROLES
from onenumber.rights.ask import Actor, Grant
from onenumber.rights.roles import (
    does,
    hears_every_question,
    leads_everybody,
    leads_sales,
    only_sells,
    patches_led,
    patches_sold,
    plans_all,
    plants_kept,
    reads_class,
    reads_customers,
    reads_lines,
    reads_papers,
    sees_all,
    sells,
)
from onenumber.rights.table import PLANNERS, Figure


@pytest.mark.parametrize(
    ("asks", "yes"),
    [
        (plans_all, PLANNERS),
        (reads_lines, (*PLANNERS, "PM")),
        (reads_customers, (*PLANNERS, "DH", "SP")),
        (sells, ("SP",)),
        (only_sells, ("SP",)),
        (lambda roles: reads_class(roles, Figure.PRICE), (*PLANNERS, "DH", "SP")),
        (lambda roles: reads_class(roles, Figure.COST), (*PLANNERS, "DH")),
        (lambda roles: does(roles, "keep_logins"), ("ADM",)),
    ],
)
def test_a_question_about_roles_is_answered_by_the_table(
    asks: Callable[[Collection[str]], bool], yes: tuple[str, ...]
) -> None:
    assert {role for role in ROLES if asks((role,))} == set(yes)
    assert not asks(())


@pytest.mark.parametrize(
    ("asks", "yes"),
    [
        (sees_all, PLANNERS),
        (reads_papers, PLANNERS),
        (hears_every_question, ("DP", "OWN")),
        (leads_sales, ("SM",)),
    ],
)
def test_a_question_about_a_person_is_answered_by_her_roles(
    asks: Callable[[Actor], bool], yes: tuple[str, ...]
) -> None:
    said = {role for role in ROLES if asks(Actor(person="pat", grants=(Grant(role=role, scope="*"),)))}
    assert said == set(yes)


def test_patches_and_plants_are_hers_by_the_role_that_has_them_also_as_a_deputy() -> None:
    grants = (
        Grant(role="SP", scope="Nord", deputy_for="ana"),
        Grant(role="PM", scope="P1"),
        Grant(role="SM", scope="East"),
        Grant(role="DH", scope="West"),
    )
    pat = Actor(person="pat", grants=grants, patches_of={"East": ("South",), "West": ("Foreign",)})
    assert (patches_sold(pat), patches_led(pat), plants_kept(pat)) == ({"Nord"}, {"South"}, {"P1"})
    assert not leads_everybody(pat)
    assert leads_everybody(Actor(person="sam", grants=(Grant(role="SM", scope="*"),)))
