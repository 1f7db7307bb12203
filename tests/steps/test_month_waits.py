"""What waits for a person though no gate waits for it: last time's actions in the chair's meeting, budget lines."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.month import waits_of
from onenumber.steps.see.month_waits import Wait
from onenumber.store.models import Cycle, Plan
from onenumber.web.month.words import wait_lines
from tests import tiny
from tests.steps.month_for_tests import NOW, do, founded, squeezed, to_executive, to_supply

TODAY = NOW.date()


def waiting(context: Context, said: str) -> list[Wait]:
    return [one for one in waits_of(context) if one.said == said]


def words(waits: list[Wait]) -> list[str]:
    return [one.text for one in wait_lines(waits, "tiny", "2026-05")]


@pytest.fixture
def live(settings: object, tmp_path: Path, db: None) -> Plan:
    """The squeezed company with a signed demand."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("live", "live", tmp_path / "data")
    to_supply(plan)
    return plan


def test_last_time_s_actions_wait_for_who_leads_the_meeting_until_they_are_done(live: Plan) -> None:
    Cycle.objects.create(plan=live, index=27, label="2026-04", phase=Phase.CLOSED.value, opened_at=NOW)
    for what, who in (("count the stock", "pia"), ("call the vendor", "sven"), ("write the agenda", "omar")):
        do(live, "omar", "action", meeting="supply", what=what, who=who, due=TODAY, cycle="2026-04")
    do(live, "omar", "action", meeting="supply", what="of this month", who="pia", due=TODAY)
    do(live, "omar", "action", meeting="executive", what="of another meeting", who="pia", due=TODAY, cycle="2026-04")
    omar, sven = (make_context(live, person=one, now=NOW) for one in ("omar", "sven"))
    (wait,) = waiting(omar, "actions_before")
    assert (wait.where.page, wait.where.key, wait.count) == ("meeting", "supply", 1)
    assert wait.day == dt.date(2026, 5, 15)  # the supply meeting
    assert words([wait]) == [
        "2 actions that the last supply meeting agreed are not done: they come first on the agenda"
    ]
    assert waiting(sven, "actions_before") == []  # his own action waits for him; he leads nothing
    assert [one.values["text"] for one in waiting(sven, "action_open")] == ["call the vendor"]
    for number, who in ((1, "pia"), (2, "sven")):
        do(live, who, "done", action=number, note="done")
    assert waiting(make_context(live, person="omar", now=NOW), "actions_before") == []


def test_lines_without_a_budget_wait_for_finance_until_they_are_loaded(live: Plan, tmp_path: Path) -> None:
    fay, omar = ("fay", "omar")
    assert waiting(make_context(live, person=fay, now=NOW), "lines_without_budget") == []  # nothing is reviewed yet
    to_executive(live)
    (wait,) = waiting(make_context(live, person=fay, now=NOW), "lines_without_budget")
    assert wait.where.page == "budget"
    assert " have no budget in 2026, so their gap is not known; the first is " in words([wait])[0]
    assert waiting(make_context(live, person=omar, now=NOW), "lines_without_budget") == []
    sheet = make_context(live, person=fay, now=NOW).known()["budget_lines"]
    made = squeezed()["budget_lines"]
    accounts = ("contribution_margin", "inventory_value", "overtime_cost", "expedite_cost")
    places = {"contribution_margin": ("DA", "DB")}
    more = [
        made.filter(pl.col("place") == "DA").with_columns(pl.lit(account).alias("account"), pl.lit(at).alias("place"))
        for account in accounts
        for at in places.get(account, ("P1",))
    ]
    assert len(sheet) == len(made)
    do(live, "fay", "load", folder=tiny.write(tmp_path / "more", {"budget_lines": pl.concat([made, *more])}))
    assert waiting(make_context(live, person=fay, now=NOW), "lines_without_budget") == []


def test_a_company_that_brings_no_budget_plans_without_one(settings: object, tmp_path: Path, db: None) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = {name: table for name, table in squeezed().items() if name not in ("budget_lines", "budget_tolerances")}
    plan = founded("none", "live", tmp_path / "data", made)
    to_supply(plan)
    to_executive(plan)
    assert waiting(make_context(plan, person="fay", now=NOW), "lines_without_budget") == []
