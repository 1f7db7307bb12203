"""Key accounts: news or none, confirmed by name; who may say it, who reads it, and what reaches the executive."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from onenumber.errors import BadArgumentError, NotAllowedError
from onenumber.steps.frame.context import Context
from onenumber.steps.see.briefs import briefs_shown
from onenumber.steps.see.month import my_month
from onenumber.store.models import BriefRow
from onenumber.web.accounts.words import account_views, lead
from tests.steps.conftest import Act

Asking = Callable[[str], Context]


def said(asking: Asking, person: str = "ines") -> list[tuple[str, str | None, bool]]:
    return [
        (one.customer, one.said.text if one.said else None, bool(one.said and one.said.urgent))
        for one in briefs_shown(asking(person)).accounts
    ]


def test_every_key_account_waits_for_a_word_and_none_is_a_word(in_demand: None, asking: Asking, act: Act) -> None:
    assert said(asking) == [("alpha", None, False)]
    assert ("accounts_unsaid", 1) in [(one.said, one.count) for one in my_month(asking("ines")).waits]
    act("ines", "brief", customer="alpha", how="none")
    assert said(asking) == [("alpha", "", False)]
    assert "accounts_unsaid" not in [one.said for one in my_month(asking("ines")).waits]


def test_until_when_a_word_is_waited_for_and_from_whom(in_demand: None, asking: Asking, act: Act) -> None:
    shown = briefs_shown(asking("eva"))
    assert (shown.leaders, shown.due, shown.late) == (("Ines Duarte",), dt.date(2026, 5, 8), False)
    says = "Ines Duarte says what is new with it, or that nothing is, by Friday 8 May."
    assert lead(shown) == f"No key account has news in May 2026; of 1 account nothing is said yet. {says}"
    (row,) = account_views(shown, {})
    assert (row.nothing, row.is_open) == ("nothing said yet", False)
    late = replace(shown, late=True)
    assert lead(late).endswith("Ines Duarte was to say what is new with it, or that nothing is, by Friday 8 May.")
    assert account_views(late, {})[0].is_open
    act("ana", "news", place={"planning_customer": "alpha"}, kind="loss", text="they may leave", probability=0.5,
        likely=-50.0, in_number="no", patch="Nord")  # fmt: skip
    assert account_views(briefs_shown(asking("eva")), {})[0].is_open
    act("ines", "brief", customer="alpha", how="none")
    assert lead(briefs_shown(asking("eva"))) == (
        "No key account has news in May 2026; of each it is confirmed that there is none."
    )


def test_urgent_news_stands_on_the_executives_month_at_once_and_on_nobody_elses(
    in_demand: None, asking: Asking, act: Act
) -> None:
    assert my_month(asking("eva")).urgent == ()
    act("ana", "brief", customer="alpha", how="news", text="alpha builds a plant", urgent="yes")
    assert [(one.name, one.said.text, one.said.person) for one in my_month(asking("eva")).urgent if one.said] == [
        ("Alpha", "alpha builds a plant", "Ana Ruiz")
    ]
    for person in ("omar", "dora", "fay", "olga", "ben", "adam"):
        assert my_month(asking(person)).urgent == ()
    act("ines", "brief", customer="alpha", how="news", text="it was a rumour")
    assert my_month(asking("eva")).urgent == ()
    assert list(BriefRow.objects.order_by("pk").values_list("text", "person")) == [
        ("alpha builds a plant", "ana"), ("it was a rumour", "ines"),
    ]  # fmt: skip


def test_only_who_speaks_for_the_account_says_what_is_new(in_demand: None, act: Act) -> None:
    with pytest.raises(NotAllowedError, match="outside their scope"):
        act("ben", "brief", customer="alpha", how="none")
    for person in ("eva", "dora", "adam"):
        with pytest.raises(NotAllowedError, match="only the salesperson or the sales leader may"):
            act(person, "brief", customer="alpha", how="none")
    assert not BriefRow.objects.exists()


def test_news_says_something_and_no_news_says_nothing(in_demand: None, act: Act) -> None:
    with pytest.raises(BadArgumentError, match="say what is new in a sentence"):
        act("ines", "brief", customer="alpha", how="news", text=" ")
    with pytest.raises(BadArgumentError, match="without news there is none"):
        act("ines", "brief", customer="alpha", how="none", urgent="yes")
    with pytest.raises(BadArgumentError, match="none of your key accounts: alpha"):
        act("ines", "brief", customer="beta", how="none")


def test_only_the_executive_and_the_sales_leader_read_it(in_demand: None, asking: Asking) -> None:
    assert said(asking, "eva") == said(asking, "ines")
    for person in ("dora", "omar", "ana", "olga"):
        with pytest.raises(NotAllowedError, match="only the executive and the sales leader may"):
            briefs_shown(asking(person))


def test_what_an_account_is_worth_and_how_that_moved(in_demand: None, asking: Asking) -> None:
    one = briefs_shown(asking("eva")).accounts[0]
    assert one.revenue is not None
    assert one.revenue > 0
    assert one.share is not None
    assert 0 < one.share < 1
    assert one.moved is None  # there is no cycle before
