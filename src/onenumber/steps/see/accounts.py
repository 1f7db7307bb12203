"""Accounts as pages need them: whom the one that is signed in speaks for, and whom a demo may sign in as."""

from dataclasses import dataclass
from typing import cast

from onenumber.store.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The person that an account speaks for, and the key of its plan; empty for an account of none."""

    person: str
    plan: str


def seat_of(user: object) -> Seat:
    """Whom the account that is signed in speaks for."""
    account = account_in(user)
    return Seat(person=account.person, plan=account.plan.key if account.plan is not None else "")


def account_in(user: object) -> Account:
    """The account that is signed in."""
    return cast(Account, user)


def account_of(person: str) -> Account | None:
    """The account of a person, if it may be entered. Asked in demo mode only: it asks no rights."""
    return Account.objects.filter(person=person, is_active=True).order_by("login").first()
