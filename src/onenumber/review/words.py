"""Conflicts and papers as findings: codes and typed values that the sentence catalogue makes words of."""

from collections.abc import Mapping
from types import MappingProxyType

from onenumber.model.axis import SEPARATOR
from onenumber.model.finding import Finding, Place, Severity
from onenumber.model.money import in_currency
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground

Row = Mapping[str, object]
NAMED_MOST = 3


def conflict_finding(row: Row, ground: Ground) -> Finding:
    """A row of the conflicts table as a finding ``conflict_CODE``; blocked where customers go short, else attention."""
    short = row["code"] in ("C-08", "C-11", "C-27")
    severity = Severity.BLOCKED if short else Severity.ATTENTION
    return _finding(f"conflict_{row['code']}", row, ground, severity)


def question_finding(row: Row, ground: Ground) -> Finding:
    """A row of the papers table as the question it asks."""
    return _finding(str(row["question"]), row, ground, Severity.ATTENTION)


def unpriced_finding(papers: Sheet) -> Finding | None:
    """Why the money of some papers on the table is not known; None where that of all is."""
    count = papers.notes.get("papers_unpriced")
    if not count:
        return None
    return Finding(code="papers_unpriced", severity=Severity.ATTENTION, place=Place(), values={"papers": count})


def _finding(code: str, row: Row, ground: Ground, severity: Severity) -> Finding:
    periods = ground.frame.calendar.periods
    first, last = (periods[int(str(row[name]))].label for name in ("first_period", "last_period"))
    money = row["money_at_risk"]
    values = {
        "subject": str(row["subject"]).replace(SEPARATOR, " at "),
        "first": first,
        "last": last,
        "when": f"in {first}" if first == last else f"from {first} to {last}",
        "quantity": _quantity(row.get("quantity")),
        "money": None if money is None else in_currency(int(str(money)), decimals=ground.decimals),
        "divisions": _named(row.get("divisions"), division_names(ground)),
        "customers": _named(row.get("customers")),
    }
    return Finding(code=code, severity=severity, place=Place(), values=values)


def _quantity(value: object) -> float | int | str:
    """Two digits behind the point are enough for a sentence; unlike units have no quantity."""
    if value is None:
        return "several units"
    shown = round(float(str(value)), 2)
    return int(shown) if shown.is_integer() else shown


def division_names(ground: Ground) -> dict[str, str]:
    """What each division is called, by its key."""
    return dict(ground.company["divisions"].select("division", "name").drop_nulls().iter_rows())


def _named(value: object, called: Mapping[str, str] = MappingProxyType({})) -> str:
    """The first three names, and how many more there are."""
    names = [called.get(part, part) for part in str(value or "").split(SEPARATOR) if part]
    rest = len(names) - NAMED_MOST
    return " and ".join(names if rest <= 0 else [*names[:NAMED_MOST], f"{rest} more"])
