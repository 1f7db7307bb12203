"""Orders are confirmed by who sells them, or asked to be corrected; the request waits, and its answer comes back."""

import datetime as dt
from collections.abc import Callable

import pytest

from onenumber.errors import BadArgumentError, NotAllowedError, NotYoursError
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.customer_orders import RequestShown, orders_seen
from onenumber.steps.see.month import my_month
from onenumber.store.models import OrderConfirmation, OrderRequest, Plan
from tests.steps.conftest import Act
from tests.steps.month_for_tests import NOW, do

Asking = Callable[[str], Context]
LATER = NOW + dt.timedelta(hours=3)
MAY_A1 = "O28alphaA1"


def said(context: Context) -> dict[str, str]:
    """What was said of each line, by its order."""
    return {line.order: line.said for one in orders_seen(context).customers for line in one.lines}


def waiting(context: Context) -> list[tuple[str, str]]:
    """The requests that wait for a person, with their days."""
    found = my_month(context).waits
    return [(one.about.text, str(one.day)) for one in found if isinstance(one.about, RequestShown)]


def test_who_sells_confirms_all_of_a_customer_at_once_and_each_line_keeps_its_moment(
    in_demand: None, act: Act, asking: Asking
) -> None:
    assert set(said(asking("ana")).values()) == {"unseen"}
    assert act("ana", "confirm", customer="alpha").figures == {"customer": "alpha", "confirmed": 4}
    assert set(said(asking("ana")).values()) == {"right"}
    rows = OrderConfirmation.objects.all()
    assert {(row.person, row.at, row.patch) for row in rows} == {("ana", NOW, "Nord")}
    assert act("ana", "confirm", customer="alpha").figures["confirmed"] == 0  # nothing is said twice


def test_one_line_is_confirmed_by_itself(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "confirm", customer="alpha", order=MAY_A1, line=1)
    assert [order for order, word in said(asking("ana")).items() if word == "right"] == [MAY_A1]
    assert [one.name for one in my_month(asking("ana")).waits if one.said == "orders_unconfirmed"] == ["3"]


def test_a_line_that_changed_since_is_to_be_seen_again(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "confirm", customer="alpha", order=MAY_A1, line=1)
    OrderConfirmation.objects.update(quantity=1.0)  # as if it had been confirmed when it was smaller
    assert said(asking("ana"))[MAY_A1] == "changed"
    assert act("ana", "confirm", customer="alpha").figures["confirmed"] == 4


def test_nobody_confirms_or_asks_beyond_the_own_patch_nor_learns_what_lies_there(
    in_demand: None, act: Act, asking: Asking
) -> None:
    for customer in ("rest of South, web", "nobody at all"):
        with pytest.raises(NotYoursError, match=f"open order of {customer}"):
            act("ana", "confirm", customer=customer)
    with pytest.raises(NotYoursError):
        act("ana", "request", kind="not_mine", order="O28betaA1", line=1, text="not mine")
    with pytest.raises(NotYoursError):
        act("ana", "request", kind="missing", customer="beta", item="A1", quantity=3.0, day=NOW.date(), text="it lacks")
    with pytest.raises(NotAllowedError, match="ines|Ines Duarte"):
        act("ines", "confirm", customer="alpha")  # it has a salesperson
    assert not OrderConfirmation.objects.exists()
    assert not OrderRequest.objects.exists()
    assert {one.customer for one in orders_seen(asking("ana")).customers} == {"alpha"}


def test_a_request_waits_for_the_supply_planner_until_the_answer_comes_back(
    in_demand: None, plan: Plan, act: Act, asking: Asking
) -> None:
    number = act(
        "ana", "request", kind="wrong_date", order=MAY_A1, line=1, day=dt.date(2026, 5, 28), text="on the 28th"
    )
    assert said(asking("ana"))[MAY_A1] == "asked"
    assert act("ana", "confirm", customer="alpha").figures["confirmed"] == 3  # what is asked about is not right
    assert waiting(asking("sven")) == [("on the 28th", "2026-05-08")]
    assert waiting(asking("omar")) == []
    answer = {"request": number.figures["request"], "outcome": "corrected", "text": "moved"}
    do(plan, "sven", "settle-request", at=LATER, **answer)
    told = my_month(make_context(plan, person="ana", now=LATER)).changes
    assert [(one.who, one.what["text"]) for one in told if one.code == "order_corrected"] == [("Sven Berg", "moved")]
    assert [one.code for one in my_month(asking("ben")).changes if one.code.startswith("order")] == []
    assert waiting(make_context(plan, person="sven", now=LATER)) == []
    with pytest.raises(BadArgumentError, match="answered already"):
        do(plan, "sven", "settle-request", at=LATER, **answer)


def test_a_missing_order_says_what_is_missing(in_demand: None, act: Act, asking: Asking) -> None:
    with pytest.raises(BadArgumentError, match="how much the customer ordered"):
        act("ana", "request", kind="missing", customer="alpha", item="A1", text="it lacks")
    with pytest.raises(BadArgumentError, match="which item is missing"):
        act(
            "ana", "request", kind="missing", customer="alpha", item="A9", quantity=5.0, day=NOW.date(), text="it lacks"
        )
    with pytest.raises(BadArgumentError, match="for which day"):
        act("ana", "request", kind="wrong_date", order=MAY_A1, line=1, text="later")
    act("ana", "request", kind="missing", customer="alpha", item="A1", quantity=5.0, day=NOW.date(), text="by phone")
    (shown,) = orders_seen(asking("ana")).requests
    assert (shown.item, shown.quantity, shown.outcome, shown.mine) == ("A1", 5.0, "", False)
    assert orders_seen(asking("ben")).requests == ()
