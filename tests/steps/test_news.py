"""News says what, where, how sure, and whether it is in the number already: the question is never answered for her."""

from collections.abc import Callable

import pytest

from onenumber.errors import BadArgumentError, EmptyPlaceError, GateClosedError, NotAllowedError, UnknownLabelError
from onenumber.steps.frame.context import Context
from onenumber.steps.registry import STEPS
from onenumber.steps.see.cycle import cycle_bar
from onenumber.store.models import News
from tests.steps.conftest import Act

TOLD = {"kind": "loss", "text": "alpha buys elsewhere", "place": {"planning_customer": "alpha"}, "in_number": "no"}


def test_it_is_kept_as_it_was_told(in_demand: None, act: Act) -> None:
    act("ana", "news", **TOLD, patch="Nord", likely=-40.0, probability=0.5)
    act("ana", "news", **{**TOLD, "in_number": "yes"}, patch="Nord")
    assert list(News.objects.order_by("pk").values_list("likely", "probability", "in_number")) == [
        (-40.0, 0.5, False), (None, None, True),
    ]  # fmt: skip


def test_whether_it_is_in_the_number_is_asked() -> None:
    with pytest.raises(BadArgumentError, match="in_number"):
        STEPS["news"].check({name: value for name, value in TOLD.items() if name != "in_number"})


@pytest.mark.parametrize(
    ("told", "error", "said"),
    [
        ({"text": " "}, BadArgumentError, "say what is new in a sentence"),
        ({"probability": 7.0}, BadArgumentError, "it is from 0 to 1"),
        ({"likely": -300.0}, BadArgumentError, "a demand falls by 100 percent at most"),
        ({"patch": ""}, BadArgumentError, "without patch: say from which of yours it comes: --patch Nord"),
        ({"place": {"planning_customer": "C99"}}, EmptyPlaceError, "C99"),
        ({"place": {"shop": "alpha"}}, UnknownLabelError, "shop"),
        ({"patch": "South"}, NotAllowedError, "may not share news"),
    ],
)
def test_what_says_nothing_or_names_nothing_is_refused(
    in_demand: None, act: Act, told: dict[str, object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        act("ana", "news", **{**TOLD, "patch": "Nord", **told})
    assert not News.objects.exists()


def test_a_gate_that_waits_for_it_and_for_a_patch_says_what_it_is_and_whose(
    in_demand: None, act: Act, asking: Callable[[str], Context]
) -> None:
    act("ana", "news", **TOLD, patch="Nord")
    said = "1 (loss at Alpha, Ana Ruiz: “alpha buys elsewhere”)"
    with pytest.raises(GateClosedError) as refused:
        act("olga", "advance")
    assert f"news {said} is neither in the plan nor out of it (the demand planner)" in str(refused.value)
    assert "patch Nord of Ana Ruiz is neither accepted nor defaulted (the sales leader)" in str(refused.value)
    shown = {who: {p.code: p.name for p in cycle_bar(asking(who)).open_points} for who in ("dora", "ben")}
    assert shown["dora"]["news_undecided"] == said
    assert shown["ben"]["news_undecided"] == "1"  # another's news is not his to read
