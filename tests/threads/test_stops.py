"""What waits for each role at its own stop, on the model company as it is opened and played on by its clock."""

import datetime as dt

import polars as pl
import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from onenumber.jobs import go_on
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.adherence import breaches_unanswered
from onenumber.steps.see.month import my_month
from onenumber.store.plans import find_cycle
from tests.threads.lived import AT_THE_START, ON_THE_LIVED_COMPANY, STOPS, Lived

pytestmark = ON_THE_LIVED_COMPANY
EVERYBODY = (*AT_THE_START, *STOPS, "raman", "tanaka")
"""Everybody with a role in the plan; the administrator sees none."""


@pytest.mark.parametrize("person", EVERYBODY)
def test_each_finds_three_things_that_wait_at_her_own_stop(lived: Lived, person: str) -> None:
    waits = lived.waits[person]
    assert len({(wait.said, wait.name) for wait in waits}) == len(waits) >= 3  # none is told twice


@pytest.mark.parametrize("person", EVERYBODY)
def test_the_bar_of_every_page_says_the_number_of_my_month(lived: Lived, person: str) -> None:
    assert lived.bars[person] == len(lived.waits[person])


def test_what_waits_leads_to_where_it_is_settled_or_brings_its_form(lived: Lived) -> None:
    for person in EVERYBODY:
        for wait in lived.waits[person]:
            assert wait.settles or wait.where.page != "month", (person, wait)


def test_the_clock_stopped_for_each_on_the_day_of_her_own(lived: Lived) -> None:
    days = {person: {str(wait.day) for wait in lived.waits[person]} for person in EVERYBODY}
    assert days["mensah"] == {"2026-06-05"}  # the cut-off
    assert days["raman"] == {"2026-06-08"}
    assert min(days["moreau"]) == "2026-06-12"
    assert days["pohl"] == {"2026-06-15"}  # the supply meeting
    assert days["brandt"] == {"2026-06-17"}
    assert min(days["williams"]) == "2026-06-17"
    assert days["solberg"] == {"2026-06-23"}  # the executive meeting


def test_the_month_goes_on_into_the_next_with_its_facts(lived: Lived, settings: Settings) -> None:
    settings.ONENUMBER_DEMO = True
    plan = lived.plan
    with transaction.atomic():  # the other tests find June as it was
        asks = make_context(plan, person="solberg")
        outcome = go_on.run(asks, to=dt.date(2026, 7, 3), mine=True)
        assert outcome.findings == ()
        assert outcome.figures["cycle"] == "2026-07"
        july = make_context(plan, person="solberg")
        load = july.sheet(SheetKind.LOAD, find_cycle(plan))
        assert load is not None
        in_june = pl.col("date").is_between(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
        sent = load.table("shipments").filter(in_june)
        assert len(sent) > 900  # as many as in a month before
        lines = load.table("order_lines")
        assert lines.select(pl.struct("order", "line").is_duplicated().any()).item() is False
        before = lived.facts()["order_lines"]
        assert len(before.join(lines, on=["order", "line"], how="anti")) == 0  # what was known in June stays known
        adherence = july.sheet(SheetKind.ADHERENCE, find_cycle(plan))
        assert adherence is not None
        assert adherence.table("figures").filter(pl.col("breached") & pl.col("owner").is_not_null()).height > 0
        assert breaches_unanswered(july, find_cycle(plan)) == ()
        transaction.set_rollback(True)


def test_what_changed_calls_divisions_sites_and_places_by_their_names(lived: Lived) -> None:
    changes = my_month(make_context(lived.plan, person="raman")).changes
    scopes = {str(one.what["scope"]) for one in changes if one.code == "answered"}
    assert {"Home & Garden", "Industrial Process"} <= scopes
    assert scopes.isdisjoint({"GAR", "IND", "CTL", "ODE", "RAV", "BRN", "*"})
    typed = {one.who: str(one.what["place"]) for one in changes if one.code == "edited"}
    assert typed["Mateo Vargas"].startswith("France and Benelux (P4), ")
    assert all(one.played for one in changes if one.code == "edited")
