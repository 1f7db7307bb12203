"""What outlives its cycle: constraints with dates, cut to the plan that they are carried into."""

import datetime as dt

import polars as pl
import pytest

from onenumber.model.finding import Finding, Severity
from onenumber.model.period import Calendar
from onenumber.model.sentences import say
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.make import make_review
from onenumber.review.papers.candidates import candidates
from onenumber.review.papers.carried import Ahead, carried, carried_in, carried_table, dropped
from onenumber.supply.differences import (
    Difference,
    DoNothing,
    FairShare,
    FirmMove,
    MoveWindow,
    Overtime,
    Precedence,
    SecondSource,
    kind_of,
    to_json,
)
from onenumber.supply.horizon import Horizon
from tests.review.test_papers import BASE, _papers, _world
from tests.review.world import rows

FIRST = 30  # 2026-07 of the calendar below
HORIZON = Horizon(calendar=Calendar.months(start=dt.date(2024, 1, 1), periods=60), first=FIRST, count=6)
COMPANY = {
    "divisions": rows("divisions", {"division": "C", "name": "Boats"}),
    "resources": rows("resources", {"resource": "L1", "site": "P1", "name": "L1"}),
    "overtime": rows("overtime", {"resource": "L1", "step": 2, "hours_per_period": 30.0, "needs_decision": True}),
    "maintenance": rows(
        "maintenance",
        {"window": "w1", "resource": "L1", "start": dt.date(2026, 8, 10), "end": dt.date(2026, 8, 14), "hours": 24.0,
         "movable": True, "latest": dt.date(2026, 10, 31)},
    ),
    "vendor_items": rows(
        "vendor_items",
        {"vendor": "V2", "item": "m1", "site": "P1", "needs_decision": True, "valid_to": dt.date(2026, 9, 1)},
    ),
}  # fmt: skip
SECOND = SecondSource(vendor="V2", item="m1", site="P1")


def decision(*differences: Difference, how: str = "decided") -> Sheet:
    options = [(f"p{k}", "A", to_json(d)) for k, d in enumerate(differences)]
    taken = [(paper, option if how == "decided" else "", "eva", how) for paper, option, _ in options]
    return Sheet(
        kind=SheetKind.DECISION,
        tables={
            "options": pl.DataFrame(options, schema=["paper", "option", "difference"], orient="row"),
            "decisions": pl.DataFrame(taken, schema=["paper", "option", "decided_by", "how"], orient="row"),
        },
    )


def ahead(first: int = FIRST) -> Ahead:
    horizon = Horizon(calendar=HORIZON.calendar, first=first, count=HORIZON.count)
    return Ahead(company=COMPANY, horizon=horizon, divisions=["A", "B"])


def left(difference: Difference, first: int = FIRST) -> Difference | None:
    found = carried(decision(difference), ahead(first))
    return found[0].now if found else None


@pytest.mark.parametrize(("first", "since", "periods"), [(FIRST - 1, FIRST, 3), (FIRST + 4, FIRST + 4, 2)])
def test_what_has_periods_is_cut_to_those_of_the_plan(first: int, since: int, periods: int) -> None:
    long = {"first": first, "periods": 4}
    cut = {"first": since, "periods": periods}
    assert left(Overtime(resource="L1", step=2, **long)) == Overtime(resource="L1", step=2, **cut)
    assert left(FairShare(resource="L1", **long)) == FairShare(resource="L1", **cut)
    assert left(Precedence(resource="L1", order=("A", "B"), **long)) == Precedence(
        resource="L1", order=("A", "B"), **cut
    )


@pytest.mark.parametrize(
    "difference",
    [
        Overtime(resource="L1", step=2, first=FIRST - 2, periods=2),
        FairShare(resource="L1", first=FIRST - 1, periods=1),
        FirmMove(item="m1", site="P1", period=FIRST, quantity=5.0),  # it was released since, and would come twice
        DoNothing(),
        Overtime(resource="L1", step=3, first=FIRST - 2, periods=2),  # over, whether or not it is still offered
        MoveWindow(window="w9", start=dt.date(2026, 6, 1)),
    ],
)
def test_what_is_over_is_not_carried_and_nothing_is_said_of_it(difference: Difference) -> None:
    assert left(difference) is None
    assert dropped(decision(difference), ahead()) == ()


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Overtime(resource="L1", step=3, first=FIRST, periods=2), "L1 has no overtime step 3 now"),
        (FairShare(resource="L9", first=FIRST, periods=2), "there is no resource L9 now"),
        (Precedence(resource="L1", first=FIRST, periods=2, order=("A", "gone")), "gone asks for nothing now"),
        (Precedence(resource="L1", first=FIRST, periods=2, order=("A", "C")), "Boats asks for nothing now"),
        # later than it may go
        (MoveWindow(window="w1", start=dt.date(2026, 11, 1)), "maintenance w1 may not start on 2026-11-01"),
        (MoveWindow(window="w9", start=dt.date(2026, 10, 1)), "maintenance w9 may not start on 2026-10-01"),
        (SecondSource(vendor="V3", item="m1", site="P1"), "V3 does not bring m1 to P1 now"),
    ],
)
def test_what_master_data_no_longer_offers_is_not_carried_and_said(difference: Difference, said: str) -> None:
    assert left(difference) is None
    (one,) = dropped(decision(difference), ahead())
    values = {"paper": one.paper, "option": one.option, "person": one.decided_by, **one.values}
    found = say(Finding(code=one.code, severity=Severity.ATTENTION, values=values))
    assert found.startswith(f"p0, decided as A by eva, is in force no more: {said}. ")


def test_a_second_source_stays_until_its_row_ends() -> None:
    assert left(SECOND) == SECOND
    assert left(SECOND, FIRST + 1) == SECOND
    assert left(SECOND, FIRST + 2) is None  # September is the first day no longer in
    assert dropped(decision(SECOND), ahead(FIRST + 2)) == ()


def test_a_window_stays_moved_until_both_its_days_are_over() -> None:
    later = MoveWindow(window="w1", start=dt.date(2026, 10, 1))
    assert left(later, FIRST + 3) == later  # else the plan would have it again in August's place
    assert left(later, FIRST + 4) is None
    earlier = MoveWindow(window="w1", start=dt.date(2026, 7, 1))
    assert left(earlier, FIRST + 1) == earlier  # it is done, and must not come again in August
    assert left(earlier, FIRST + 2) is None


def test_a_no_leaves_nothing_in_force() -> None:
    assert carried(decision(SECOND, how="refused"), ahead()) == ()


def test_what_was_carried_is_carried_on_as_it_was_decided() -> None:
    long = Overtime(resource="L1", step=2, first=FIRST - 2, periods=5)
    held = carried(decision(long), ahead())
    quiet = decision()
    next_one = Sheet(kind=quiet.kind, tables={**quiet.tables, "carried": carried_table(held)})
    (again,) = carried(next_one, ahead(FIRST + 1))
    assert (again.paper, again.option, again.decided_by, again.difference) == ("p0", "A", "eva", long)
    assert again.now == Overtime(resource="L1", step=2, first=FIRST + 1, periods=2)
    assert carried_in(quiet).is_empty()  # a sheet of before there was such a table


def test_what_is_in_force_is_not_offered_again() -> None:
    on = _world()
    (paper,) = _papers(on)
    given = [option.difference for option in paper.options]
    overtime, window, turn = given[0], given[1], given[2]
    assert isinstance(overtime, Overtime)
    assert overtime.periods == 1
    assert offered(overtime) == ["move_window", "precedence", "precedence", "fair_share", "do_nothing"]
    assert offered(window) == ["overtime", "precedence", "precedence", "fair_share", "do_nothing"]
    assert offered(turn) == ["overtime", "move_window", "do_nothing"]  # whoever goes first, it is settled
    assert offered(overtime, window, turn) == []


def offered(*in_force: Difference) -> list[str]:
    """The kinds of what is offered in the review test's world beside what is in force."""
    on = _world()
    review, _ = make_review(plan=BASE, ground=on, last_published=None)
    papers = candidates(review=review, plan=BASE, ground=on, in_force=in_force)
    return [kind_of(option.difference) for paper in papers for option in paper.options]
