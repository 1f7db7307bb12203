"""The encoding of a text file: said by its first bytes, UTF-8, or detected."""

import codecs
import re

from charset_normalizer import from_bytes

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
REPLACED = "\N{REPLACEMENT CHARACTER}"
"""Stands for bytes that are not in the encoding of the rest of the file."""


def encoding_of(data: bytes, file: str) -> tuple[str | None, tuple[Finding, ...]]:
    r"""The encoding of ``data`` (None if it is no text), and what has to be said about it.

    A byte order mark decides; else UTF-8 if that is what most accents are written in (rows that are not then show
    the replacement character and are found cell by cell); else what charset-normalizer makes of the lines with
    accents, where Windows-1252 is taken if it would read the same.

    Example:
        >>> encoding_of("name\nMüller\n".encode("utf-8"), "a.csv")
        ('utf-8', ())
        >>> encoding_of("name\nMüller\n".encode("cp1252"), "a.csv")[0]
        'cp1252'
    """
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    encoding = marked or _wide(data) or _utf8(data)
    if encoding is not None:
        return (encoding, ()) if _is_text(data, encoding) else (None, (file_finding("unreadable_text", file),))
    encoding = _detected(data)
    if encoding is None:
        return None, (file_finding("unreadable_text", file),)
    return encoding, (file_finding("encoding_taken", file, severity=Severity.ATTENTION, encoding=encoding),)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of plain text is zero."""
    head = data[:SAMPLE]
    if not head.count(0) or head.count(0) * 4 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"


def _utf8(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        broken = text.count(REPLACED)
        return "utf-8" if len(re.findall(r"[^\x00-\x7f]", text)) - broken > broken else None
    return "utf-8"


def _is_text(data: bytes, encoding: str) -> bool:
    head = data[:SAMPLE].decode(encoding, errors="replace")
    return not re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)


def _detected(data: bytes) -> str | None:
    lines = [line for line in data[: 64 * SAMPLE].splitlines() if not line.isascii()]
    best = from_bytes(b"\n".join(lines)[:SAMPLE]).best()
    if best is None:
        return None
    encoding = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
    return encoding if _is_text(data, encoding) else None
