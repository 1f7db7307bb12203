"""What a blocker's sentence calls its subject: a patch by its name and salesperson, news by who tells it."""

import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from onenumber.cycle.phases import Blocker
from onenumber.cycle.words import NOWHERE
from onenumber.review.naming import Names, name_of, place_name, place_words
from onenumber.review.words import line_name
from onenumber.rights.roles import patches_sold
from onenumber.steps.frame.accounts import Account, key_accounts
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.gates import CANNOT
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.news import Heard, heard_in
from onenumber.steps.frame.plants import Cannot, conflicts_of
from onenumber.store.models import Cycle, WaiverRow

PATCH = "patch_open"
NEWS = ("news_undecided", "news_twice")
LINE = "over_budget"
SHORT = ("shortage_open", "conflict_open")
"""Codes whose subject is what is short: a line, an item at a site, or a vendor."""
ACCOUNT, ELSEWHERE = "account_unsaid", "of another patch"
LONGEST = 70
"""Letters of a news that a sentence about it repeats."""


def called(context: Context, cycle: Cycle, blockers: Sequence[Blocker]) -> tuple[Blocker, ...]:
    """The blockers, patches and news among them named as people know them; nothing is read where there are none.

    What news says is for those who plan the whole company and for who told it; to anybody else it keeps its number.
    """
    codes = {blocker.code for blocker in blockers}
    places = names_at(context, cycle) if codes & {LINE, CANNOT, *SHORT, *NEWS} else {}
    names = context.names() if codes & {PATCH, *NEWS} else {}
    patches = _patches(context, cycle, names) if PATCH in codes else {}
    known = {(PATCH, patch): name for patch, name in patches.items()}
    if codes & {*NEWS}:
        heard = [one for one in heard_in(context, cycle) if _hears(context, one)]
        told = {one.name: _news(one, names, places) for one in heard}
        known |= {(code, name): said for code in NEWS for name, said in told.items()}
    if ACCOUNT in codes:
        seen = {one.customer: one.name for one in key_accounts(context, cycle) if _knows(context, one)}
        known |= {(ACCOUNT, customer): name for customer, name in seen.items()}
        blockers = tuple(dict.fromkeys(_hidden(one, seen) for one in blockers))
    if CANNOT in codes:
        known |= {(CANNOT, subject): name for subject, name in _cannot(context, cycle, places).items()}
    if codes & {LINE, *SHORT}:
        known |= {(LINE, one.subject): _line(places, one.subject) for one in blockers if one.code == LINE}
        short = [one for one in blockers if one.code in SHORT and one.subject not in NOWHERE]
        known |= {(one.code, one.subject): place_name(one.subject, places) for one in short}
    return tuple(replace(one, name=known.get((one.code, one.subject), one.name)) for one in blockers)


def names_of(context: Context, cycle: Cycle, rows: Iterable[WaiverRow]) -> dict[tuple[str, str], str]:
    """What the subjects of things that were let pass are called, by code and subject; as :func:`called` says it."""
    past = [Blocker(code=row.code, subject=row.subject, role="") for row in rows]
    found = {(one.code, one.subject): one.called for one in (called(context, cycle, past) if past else ())}
    return {(one.code, one.subject): found.get((one.code, one.subject), ELSEWHERE) for one in past}


def _cannot(context: Context, cycle: Cycle, names: Names) -> dict[str, str]:
    """What plants cannot make: the item, the plant and the month, by what the gate calls it."""
    calendar, found = context.frame(cycle).calendar, conflicts_of(glance(context), cycle)

    def name(one: Cannot) -> str:
        item, site = name_of("item", one.item, names), name_of("site", one.site, names)
        return f"{item} at {site} in {calendar[one.period].label}"

    return {subject: name(one) for subject, one in found.items()}


def _hidden(one: Blocker, seen: Collection[str]) -> Blocker:
    """A key account that she does not see is one of another patch, and no more."""
    return one if one.code != ACCOUNT or one.subject in seen else replace(one, subject=ELSEWHERE)


def _hears(context: Context, one: Heard) -> bool:
    """Whether she is told what news says: she plans the whole company, or told it herself."""
    return context.actor.plans_all or one.row.author in context.actor.stands_for


def _knows(context: Context, account: Account) -> bool:
    """Whether she is told which account it is: she plans the whole company, or it lies in a patch of hers."""
    return context.actor.plans_all or not patches_sold(context.actor).isdisjoint(account.patches)


def _line(names: Names, subject: str) -> str:
    """A budget line by its account and the name of its division or site, with the key that decides it."""
    _, account, place = subject.split(":", 2)
    return f"{line_name(account, place, names)} ({subject})"


def _patches(context: Context, cycle: Cycle, names: Mapping[str, str]) -> dict[str, str]:
    company = context.company(cycle)
    held = context.held(cycle)
    owners = held.owners if held is not None else {}
    return {
        patch: (patch if name in (None, patch) else f"{name} ({patch})")
        + (f" of {names.get(owners[patch], owners[patch])}" if owners.get(patch) else "")
        for patch, name in company["patches"].select("patch", "name").iter_rows()
    }


def _news(one: Heard, names: Mapping[str, str], places: Names) -> str:
    row = one.row
    text = textwrap.shorten(row.text, LONGEST, placeholder=" …")
    kind = row.kind.replace("_", " ")
    return f"{one.name} ({kind} at {place_words(row.place, places)}, {names.get(row.author, row.author)}: “{text}”)"
