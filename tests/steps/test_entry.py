"""The lines of a salesperson: which need her, what is typed in them, and what it becomes."""

from collections.abc import Callable

import numpy as np
import pytest

from onenumber.errors import BadArgumentError, NotAllowedError, NotYoursError
from onenumber.steps.frame.context import Context
from onenumber.steps.see.entry import EntryRow, entry_seen
from onenumber.steps.see.questions import questions_waiting
from onenumber.store.models import EditRow, News, QuestionRow
from onenumber.web.answers.entry import enter
from onenumber.web.entry.model import EntryTyped, LineTyped
from onenumber.web.entry.words import lead, needing, patch_views, why
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
NEWS = {"kind": "competitor", "text": "a cheap A is on the market", "in_number": "no", "patch": "Nord"}


def line(context: Context, family: str = "FA") -> EntryRow:
    return next(row for row in entry_seen(context).rows if row.family == family)


def typed(family: str = "FA", **words: object) -> EntryTyped:
    return EntryTyped(lines=(LineTyped(customer="alpha", family=family, **{"months": {}, **words}),))


def test_her_lines_are_those_of_her_patch_and_nothing_stands_out_that_does_not(in_demand: None, asking: Asking) -> None:
    seen = entry_seen(asking("ana"))
    assert [(row.customer, row.family) for row in seen.rows] == [("alpha", "FB"), ("alpha", "FA")]
    assert len(seen.labels) == 6
    assert needing(seen) == ()
    assert lead(seen) == "None of your 2 lines stands out: the baseline is right unless you know better."
    (patch,) = patch_views(seen)
    assert patch.said == "Handing in Nord leaves 2 lines at the baseline."
    row = line(asking("ana"))
    assert row.booked > 0
    assert row.low < row.baseline < row.high
    assert row.last is None  # no call before this cycle


def test_who_sells_nothing_has_no_lines(in_demand: None, asking: Asking) -> None:
    for person in ("dora", "ines", "adam"):
        with pytest.raises(NotAllowedError, match="no patch is theirs to enter"):
            entry_seen(asking(person))


def test_one_figure_for_six_months_is_spread_by_the_baseline_in_whole_units(in_demand: None, asking: Asking) -> None:
    before = line(asking("ana"))
    assert enter(asking("ana"), "", typed(figure=900.0)).count == 1
    after = line(asking("ana"))
    values = [one.now for one in after.months]
    assert sum(values) == 900.0
    assert np.allclose(values, [900.0 * one.baseline / before.baseline for one in before.months], atol=1.0)
    assert all(one.is_integer() for one in values)
    assert after.typed
    assert len(after.mine) == 6
    enter(asking("ana"), "", EntryTyped(undo=after.mine))
    assert line(asking("ana")).now == before.now
    assert not line(asking("ana")).typed


def test_a_percentage_holds_from_a_month_on_to_the_end_of_the_horizon(in_demand: None, asking: Asking) -> None:
    enter(asking("ana"), "", typed(percent=-50.0, first="2026-07"))
    row = line(asking("ana"))
    shares = [round(one.now / one.baseline, 6) for one in row.months]
    assert shares == [1.0, 1.0, 0.5, 0.5, 0.5, 0.5]
    enter(asking("ana"), "", typed(back=True))
    assert line(asking("ana")).now == pytest.approx(row.baseline)


def test_months_are_typed_one_by_one(in_demand: None, asking: Asking) -> None:
    enter(asking("ana"), "", typed(months={"2026-06": 100.0, "2026-07": 120.0}))
    assert [one.now for one in line(asking("ana")).months][1:3] == [100.0, 120.0]
    assert EditRow.objects.count() == 2


def test_less_than_is_ordered_needs_a_reason(in_demand: None, asking: Asking) -> None:
    booked = line(asking("ana")).booked
    with pytest.raises(BadArgumentError, match=f"FA: {booked:g} pcs are ordered for these months already"):
        enter(asking("ana"), "", typed(figure=1.0))
    assert not EditRow.objects.exists()
    enter(asking("ana"), "", typed(figure=1.0, reason="they cancel it today"))
    assert line(asking("ana")).now == 1.0


def test_a_low_and_a_high_become_news_that_is_in_the_number_or_nothing_is_kept(in_demand: None, asking: Asking) -> None:
    base = line(asking("ana")).baseline
    with pytest.raises(BadArgumentError, match="low, likely and high come in this order"):
        enter(asking("ana"), "", typed(figure=base, low=2 * base, high=3 * base))
    assert not EditRow.objects.exists()
    enter(asking("ana"), "", typed(figure=1.2 * base, low=0.8 * base, high=1.5 * base, reason="a second shop"))
    row = News.objects.get()
    assert (row.low, row.likely, row.high) == pytest.approx((-20.0, 20.0, 50.0))
    assert (row.in_number, row.text, row.place) == (
        True,
        "a second shop",
        {"planning_customer": "alpha", "family": "FA"},
    )


def test_nothing_is_typed_in_a_line_of_another_patch(in_demand: None, asking: Asking) -> None:
    foreign = LineTyped(customer="rest of South, web", family="FA", figure=5.0, months={})
    with pytest.raises(NotYoursError):
        enter(asking("ana"), "", EntryTyped(lines=(foreign,)))
    assert not EditRow.objects.exists()


def test_news_and_what_is_carried_bring_a_line_before_her(in_demand: None, asking: Asking, act: Act) -> None:
    act("ana", "news", place={"planning_customer": "alpha", "family": "FA"}, likely=-40.0, probability=0.5, **NEWS)
    (row,) = needing(entry_seen(asking("ana")))
    assert (row.family, [said for _, said in why(row)]) == ("FA", ["news of a competitor, 50\u202f%: not decided yet"])
    assert row.score == pytest.approx(0.5 * row.money)


def test_handed_in_it_is_read_only_and_says_who_has_it(in_demand: None, asking: Asking, act: Act) -> None:
    enter(asking("ana"), "", typed(figure=900.0))
    act("ana", "submit", patch="Nord")
    seen = entry_seen(asking("ana"))
    (patch,) = patch_views(seen)
    assert not any(one.writes for one in seen.patches)
    assert patch.button == ""
    assert patch.said.startswith("Handed in by Ana Ruiz on Tuesday 5 May; it waits for the sales leader")
    assert patch.said.endswith("Nord: 1 line as typed, 1 line at the baseline.")
    act("ines", "return", patch="Nord", note="what of the tender?")
    (patch,) = patch_views(entry_seen(asking("ana")))
    assert (patch.returned, patch.button) == ("Ines Duarte returned it: “what of the tender?”", "Hand in Nord")


def test_news_beyond_her_patch_is_asked_of_who_sells_there_and_of_the_planner(
    in_demand: None, asking: Asking, act: Act
) -> None:
    act("ana", "news", place={"planning_customer": "alpha"}, **NEWS)
    assert not QuestionRow.objects.exists()  # it is all hers
    done = act("ana", "news", place={"family": "FA"}, **NEWS)
    assert done.figures["asked"] == "Dora Lind, Ben Osei"
    assert [(one.asker, one.text, str(one.due)) for one in questions_waiting(asking("ben"))] == [
        ("Ana Ruiz", "a cheap A is on the market", "2026-05-08")
    ]
    act("dora", "news", place={"family": "FB"}, **{**NEWS, "patch": ""})
    assert QuestionRow.objects.count() == 1  # who sees all asks nobody by it
