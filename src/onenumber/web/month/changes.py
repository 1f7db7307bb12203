"""What others did, in words."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.phases import Phase
from onenumber.cycle.words import clause, what_is_short
from onenumber.steps.see.month_changes import Change
from onenumber.web.month.words import href_of
from onenumber.web.numbers import number, period_words
from onenumber.web.said import in_words
from onenumber.web.sheets.adherence import CALLED
from onenumber.web.words import SPOKEN, WRONG, account_words, named, under_way

LAYERS: Mapping[str, str | Promise] = {
    "L2": _("the sales forecast"),
    "L2M": _("the team's forecast"),
    "L3": _("news turned into demand"),
    "L4": _("planner's changes"),
    "L5": _("what the demand meeting agreed"),
}
SAID: Mapping[str, str | Promise] = {
    "signed": _("%(who)s signed “%(meaning)s”"),
    "struck": _("the signature “%(meaning)s” of %(who)s was struck through"),
    "patch_submitted": _("%(who)s handed in patch %(patch)s"),
    "patch_returned": _("%(who)s returned patch %(patch)s"),
    "patch_accepted": _("%(who)s accepted patch %(patch)s"),
    "published": _("%(who)s published the plan of record"),
    "patch_defaulted": _("patch %(patch)s was filled by its default, because it was not handed in"),
    "paper_refused": _("%(who)s said no to %(paper)s"),
    "paper_deferred": _("%(who)s deferred %(paper)s"),
    "paper_withdrawn": _("%(who)s withdrew %(paper)s"),
    "line_decided": _("%(who)s accepted where %(account)s of %(place)s lands, out of tolerance"),
    "line_refused": _("%(who)s did not accept where %(account)s of %(place)s lands"),
    "line_deferred": _("%(who)s deferred where %(account)s of %(place)s lands"),
    "line_defaulted": _("where %(account)s of %(place)s lands was taken as it is"),
    "line_withdrawn": _("%(who)s withdrew what was said of %(account)s of %(place)s"),
    "phase_ended": _("%(who)s ended %(before)s; %(under_way)s"),
    "phase_reopened": _("%(who)s re-opened %(after)s"),
    "waived": _("%(who)s let pass that %(clause)s"),
    "news_shared": _("%(who)s shared news of a %(kind)s at %(place)s"),
    "news_in": _("%(who)s took the news at %(place)s into the plan"),
    "news_out": _("%(who)s left the news at %(place)s out of the plan"),
    "change_asked": _("%(who)s asked for a change at %(place)s"),
    "change_taken": _("%(who)s took the change at %(place)s that was asked for"),
    "change_refused": _("%(who)s refused the change at %(place)s that was asked for"),
    "answered": _("%(who)s answered for %(scope)s: %(figure)s"),
    "question_asked": _("%(who)s asked about %(place)s"),
    "question_answered": _("%(who)s answered the question about %(place)s"),
    "order_requested": _("%(who)s asks that an order be corrected: %(order)s, %(kind)s"),
    "order_corrected": _("%(who)s corrected order %(order)s, as you asked"),
    "order_declined": _("%(who)s did not correct order %(order)s"),
    "plant_taken": _("%(who)s took the plan for %(site)s"),
    "plant_cannot": _("%(who)s said that %(site)s cannot make %(item)s as asked in %(month)s"),
    "action_agreed": _("%(who)s wrote down an action of %(owner)s, due %(due)s"),
    "emergency_named": _("%(who)s named an emergency: %(quantity)s more of %(item)s at %(site)s"),
    "emergency_yes": _("%(who)s took the emergency of %(item)s at %(site)s: amendment %(stage)s of the plan"),
    "emergency_no": _("%(who)s said no to the emergency of %(item)s at %(site)s"),
    "emergency_lapsed": _("nobody decided the emergency of %(item)s at %(site)s in 48 hours: the plan stays as it is"),
    "emergency_taken_back": _("%(who)s took the emergency of %(item)s at %(site)s back: the plan stays as it is"),
    "emergency_said_yes": _("%(who)s said yes to the emergency of %(item)s at %(site)s; another word is awaited"),
    "emergency_said_no": _("%(who)s said no to the emergency of %(item)s at %(site)s; another word is awaited"),
    "plan_amended": _("%(who)s amended the plan of your plant: %(stage)s"),
    "promise_less": _("%(customer)s gets less of %(item)s in %(month)s: %(now)s, not %(was)s (amendment %(stage)s)"),
}
"""One sentence per code; what somebody wrote to it follows in quotes."""
MADE: Mapping[str, str | Promise] = {
    "freeze": _("%(who)s froze the data of the month"),
    "forecast": _("%(who)s made the baseline forecast"),
    "collect": _("%(who)s closed the sales input"),
    "agree": _("%(who)s added the layers up to the consensus"),
    "plan": _("%(who)s made the supply plan"),
    "review": _("%(who)s made the review of the plan"),
    "prepare": _("%(who)s put the decision papers on the table"),
    "replan": _("%(who)s planned again with all decisions together"),
    "measure": _("%(who)s measured last month against the plan in force"),
}
"""What somebody did when a step made sheets; of any other step the sheets are named."""
QUOTED = ("because", "note", "rationale", "reason", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change: when, in words, where, what somebody wrote to it, and whether a demo played it."""

    at: dt.datetime
    text: str
    href: str
    quote: str
    played: bool


def change_lines(changes: Sequence[Change], plan: str, cycle: str) -> tuple[ChangeLine, ...]:
    """Changes in words, in their order; answers that say the same of several places are one."""
    return tuple(_line(one, plan, cycle) for one in together(changes))


def together(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes, those next to each other by which somebody answered alike for a figure of several places as one."""
    for _key, same in groupby(changes, key=_alike):
        first, *rest = same
        places = [str(one.what["scope"]) for one in (first, *rest)] if rest else []
        yield replace(first, what={**first.what, "scope": named(places, "")}) if rest else first


def _alike(one: Change) -> tuple[object, ...]:
    if one.code != "answered":
        return (id(one),)
    return (one.who, one.what["figure"], one.what.get("text"), one.at.date(), one.where, one.played)


def _line(one: Change, plan: str, cycle: str) -> ChangeLine:
    words = _COUNTED[one.code](one) if one.code in _COUNTED else str(SAID[one.code]) % _values(one)
    quote = next((str(one.what[name]) for name in QUOTED if one.what.get(name)), "")
    if quote and words.endswith(quote):  # it only says again what the sentence does
        quote = ""
    return ChangeLine(
        at=one.at, text=words[:1].upper() + words[1:], href=href_of(one.where, plan, cycle), quote=quote,
        played=one.played,
    )  # fmt: skip


def _values(one: Change) -> Mapping[str, str]:
    values = {"who": one.who, **{name: str(value) for name, value in one.what.items()}}
    if "paper" in values:
        values |= _of_paper(values)
    if one.code == "waived":
        values["clause"] = in_words(clause(values["code"], values["subject"]))
    if one.code == "answered":
        values["figure"] = str(CALLED.get(values["figure"], values["figure"]))
    if one.code.startswith("order_"):
        values["kind"] = str(WRONG[values["kind"]])
    if one.code == "news_shared":
        values["kind"] = values["kind"].replace("_", " ")
    if "due" in values:
        values["due"] = date_format(dt.date.fromisoformat(values["due"]), "j F Y")
    if one.code in ("promise_less", "plant_cannot"):
        values["month"] = period_words(values["month"])
    return {**values, **_phases(values)}


def _phases(values: Mapping[str, str]) -> Mapping[str, str]:
    """The phases that a cycle went from and to, as a sentence names them."""
    said = {name: str(SPOKEN[Phase(values[name])]) for name in ("before", "after") if name in values}
    return {**said, "under_way": under_way(Phase(values["after"]))} if "after" in values else said


def _of_paper(values: Mapping[str, str]) -> Mapping[str, str]:
    """A paper by what it is about, where that is known; of a budget line what its account is called."""
    known = gettext("the paper on %(about)s") if "about" in values else gettext("paper %(paper)s")
    return {"paper": known % values, "account": account_words(values["account"]) if "account" in values else ""}


def _edited(one: Change) -> str:
    said = ngettext(
        "%(who)s changed %(layer)s at %(place)s",
        "%(who)s changed %(layer)s in %(n)d places, last at %(place)s",
        int(one.what["count"]),
    )
    values = {"layer": LAYERS[str(one.what["layer"])], "n": one.what["count"], "place": one.what["place"]}
    return said % {"who": one.who, **values}


def _loaded(one: Change) -> str:
    findings = int(one.what["findings"])
    said = gettext("%(who)s loaded %(rows)s rows") % {"who": one.who, "rows": number(float(one.what["rows"]))}
    more = ngettext("%(n)d finding", "%(n)d findings", findings) % {"n": findings}
    return gettext("%(said)s, with %(more)s") % {"said": said, "more": more} if findings else said


def _escalated(one: Change) -> str:
    short = what_is_short(str(one.what["code"]), str(one.what["short"]), str(one.what["subject"]))
    return gettext("%(who)s escalated %(what)s to the pre-S&OP") % {"who": one.who, "what": in_words(short)}


def _made(one: Change) -> str:
    said = MADE.get(str(one.what["step"]), _("%(who)s made %(sheets)s"))
    return str(said) % {"who": one.who, "sheets": one.what["sheets"]}


def _decided(one: Change) -> str:
    """Which option a paper has now, and what that changes."""
    said = (
        gettext("%(who)s decided %(option)s of %(paper)s: %(means)s")
        if one.code == "paper_decided"
        else gettext("nobody decided %(paper)s, so %(option)s took effect: %(means)s")
    )
    means = in_words(str(one.what.get("means", ""))).rstrip(".")  # a message of before it was kept has none
    return (said % {**_values(one), "means": means[:1].lower() + means[1:]}).removesuffix(": ")


_COUNTED: Mapping[str, Callable[[Change], str]] = {
    "edited": _edited, "escalated": _escalated, "loaded": _loaded, "paper_decided": _decided,
    "paper_defaulted": _decided, "sheets_made": _made,
}  # fmt: skip
