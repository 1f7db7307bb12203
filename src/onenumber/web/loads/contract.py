"""What each file may hold: the tables of the data contract in words, with what came of each last."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from onenumber.cycle.phases import Phase
from onenumber.model.contract import TABLES
from onenumber.model.contract.column import Column, Table
from onenumber.web.frame.model import Frame
from onenumber.web.frame.words import phase_now
from onenumber.web.loads.model import LoadLine
from onenumber.web.numbers import period_words
from onenumber.web.words import named


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """A column of a file: its name, what may stand in it, and what it means."""

    name: str
    holds: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A table of the contract: its name, what it holds, its columns; when rows of it came last, and how many."""

    name: str
    doc: str
    needed: bool
    columns: tuple[ColumnLine, ...]
    came: dt.datetime | None
    rows: int


def file_lines(lines: Sequence[LoadLine]) -> tuple[FileLine, ...]:
    """Every table of the contract, with the newest of some loads (the newest first) that brought rows of it."""
    return tuple(
        _file(table, next((one for one in lines if table.name in one.tables), None)) for table in TABLES.values()
    )


def _file(table: Table, load: LoadLine | None) -> FileLine:
    return FileLine(
        name=table.name, doc=_plain(table.doc), needed=table.required, columns=tuple(map(_column, table.columns)),
        came=load.at if load is not None else None, rows=load.tables[table.name] if load is not None else 0,
    )  # fmt: skip


def _column(one: Column) -> ColumnLine:
    holds = gettext("one of %(all)s") % {"all": ", ".join(one.choices)} if one.choices else one.kind.value
    unit = gettext("%(kind)s, in %(unit)s") % {"kind": holds, "unit": one.unit} if one.unit else holds
    said = unit if one.required else gettext("%(kind)s, may be empty") % {"kind": unit}
    return ColumnLine(name=one.name, holds=said, doc=_plain(one.doc))


def _plain(doc: str) -> str:
    return doc.replace("`", "")


def missing_sentence(files: Sequence[FileLine]) -> str:
    """Which tables that every plan needs have not come, or that all have."""
    absent = [one.name for one in files if one.needed and one.came is None]
    if not absent:
        return gettext("Every table that a plan needs has come; the others are there if you have them.")
    said = ngettext(
        "%(names)s has not come yet, and every plan needs it.",
        "%(names)s have not come yet, and every plan needs them.",
        len(absent),
    )  # fmt: skip
    return said % {"names": named(absent, "")}


def frozen_sentence(frame: Frame) -> str:
    """What a load is for once the data of the month are frozen; empty before, and where there is no month."""
    now = phase_now(frame)
    if not frame.cycle or now in (None, Phase.DATA):
        return ""
    return gettext(
        "The data of %(month)s are frozen: what is loaded now shows in the running month, and is planned with from the "
        "next month on."
    ) % {"month": period_words(frame.cycle)}
