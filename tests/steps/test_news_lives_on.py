"""News with months ahead stands in the risks of the next cycle: out as it was left, undecided to be decided."""

import numpy as np
import pytest

from onenumber.errors import BadArgumentError, CannotSignError
from onenumber.model.sheet import SheetKind
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.risks import risks_shown
from onenumber.store.models import TriageRow
from onenumber.store.plans import find_cycle
from tests.steps.test_lives_on import baseline, do, layer, months, next_cycle, now, sheet, sums

__all__ = ["do", "months", "next_cycle", "now"]  # the fixtures of months that follow each other
ALPHA = {"planning_customer": "alpha"}
LOSS = {"kind": "loss", "text": "alpha buys elsewhere", "place": ALPHA, "patch": "Nord", "in_number": "no",
        "likely": -40.0, "probability": 0.5}  # fmt: skip
WHY = {"reason": "asked the buyer"}


def told(context, *, taken=False):
    """What stands in risks, or in the number: number, cycle of origin, stand and months."""
    shown = risks_shown(context)
    return [
        (one.number, one.of, one.stand.value, one.first, one.last) for one in (shown.taken if taken else shown.risks)
    ]


def handed_in(do):
    """Both patches submit and are accepted."""
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        do(person, "submit", patch=patch)
        do("ines", "accept", patch=patch)


def test_what_was_left_out_stays_out_and_is_listed_for_its_months(do, next_cycle, now):
    do("ana", "news", **LOSS, first="2026-06", periods=2)
    do("ana", "news", **LOSS, first="2026-05", periods=1)
    do("ana", "news", **{**LOSS, "in_number": "yes"})
    for number in (1, 2):
        do("dora", "triage", news=number, decision="out", **WHY)
    next_cycle()
    assert told(now("dora")) == [(1, "2026-05", "out", "2026-06", "2026-07")]
    (one,) = risks_shown(now("dora")).risks
    assert one.because == "asked the buyer"
    assert one.amount.units == pytest.approx(-0.4 * sum(baseline(now("dora"), **ALPHA)[:2]))
    do("ana", "news", **LOSS)
    assert told(now("dora"))[1][:3] == (1, "", "undecided")  # its own are numbered by themselves
    next_cycle()
    assert [one[:4] for one in told(now("dora"))] == [
        (1, "2026-05", "out", "2026-07"), (1, "2026-06", "undecided", "2026-07"),
    ]  # fmt: skip
    next_cycle()
    assert [one[:2] for one in told(now("dora"))] == [(1, "2026-06")]
    assert len(risks_shown(now("dora"), "2026-05").risks) == 2  # the closed cycle shows what it showed


def test_news_that_names_no_month_ends_with_the_horizon_of_its_cycle(do, next_cycle, now):
    do("ana", "news", **LOSS)
    for _ in range(5):
        next_cycle()
    assert told(now("dora")) == [(1, "2026-05", "undecided", "2026-10", "2026-10")]
    next_cycle()
    assert told(now("dora")) == []


def test_what_nobody_decided_waits_in_the_next_cycle(do, next_cycle, now, plan):
    handed_in(do)
    do("ines", "collect")
    do("dora", "agree")
    do("ines", "sign", verb="sign_demand")
    do("ana", "news", **LOSS)  # after the signature
    next_cycle()
    handed_in(do)
    do("ines", "collect")
    do("dora", "agree")
    points = [(one.code, one.subject) for one in cycle_bar(now("ines")).open_points]
    assert ("news_undecided", "1 of 2026-05") in points
    with pytest.raises(CannotSignError, match=r"news 1 of 2026-05 \(loss at Alpha, Ana Ruiz: "):
        do("ines", "sign", verb="sign_demand")
    with pytest.raises(BadArgumentError, match="the news of 2026-06 is numbered: none yet"):
        do("dora", "triage", news=1, decision="out", **WHY)
    with pytest.raises(BadArgumentError, match="of 2026-05 that lives on in 2026-06 is numbered: 1; "):
        do("dora", "triage", news=2, decision="out", of="2026-05", **WHY)
    outcome = do("dora", "triage", news=1, decision="in", of="2026-05", **WHY)
    assert outcome.figures["news"] == "1 of 2026-05"
    assert TriageRow.objects.get().cycle.label == "2026-06"
    expected = [value * -0.2 for value in baseline(now("dora"), **ALPHA)[:5]] + [0.0]  # to October, as it was told
    assert layer(now("dora"), "L3", **ALPHA) == pytest.approx(expected)
    do("dora", "agree")
    do("ines", "sign", verb="sign_demand")


def test_what_was_taken_in_is_listed_while_its_edit_lives_on_and_is_taken_out_where_it_lives(do, next_cycle, now):
    do("ana", "news", **LOSS)
    do("dora", "triage", news=1, decision="in", **WHY)
    next_cycle()
    assert told(now("dora"), taken=True) == [(1, "2026-05", "in", "2026-06", "2026-10")]
    do("dora", "triage", news=1, decision="out", of="2026-05", **WHY)
    assert layer(now("dora"), "L3") == [0.0] * 6
    assert told(now("dora"))[0][:3] == (1, "2026-05", "out")
    assert not np.any(layer(now("dora"), "L4"))
    next_cycle()
    assert layer(now("dora"), "L3") == [0.0] * 6
    assert told(now("dora"))[0][:3] == (1, "2026-05", "out")


def test_before_the_first_forecast_it_stands_as_it_stood(do, next_cycle, now, plan, months):
    do("ana", "news", **LOSS)
    do("dora", "triage", news=1, decision="in", **WHY)
    find = find_cycle(plan)
    find.phase = "MONITOR"
    find.save()
    months.append(months[-1].replace(month=6))
    do("olga", "open")
    assert told(now("dora"), taken=True) == [(1, "2026-05", "in", "", "")]


def said_and_not_handed_in(do):
    """Ana types +30 % with its news and hands nothing in; the planner takes the news in instead."""
    do("ana", "edit", layer="L2", place=ALPHA, mode="percent", value=30.0, periods=6)
    do("ana", "news", **{**LOSS, "kind": "win", "likely": 30.0, "probability": 1.0, "in_number": "yes"})
    do("ben", "submit", patch="South")
    do("ines", "accept", patch="South")
    do("ines", "collect")
    do("dora", "triage", news=1, decision="in", **WHY)


def test_what_was_left_out_is_out_of_the_next_cycle_until_a_figure_holds_it(do, next_cycle, now):
    do("ana", "news", **{**LOSS, "in_number": "yes"})
    do("ben", "submit", patch="South")
    do("ines", "accept", patch="South")
    do("ines", "collect")
    do("dora", "triage", news=1, decision="out", **WHY)
    next_cycle()
    assert told(now("dora"))[0][:3] == (1, "2026-05", "out")
    do("ana", "submit", patch="Nord")
    assert told(now("dora")) == []
    assert told(now("dora"), taken=True)[0][:3] == (1, "2026-05", "in the sales figure")


def consensus(context):
    """The consensus of alpha in the first month, as it was before it was rounded."""
    return sums(sheet(context, SheetKind.CONSENSUS).cube("unrounded"), **ALPHA)[0]


def twice(do, of):
    """Once ana's figure counts, the news is in it and in L3, and the demand is not signed on that."""
    do("ana", "submit", patch="Nord")
    do("ines", "accept", patch="Nord")
    do("ines", "collect")
    do("dora", "agree")
    with pytest.raises(CannotSignError, match="and in L3 and would count twice until `triage` takes it out"):
        do("ines", "sign", verb="sign_demand")
    with pytest.raises(BadArgumentError, match="the sales figure holds it"):
        do("dora", "triage", news=1, decision="out", of=of, **WHY)
    do("dora", "triage", news=1, decision="in", of=of, **WHY)  # it is in the plan, as her figure
    do("ines", "collect")
    do("dora", "agree")
    do("ines", "sign", verb="sign_demand")


def test_news_taken_in_for_who_hands_in_late_does_not_count_twice(do, now):
    said_and_not_handed_in(do)
    assert told(now("dora"), taken=True)[0][2] == "in"
    do("ines", "return", patch="Nord", note="say it yourself")
    assert told(now("dora"), taken=True)[0][2] == "in"  # nothing of hers counts yet
    twice(do, "")
    assert consensus(now("dora")) == pytest.approx(baseline(now("dora"), **ALPHA)[0] * 1.3)
    assert told(now("dora"), taken=True)[0][2] == "in the sales figure"


def test_news_taken_in_does_not_count_twice_with_the_offer_of_the_next_cycle(do, next_cycle, now):
    said_and_not_handed_in(do)
    next_cycle()
    assert told(now("dora"), taken=True)[0][:3] == (1, "2026-05", "in")
    assert layer(now("ana"), "L2", **ALPHA)[0] == pytest.approx(baseline(now("ana"), **ALPHA)[0] * 1.3)
    do("ben", "submit", patch="South")
    do("ines", "accept", patch="South")
    twice(do, "2026-05")
    assert consensus(now("dora")) == pytest.approx(baseline(now("dora"), **ALPHA)[0] * 1.3)
    next_cycle()
    assert layer(now("dora"), "L3") == [0.0] * 6
    assert told(now("dora"), taken=True)[0][:3] == (1, "2026-05", "in the sales figure")


def test_news_stays_in_where_nothing_is_handed_in_again(do, next_cycle, now):
    said_and_not_handed_in(do)
    next_cycle()
    do("ben", "submit", patch="South")
    do("ines", "accept", patch="South")
    do("ines", "collect")
    do("dora", "agree")
    do("ines", "sign", verb="sign_demand")
    assert consensus(now("dora")) == pytest.approx(baseline(now("dora"), **ALPHA)[0] * 1.3)
