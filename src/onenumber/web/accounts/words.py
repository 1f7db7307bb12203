"""The sentences of the page of key accounts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.briefs import AccountShown, BriefShown, BriefsShown
from onenumber.web.act.model import Way
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NOTHING, period_words, share, short
from onenumber.web.words import ROLES, named

ASKS: Mapping[str, str | Promise] = {
    "loss": _("news of this month says that it may be lost"),
    "moved": _("its forecast moved by more than a tenth since last month"),
}
"""Why something should be said of an account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """A key account in words, with what was said of it and the ways to say more.

    ``is_open``: a word is missing that is late, or that the month asks for as its forecast moved or it may be lost.
    """

    name: str
    place: str
    patches: str
    worth: str
    share: str
    moved: str
    asks: str
    said: str
    by: str
    urgent: bool
    before: str
    is_open: bool
    nothing: str
    ways: tuple[Way, ...]


def lead(shown: BriefsShown) -> str:
    """How many accounts have news, and of how many nothing is said yet."""
    if not shown.accounts:
        return gettext("No customer is marked as a key account: the table customers says which are.")
    open_ = sum(one.said is None for one in shown.accounts)
    news = [one for one in shown.accounts if one.said is not None and one.said.text]
    values = {"news": len(news), "all": len(shown.accounts), "open": open_, "month": period_words(shown.cycle)}
    said = ngettext(
        "%(news)d key account has news in %(month)s", "%(news)d key accounts have news in %(month)s", len(news)
    )
    head = said if news else gettext("No key account has news in %(month)s")
    rest = gettext("; of %(open)d of %(all)d nothing is said yet.")
    if open_ == len(shown.accounts):
        rest = ngettext("; of %(all)d account nothing is said yet.", "; of all %(all)d nothing is said yet.", open_)
    if not shown.waited:
        rest = gettext("; of %(open)d of %(all)d nothing was said.")
        if open_ == len(shown.accounts):
            rest = ngettext("; of %(all)d account nothing was said.", "; of all %(all)d nothing was said.", open_)
    whole = (
        gettext("; of every other it is confirmed that there is none.")
        if news else gettext("; of each it is confirmed that there is none.")
    )  # fmt: skip
    asked = _waited(shown, open_) if open_ and shown.waited else ""
    return (head + (rest if open_ else whole)) % values + asked


def _waited(shown: BriefsShown, count: int) -> str:
    """Who is to say what is not said yet, and until when."""
    if shown.due is None:
        return ""
    said = ngettext(" %(who)s says what is new with it, or that nothing is, by %(day)s.",
                    " %(who)s says what is new with each, or that nothing is, by %(day)s.", count)  # fmt: skip
    if shown.late:
        said = ngettext(" %(who)s was to say what is new with it, or that nothing is, by %(day)s.",
                        " %(who)s was to say what is new with each, or that nothing is, by %(day)s.",
                        count)  # fmt: skip
    return said % {"who": named(shown.leaders, str(ROLES["SM"])), "day": day_words(shown.due)}


def account_views(shown: BriefsShown, ways: Mapping[str, tuple[Way, ...]]) -> tuple[AccountView, ...]:
    """The accounts in words."""
    return tuple(_account(one, shown, ways.get(one.customer, ())) for one in shown.accounts)


def _account(one: AccountShown, shown: BriefsShown, ways: tuple[Way, ...]) -> AccountView:
    return AccountView(
        name=one.name,
        place=f"planning_customer:{one.customer}" if one.revenue is not None else "",
        patches=", ".join(one.patches) or gettext("no patch"),
        worth=NOTHING if one.revenue is None else f"{short(one.revenue)} {shown.currency}",
        share=NOTHING if one.share is None else share(one.share, 1),
        moved=_moved(one.moved),
        asks=str(ASKS[one.asks]) if one.asks else "",
        said=_said(one.said),
        by=_by(one.said),
        urgent=one.said is not None and one.said.urgent,
        before=_said(one.before),
        is_open=one.said is None and shown.waited and (shown.late or bool(one.asks)),
        nothing=""
        if one.said is not None
        else gettext("nothing said yet")
        if shown.waited
        else gettext("nothing was said"),
        ways=ways,
    )


def _moved(by: float | None) -> str:
    if by is None:
        return NOTHING
    return (gettext("%(share)s more") if by >= 0 else gettext("%(share)s less")) % {"share": share(abs(by), 1)}


def _said(said: BriefShown | None) -> str:
    if said is None:
        return ""
    return said.text or gettext("no news, confirmed")


def _by(said: BriefShown | None) -> str:
    return f"{said.person}, {date_format(said.at, 'j F H:i')}" if said is not None else ""
