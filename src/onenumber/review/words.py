"""Conflicts and papers as findings: codes and typed values that the sentence catalogue makes words of."""

from collections.abc import Mapping

from onenumber.model.amounts import in_short
from onenumber.model.axis import SEPARATOR
from onenumber.model.finding import Finding, Place, Severity, Value
from onenumber.model.money import in_currency
from onenumber.model.sheet import Sheet
from onenumber.review.detect.budget import OF_DIVISIONS
from onenumber.review.ground import Ground
from onenumber.review.naming import Names, name_of, place_name

Row = Mapping[str, object]
NAMED_MOST = 3
WHOLE_FROM = 100
"""From where on what is counted in no item's digits is said in whole numbers."""
ACCOUNTS: Mapping[str, str] = {
    "revenue": "revenue",
    "contribution_margin": "contribution margin",
    "inventory_value": "inventory",
    "overtime_cost": "overtime",
    "expedite_cost": "expediting",
}
"""What the accounts of a budget are called; :func:`account_name` says it of any."""


def account_name(account: str) -> str:
    """What an account is called: one that has no word of its own by its key.

    Example:
        >>> account_name("overtime_cost"), account_name("scrap_cost")
        ('overtime', 'scrap cost')
    """
    return ACCOUNTS.get(account, account.replace("_", " "))


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


def line_name(account: str, place: str, names: Names) -> str:
    """A budget line by its account and the name of its division or site.

    Example:
        >>> line_name("contribution_margin", "GAR", {"division:GAR": "Home & Garden"})
        'contribution margin of Home & Garden'
    """
    return f"{account_name(account)} of {place_name(place, names)}"


def _finding(code: str, row: Row, ground: Ground, severity: Severity) -> Finding:
    periods, names = ground.frame.calendar.periods, ground.names
    first, last = (periods[int(str(row[name]))].label for name in ("first_period", "last_period"))
    money, subject = row["money_at_risk"], str(row["subject"])
    said = _subject(str(row.get("subject_kind") or ""), subject, ground)
    values: dict[str, Value] = {
        "subject": _begun(said) if code == "conflict_C-03" else said,
        "first": first,
        "last": last,
        "when": f"in {first}" if first == last else f"from {first} to {last}",
        "quantity": _quantity(row.get("quantity"), ground.digits.get(subject.partition(SEPARATOR)[0])),
        "unit": _unit(subject, row, ground),
        "money": None if money is None else in_currency(int(str(money)), decimals=ground.decimals),
        "currency": ground.frame.currency,
        "beside": "under" if subject.partition(SEPARATOR)[0] in OF_DIVISIONS else "over",
        "divisions": _named(row.get("divisions"), "division", names),
        "customers": _named(row.get("customers"), "customer", names),
    }
    return Finding(code=code, severity=severity, place=Place(), values=values)


def _subject(kind: str, key: str, ground: Ground) -> str:
    """What a conflict or paper is about, by name: a budget line with its year, a window by its reason and line."""
    names = ground.names
    if kind == "budget_line":
        account, place, year = key.split(SEPARATOR)
        return _begun(f"{line_name(account, place, names)} in {year}")
    if kind == "window":
        return ground.windows.get(key, key)
    if kind == "stream":
        item, _, customer = key.partition(SEPARATOR)
        return f"{name_of('item', item, names)} for {name_of('customer', customer, names)}"
    if f"vendor:{key}" in names:
        return f"what {name_of('vendor', key, names)} sells"
    return place_name(key, names)


def _begun(said: str) -> str:
    """What begins a sentence; an item's own key stays as it is."""
    return said[:1].upper() + said[1:] if " " in said else said


def _unit(subject: str, row: Row, ground: Ground) -> str:
    """The unit in which a quantity of the subject is counted; ``units`` where it is of several items, or of none."""
    if row.get("quantity") is None:
        return "units"
    return ground.units.get(subject.partition(SEPARATOR)[0], "units")


def _quantity(value: object, digits: int | None) -> float | int | str:
    """A quantity with the digits in which its item is planned, were it not nothing with these; unlike units have none.

    Example:
        >>> _quantity(218.902, 0), _quantity(0.4, 0), _quantity(12.345, None), _quantity(None, 0)
        (219, 0.4, 12.35, 'several')
        >>> _quantity(689.559, None)  # hours of a line, or units of several items
        690
    """
    if value is None:
        return "several"
    exact = float(str(value))
    if digits is None:
        digits = 0 if abs(exact) >= WHOLE_FROM else 2
    return in_short(round(exact, digits) or exact)


def _named(value: object, kind: str, names: Names) -> str:
    """The first three names, and how many more there are."""
    found = [name_of(kind, part, names) for part in str(value or "").split(SEPARATOR) if part]
    rest = len(found) - NAMED_MOST
    listed = found if rest <= 0 else [*found[:NAMED_MOST], f"{rest} more"]
    return " and ".join(part for part in (", ".join(listed[:-1]), *listed[-1:]) if part)
