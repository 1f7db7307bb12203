"""Characters that nobody sees: control characters, invisible ones, and blanks that are none."""

import re
import unicodedata

import polars as pl

CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""Control characters but for tab, line feed and return."""
INVISIBLE = (
    "\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}\N{MONGOLIAN VOWEL SEPARATOR}\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\N{ZERO WIDTH NO-BREAK SPACE}"
)
"""Characters without a width: joiners, marks of direction, soft hyphens, byte order marks."""
BLANKS = "\N{NO-BREAK SPACE}\u1680\u2000-\u200a\u2028\u2029\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}"
"""Characters that look like a blank and are another."""
HIDDEN = f"[{INVISIBLE}{BLANKS}]"
ODD = f"[{CONTROL}\u0100-\U0010ffff\xa0-\xff]"
"""What a text without accents and without anything hidden has none of."""
JOINED = (
    r"([\p{Arabic}\p{Syriac}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}"
    r"\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Mongolian}])[\x{200c}\x{200d}]"
)
"""A joiner where the spelling of a script needs it."""
AT_AN_END = rf"^\s*[{INVISIBLE}]|[{INVISIBLE}]\s*$"
ENDS = rf"^[\s{INVISIBLE}]+|[\s{INVISIBLE}]+$"


def trimmed(text: str) -> str:
    r"""A text without blanks and invisible characters at its ends.

    Example:
        >>> trimmed("\ufeff item \u200b")
        'item'
    """
    return re.sub(ENDS, "", text)


def holds_hidden(text: pl.Expr) -> pl.Expr:
    r"""Whether a text holds a character that looks like nothing or like a blank, and is not how its script is spelt.

    Example:
        >>> texts = pl.Series(["A\u200b1", "A\u00a01", "A 1", "\u0641\u200c\u0622"])
        >>> pl.select(holds_hidden(pl.lit(texts))).to_series().to_list()
        [True, True, False, False]
    """
    return text.str.replace_all(JOINED, "$1").str.contains(HIDDEN)


def escaped(text: str | None) -> str | None:
    r"""A text with its hidden and control characters written out, so that they can be seen.

    Example:
        >>> print(escaped("A\x00\u200bB\u00e9"))
        A\x00\u200bBé
    """
    if text is None:
        return None
    return re.sub(f"[{CONTROL}{INVISIBLE}{BLANKS}]", lambda found: _code(found[0]), text)


def _code(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


def called(text: str | None) -> str | None:
    r"""The hidden and control characters of a text by number and name, each once.

    Example:
        >>> called("A\u200bB\u00a0C\u200b"), called("A\x00")
        ('U+200B ZERO WIDTH SPACE, U+00A0 NO-BREAK SPACE', 'U+0000')
    """
    if text is None:
        return None
    letters = dict.fromkeys(re.findall(f"[{CONTROL}{INVISIBLE}{BLANKS}]", text))
    return ", ".join(f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip() for letter in letters)


def spelt_out(text: pl.Series, where: pl.Series) -> dict[str, pl.Series]:
    """What a finding about hidden characters carries: the texts ``where`` they are, escaped, and their names."""
    odd = text.set(~where.fill_null(value=False), None)
    return {
        "value": odd.map_elements(escaped, return_dtype=pl.String),
        "letters": odd.map_elements(called, return_dtype=pl.String),
    }
