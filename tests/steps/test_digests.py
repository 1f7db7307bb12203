"""Messages: one digest a person a day, of what waits for her and what changed, as far as she wishes to be told."""

import datetime as dt
from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from onenumber.errors import NoMessageError
from onenumber.jobs.digests import make_digests, waiting_plans
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.digest import messages_shown
from onenumber.store.models import Account, DigestRow, MonthLook, Plan
from tests.steps.month_for_tests import do


@pytest.fixture
def accounts(plan: Plan) -> None:
    for person in ("ana", "ines", "dora", "adam"):
        Account.objects.create_account(login=person, password=None, plan=plan, person=person)


@pytest.fixture
def clock(plan: Plan, settings: Settings) -> Callable[[dt.datetime], None]:
    settings.ONENUMBER_DEMO = True

    def stands_at(now: dt.datetime) -> None:
        plan.clock = now
        plan.save(update_fields=["clock"])

    stands_at(dt.datetime(2026, 5, 6, 10, tzinfo=dt.UTC))
    return stands_at


def told(plan: Plan, person: str, day: str = "") -> tuple[list[str], list[str]]:
    asked = dt.date.fromisoformat(day) if day else None
    shown = messages_shown(make_context(plan, person=person), asked).shown
    assert shown is not None
    return [one.said for one in shown.waits], [one.code for one in shown.changes]


@pytest.mark.usefixtures("in_demand", "accounts", "clock")
def test_each_person_hears_once_a_day_what_waits_for_her_by_tomorrow_and_what_was_decided(plan: Plan) -> None:
    assert waiting_plans() == (plan,)
    assert {row.person for row in make_digests(plan)} == {"ana", "ines", "dora"}
    assert make_digests(plan) == ()
    assert waiting_plans() == ()
    assert told(plan, "ana") == (["patch_unsubmitted", "orders_unconfirmed"], ["phase_ended"])
    assert told(plan, "dora") == ([], ["phase_ended"])
    assert not MonthLook.objects.exists(), "a digest is no look of hers"


@pytest.mark.usefixtures("in_demand", "accounts")
def test_the_next_day_tells_only_what_came_since_and_what_she_wishes(
    plan: Plan, clock: Callable[[dt.datetime], None]
) -> None:
    make_digests(plan)
    clock(dt.datetime(2026, 5, 7, 10, tzinfo=dt.UTC))
    do(plan, "dora", "messages", least="all", by_mail="no")
    do(plan, "ines", "messages", least="stops", by_mail="no")
    do(plan, "ana", "submit", at=dt.datetime(2026, 5, 6, 11, tzinfo=dt.UTC), patch="Nord")
    do(plan, "ines", "return", at=dt.datetime(2026, 5, 6, 12, tzinfo=dt.UTC), patch="Nord", note="what of the tender?")
    make_digests(plan)
    assert told(plan, "ana") == (["patch_unsubmitted", "orders_unconfirmed"], ["patch_returned"])
    assert told(plan, "dora") == ([], ["patch_returned", "patch_submitted"])
    assert not DigestRow.objects.filter(person="ines", day=dt.date(2026, 5, 7)).exists()
    assert told(plan, "ana", "2026-05-06") == (["patch_unsubmitted", "orders_unconfirmed"], ["phase_ended"])
    assert [read for _, read in messages_shown(make_context(plan, person="ana")).days] == [True, True]
    with pytest.raises(NoMessageError, match="You have no message of 2026-05-01"):
        told(plan, "ana", "2026-05-01")


@pytest.mark.usefixtures("in_demand", "accounts")
def test_none_comes_before_seven_in_the_morning(plan: Plan, clock: Callable[[dt.datetime], None]) -> None:
    clock(dt.datetime(2026, 5, 6, 3, tzinfo=dt.UTC))
    assert waiting_plans() == ()
    assert make_digests(plan) == ()


@pytest.mark.usefixtures("in_demand", "accounts", "clock")
def test_a_process_that_is_killed_while_it_makes_them_leaves_the_day_to_be_done(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(DigestRow.objects, "bulk_create", killed)
        with pytest.raises(KeyboardInterrupt):
            make_digests(plan)
    assert waiting_plans() == (plan,)
    assert {row.person for row in make_digests(plan)} == {"ana", "ines", "dora"}
