"""A question waits for who was asked, its answer comes to who asked, and both stay with the place."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from onenumber.errors import BadArgumentError, EmptyPlaceError, NotAllowedError, OutsideHorizonError
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.month import my_month
from onenumber.steps.see.plan_cell import plan_cell
from onenumber.steps.see.questions import questions_shown, questions_waiting
from onenumber.store.models import Account, Plan, QuestionRow, ReplyRow
from tests.steps.conftest import Act
from tests.steps.month_for_tests import NOW, do

Asking = Callable[[str], Context]
DUE = dt.date(2026, 5, 7)
ASKED = {"text": "Why is June so low?", "place": {"planning_customer": "alpha"}, "to": "ana", "due": DUE}


def test_it_waits_for_who_was_asked_with_its_day_and_for_nobody_else(in_demand: None, act: Act, asking: Asking) -> None:
    act("dora", "ask", **ASKED)
    waits = {
        who: [one.day for one in my_month(asking(who)).waits if one.said == "question_open"]
        for who in ("ana", "ben", "dora")
    }
    assert waits == {"ana": [DUE], "ben": [], "dora": []}


def test_the_answer_comes_to_who_asked_and_the_question_waits_no_more(
    in_demand: None, act: Act, asking: Asking
) -> None:
    act("dora", "ask", **ASKED)
    act("ana", "reply", question=1, text="they moved house", figure=40.0)
    told = [one for one in my_month(asking("dora")).changes if one.code == "question_answered"]
    assert [(one.who, one.what["text"]) for one in told] == [("Ana Ruiz", "they moved house")]
    assert questions_waiting(asking("ana")) == ()
    assert [(r.text, r.figure) for q in questions_shown(asking("dora")) for r in q.replies] == [
        ("they moved house", 40.0)
    ]


def test_only_who_asked_who_is_asked_and_who_plans_demand_or_runs_the_month_see_it(
    in_demand: None, act: Act, asking: Asking
) -> None:
    act("dora", "ask", **ASKED)
    seen = [
        who for who in ("dora", "olga", "ana", "ben", "ines", "omar", "pia", "adam") if questions_shown(asking(who))
    ]
    assert seen == ["dora", "olga", "ana"]


def test_a_role_is_asked_where_the_place_concerns_it(in_demand: None, act: Act) -> None:
    act("dora", "ask", **{**ASKED, "to": "SP"})
    act("dora", "ask", **{**ASKED, "place": {"item": "A1"}, "to": "SP"})
    act("dora", "ask", **{**ASKED, "to": "PM"})
    assert list(QuestionRow.objects.order_by("number").values_list("role", "people")) == [
        ("SP", ["ana"]), ("SP", ["ana", "ben"]), ("PM", ["pia"]),
    ]  # fmt: skip


def test_it_stays_in_the_story_of_its_cells(in_demand: None, act: Act, asking: Asking) -> None:
    act("dora", "ask", **ASKED, first="2026-06", periods=2)
    cells = (
        ("dora", "Nord", "2026-06"), ("dora", "Nord", "2026-07"), ("dora", "Nord", "2026-08"),
        ("dora", "South", "2026-06"), ("omar", "Nord", "2026-06"),
    )  # fmt: skip
    told = [
        len(plan_cell(asking(who), "L4", place={"patch": patch}, period=month).questions) for who, patch, month in cells
    ]
    assert told == [1, 1, 0, 0, 0]


def test_nobody_answers_who_was_not_asked(in_demand: None, act: Act) -> None:
    act("dora", "ask", **ASKED)
    with pytest.raises(NotAllowedError, match="it was asked of Ana Ruiz; only who was asked, or a deputy, may"):
        act("ben", "reply", question=1, text="I know")
    with pytest.raises(BadArgumentError, match="there is no such question"):
        act("ana", "reply", question=2, text="x")
    assert not ReplyRow.objects.exists()


@pytest.mark.parametrize(
    ("said", "error", "why"),
    [
        ({"text": " "}, BadArgumentError, "say in a sentence"),
        ({"due": dt.date(2026, 5, 4)}, BadArgumentError, "the day is past"),
        ({"to": "nobody"}, BadArgumentError, "name people by key, or a role"),
        ({"to": "ADM"}, BadArgumentError, "nobody of that role"),
        ({"place": {"item": "A99"}}, EmptyPlaceError, "A99"),
        ({"first": "2026-04"}, OutsideHorizonError, "2026-04"),
    ],
)
def test_what_asks_nothing_or_nobody_is_refused(
    in_demand: None, act: Act, said: dict[str, object], error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=why):
        act("dora", "ask", **{**ASKED, **said})
    assert not QuestionRow.objects.exists()


def test_an_unanswered_question_is_late_after_its_day_and_goes_on_in_the_next_look(in_demand: None, plan: Plan) -> None:
    do(plan, "dora", "ask", **ASKED)
    later = NOW + dt.timedelta(days=5)
    found = my_month(make_context(plan, person="ana", now=later)).waits
    assert [(one.late, one.values["text"]) for one in found if one.said == "question_open"] == [(True, ASKED["text"])]


def test_who_is_asked_answers_in_her_month(in_demand: None, plan: Plan, act: Act, settings: object) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    act("dora", "ask", **{**ASKED, "due": dt.date(2030, 1, 1)})
    client = Client()
    client.force_login(Account.objects.create_account(login="ana", password=None, plan=plan, person="ana"))
    page = client.get("/p/tiny/2026-05/").content.decode()
    assert "Dora" in page
    assert "Why is June so low?" in page
    answer = client.post(
        "/p/tiny/2026-05/do/reply/", {"question": "1", "text": "they moved", "figure": "40"}, follow=True
    )
    assert "Your answer is sent to who asked." in answer.content.decode()
    assert ReplyRow.objects.get().figure == 40.0
