"""The pack of the supply meeting: its pages from the sheets as they are, and every pack that was sent, as it was."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.review.naming import Names
from onenumber.review.pack import PackPage
from onenumber.rights.ask import may, reads, refused_reading
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.see.packing import live_pages, sheets_read, supply_meeting
from onenumber.steps.see.sheets import SheetName, named
from onenumber.store.models import Cycle, PackRow, SheetVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPack:
    """A pack that was sent: its number in the cycle, by whom, when and with which words."""

    number: int
    who: str
    at: dt.datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackShown:
    """The pages of a pack: live ones, or those of the one that was ``sent``.

    ``read`` are the versions that they were read from; ``plan`` is the number of the supply plan of a live pack and
    ``stage`` its stage, ``months`` label the columns of its load. ``named`` is what sites, lines and items are called,
    by kind and key. ``meets`` is the day of the meeting, and ``over`` whether that has come and its phase is: then
    nobody ``may`` send one for it any more. Without pages there is no supply plan yet.
    """

    cycle: str
    months: tuple[str, ...]
    pages: tuple[PackPage, ...]
    read: tuple[SheetName, ...]
    plan: str
    stage: str
    sent: SentPack | None
    others: tuple[SentPack, ...]
    may: bool
    named: Names
    meets: dt.date
    over: bool


def pack_shown(context: Context, label: str = "", *, number: int = 0) -> PackShown:
    """The pack of a cycle as its sheets make it now; with a number, the one that was sent under it.

    Raises:
        NotAllowedError: if she does not see the volumes of the whole company.
    """
    if not (reads(context.actor, Figure.VOLUME) and sees_all(context.actor)):
        reason = "only who sees the volumes of the whole company may"
        raise refused_reading(context.actor, "see the pack", figure=Figure.VOLUME, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    rows, names = list(PackRow.objects.filter(cycle=cycle).order_by("-number")), look.names()
    others = tuple(
        SentPack(number=row.number, who=names.get(row.person, row.person), at=row.at, note=row.note) for row in rows
    )
    called, (meets, over) = names_at(look, cycle), supply_meeting(look, cycle)
    sends = may(look.actor, "send_pack", phase=Phase(cycle.phase)) and not over
    row = next((one for one in rows if one.number == number), None)
    if row is not None:
        sent = next(one for one in others if one.number == number)
        months = row.pages["months"]
        return PackShown(
            cycle=cycle.label, months=tuple(months), pages=tuple(map(_thawed, row.pages["pages"])),
            read=_read(look, cycle, row.sheets), plan="", stage="", sent=sent, others=others, may=sends, named=called,
            meets=meets, over=over,
        )  # fmt: skip
    months, pages, plan = live_pages(look, cycle)
    return PackShown(
        cycle=cycle.label, months=months, pages=pages, read=_read(look, cycle, sheets_read(look, cycle)),
        plan=str(plan.pk) if plan is not None else "", stage=plan.stage if plan is not None else "", sent=None,
        others=others, may=sends and bool(pages), named=called, meets=meets, over=over,
    )  # fmt: skip


def _read(look: Glance, cycle: Cycle, sheets: Mapping[str, str]) -> tuple[SheetName, ...]:
    """The versions that a pack was read from, by their contents, in the order in which they are kept."""
    rows = SheetVersion.objects.filter(plan=look.plan, cycle=cycle, content__in=list(sheets.values()))
    newest = {(row.kind, row.content): row for row in rows.order_by("pk")}
    return tuple(named(newest[one]) for one in sheets.items() if one in newest)


def _thawed(page: Mapping[str, object]) -> PackPage:
    rows, values = page["rows"], page["values"]
    return PackPage(
        code=str(page["code"]), values=values if isinstance(values, dict) else {},
        rows=tuple(tuple(row) for row in rows) if isinstance(rows, Sequence) else (),
    )  # fmt: skip
