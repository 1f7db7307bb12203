"""A sign-in begins with a link: who makes one, what it opens, and when it is void."""

import datetime as dt
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from onenumber.cli import main
from onenumber.errors import BadArgumentError, NotAllowedError
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.logins import account_behind, login_of
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.see.logins import LoginState, logins_shown
from onenumber.store.models import Account, AuditRow, Plan
from tests.steps.conftest import Act

pytestmark = pytest.mark.django_db
Asking = Callable[[str], Context]


def _opens(made: Outcome) -> bool:
    return account_behind(int(str(made.figures["number"])), str(made.figures["token"])) is not None


def test_a_sign_in_is_made_under_the_persons_key_without_a_password(loaded: Outcome, act: Act, plan: Plan) -> None:
    made = act("adam", "login", who="ana")
    account = Account.objects.get(plan=plan, person="ana")
    assert (made.figures["login"], account.login, account.has_usable_password()) == ("ana", "ana", False)
    assert _opens(made)
    assert AuditRow.objects.filter(plan=plan, person="adam", verb="login").values_list("what", flat=True)[0] == {
        "who": "ana", "login": "ana"
    }  # fmt: skip


def test_a_login_that_another_plan_has_is_told_apart(loaded: Outcome, act: Act) -> None:
    Account.objects.create_account(login="ana", password=None, plan=None, person="ana")
    assert act("adam", "login", who="ana").figures["login"] == "ana.tiny"
    assert act("adam", "login", who="ana").figures["login"] == "ana.tiny"
    assert Account.objects.count() == 2


def test_a_link_is_void_with_its_use_and_with_a_newer_one(loaded: Outcome, act: Act, plan: Plan) -> None:
    first = act("adam", "login", who="ana")
    second = act("adam", "login", who="ana")
    assert (_opens(first), _opens(second)) == (False, True)
    account = login_of(plan, "ana")
    assert account is not None
    account.set_password("a-long-enough-word")
    account.save()
    assert not _opens(second)


def test_a_link_is_void_after_three_days(loaded: Outcome, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    made, start = act("adam", "login", who="ana"), dt.datetime.now()
    for days, good in ((2.9, True), (3.1, False)):
        later = start + dt.timedelta(days=days)
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self, later=later: later)
        assert _opens(made) is good


def test_a_link_of_one_person_opens_nobody_elses_sign_in(loaded: Outcome, act: Act) -> None:
    ana, ben = act("adam", "login", who="ana"), act("adam", "login", who="ben")
    assert account_behind(int(str(ben.figures["number"])), str(ana.figures["token"])) is None
    assert account_behind(999, str(ana.figures["token"])) is None


def test_what_is_closed_lets_nobody_in_until_it_is_opened_again_by_a_new_link(
    loaded: Outcome, act: Act, asking: Asking, plan: Plan
) -> None:
    made = act("adam", "login", who="ana")
    act("adam", "close-login", who="ana")
    assert not _opens(made)
    assert _states(asking)["ana"] is LoginState.CLOSED
    again = act("adam", "login", who="ana")
    assert (_opens(made), _opens(again)) == (False, True)
    assert [row.verb for row in AuditRow.objects.filter(plan=plan, verb__contains="login").order_by("pk")] == [
        "login", "close-login", "login"
    ]  # fmt: skip


def test_closing_ends_the_password_too(loaded: Outcome, act: Act, plan: Plan) -> None:
    Account.objects.create_account(login="ana", password="a-long-enough-word", plan=plan, person="ana")  # noqa: S106 - of nobody
    act("adam", "close-login", who="ana")
    act("adam", "login", who="ana")
    account = login_of(plan, "ana")
    assert account is not None
    assert (account.is_active, account.check_password("a-long-enough-word")) == (True, False)


def test_nothing_is_closed_that_is_not_open_and_not_ones_own(loaded: Outcome, act: Act) -> None:
    for who, why in (("ana", "no sign-in"), ("nobody", "none of the company's people"), ("adam", "your own")):
        if who == "adam":
            act("adam", "login", who="adam")
        with pytest.raises(BadArgumentError, match=why):
            act("adam", "close-login", who=who)
    with pytest.raises(BadArgumentError, match="none of the company's people"):
        act("adam", "login", who="nobody")


def test_only_the_administrator_sees_who_can_sign_in(loaded: Outcome, act: Act, asking: Asking, plan: Plan) -> None:
    act("adam", "login", who="ana")
    Account.objects.create_account(login="ben", password="a-long-enough-word", plan=plan, person="ben")  # noqa: S106 - of nobody
    states = _states(asking)
    assert (states["ana"], states["ben"], states["olga"]) == (LoginState.WAITING, LoginState.OPEN, LoginState.NONE)
    for person in ("olga", "eva", "ana", ""):
        with pytest.raises(NotAllowedError):
            logins_shown(asking(person))


def _states(asking: Asking) -> dict[str, LoginState]:
    return {one.person: one.state for one in logins_shown(asking("adam"))}


def test_who_sits_at_the_machine_lets_the_first_one_in(loaded: Outcome, plan: Plan) -> None:
    said = CliRunner().invoke(main, ["login", "adam"])
    assert said.exit_code == 0, said.output
    link = said.output.split("http://127.0.0.1:8000/sign-in/")[1].strip().strip("/")
    number, token = link.split("/")
    account = account_behind(int(number), token)
    assert account is not None
    assert account.person == "adam"
    assert AuditRow.objects.get(plan=plan, verb="login").person == "installer"


def test_the_command_refuses_in_the_name_of_who_keeps_no_sign_ins(loaded: Outcome) -> None:
    said = CliRunner().invoke(main, ["login", "ana", "--as", "olga"])
    assert said.exit_code == 2
    assert "Olga Novak may not keep sign-ins: only the administrator may." in said.output
    unknown = CliRunner().invoke(main, ["login", "nobody"])
    assert (unknown.exit_code, "none of the company's people" in unknown.output) == (2, True)
    assert not Account.objects.exists()
