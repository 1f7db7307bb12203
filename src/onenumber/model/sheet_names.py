"""What a sheet is called: the one wording of pages, commands and exports."""

from collections.abc import Mapping
from types import MappingProxyType

from onenumber.model.sheet import SheetKind

NAMES: Mapping[SheetKind, str] = MappingProxyType(
    {
        SheetKind.LOAD: "Data load",
        SheetKind.COMPANY: "Company",
        SheetKind.HISTORY: "History",
        SheetKind.FORECAST: "Forecast",
        SheetKind.SALES_INPUT: "Sales input",
        SheetKind.CONSENSUS: "Consensus",
        SheetKind.SUPPLY_PLAN: "Supply plan",
        SheetKind.REVIEW: "Review",
        SheetKind.DECISION: "Decision",
        SheetKind.PUBLISHED_PLAN: "Published plan",
        SheetKind.ADHERENCE: "Adherence",
    }
)


SAID: Mapping[tuple[str, str], str] = MappingProxyType(
    {("decision", "papers"): "set of decision papers", ("decision", "decided"): "record of what was decided"}
)
"""Sheets that a sentence calls otherwise than by stage and kind."""


def sheet_said(kind: str, stage: str = "") -> str:
    """A sheet inside a sentence, after "the" or "no".

    Example:
        >>> sheet_said("supply_plan", "final"), sheet_said("decision", "papers")
        ('final supply plan', 'set of decision papers')
    """
    return SAID.get((kind, stage)) or f"{stage} {NAMES[SheetKind(kind)].lower()}".strip()


def sheet_name(kind: str, stage: str = "", number: int | None = None) -> str:
    """A sheet in words: its kind, the stage where it has one, and its number where one version is meant.

    Example:
        >>> sheet_name("sales_input"), sheet_name("decision", "decided", 24)
        ('Sales input', 'Decision, decided 24')
    """
    name = ", ".join(part for part in (NAMES[SheetKind(kind)], stage) if part)
    return name if number is None else f"{name} {number}"
