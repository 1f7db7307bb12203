"""Labels, texts, choices and flags."""

import polars as pl

from onenumber.files.encoding import REPLACED
from onenumber.files.faults import LISTED, Fault, Shown
from onenumber.files.names import Spellings, plain
from onenumber.files.readings import distinct
from onenumber.model.axis import SEPARATOR
from onenumber.model.contract import Column, Kind
from onenumber.model.finding import Severity

LONGEST = 10_000
"""The most characters that a cell may hold."""
GUARDED = r"^'([=+\-@\t\r])"
"""An apostrophe that an export put before a text so that a spreadsheet does not run it as a formula."""
YES = ("yes", "y", "true", "1")
NO = ("no", "n", "false", "0")


def suspects(texts: pl.DataFrame) -> list[str]:
    """The columns with a cell that is too long or unreadable: all are asked at once, and nearly always none has one.

    Example:
        >>> suspects(pl.DataFrame({"a": ["x", None], "b": ["x" * 10_001, ""]}))
        ['b']
    """
    long = (pl.all().str.len_chars() > LONGEST).any()
    odd = pl.all().str.contains(REPLACED, literal=True).any()
    (is_long,), (is_odd,) = texts.select(long).rows(), texts.select(odd).rows()
    return [name for name, *bad in zip(texts.columns, is_long, is_odd, strict=True) if any(bad)]


def too_long(text: pl.Series, column: str) -> Fault:
    """The cells that hold more characters than allowed.

    Example:
        >>> too_long(pl.Series(["x" * 10_001, "x"]), "name").where.to_list()
        [True, False]
    """
    length = text.str.len_chars().fill_null(0)
    values: Shown = {"length": length, "limit": LONGEST, "value": text.str.slice(0, 20)}
    return Fault(code="cell_too_long", where=length > LONGEST, column=column, values=values)


def wrong_letters(text: pl.Series, column: str) -> Fault:
    """The cells with letters that are not in the encoding of their file."""
    where = text.str.contains(REPLACED, literal=True).fill_null(value=False)
    return Fault(code="unreadable_letters", where=where, column=column, values={"value": text})


def read_words(text: pl.Series, column: Column) -> tuple[pl.Series, tuple[Fault, ...]]:
    """A label or text column: blanks at the ends off (noted for labels), guards off, form checked.

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> values, faults = read_words(pl.Series([" A ", "A|B"]), TABLES["items"].column("item"))
        >>> values.to_list(), [f.code for f in faults if f.where.any()]
        (['A', 'A|B'], ['labels_trimmed', 'forbidden_letter'])
    """
    values = text.str.strip_chars().str.replace(GUARDED, "$1")
    faults = []
    if column.kind is Kind.LABEL:
        faults.append(_trimmed(text, column.name))
        where = values.str.contains(rf"[{SEPARATOR}\n\r\t]").fill_null(value=False)
        faults.append(Fault(code="forbidden_letter", where=where, column=column.name, values={"value": values}))
    if column.pattern:
        formed = values.str.contains(f"^(?:{column.pattern})$").fill_null(value=True)
        shown: Shown = {"value": values, "pattern": column.pattern}
        faults.append(Fault(code="wrong_form", where=~formed, column=column.name, values=shown))
    return values, tuple(faults)


def _trimmed(text: pl.Series, column: str) -> Fault:
    """One note for the column, in the first row where a blank was taken off."""
    padded = (text != text.str.strip_chars()).fill_null(value=False)
    count = int(padded.sum())
    first = padded & (padded.cast(pl.Int64).cum_sum() == 1) if count else padded
    values: Shown = {"value": text, "count": count}
    return Fault(code="labels_trimmed", where=first, column=column, severity=Severity.NOTE, values=values)


def read_choice(text: pl.Series, column: Column) -> tuple[pl.Series, tuple[Fault, ...]]:
    """A column of closed choices, without regard to case, blanks and hyphens.

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> values, (fault,) = read_choice(pl.Series(["Make to stock", "make"]), TABLES["item_sites"].column("policy"))
        >>> values.to_list(), fault.where.to_list()
        (['make_to_stock', None], [False, True])
    """
    own = {plain(choice): choice for choice in column.choices}
    texts = distinct(text)["text"].to_list()
    known = {value: own[plain(value)] for value in texts if plain(value) in own}
    spellings = Spellings(column.choices)
    close = {value: spellings.near(value) for value in texts[:LISTED] if value not in known}
    values = _mapped(text, known)
    shown: Shown = {"value": text, "choices": ", ".join(column.choices), "near": _mapped(text, close)}
    where = text.is_not_null() & values.is_null()
    return values, (Fault(code="not_a_choice", where=where, column=column.name, values=shown),)


def read_flag(text: pl.Series, column: Column) -> tuple[pl.Series, tuple[Fault, ...]]:
    """A column of yes or no (also y, true, 1; n, false, 0).

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> values, (fault,) = read_flag(pl.Series(["Yes", "0", "maybe"]), TABLES["customers"].column("named"))
        >>> values.to_list(), fault.where.to_list()
        ([True, False, None], [False, False, True])
    """
    words = text.str.to_lowercase()
    flag = pl.when(words.is_in(YES)).then(pl.lit(value=True)).when(words.is_in(NO)).then(pl.lit(value=False))
    values = pl.select(flag.alias("")).to_series()
    where = text.is_not_null() & values.is_null()
    return values, (Fault(code="not_a_flag", where=where, column=column.name, values={"value": text}),)


def _mapped(text: pl.Series, words: dict[str, str]) -> pl.Series:
    if not words:
        return pl.repeat(None, n=len(text), dtype=pl.String, eager=True)
    return text.replace_strict(list(words), list(words.values()), default=None, return_dtype=pl.String)
