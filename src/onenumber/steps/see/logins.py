"""Who can sign in: every person of the plan with her roles today and what became of her sign-in."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context
from onenumber.steps.see.around import roles_in_order
from onenumber.store.models import Account


class LoginState(StrEnum):
    """How far a person's sign-in is."""

    NONE = "none"
    WAITING = "waiting"  # nobody chose a password yet
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginShown:
    """A person, her roles today, her login (empty: none), its state, and when she last signed in (None: never)."""

    person: str
    name: str
    roles: tuple[str, ...]
    login: str
    state: LoginState
    last: dt.datetime | None
    mine: bool


def logins_shown(context: Context) -> tuple[LoginShown, ...]:
    """Everybody of the plan, by name.

    Raises:
        NotAllowedError: if who looks keeps no sign-ins.
    """
    context.permit("keep_logins", phase=Phase.DATA)
    names, held = context.names(), context.held()
    accounts = {one.person: one for one in Account.objects.filter(plan=context.plan).order_by("-login")}
    return tuple(
        LoginShown(
            person=person,
            name=name,
            roles=roles_in_order(held.actor(person)) if held is not None else (),
            login=accounts[person].login if person in accounts else "",
            state=_state(accounts.get(person)),
            last=accounts[person].last_login if person in accounts else None,
            mine=person == context.actor.person,
        )
        for person, name in sorted(names.items(), key=lambda one: (one[1], one[0]))
    )


def _state(account: Account | None) -> LoginState:
    if account is None:
        return LoginState.NONE
    if not account.is_active:
        return LoginState.CLOSED
    return LoginState.OPEN if account.has_usable_password() else LoginState.WAITING
