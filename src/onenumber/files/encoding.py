"""The encoding of a text file: said by its first bytes, UTF-8, or detected."""

import codecs

from charset_normalizer import from_bytes

from onenumber.files.code_pages import code_page_of
from onenumber.files.faults import file_finding
from onenumber.model.finding import Finding, Severity

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 65_536
"""Bytes of the lines with accents that the detection looks at."""
ASCII = "".join(map(chr, range(32, 127))) + "\r\n\t"
BY_CHANCE = 5
"""One line in so many of another encoding is not valid UTF-8 by chance."""
REPLACED = "\N{REPLACEMENT CHARACTER}"
"""Stands for bytes that are not in the encoding of the rest of the file."""


def encoding_of(data: bytes, file: str) -> tuple[str, tuple[Finding, ...]]:
    r"""The encoding of ``data``, and what has to be said about it.

    A byte order mark decides; else UTF-8 if a fifth of the lines with accents are written in it, which no other
    encoding is by chance (rows that are not then show the replacement character and are found cell by cell); else
    the code page in which the accents stand in words; else what charset-normalizer makes of them, where Windows-1252 is
    taken if it would read the same; where nothing reads them, UTF-8 again.

    Example:
        >>> encoding_of("name\nMüller\n".encode("utf-8"), "a.csv")
        ('utf-8', ())
        >>> encoding_of("name\nMüller\n".encode("cp1252"), "a.csv")[0]
        'cp1252'
    """
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    encoding = marked or _wide(data) or _utf8(data)
    if encoding is not None:
        return encoding, ()
    encoding = _detected(data)
    if encoding is None:
        return "utf-8", ()
    return encoding, (file_finding("encoding_taken", file, severity=Severity.ATTENTION, encoding=encoding),)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of plain text is zero, and those between are not."""
    head = data[:SAMPLE]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if not even + odd or abs(odd - even) * 4 < len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _utf8(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        accents = [line for line in data.splitlines() if not line.isascii()]
        sound = sum(REPLACED not in line.decode("utf-8", errors="replace") for line in accents)
        return "utf-8" if sound * BY_CHANCE >= len(accents) else None
    return "utf-8"


def _detected(data: bytes) -> str | None:
    """What the lines with accents are written in; where the file begins in ASCII, nothing that reads that otherwise."""
    lines = [line for line in data[: 64 * SAMPLE].splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:SAMPLE]
    page = code_page_of(sample)
    if page is not None:
        return page
    best = from_bytes(sample).best()
    if best is None:
        return None
    likely = dict.fromkeys((best.encoding, *best.could_be_from_charset))
    if not data.startswith(lines[0]):
        likely = dict.fromkeys(filter(_reads_ascii, likely))
    return "cp1252" if "cp1252" in likely else next(iter(likely), None)


def _reads_ascii(encoding: str) -> bool:
    return ASCII.encode().decode(encoding, errors="replace") == ASCII
