"""How far the measured month was forecast wrong a month ahead, as a table of a sheet's page."""

from dataclasses import dataclass

from django.utils.translation import gettext

from onenumber.steps.see.accuracy import FIGURES, Accuracy, AccuracyLine
from onenumber.web.numbers import NOTHING, bias_words, share
from onenumber.web.said import say
from onenumber.web.sheets.notes import LAYERS


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyRow:
    """A layer in a scope, its figures as shown, and in words why they are not known."""

    layer: str
    scope: str
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyTable:
    """The rows, and the month that they measure; ``why`` none of them is known, where it is one reason for all."""

    period: str
    rows: tuple[AccuracyRow, ...]
    why: str


def accuracy_table(found: Accuracy) -> AccuracyTable:
    """The rows in the order of the sheet."""
    rows = tuple(_row(line) for line in found.lines)
    reasons = {row.why for row in rows}
    return AccuracyTable(period=found.period, rows=rows, why=reasons.pop() if len(reasons) == 1 else "")


def _row(line: AccuracyLine) -> AccuracyRow:
    scope = gettext("patch %(name)s") % {"name": line.name} if line.is_patch else line.name or gettext("company")
    return AccuracyRow(
        layer=str(LAYERS[line.layer]), scope=scope,
        cells=tuple(_shown(name, line.figures[name]) for name in FIGURES),
        why=say(line.why) if line.why is not None else "",
    )  # fmt: skip


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return NOTHING
    return bias_words(value) if name.endswith("bias") else share(value, 1)
