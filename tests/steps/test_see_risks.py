"""What is not in the number stands in risks and opportunities: how much, how sure, when, where, who says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onenumber.errors import NotAllowedError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Actor, Grant
from onenumber.steps.frame.context import Context
from onenumber.steps.see.risks import risks_shown
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
LOSS = {"kind": "loss", "text": "alpha buys elsewhere", "place": {"planning_customer": "alpha"}, "patch": "Nord",
        "in_number": "no", "likely": -40.0, "probability": 0.5, "first": "2026-07", "periods": 2}  # fmt: skip
LISTING = {"kind": "listing", "text": "a chain lists FA", "place": {"family": "FA"}, "patch": "South",
           "in_number": "no", "likely": 20.0, "probability": 0.6}  # fmt: skip


def told(act: Act) -> None:
    """Ana's loss in two months, Ben's listing of a family."""
    act("ana", "news", **LOSS)
    act("ben", "news", **LISTING)


def baseline(context: Context, columns: slice, **place: str) -> tuple[float, float]:
    """Units and revenue of the baseline of a place; a unit's price is twice its cost."""
    cube = context.sheet(SheetKind.FORECAST, find_cycle(context.plan)).cube("L1")
    price = {item: 2 * cost for item, _, _, cost in tiny.ITEMS}
    rows = [k for k in range(len(cube.axis)) if all(cube.axis.labels(a)[k] == v for a, v in place.items())]
    units = [cube.values[k, columns].sum() for k in rows]
    return sum(units), sum(u * price[cube.axis.labels("item")[k]] for u, k in zip(units, rows, strict=True))


def test_it_says_what_the_news_would_mean(in_demand: None, act: Act, asking: Asking) -> None:
    told(act)
    shown = risks_shown(asking("dora"))
    loss, listing = shown.risks
    units, revenue = baseline(asking("dora"), slice(2, 4), planning_customer="alpha")
    assert loss.amount is not None
    assert loss.amount.units == pytest.approx(-0.4 * units)
    assert loss.amount.revenue == pytest.approx(-0.4 * revenue, abs=0.1)
    assert loss.amount.coverage == 1.0
    assert loss.expected == pytest.approx(-0.2 * revenue, abs=0.1)
    assert (loss.number, loss.stand.value, loss.kind, loss.place, loss.first, loss.last, loss.author, loss.patch) == (
        1, "undecided", "loss", "Alpha", "2026-07", "2026-08", "Ana Ruiz", "Nord",
    )  # fmt: skip
    units, _ = baseline(asking("dora"), slice(0, 6), family="FA")
    assert listing.amount is not None
    assert listing.amount.units == pytest.approx(0.2 * units)  # whole: a part of a listing cannot come
    assert (listing.first, listing.last) == ("2026-05", "2026-10")
    assert (shown.whole, shown.currency, shown.taken, shown.beyond) == (True, "EUR", (), 0)


def test_news_is_a_risk_or_in_the_number_and_never_both(in_demand: None, act: Act, asking: Asking) -> None:
    told(act)
    act("ana", "news", **{**LOSS, "in_number": "yes"})
    act("dora", "triage", news=1, decision="in", reason="seen", likely=-90.0, probability=1.0)
    act("dora", "triage", news=2, decision="out", reason="not signed yet", probability=0.5)
    shown = risks_shown(asking("dora"))
    assert [(one.number, one.stand.value, one.because) for one in shown.risks] == [(2, "out", "not signed yet")]
    assert shown.risks[0].probability == 0.5  # what the planner sees
    assert [(one.number, one.stand.value) for one in shown.taken] == [(1, "in"), (3, "in the sales figure")]
    stood = asking("dora").sheet(SheetKind.FORECAST, find_cycle(asking("dora").plan)).cube("L1").axis
    assert shown.beyond == 2 * (stood.labels("planning_customer") == "alpha").sum()


def test_each_sees_the_news_of_her_part_and_her_own(in_demand: None, act: Act, asking: Asking) -> None:
    told(act)
    act("ben", "news", **{**LISTING, "place": {"planning_customer": "alpha"}})

    def seen(person: str) -> list[tuple[int, bool]]:
        return [(one.number, one.amount is not None) for one in risks_shown(asking(person)).risks]

    assert seen("ines") == seen("eva") == [(1, True), (2, True), (3, True)]
    assert seen("ana") == [(1, True), (2, True), (3, True)]  # the family is her customer's too
    assert seen("ben") == [(2, True), (3, False)]
    assert not risks_shown(asking("ana")).whole
    parts = [one.amount.units for who in ("ana", "ben", "dora") for one in risks_shown(asking(who)).risks
             if one.number == 2 and one.amount is not None]  # fmt: skip
    assert parts[0] + parts[1] == pytest.approx(parts[2])


def test_who_reads_no_prices_sees_no_money(in_demand: None, act: Act, asking: Asking) -> None:
    told(act)
    shown = risks_shown(asking("pia"))
    assert [one.amount.revenue for one in shown.risks if one.amount is not None] == [None, None]
    assert all(one.expected is None for one in shown.risks)
    with pytest.raises(NotAllowedError, match="may not read risks: only who reads volumes may"):
        risks_shown(asking("adam"))


def test_a_division_head_sees_the_news_of_his_division(in_demand: None, act: Act, asking: Asking) -> None:
    told(act)
    head = Actor(person="hugo", grants=(Grant(role="DH", scope="DB"),))
    assert [one.number for one in risks_shown(asking("dora").speaking_as(head)).risks] == [1]


def test_what_is_not_known_is_no_zero(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "news", **{**LOSS, "likely": None})
    act("ana", "news", **{**LOSS, "probability": None})
    silent, unsure = risks_shown(asking("dora")).risks
    assert (silent.amount, silent.expected) == (None, None)
    assert unsure.amount is not None
    assert unsure.expected is None


def test_without_prices_there_is_no_revenue(act: Act, asking: Asking, tmp_path: Path) -> None:
    made = tiny.tables()
    del made["prices"]
    act("nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "advance")
    act("dora", "forecast")
    told(act)
    one = risks_shown(asking("dora")).risks[0]
    assert one.amount is not None
    assert (one.amount.revenue, one.amount.coverage) == (None, 0.0)
    assert one.amount.units is not None
