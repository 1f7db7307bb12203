"""Numbers as a person reads them: thousands spaced, a real minus, as many digits as matter, – where there is none.

Rounding here is for the eye only; what is exported or signed is never made from it.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

NARROW_SPACE = "\u202f"
MINUS = "−"
NOTHING = "–"


def number(value: float, decimals: int = 0) -> str:
    """A number with its thousands spaced; what rounds to zero has no sign.

    Example:
        >>> number(-12345.6).replace(NARROW_SPACE, " "), number(0.04, 1), number(-0.04, 1)
        ('−12 346', '0.0', '0.0')
    """
    rounded = round(value, decimals) + 0.0
    text = f"{abs(rounded):,.{decimals}f}".replace(",", NARROW_SPACE)
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: float, decimals: int = 0) -> str:
    """A difference: with its sign, also when it is positive.

    Example:
        >>> signed(312.0), signed(-112.0), signed(0.0)
        ('+312', '−112', '0')
    """
    text = number(value, decimals)
    return f"+{text}" if round(value, decimals) > 0 else text


def share(value: float, decimals: int = 0) -> str:
    """A ratio as a percentage.

    Example:
        >>> share(0.3412).replace(NARROW_SPACE, " ")
        '34 %'
    """
    return f"{number(value * 100, decimals)}{NARROW_SPACE}%"


def short(value: float) -> str:
    """A number with two or three digits that matter.

    Example:
        >>> [short(v).replace(NARROW_SPACE, " ") for v in (950.0, 12_340.0, 1_234_567.0, -8_200_000_000.0)]
        ['950', '12.3 k', '1.23 M', '−8.2 bn']
    """
    for limit, divisor, unit in ((1e9, 1e9, "bn"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if abs(value) >= limit:
            scaled = value / divisor
            text = number(scaled, 2 - min(len(str(int(abs(scaled)))) - 1, 2))
            return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{NARROW_SPACE}{unit}"
    return number(value)


def plus(value: float) -> str:
    """An amount with its sign.

    Example:
        >>> plus(12_340.0).replace(chr(8239), " "), plus(-950.0)
        ('+12.3 k', '−950')
    """
    return f"+{short(value)}" if value > 0 else short(value)


@dataclass(frozen=True, slots=True)
class Scale:
    """What the numbers of a table are divided by, how many decimals are left, and the word for its header."""

    divisor: float
    decimals: int
    word: str

    def shown(self, value: float) -> str:
        """A number in this scale."""
        return number(value / self.divisor, self.decimals)


def scale_of(largest: float) -> Scale:
    """The scale in which the largest number of a table takes at most six digits.

    Example:
        >>> scale_of(12_000.0).divisor, scale_of(4_200_000.0).divisor, scale_of(9.5).decimals
        (1.0, 1000.0, 1)
    """
    if abs(largest) < 10:  # noqa: PLR2004 - one digit before the point
        return Scale(1.0, 1, "")
    if abs(largest) < 1e6:  # noqa: PLR2004 - six digits
        return Scale(1.0, 0, "")
    if abs(largest) < 1e9:  # noqa: PLR2004
        return Scale(1e3, 0, gettext("thousand"))
    return Scale(1e6, 0, gettext("million"))


def period_words(label: str) -> str:
    """A period in a sentence: a calendar month by its name, any other period by its label.

    Example:
        >>> period_words("2026-07"), period_words("2026-P07")
        ('July 2026', '2026-P07')
    """
    day = _first_day(label)
    return label if day is None else day_in(day, "F Y")


def period_head(label: str) -> str:
    """A period at the head of a column.

    Example:
        >>> period_head("2026-07"), period_head("2026-P07")
        ('Jul 26', '2026-P07')
    """
    day = _first_day(label)
    return label if day is None else day_in(day, "M y")


def day_in(day: dt.date, form: str) -> str:
    """A day in one of Django's forms, in the language of who reads: a page writes the same few days many times.

    Example:
        >>> day_in(dt.date(2026, 7, 3), "j F")
        '3 July'
    """
    return _day_in(day, form, get_language())


@lru_cache(maxsize=1_000)
def _day_in(day: dt.date, form: str, language: str | None) -> str:  # noqa: ARG001 - it is the language in which
    return date_format(day, form)


@lru_cache(maxsize=1_000)
def _first_day(label: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(label, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None


def deviation(difference: float, base: float) -> str:
    """A difference in words: how far over or under, in per cent of the base; "equal" where it rounds to nothing.

    Example:
        >>> [deviation(d, 400.0).replace(NARROW_SPACE, " ") for d in (16.0, -8.0, 0.1)]
        ['4 % over', '2 % under', 'equal to']
    """
    if base == 0.0:
        return gettext("over") if difference > 0 else gettext("under") if difference < 0 else gettext("equal to")
    ratio = difference / abs(base)
    if round(ratio, 3) == 0.0:
        return gettext("equal to")
    percent = share(abs(ratio), 0 if abs(ratio) >= 0.0095 else 1)  # noqa: PLR2004 - "0 % over" says nothing
    return (
        gettext("%(percent)s over") % {"percent": percent}
        if ratio > 0
        else gettext("%(percent)s under") % {"percent": percent}
    )


def bias_words(value: float) -> str:
    """A bias in words: how much of what was asked it is over or under.

    Example:
        >>> [bias_words(v).replace(NARROW_SPACE, " ") for v in (0.034, -0.034, 0.0001)]
        ['3.4 % over', '3.4 % under', 'none']
    """
    if round(value, 3) == 0:
        return gettext("none")
    return (gettext("%(share)s over") if value > 0 else gettext("%(share)s under")) % {"share": share(abs(value), 1)}


def periods_words(count: int) -> str:
    """How many periods, in words.

    Example:
        >>> periods_words(1), periods_words(17)
        ('1 month', '17 months')
    """
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}
