"""What an edit would do is what the month's plan would do with it, and nothing of it is kept."""

from pathlib import Path

import pytest
from django.test import Client

from onenumber.errors import BadArgumentError, NotAllowedError
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.typing import Asked
from onenumber.steps.see.what_if import WhatIf, what_if
from onenumber.store.models import Account, EditRow, Plan
from onenumber.web.what_if.read import read_typed
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do, founded, to_forecast


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    """The squeezed company: from September on its line has not the hours for what is asked already."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    plan = founded("tight", "live", tmp_path / "data")
    _to_forecast(plan)
    return plan


@once_a_run
def _to_forecast(plan: Plan) -> None:
    do(plan, "olga", "open", period="2026-05")
    to_forecast(plan)


def tried(plan: Plan, value: float, *, person: str = "dora", layer: str = "L4", first: str = "2026-10") -> WhatIf:
    asked = Asked(place={"family": "FA"}, mode="percent", value=value, first=first, periods=2)
    return what_if(make_context(plan, person=person, now=NOW), layer, asked)


def test_an_edit_in_a_full_month_leaves_customers_short_and_says_why(plan: Plan) -> None:
    found = tried(plan, 40.0)
    assert found.shorts
    assert {one.cause for one in found.shorts} <= {"capacity", "cost"}
    assert {one.at for one in found.shorts if one.cause == "capacity"} <= {"Line 1 (L1)"}
    assert sum(one.more for one in found.shorts) <= found.moved + 0.5
    assert found.shorts == tuple(sorted(found.shorts, key=lambda one: -one.money))


def test_a_little_less_makes_no_conflict(plan: Plan) -> None:
    found = tried(plan, -30.0)
    assert found.shorts == ()
    assert found.filled == ()
    assert found.moved < 0


def test_what_stands_is_what_it_is_held_against(plan: Plan) -> None:
    assert tried(plan, 0.0).none
    do(
        plan, "dora", "edit", layer="L4", place={"family": "FA"}, first="2026-10", periods=2, mode="percent",
        value=40.0, reason="a fair",
    )  # fmt: skip
    assert tried(plan, 0.0).none  # the conflict is there already


def test_nothing_is_kept(plan: Plan) -> None:
    tried(plan, 40.0)
    assert not EditRow.objects.exists()


def test_a_salesperson_hears_of_her_own_customers_only(plan: Plan) -> None:
    asked = Asked(place={"family": "FA", "patch": "Nord"}, mode="percent", value=80.0, first="2026-10", periods=2)
    found = what_if(make_context(plan, person="ana", now=NOW), "L2", asked)
    assert found.part
    assert (found.filled, found.lower) == ((), ())
    assert {one.customer for one in found.shorts} <= {"Alpha"}


@pytest.mark.parametrize("person", ["eva", "sven", "ana", "adam"])
def test_who_may_not_type_there_may_not_try(plan: Plan, person: str) -> None:
    with pytest.raises(NotAllowedError, match="may not propose a planner's change"):
        tried(plan, 10.0, person=person)


@pytest.mark.parametrize("text", ["", "ten", "=5%", "1e400", "--3", "5 5%x"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(BadArgumentError, match="type 120 for a figure"):
        read_typed(text)


def test_the_page_answers_in_words(plan: Plan) -> None:
    client = Client()
    client.force_login(Account.objects.create_account(login="dora", password=None, plan=plan, person="dora"))
    sent = {"level": "family", "key": "FA", "month": "2026-10", "months": "2"}
    address = "/p/tight/2026-05/plan/L4/what-if/"
    empty = client.get(address, sent).content.decode()
    assert "What you would type" in empty
    assert "Nothing is kept" not in empty
    for typed, said in (("+40%", "would create conflicts"), ("-30%", "no new conflict")):
        page = client.get(address, {**sent, "typed": typed}).content.decode()
        assert said in page
        fragment = client.get(address, {**sent, "typed": typed}, headers={"HX-Request": "true"}).content.decode()
        assert said in fragment
        assert "<html" not in fragment
    wrong = client.get(address, {**sent, "typed": "ten"})
    assert wrong.status_code == 422
    assert "type 120 for a figure" in wrong.content.decode()
