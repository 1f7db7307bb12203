"""Labels, texts, choices and flags."""

import polars as pl

from onenumber.files.doubts import Asked, Doubt, Reading, present, stripped, written
from onenumber.files.encoding import REPLACED
from onenumber.files.faults import LISTED, Fault, Shown
from onenumber.files.letters import AT_AN_END, CONTROL, ENDS, ODD, spelt_out
from onenumber.files.names import Spellings, plain
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
    """The columns with a cell that is too long or has an odd character: all are asked at once, and few have one.

    Each column is asked as one long text, which takes half the time of a question per cell.

    Example:
        >>> suspects(pl.DataFrame({"a": ["x", None], "b": ["x" * 10_001, ""], "c": ["é", "x"]}))
        ['b', 'c']
    """
    if not len(texts):
        return []
    return present(texts, (pl.all().str.len_bytes() > LONGEST).any() | pl.all().str.join("").str.contains(ODD))


def odd_letters(text: pl.Series, column: str) -> list[Fault]:
    """The cells that are too long, in another encoding than their file, or with a character that no text holds."""
    return [too_long(text, column), wrong_letters(text, column), control_letters(text, column)]


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


def control_letters(text: pl.Series, column: str) -> Fault:
    r"""The cells with a control character other than tab, line feed and return.

    Example:
        >>> control_letters(pl.Series(["A\x00", "A"]), "name").values["value"].to_list()
        ['A\\x00', None]
    """
    where = text.str.contains(f"[{CONTROL}]").fill_null(value=False)
    return Fault(code="control_letter", where=where, column=column, values=spelt_out(text, where))


def without_ends(text: pl.Series, column: str) -> tuple[pl.Series, Fault]:
    r"""The cells without invisible characters at their ends, and one note in the first row that had some.

    Example:
        >>> text, fault = without_ends(pl.Series(["A\u200b ", "A"]), "item")
        >>> text.to_list(), fault.where.to_list(), fault.values["count"]
        (['A', 'A'], [True, False], 1)
    """
    where = text.str.contains(AT_AN_END).fill_null(value=False)
    bare = text.str.replace_all(ENDS, "").zip_with(where, text)
    return bare, _note("ends_trimmed", where, column, {**spelt_out(text, _first(where)), "count": int(where.sum())})


def composed(text: pl.Series, column: str) -> tuple[pl.Series, Fault]:
    r"""Labels in the composed form of their accents (NFC), and one note in the first row that had another.

    Example:
        >>> text, fault = composed(pl.Series(["Cafe\u0301", "A"]), "item")
        >>> text.to_list(), fault.where.to_list()
        (['Café', 'A'], [True, False])
    """
    form = text.str.normalize("NFC")
    where = (form != text).fill_null(value=False)
    return form, _note("labels_composed", where, column, {"value": text, "count": int(where.sum())})


def _note(code: str, where: pl.Series, column: str, values: Shown) -> Fault:
    return Fault(code=code, where=_first(where), column=column, severity=Severity.NOTE, values=values)


def _first(where: pl.Series) -> pl.Series:
    return where & (where.cum_sum() == 1)


def read_words(column: Column) -> Reading:
    """A label or text column: blanks at the ends off (noted for labels), guards off, form checked.

    Example:
        >>> from onenumber.files.doubts import as_written, found
        >>> from onenumber.model.contract import TABLES
        >>> reading = read_words(TABLES["items"].column("item"))
        >>> frame = pl.DataFrame({as_written("item"): [" A ", "A|B"]}).with_columns(reading.values)
        >>> frame["item"].to_list(), [fault.code for fault in found(frame, reading.doubts)]
        (['A', 'A|B'], ['labels_trimmed', 'forbidden_letter'])
    """
    name, value = column.name, pl.col(column.name)
    doubts = []
    if column.kind is Kind.LABEL:
        odd = value.str.contains(rf"[{SEPARATOR}\n\r\t]")
        doubts = [_trimmed(name), Doubt(code="forbidden_letter", where=odd, column=name, values={"value": value})]
    if column.pattern:
        unformed = ~value.str.contains(f"^(?:{column.pattern})$")
        shown: Asked = {"value": value, "pattern": column.pattern}
        doubts.append(Doubt(code="wrong_form", where=unformed, column=name, values=shown))
    return Reading(values=stripped(name).str.replace(GUARDED, "$1").alias(name), doubts=tuple(doubts))


def _trimmed(name: str) -> Doubt:
    """One note for the column, in the first row where a blank was taken off."""
    padded = written(name) != stripped(name)
    return Doubt(
        code="labels_trimmed",
        where=padded & (padded.cum_sum() == 1),
        column=name,
        severity=Severity.NOTE,
        values={"value": written(name), "count": padded.sum()},
    )


def read_choice(column: Column, texts: list[str]) -> Reading:
    """A column of closed choices, without regard to case, blanks and hyphens; ``texts`` are its distinct texts.

    Example:
        >>> from onenumber.files.doubts import as_written, found
        >>> from onenumber.model.contract import TABLES
        >>> texts = ["Make to stock", "make"]
        >>> reading = read_choice(TABLES["item_sites"].column("policy"), texts)
        >>> frame = pl.DataFrame({as_written("policy"): texts}).with_columns(reading.values)
        >>> frame["policy"].to_list(), [fault.where.to_list() for fault in found(frame, reading.doubts)]
        (['make_to_stock', None], [[False, True]])
    """
    own = {plain(choice): choice for choice in column.choices}
    known = {value: own[plain(value)] for value in texts if plain(value) in own}
    spellings = Spellings(column.choices)
    close = {value: spellings.near(value) for value in texts[:LISTED] if value not in known}
    name, text = column.name, stripped(column.name)
    where = text.is_not_null() & pl.col(name).is_null()
    shown: Asked = {"value": text, "choices": ", ".join(column.choices), "near": _mapped(text, close)}
    doubt = Doubt(code="not_a_choice", where=where, column=name, values=shown)
    return Reading(values=_mapped(text, known).alias(name), doubts=(doubt,))


def read_flag(column: Column) -> Reading:
    """A column of yes or no (also y, true, 1; n, false, 0).

    Example:
        >>> from onenumber.files.doubts import as_written, found
        >>> from onenumber.model.contract import TABLES
        >>> reading = read_flag(TABLES["customers"].column("named"))
        >>> frame = pl.DataFrame({as_written("named"): ["Yes", "0", "maybe"]}).with_columns(reading.values)
        >>> frame["named"].to_list(), [fault.where.to_list() for fault in found(frame, reading.doubts)]
        ([True, False, None], [[False, False, True]])
    """
    name, text = column.name, stripped(column.name)
    words = text.str.to_lowercase()
    flag = pl.when(words.is_in(YES)).then(pl.lit(value=True)).when(words.is_in(NO)).then(pl.lit(value=False))
    where = text.is_not_null() & pl.col(name).is_null()
    doubt = Doubt(code="not_a_flag", where=where, column=name, values={"value": text})
    return Reading(values=flag.alias(name), doubts=(doubt,))


def _mapped(text: pl.Expr, words: dict[str, str]) -> pl.Expr:
    if not words:
        return pl.lit(None, dtype=pl.String)
    return text.replace_strict(list(words), list(words.values()), default=None, return_dtype=pl.String)
