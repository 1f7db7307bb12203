"""How far the measured month was forecast wrong a month ahead, as far as one may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Finding, Severity
from onenumber.model.sheet import SheetKind
from onenumber.review.accuracy import NAME
from onenumber.rights.ask import Actor, mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.see.sheets import SheetLine
from onenumber.store.models import SheetVersion

FIGURES = ("wape", "naive_wape", "bias", "naive_bias", "coverage")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyLine:
    """A layer in a scope: the company (no name), a division or a patch; its figures, and why they are not known."""

    layer: str
    name: str
    is_patch: bool
    figures: Mapping[str, float | None]
    why: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """The lines that one may see, in the order of the sheet, and the month that they measure."""

    period: str
    lines: tuple[AccuracyLine, ...]


def accuracy_beside(context: Context, line: SheetLine) -> Accuracy | None:
    """What an Adherence sheet says of it; None beside other sheets, where it was not measured or nothing is hers."""
    if line.kind != SheetKind.ADHERENCE.value:
        return None
    row = SheetVersion.objects.select_related("cycle").get(pk=line.pk)
    table = context.versions.get(row.content).tables.get(NAME)
    seen = seen_accuracy(context.actor, table) if table is not None else None
    if seen is None or not len(seen):
        return None
    company = context.company(row.cycle)
    names = {
        kind: dict(table_or_empty(company, table).select(kind, "name").iter_rows())
        for kind, table in (("division", "divisions"), ("patch", "patches"))
    }
    return Accuracy(
        period=context.frame(row.cycle).calendar[seen["period"][0]].label,
        lines=tuple(_line(one, names) for one in seen.iter_rows(named=True)),
    )


def seen_accuracy(actor: Actor, table: pl.DataFrame) -> pl.DataFrame:
    """The rows that somebody may read: those of a patch are the skill of a person, the others may be money."""
    labels = {kind: np.array(table[kind].to_list(), dtype=np.str_) for kind in ("division", "patch")}
    axis = Axis("row", np.array([f"{k:09d}" for k in range(len(table))], dtype=np.str_), labels)
    hers = np.where(labels["patch"] != "", mask(actor, Figure.SKILL, axis=axis), mask(actor, Figure.PRICE, axis=axis))
    return table.filter(pl.Series(hers, dtype=pl.Boolean))


def _line(row: Mapping[str, object], names: Mapping[str, Mapping[str, str]]) -> AccuracyLine:
    kind = "patch" if row["patch"] else "division"
    label, reason = str(row[kind]), row["reason"]
    return AccuracyLine(
        layer=str(row["layer"]), name=names[kind].get(label, label), is_patch=kind == "patch",
        figures={name: _figure(row[name]) for name in FIGURES},
        why=Finding(code=f"accuracy_{reason}", severity=Severity.NOTE) if reason else None,
    )  # fmt: skip


def _figure(value: object) -> float | None:
    return value if isinstance(value, float) else None
