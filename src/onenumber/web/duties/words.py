"""The sentences of the page "Who does what", and its lines in order."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.model.finding import Severity
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.duties import Due, DutiesShown, FigureLine, Holder, RoleShown, SignatureLine
from onenumber.steps.see.month_waits import UNCONFIRMED, UNJUDGED, UNSAID, Wait
from onenumber.web.duties.model import DutiesPage, Group, Person, Row, Todo
from onenumber.web.month.words import span_words
from onenumber.web.numbers import day_in
from onenumber.web.sheets.adherence import OWNED
from onenumber.web.words import PHASES, roles_words

EACH: Mapping[str, str | Promise] = {
    "patch": _("one for each patch"),
    "site": _("one for each plant"),
    "division": _("one for each division"),
    "organisation": _("one for each team"),
}
"""How a role that is held over places says so."""
SIGNATURES = "signatures"
SHOWN_BY: Mapping[str, str] = {
    UNSAID: "SM-2", UNJUDGED: "DP-3", UNCONFIRMED: "SP-2", "news_undecided": "DP-4", "patch_unsubmitted": "SP-3",
    "shortage_open": "SS-6", "conflict_open": "SS-6", "plan_untaken": "PM-1", "paper_undecided": "EX-3",
    "over_budget": "EX-1",
}  # fmt: skip
"""What waits and shows that a duty is not done, by its code: of other duties nothing in the plan says whether they are.
"""


def late_duties(waits: Iterable[Wait]) -> frozenset[str]:
    """The duties of which something waits for her past its day, by their codes."""
    return frozenset(SHOWN_BY[one.said] for one in waits if one.late and one.said in SHOWN_BY)


def duties_page(shown: DutiesShown, late: Collection[str] = ()) -> DutiesPage:
    """The page: what is not filled, then the looker's own, then every line; ``late`` are codes of her late duties."""
    signatures = tuple(map(_signature, shown.signatures))
    groups = (
        *map(_role, shown.roles),
        Group(mark=SIGNATURES, title=gettext("Signatures"), places=(), rows=signatures),
        Group(
            mark="figures", title=gettext("Figures of Adherence"), places=(), rows=tuple(map(_figure, shown.figures))
        ),
    )
    mine = sorted(_mine(shown, late), key=lambda todo: (todo.date, todo.mark))
    by_rule = [finding.severity is Severity.NOTE for finding in shown.findings]
    return DutiesPage(
        says=_says(shown, by_rule.count(False), notes=any(by_rule)),
        open=tuple(one for one, note in zip(shown.findings, by_rule, strict=True) if not note),
        notes=tuple(one for one, note in zip(shown.findings, by_rule, strict=True) if note),
        mine=tuple(mine), today=shown.today, groups=groups,
    )  # fmt: skip


def _says(shown: DutiesShown, unfilled: int, *, notes: bool) -> str:
    counts = {
        "duties": sum(len(role.duties) for role in shown.roles),
        "signatures": len(shown.signatures),
        "figures": len(shown.figures),
        "n": unfilled,
    }
    if not unfilled:
        said = gettext(
            "Each of %(duties)d duties, %(signatures)d signatures and %(figures)d subjects of Adherence has one person."
        )
        but = gettext(" What the company does without is noted below.") if notes else ""
        return said % counts + but
    return ngettext("%(n)d thing is nobody's.", "%(n)d things are nobody's.", unfilled) % counts


def _role(shown: RoleShown) -> Group:
    one = shown.holders[0] if len(shown.holders) == 1 else None
    many = "" if one is not None else str(EACH.get(shown.over, ""))
    here = one.place if one is not None else ""
    rows = [
        Row(
            mark=duty.code, code=duty.code, what=duty.says, detail=here, many=many, date=duty.due.date,
            person=_person(one, duty.due.date) if one is not None else None, working_day=duty.due.working_day,
        )
        for duty in shown.duties
    ]  # fmt: skip
    title, company = roles_words([shown.role]).capitalize(), gettext("the whole company")
    places = (
        ()
        if one is not None
        else tuple(Row(mark="", what=h.place or company, person=_person(h)) for h in shown.holders)
    )
    return Group(mark=shown.role, title=title, places=places, rows=tuple(rows))


def _row(due: Due, *, mark: str, what: str, person: Person, detail: str = "") -> Row:
    return Row(mark=mark, what=what, detail=detail, person=person, date=due.date, working_day=due.working_day)


def _signature(one: SignatureLine) -> Row:
    values = {"phase": PHASES[one.phase], "role": roles_words([one.role])}
    detail = gettext("%(phase)s, by the %(role)s") % values
    person = _person(one.holder, one.due.date)
    return _row(one.due, mark=one.verb, what=f"“{one.meaning}”", detail=detail, person=person)


def _figure(one: FigureLine) -> Row:
    return _row(one.due, mark=_mark(one), what=_called(one), person=_person(one.holder, one.due.date))


def _mark(one: FigureLine) -> str:
    return f"{one.figure}-{one.key}"


def _called(one: FigureLine) -> str:
    what = f"{OWNED[one.figure]}, {one.holder.place}"  # as Adherence calls it
    return what[:1].upper() + what[1:]


def _person(holder: Holder, day: dt.date | None = None) -> Person:
    note = gettext("as the sales leader") if holder.instead else ""
    if holder.shared_with:
        others = [gettext("you") if one == holder.with_her else one for one in holder.shared_with]
        note = gettext("with %(others)s") % {"others": ", ".join(others)}
    deputies = tuple(map(_deputy, holder.deputies))
    return Person(name=holder.accountable, note=note, deputies=deputies, mine=_is_hers(holder, day),
                  yours=_yours(holder, day))  # fmt: skip


def _deputy(one: StandIn) -> str:
    values = {"name": one.name, "since": _day(one.since)}
    if one.until is None:
        return gettext("%(name)s from %(since)s") % values
    return gettext("%(name)s, %(since)s to %(last)s") % {**values, "last": _day(one.until - dt.timedelta(days=1))}


def _mine(shown: DutiesShown, late: Collection[str]) -> Iterator[Todo]:
    """What is the looker's: of a role over places once, whatever their number."""
    for role in shown.roles:
        holder = min((one for one in role.holders if one.mine), key=lambda one: one.stood_in is not None, default=None)
        for duty in role.duties if holder is not None else ():
            past = duty.due.date < shown.today
            yield from _todo(holder, duty.due, mark=duty.code, what=duty.says, late=past and duty.code in late)
    for one in shown.signatures:
        sign, past = gettext("Sign “%(meaning)s”") % {"meaning": one.meaning}, one.due.date < shown.today
        yield from _todo(one.holder, one.due, mark=one.verb, what=sign, done=one.given, late=past and not one.given)
    for line in shown.figures:
        yield from _todo(line.holder, line.due, mark=_mark(line), what=_called(line))


def _todo(
    holder: Holder | None, due: Due, *, mark: str, what: str, done: bool = False, late: bool = False
) -> Iterator[Todo]:
    """What is hers on its day; nothing of what falls on another than she stands in for it."""
    if holder is None or not _is_hers(holder, due.date):
        return
    stood = holder.stood_in
    yield Todo(
        mark=mark, what=what, date=due.date, working_day=due.working_day, done=done, late=late,
        instead=gettext("for %(name)s%(until)s") % {"name": stood.name, "until": _until(stood)} if stood else "",
    )  # fmt: skip


def _is_hers(holder: Holder, day: dt.date | None) -> bool:
    """Whether something is the looker's on its day, where it has one."""
    stood = holder.stood_in
    if stood is None or day is None:
        return holder.mine
    return stood.since <= day and (stood.until is None or day < stood.until)


def _yours(holder: Holder, day: dt.date | None) -> str:
    if not _is_hers(holder, day) or holder.with_her:
        return ""
    if holder.stood_in is None:
        return gettext("(yours)")
    stood = holder.stood_in
    other = stood.name != holder.accountable  # of several who share it
    whom = gettext(" for %(name)s") % {"name": stood.name} if other else ""
    said = (
        gettext("(you stand in%(whom)s, %(since)s to %(last)s)")
        if stood.until is not None
        else (gettext("(you stand in%(whom)s from %(since)s on)"))
    )
    return said % {"whom": whom, **span_words(stood.since, stood.until)}


def _until(one: StandIn) -> str:
    """Up to which day, as the end of a clause; empty where it has no end.

    Example:
        >>> _until(StandIn(name="Bo", since=dt.date(2026, 6, 6), until=dt.date(2026, 6, 16)))
        ', to 15 June'
    """
    if one.until is None:
        return ""
    return gettext(", to %(last)s") % {"last": _day(one.until - dt.timedelta(days=1))}


def _day(day: dt.date) -> str:
    return day_in(day, "j F")
