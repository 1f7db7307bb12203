"""A paper that an executive sent back is owed in the cycles after it, until it is withdrawn or on the table again."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onenumber.cli import main
from onenumber.cycle.phases import Phase
from onenumber.errors import BadArgumentError, NoSheetError
from onenumber.model.sentences import say
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.gates import open_blockers
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.sent_back import sent_back
from onenumber.steps.see.budget import budget_shown
from onenumber.steps.see.month import my_month
from onenumber.steps.see.papers import papers_shown
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.store.models import Cycle, Plan
from onenumber.store.plans import find_cycle, versions_of
from tests import tiny
from tests.steps.month_for_tests import LINES, PAPER, do, founded, sheet, squeezed, to_executive, to_supply, version

IN_JUNE, IN_JULY = (dt.datetime(2026, month, 2, 10, tzinfo=dt.UTC) for month in (6, 7))
UNTIL = dt.date(2026, 6, 10)
WHY = "ask the second shift first"
DUE = f"Sven Berg owes {PAPER}, which Eva Okafor sent back on 2026-05-05 with “{WHY}”; it is due 2026-06-10. "


@pytest.fixture
def may(db: None, settings: object, tmp_path: Path) -> Plan:
    """May sent its paper back to the supply planner and a budget line to finance, and is over."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("live", "live", tmp_path / "data")
    to_supply(plan)
    to_executive(plan)
    for paper, owner in ((PAPER, "sven"), (LINES[0], "fay")):
        do(plan, "eva", "decide", paper=paper, how="refused", rationale=WHY, owner=owner, until=UNTIL)
    do(plan, "eva", "decide", paper=LINES[1], option="accept")
    month_runs(plan)
    return plan


def month_runs(plan: Plan) -> None:
    Cycle.objects.filter(plan=plan, pk=find_cycle(plan).pk).update(phase=Phase.MONITOR)


def landed_as_in_may(plan: Plan) -> None:
    """June's Review lands out of tolerance where May's did; of itself it knows no landing, for want of May's sales."""
    june, store = version(plan, SheetKind.REVIEW), versions_of(plan)
    landing = sheet(plan, SheetKind.REVIEW, cycle="2026-05").table("landing")
    review = store.get(june.content)
    june.content = store.put(replace(review, tables={**review.tables, "landing": landing}))
    june.save(update_fields=["content"])


def told(plan: Plan, person: str, at: dt.datetime, label: str = "") -> list[str]:
    return [say(one) for one in sent_back_shown(make_context(plan, person=person, now=at), label)]


def codes(plan: Plan, at: dt.datetime) -> list[str]:
    return [one.code for one in sent_back_shown(make_context(plan, person="eva", now=at))]


def test_a_line_that_was_sent_back_is_not_shown_as_accepted(may: Plan) -> None:
    context = make_context(may, person="fay", now=IN_JUNE)
    decided = [f"budget:{one.account}:{one.place}" for one in budget_shown(context, "2026-05").lines if one.decided]
    landing = next(one for one in my_month(context, "2026-05").blocks if one.code == "landing")
    assert decided == [LINES[1]]
    assert (landing.values["outside"], landing.values["accepted"]) == (2, 1)
    year = [one.status for one in budget_shown(context, "2026-05").lines if one.year == 2026]
    told = (landing.values["unknown"], landing.values["no_budget"])
    assert told == (year.count("unknown"), year.count("no_budget"))  # as the page of the budget counts
    states = {line.name: line.values[-1] for line in landing.lines}
    assert {states["revenue|DA"], states["revenue|DB"]} == {"outside", "accepted"}


def test_it_is_owed_in_the_next_cycle_by_its_owner_with_its_sentence_and_its_date(may: Plan) -> None:
    do(may, "olga", "open", at=IN_JUNE, period="2026-06")
    paper, line = told(may, "eva", IN_JUNE)
    assert paper.startswith(DUE)
    assert line.startswith(f"Fay Chen owes {LINES[0]}, which Eva Okafor sent back")
    assert told(may, "sven", IN_JUNE) == [paper, line]  # who reads papers reads all
    assert told(may, "ana", IN_JUNE) == []
    assert told(may, "eva", IN_JUNE, "2026-05") == []  # it is closed: June says it


def test_a_salesperson_is_told_what_she_herself_owes_and_who_sees_no_plan_nothing(may: Plan) -> None:
    may.decisionrow_set.filter(paper=PAPER).update(owner="ana")
    may.decisionrow_set.filter(paper=LINES[0]).update(owner="adam")
    (paper,) = told(may, "ana", IN_JUNE)
    assert paper.startswith(f"Ana Ruiz owes {PAPER}")
    assert told(may, "adam", IN_JUNE) == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (10, "it is due 2026-06-10. "),
        (11, "it was due 2026-06-10, yesterday. "),
        (15, "it was due 2026-06-10 and is overdue by 5 days. "),
    ],
)
def test_past_its_date_it_is_overdue(may: Plan, day: int, said: str) -> None:
    do(may, "olga", "open", at=IN_JUNE, period="2026-06")
    assert said in told(may, "eva", IN_JUNE.replace(day=day))[0]


def test_it_stands_in_status_and_among_the_papers_before_there_are_any_and_blocks_nothing(may: Plan) -> None:
    do(may, "olga", "open", at=IN_JUNE, period="2026-06")
    context = make_context(may, person="eva", now=IN_JUNE)
    assert [one.code for one in open_blockers(context, find_cycle(may))] == ["history_missing"]
    for command, ends in (("status", ""), ("papers", "No paper is on the table.\n")):
        shown = CliRunner().invoke(main, [command, "--as", "eva"], catch_exceptions=False).output
        assert f"Sven Berg owes {PAPER}, which Eva Okafor sent back on 2026-05-05 with “{WHY}”; it " in shown
        assert shown.endswith(ends)
    may.decisionrow_set.all().update(how="decided")
    with pytest.raises(NoSheetError):
        papers_shown(context)


def test_it_stands_while_its_own_month_runs(may: Plan) -> None:
    assert told(may, "eva", IN_JUNE)[0].startswith(DUE)


def test_a_new_paper_of_its_subject_closes_it_once(may: Plan) -> None:
    to_supply(may, at=IN_JUNE)
    assert codes(may, IN_JUNE) == ["sent_back", "sent_back"]
    to_executive(may, at=IN_JUNE)
    landed_as_in_may(may)
    paper, line = told(may, "eva", IN_JUNE)
    assert paper == (
        f"{PAPER}, which Eva Okafor sent back to Sven Berg on 2026-05-05, is on the table again as 2026-06-L1 "
        f"and closed by it. It went back with “{WHY}”."
    )
    assert f"is on the table again as {LINES[0]} and closed by it." in line
    assert [say(one) for one in papers_shown(make_context(may, person="eva", now=IN_JUNE)).sent_back] == [paper, line]
    month_runs(may)
    do(may, "olga", "open", at=IN_JULY, period="2026-07")
    assert codes(may, IN_JULY) == []
    assert len(may.decisionrow_set.all()) == 3


def test_without_a_new_paper_it_goes_on_until_it_is_withdrawn(may: Plan, tmp_path: Path) -> None:
    enough = squeezed()["resources"].with_columns(hours_per_period=pl.lit(5000.0))
    do(may, "olga", "load", folder=tiny.write(tmp_path / "hours", {"resources": enough}))
    to_supply(may, at=IN_JUNE)
    to_executive(may, at=IN_JUNE)
    do(may, "sven", "replan", at=IN_JUNE)
    assert PAPER in told(may, "eva", IN_JUNE)[0]
    with pytest.raises(BadArgumentError, match="an earlier cycle sent it back, and it comes on a new paper or is with"):
        do(may, "eva", "decide", at=IN_JUNE, paper=PAPER, option="A")
    do(may, "eva", "decide", at=IN_JUNE, paper=PAPER, how="withdrawn")
    assert all(PAPER not in one for one in told(may, "eva", IN_JUNE))
    assert version(may, SheetKind.DECISION, "decided").stale_because == ""  # no plan was made of it
    month_runs(may)
    do(may, "olga", "open", at=IN_JULY, period="2026-07")
    assert all(PAPER not in one for one in told(may, "eva", IN_JULY))


def test_it_asks_the_store_once_where_nothing_is_owed(may: Plan) -> None:
    may.decisionrow_set.filter(how="refused").update(how="decided")
    do(may, "olga", "open", at=IN_JUNE, period="2026-06")
    look, june = glance(make_context(may, person="eva", now=IN_JUNE)), find_cycle(may)
    with CaptureQueriesContext(connection) as asked:
        assert sent_back(look, june) == ()
    assert len(asked) == 1
