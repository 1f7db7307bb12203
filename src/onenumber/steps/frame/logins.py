"""Sign-ins: who has one, the link that opens it once, and the password that its person chooses (ADR 0040)."""

import datetime as dt

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction

from onenumber.errors.steps import BadArgumentError
from onenumber.steps.frame.context import Context
from onenumber.store.models import Account, AuditRow, Plan
from onenumber.store.plans import names_of

CHOSEN = "password"
"""The verb of the audit where somebody chose a password."""
_TOKENS = PasswordResetTokenGenerator()


def login_of(plan: Plan, person: str) -> Account | None:
    """The account of a person of a plan; None where she has none."""
    return Account.objects.filter(plan=plan, person=person).order_by("login").first()


def somebody_of(plan: Plan, step: str, who: str) -> str:
    """The key of a person of the plan, as it was given.

    Raises:
        BadArgumentError: if she is none of the company's people.
    """
    if who not in names_of(plan):
        reason = "it is none of the company's people; give a key of the table people"
        raise BadArgumentError(step=step, argument="who", value=who, reason=reason)
    return who


def opened(context: Context, who: str) -> Account:
    """The account of a person, made where she had none, open, and with no password: what she had is void."""
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)  # two who ask at once make one account
        account = login_of(context.plan, who) or Account(plan=context.plan, person=who, login=_free(context.plan, who))
        account.is_active = True
        _void(account)
        note(context, "login", account)
    return account


def closed(context: Context, account: Account) -> None:
    """Let nobody in by an account: its sessions, its password and its link are void."""
    with transaction.atomic():
        account.is_active = False
        _void(account)
        note(context, "close-login", account)


def link_of(account: Account) -> str:
    """What opens the account once: void with its use, with a sign-in, with a newer one, and after three days."""
    return _TOKENS.make_token(account)


def account_behind(number: int, token: str) -> Account | None:
    """The account that a link opens; None where the link is void."""
    account = Account.objects.filter(pk=number, is_active=True).first()
    return account if account is not None and _TOKENS.check_token(account, token) else None


def note_chosen(account: Account, *, now: dt.datetime) -> None:
    """Append to the audit that the person of an account chose its password."""
    AuditRow.objects.create(
        plan=account.plan, at=now, person=account.person, verb=CHOSEN, what={"login": account.login}
    )


def note(context: Context, verb: str, account: Account) -> None:
    """Append to the audit who did what to whose account."""
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=context.actor.person, verb=verb,
        what={"who": account.person, "login": account.login},
    )  # fmt: skip


def _void(account: Account) -> None:
    """Each time another mark that no password fits: sessions and links are tied to it, so all of them end."""
    account.set_unusable_password()
    account.save()


def _free(plan: Plan, who: str) -> str:
    """The person's key as login; where another plan has it, with the plan's key, and if need be with a number."""
    taken = set(Account.objects.filter(login__startswith=who).values_list("login", flat=True))
    several = (f"{who}.{plan.key}.{number}" for number in range(2, len(taken) + 3))
    return next(login for login in (who, f"{who}.{plan.key}", *several) if login not in taken)
