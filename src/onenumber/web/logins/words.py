"""The sentences of the page of sign-ins, and its rows."""

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.logins import LoginShown, LoginState
from onenumber.web.logins.model import Row
from onenumber.web.numbers import NOTHING
from onenumber.web.words import roles_words

Words = Mapping[LoginState, str | Promise]

STATES: Words = {
    LoginState.NONE: _("no sign-in"),
    LoginState.WAITING: _("no password chosen yet"),
    LoginState.OPEN: _("can sign in"),
    LoginState.CLOSED: _("closed"),
}
LETS_IN: Words = {
    LoginState.NONE: _("Make a sign-in"),
    LoginState.WAITING: _("New link"),
    LoginState.OPEN: _("New link"),
    LoginState.CLOSED: _("Open again"),
}
"""What the form that lets somebody in is called."""
MEANS: Words = {
    LoginState.NONE: _("You get a link to send on. At it this person chooses a password; you never see it."),
    LoginState.WAITING: _("You get a link to send on. The one that you sent before ends."),
    LoginState.OPEN: _("For who forgot the password: it ends at once, and with it whatever is signed in."),
    LoginState.CLOSED: _("You get a link to send on, at which a new password is chosen."),
}
"""What that does, before it is done."""


def lead(shown: Sequence[LoginShown], *, one_click: bool = False) -> str:
    """How many of the company's people can sign in; in a demo, where everybody can, how many chose a password.

    As in "3 of 12 people can sign in with a password; 1 chose no password yet."
    """
    can = sum(one.state is LoginState.OPEN for one in shown)
    if one_click:
        said = ngettext(
            "In this demo everybody signs in with one click. %(can)d of %(n)d person chose a password as well.",
            "In this demo everybody signs in with one click. %(can)d of %(n)d people chose a password as well.",
            len(shown),
        )
        return said % {"can": can, "n": len(shown)}
    waiting = sum(one.state is LoginState.WAITING for one in shown)
    head = ngettext("%(can)d of %(n)d person can sign in", "%(can)d of %(n)d people can sign in", len(shown))
    said = head % {"can": can, "n": len(shown)}
    if not waiting:
        return f"{said}."
    more = ngettext("%(n)d chose no password yet.", "%(n)d chose no password yet.", waiting) % {"n": waiting}
    return gettext("%(said)s with a password; %(more)s") % {"said": said, "more": more}


def rows(shown: Sequence[LoginShown], text: str) -> tuple[Row, ...]:
    """The people in whose name, key, login or roles the text stands; all of them where it is empty."""
    wanted = text.casefold().split()
    return tuple(_row(one) for one in shown if all(word in _said(one) for word in wanted))


def _said(one: LoginShown) -> str:
    roles = roles_words(list(one.roles)) if one.roles else ""
    return " ".join((one.name, one.person, one.login, roles, str(STATES[one.state]))).casefold()


def _row(one: LoginShown) -> Row:
    return Row(
        person=one.person,
        name=one.name,
        roles=one.roles,
        login=one.login or NOTHING,
        state=str(STATES[one.state]),
        attention=bool(one.roles) and one.state is LoginState.NONE,
        last=date_format(one.last, "j M Y H:i") if one.last is not None else gettext("never"),
        lets_in=str(LETS_IN[one.state]),
        means=str(MEANS[one.state]),
        may_close=one.state in (LoginState.WAITING, LoginState.OPEN) and not one.mine,
    )
