"""Findings of the supply plan, made in one way."""

from onenumber.model.finding import Finding, Place, Severity, Value


def attention_finding(code: str, *, series: str = "", period: str = "", **values: Value) -> Finding:
    """Something the plan went on with and somebody should look at.

    Example:
        >>> attention_finding("stock_negative", series="A|P", quantity=-3.0).place.series
        'A|P'
    """
    place = Place(series=series, period=period)
    return Finding(code=code, severity=Severity.ATTENTION, place=place, values=values)


def note_finding(code: str, *, series: str = "", period: str = "", **values: Value) -> Finding:
    """Something worth knowing.

    Example:
        >>> note_finding("stock_is_old", series="P", date="2026-01-31").severity.value
        'note'
    """
    place = Place(series=series, period=period)
    return Finding(code=code, severity=Severity.NOTE, place=place, values=values)
