"""Findings and options in the sentences of pages: thousands spaced, digits that matter, months and days in words.

Commands and files keep the catalogue's plain figures; all that a person reads in a browser or mail comes by here.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

from django.utils.formats import date_format

from onenumber.model import sentences
from onenumber.model.axis import SEPARATOR
from onenumber.model.finding import Finding, Place, Value
from onenumber.review.papers import words
from onenumber.review.papers.words import Change
from onenumber.web.numbers import number, period_words

LABELS = frozenset({"first", "last", "sequence", "row", "step"})
"""Values that are labels where they are whole numbers: a row of a file is not an amount."""
TIMES = frozenset(
    {"when", "first", "last", "month", "months", "until", "day", "start", "date", "begin", "end", "from", "to", "parts"}
)
"""Values in which months and days stand."""
AMOUNTS = frozenset({"before", "after", "now", "sum", "layers", "worst", "typed"})
"""Values in which amounts stand with their units."""
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
MONTH = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])\b(?!-)")
AMOUNT = re.compile(r"(?<![\w.-])\d{4,}(?:\.\d+)?(?!\w)")
THOUSAND, HUNDRED = 1000, 100


class _Figure(float):
    """A number that a template writes for the eye; one that asks for a format of its own gets that."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec) if spec not in ("", "g") else figure(self)


def figure(value: float) -> str:
    """A number in a sentence, with the digits that matter: none behind the point from a thousand on.

    Example:
        >>> [figure(v).replace(chr(8239), " ") for v in (826834.1, 528.3, 46.25, 12.0, -3)]
        ['826 834', '528.3', '46.25', '12', '−3']
    """
    decimals = 0 if abs(value) >= THOUSAND else 1 if abs(value) >= HUNDRED else 2
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def say(finding: Finding) -> str:
    """The finding in words: where, what, and what to do."""
    return sentences.say(_dressed(finding))


def say_what(finding: Finding) -> str:
    """What happened, in words, without place or remedy."""
    return sentences.say_what(_dressed(finding))


def say_remedy(finding: Finding) -> str:
    """What to do about it, in words."""
    return sentences.say_remedy(_dressed(finding))


def say_place(place: Place) -> str:
    """The place in words."""
    return sentences.say_place(_placed(place))


def say_change(change: Change) -> str:
    """What an option changes, as a sentence.

    Example:
        >>> values = {"step": 2, "resource": "Brazing (L21)", "when": "in 2026-07"}
        >>> say_change(Change(kind="overtime", values=values))
        'Overtime step 2 on Brazing (L21) in July 2026.'
    """
    return words.say_change(replace(change, values=_values(change.values)))


def in_words(text: str) -> str:
    """A text whose months and days are those of a calendar, in words.

    Example:
        >>> in_words("2026-05-L1 (by 2026-05-21, else D takes effect)")
        '2026-05-L1 (by 21 May 2026, else D takes effect)'
    """
    return MONTH.sub(lambda found: period_words(found[0]), DAY.sub(_day, text))


def _dressed(finding: Finding) -> Finding:
    return replace(finding, values=_values(finding.values), place=_placed(finding.place))


def _placed(place: Place) -> Place:
    return replace(place, series=place.series.replace(SEPARATOR, " at "), period=period_words(place.period))


def _values(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: _value(key, value) for key, value in values.items()}


def _value(key: str, value: Value) -> Value:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value if key in LABELS and isinstance(value, int) else _Figure(value)
    if key in TIMES:
        return in_words(value)
    if key in AMOUNTS:
        return AMOUNT.sub(lambda found: figure(float(found[0])), value)
    return value


def _day(found: re.Match[str]) -> str:
    try:
        return date_format(dt.date.fromisoformat(found[0]), "j F Y")
    except ValueError:  # no day of the calendar: as it was written
        return found[0]
