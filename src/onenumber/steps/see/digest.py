"""A person's messages: one digest a day of what waits for her and what changed, as far as she wishes to be told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any

from onenumber.errors.store import NoMessageError
from onenumber.model.finding import Finding, Place, Severity
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.see.customer_orders import RequestShown
from onenumber.steps.see.month import waits_of
from onenumber.steps.see.month_changes import Change, changes_since
from onenumber.steps.see.month_page import Where
from onenumber.steps.see.month_waits import Wait
from onenumber.store.looks import read_digest
from onenumber.store.models import Cycle, DigestRow, Least, MessageWish, Person

STOPPING = frozenset({"struck", "patch_returned", "patch_defaulted", "phase_reopened", "paper_refused", "line_refused",
                      "promise_less"})  # fmt: skip
DECIDED = frozenset({"paper_decided", "paper_deferred", "paper_defaulted", "paper_withdrawn", "line_decided",
                     "line_deferred", "phase_ended", "signed", "published",
                     "news_in", "news_out", "change_taken", "change_refused",
                     "emergency_yes", "emergency_no", "emergency_lapsed", "emergency_taken_back", "emergency_said_yes",
                     "emergency_said_no", "plan_amended"})  # fmt: skip
WHOLE = "values"
"""Of what waited, rows once kept a name only, of which no sentence can be made; what waits stands in My month."""
MOST = 31
"""Digests that a person finds again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """From what on she is told, whether by mail, and to which address (empty: none was loaded)."""

    least: str
    by_mail: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a person is told of a day, over a half-open range of moments."""

    cycle: str
    day: dt.date
    since: dt.datetime
    until: dt.datetime
    waits: tuple[Wait, ...]
    changes: tuple[Change, ...]
    mail_error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """Her digests by day, the newest first, each with whether she read it; the one that is shown; what she wishes."""

    days: tuple[tuple[dt.date, bool], ...]
    shown: Digest | None
    wish: Wish


def wish_of(context: Context) -> Wish:
    """What who asks wishes to be told of; who never said hears what waits and what was decided, by mail."""
    person = context.actor.person
    said = MessageWish.objects.filter(plan=context.plan, person=person).order_by("pk").last()
    known = Person.objects.filter(plan=context.plan, key=person).first()
    address = known.email if known is not None else ""
    least, by_mail = (said.least, said.by_mail) if said is not None else (Least.WAITS, True)
    return Wish(least=least, by_mail=by_mail, address=address)


def told_now(context: Context, cycle: Cycle, *, since: dt.datetime, least: str) -> tuple[list[Wait], list[Change]]:
    """What who asks would be told of a cycle now, since a moment."""
    look = glance(context)
    day = week_at(look, cycle).add(look.today, 1)  # what is due by tomorrow is told today
    waits = [one for one in waits_of(look, cycle.label) if one.late or (least != Least.STOPS and one.day <= day)]
    return waits, _changes(look, cycle, since=since, until=look.now, least=least)


def messages_shown(context: Context, day: dt.date | None = None) -> Messages:
    """The messages of who asks; the digest of a day, or the newest: that she read it is noted.

    Raises:
        NoMessageError: if she has none of that day.
    """
    rows = list(
        DigestRow.objects.filter(plan=context.plan, person=context.actor.person)
        .select_related("cycle")
        .order_by("-day", "-pk")[:MOST]
    )
    wanted = day or (rows[0].day if rows else None)
    of_day = [one for one in rows if one.day == wanted]
    if not of_day and day is not None:
        raise NoMessageError(day=day)
    shown = _together([digest_of(context, row) for row in of_day]) if of_day else None
    if of_day and wanted is not None and not context.actor.looks_only:
        read_digest(context.plan, person=context.actor.person, day=wanted, now=context.now)
    days: dict[dt.date, bool] = {}
    for one in rows:
        days[one.day] = days.get(one.day, True) and one.read_at is not None
    return Messages(days=tuple(days.items()), shown=shown, wish=wish_of(context))


def _together(parts: Sequence[Digest]) -> Digest:
    """What a person is told of one day: its digest, and what could not wait for the next."""
    waits = {(one.said, one.name): one for part in parts for one in part.waits}
    return replace(
        parts[0], waits=tuple(waits.values()), changes=tuple(one for part in parts for one in part.changes),
        mail_error=next((part.mail_error for part in parts if part.mail_error), ""),
    )  # fmt: skip


def digest_of(context: Context, row: DigestRow) -> Digest:
    """A digest as its person reads it: what waited is kept, what changed is read by the rights that she has now."""
    changes = _changes(glance(context), row.cycle, since=row.since, until=row.until, least=row.least)
    return Digest(
        cycle=row.cycle.label, day=row.day, since=row.since, until=row.until, mail_error=row.mail_error,
        waits=tuple(_wait(one) for one in row.waits if WHOLE in one), changes=tuple(changes),
    )  # fmt: skip


def kept(waits: Sequence[Wait]) -> list[dict[str, object]]:
    """What waits, as a row keeps it: with all that its sentence says."""
    return [
        {"said": one.said, "name": one.name, "day": one.day.isoformat(), "late": one.late, "page": one.where.page,
         "key": one.where.key, "count": one.count, "values": dict(one.values), "about": _about_kept(one.about)}
        for one in waits
    ]  # fmt: skip


def _about_kept(one: RequestShown | Finding | None) -> dict[str, object] | None:
    if isinstance(one, Finding):
        return {"finding": one.code, "severity": one.severity.value, "values": dict(one.values)}
    if one is None:
        return None
    return {**asdict(one), "day": one.day.isoformat() if one.day is not None else None, "at": one.at.isoformat()}


def _wait(one: Mapping[str, Any]) -> Wait:
    return Wait(
        said=str(one["said"]), name=str(one["name"]), day=dt.date.fromisoformat(str(one["day"])),
        late=bool(one["late"]), where=Where(page=str(one["page"]), key=str(one["key"])), count=int(one["count"]),
        values=one["values"], about=_about(one.get("about")),
    )  # fmt: skip


def _about(one: Mapping[str, Any] | None) -> RequestShown | Finding | None:
    if one is None:
        return None
    if "finding" in one:
        severity = Severity(one["severity"])
        return Finding(code=one["finding"], severity=severity, place=Place(), values=one["values"])
    day = dt.date.fromisoformat(one["day"]) if one["day"] is not None else None
    return RequestShown(**{**one, "day": day, "at": dt.datetime.fromisoformat(one["at"])})


_HEARD: Mapping[str, frozenset[str]] = MappingProxyType({Least.STOPS: STOPPING, Least.WAITS: STOPPING | DECIDED})


def _changes(look: Glance, cycle: Cycle, *, since: dt.datetime, until: dt.datetime, least: str) -> list[Change]:
    heard = _HEARD.get(least)
    found = [one for one in changes_since(look, cycle, since) if one.at < until]
    return [one for one in found if heard is None or one.code in heard]
