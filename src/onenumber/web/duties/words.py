"""The sentences of the page "Who does what", and its lines in order."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.model.finding import Severity
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.duties import Due, DutiesShown, FigureLine, Holder, RoleShown, SignatureLine
from onenumber.web.duties.model import DutiesPage, Group, Person, Row, Todo
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


def duties_page(shown: DutiesShown) -> DutiesPage:
    """The page: what is not filled, then the looker's own, then every line."""
    signatures = tuple(map(_signature, shown.signatures))
    groups = (
        *map(_role, shown.roles),
        Group(mark=SIGNATURES, title=gettext("Signatures"), places=(), rows=signatures),
        Group(
            mark="figures", title=gettext("Figures of Adherence"), places=(), rows=tuple(map(_figure, shown.figures))
        ),
    )
    mine = sorted(_mine(shown, groups), key=lambda todo: (todo.date, todo.mark))
    by_rule = [finding.severity is Severity.NOTE for finding in shown.findings]
    return DutiesPage(
        says=_says(shown, by_rule.count(False)),
        open=tuple(one for one, note in zip(shown.findings, by_rule, strict=True) if not note),
        notes=tuple(one for one, note in zip(shown.findings, by_rule, strict=True) if note),
        mine=tuple(mine), today=shown.today, groups=groups,
    )  # fmt: skip


def _says(shown: DutiesShown, unfilled: int) -> str:
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
        return said % counts
    return ngettext("%(n)d thing is nobody's.", "%(n)d things are nobody's.", unfilled) % counts


def _role(shown: RoleShown) -> Group:
    one = shown.holders[0] if len(shown.holders) == 1 else None
    person = _person(one) if one is not None else None
    many = "" if one is not None else str(EACH.get(shown.over, ""))
    here = one.place if one is not None else ""
    rows = [
        Row(
            mark=duty.code, code=duty.code, what=duty.says, detail=here, person=person, many=many, date=duty.due.date,
            working_day=duty.due.working_day,
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
    return _row(one.due, mark=one.verb, what=f"“{one.meaning}”", detail=detail, person=_person(one.holder))


def _figure(one: FigureLine) -> Row:
    what = f"{OWNED[one.figure]}, {one.holder.place}"  # as Adherence calls it
    return _row(one.due, mark=f"{one.figure}-{one.key}", what=what[:1].upper() + what[1:], person=_person(one.holder))


def _person(holder: Holder) -> Person:
    note = gettext("as the sales leader") if holder.instead else ""
    if holder.shared_with:
        note = gettext("with %(others)s") % {"others": ", ".join(holder.shared_with)}
    deputies = tuple(map(_deputy, holder.deputies))
    return Person(name=holder.accountable, note=note, deputies=deputies, mine=holder.mine)


def _deputy(one: StandIn) -> str:
    values = {"name": one.name, "since": _day(one.since)}
    if one.until is None:
        return gettext("%(name)s from %(since)s") % values
    return gettext("%(name)s, %(since)s to %(last)s") % {**values, "last": _day(one.until - dt.timedelta(days=1))}


def _mine(shown: DutiesShown, groups: tuple[Group, ...]) -> Iterator[Todo]:
    """What is the looker's: of a role over places once, whatever their number."""
    hers = {role.role for role in shown.roles if any(holder.mine for holder in role.holders)}
    for group in groups:
        for row in group.rows:
            if (row.mine or group.mark in hers) and row.date is not None:
                what = gettext("Sign %(meaning)s") % {"meaning": row.what} if group.mark == SIGNATURES else row.what
                yield Todo(mark=row.mark, what=what, date=row.date, working_day=row.working_day)


def _day(day: dt.date) -> str:
    return day_in(day, "j F")
